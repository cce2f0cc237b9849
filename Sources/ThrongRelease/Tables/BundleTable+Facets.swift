import ThrongPrivacy

extension BundleTable {
  private static let facet = Column(name: "facet", kind: .text, summary: "The facet's name")
  private static let value = Column(
    name: "value", kind: .text,
    summary: "The value; of a crossed facet, the values of its parts joined by ' * '")

  /// One row per facet.
  static func facets(_ release: Release) -> BundleTable {
    BundleTable(
      name: "facets", summary: "The properties of conversations that were counted in every cluster",
      columns: [
        releaseID, facet,
        .init(
          name: "parts", kind: .text, isOptional: true,
          summary: "Facets that a crossed facet combines, joined by ' * '; empty for a plain one"),
        .init(name: "ordered", kind: .integer, summary: "1 where the values have an order"),
        .init(name: "sensitive", kind: .integer, summary: "1 where rule R7 applied"),
      ],
      primaryKey: ["release_id", "facet"], indexed: [],
      rows: release.facets.map { facet in
        [
          .text(release.id), .text(facet.name),
          .init(facet.parts.isEmpty ? nil : facet.parts.joined(separator: " * ")),
          .integer(facet.isOrdered ? 1 : 0), .integer(facet.isSensitive ? 1 : 0),
        ]
      }, references: [.release])
  }

  /// What is told of each cell, after the columns that say which it is.
  private static func counts(_ rules: Release.Rules) -> [Column] {
    [
      .init(
        name: "n_users", kind: .integer, minimum: rules.minimumFacetUsers,
        summary: "Distinct users, rounded down"),
      .init(
        name: "n_conversations", kind: .integer, minimum: rules.minimumFacetConversations,
        summary: "Conversations within the bound per user, rounded down"),
      end("n_users_low", "Lower end of the 95 % interval of noised users"),
      end("n_users_high", "Upper end of that interval"),
      end("n_conversations_low", "Lower end of the 95 % interval of noised conversations"),
      end("n_conversations_high", "Upper end of that interval"),
      .init(name: "share", kind: .real, summary: "n_conversations as a share of the cluster's"),
    ]
  }

  private static func counts(_ cell: Release.FacetCell) -> [Value] {
    [
      .integer(cell.users), .integer(cell.conversations), .init(cell.usersLow), .init(cell.usersHigh),
      .init(cell.conversationsLow), .init(cell.conversationsHigh), .real(cell.share),
    ]
  }

  /// One row per published cell, in long form.
  static func clusterFacets(_ release: Release) -> BundleTable {
    BundleTable(
      name: "cluster_facets",
      summary: "Conversations of a cluster by the values of facets; a missing row says nothing",
      columns: [
        releaseID, clusterID, facet, value,
      ] + counts(release.rules),
      primaryKey: ["release_id", "cluster_id", "facet", "value"], indexed: ["facet"],
      rows: release.facetCells.map { cell in
        [.text(release.id), .text(cell.clusterID), .text(cell.facet), .text(cell.value)] + counts(cell)
      }, references: [.cluster, .facet])
  }

  /// One row per value that is shown of all conversations.
  static func coverage(_ release: Release) -> BundleTable {
    BundleTable(
      name: "coverage",
      summary: "Of each facet value, what the clusters without published children show, and the rest",
      columns: [
        releaseID, facet, value,
        .init(
          name: "n_conversations_released", kind: .integer, minimum: 0,
          summary: "Shown in clusters without published children"),
        .init(
          name: "n_conversations_rolled_up", kind: .integer, minimum: 0,
          summary: "Shown of all conversations, less the above"),
        .init(
          name: "share_released", kind: .real,
          summary: "n_conversations_released as a share of all values' of the facet"),
        .init(
          name: "share_rolled_up", kind: .real,
          summary: "n_conversations_rolled_up as a share of all values' of the facet"),
      ],
      primaryKey: ["release_id", "facet", "value"], indexed: [],
      rows: release.coverage.map { row in
        [
          .text(release.id), .text(row.facet), .text(row.value), .integer(row.released),
          .integer(row.rolledUp), .real(row.shareReleased), .real(row.shareRolledUp),
        ]
      }, references: [.facet])
  }

  /// The cells of facets that are periods, by the day on which they begin. There are no rows for periods of which nothing
  /// is shown: they may be withheld or empty, and a line must not be drawn through 0 there.
  static func clusterTimeseries(_ release: Release) -> BundleTable {
    BundleTable(
      name: "cluster_timeseries",
      summary: "Conversations of a cluster by day, week, month, quarter or year; a missing row says nothing",
      columns: [
        releaseID, clusterID,
        .init(name: "period", kind: .text, summary: "day, week, month, quarter or year"),
        .init(name: "period_start", kind: .date, summary: "First day of the period, ISO 8601"),
        .init(
          name: "period_start_unix", kind: .integer, summary: "Its midnight in Unix seconds, taken as UTC"),
      ] + counts(release.rules),
      primaryKey: ["release_id", "cluster_id", "period", "period_start"], indexed: ["period_start"],
      rows: Period.cells(of: release).map { period, cell in
        [
          .text(release.id), .text(cell.clusterID), .text(period.name), .text(period.start),
          .integer(period.startUnix),
        ] + counts(cell)
      }, references: [.cluster])
  }
}
