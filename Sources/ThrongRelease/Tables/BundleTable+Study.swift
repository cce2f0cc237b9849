import ThrongPrivacy

/// The tables of a study; without one that of the topics' trends alone, where there are any.
extension BundleTable {
  private static let segment = Column(
    name: "segment", kind: .text, summary: "The study's segment; 'all' is everything that was kept")
  private static let statisticName = Column(name: "name", kind: .text, summary: "As the study calls it")
  private static let facetName = Column(name: "facet", kind: .text, summary: "The facet behind it")

  static func studyTables(_ release: Release) -> [BundleTable] {
    let trends = trends(release)
    let own = [funnel(release), statistics(release), trendPoints(release), segmentTopics(release)]
    if own.allSatisfy(\.rows.isEmpty) { return trends.rows.isEmpty ? [] : [trends] }
    return own + [trends]
  }

  private static func users(_ minimum: Int) -> Column {
    .init(name: "n_users", kind: .integer, minimum: minimum, summary: "Distinct users, rounded down")
  }

  private static func conversations(_ minimum: Int, _ name: String = "n_conversations") -> Column {
    .init(
      name: name, kind: .integer, minimum: minimum,
      summary: "Conversations within the bound per user, rounded down")
  }

  private static func funnel(_ release: Release) -> BundleTable {
    BundleTable(
      name: "funnel",
      summary: "What each step of the study's screen left; a step that is missing says nothing",
      columns: [
        releaseID, .init(name: "position", kind: .integer, minimum: 0, summary: "0 is what was read"),
        .init(name: "step", kind: .text, summary: "As the study calls it"),
        users(release.rules.minimumUsers), conversations(release.rules.minimumConversations),
      ],
      primaryKey: ["release_id", "position"], indexed: [],
      rows: release.funnel.map { step in
        [
          .text(release.id), .integer(step.position), .text(step.step), .integer(step.users),
          .integer(step.conversations),
        ]
      })
  }

  private static func statistics(_ release: Release) -> BundleTable {
    BundleTable(
      name: "statistics",
      summary: "Figures of the study with 95 % intervals; one that is missing says nothing",
      columns: [
        releaseID, statisticName,
        .init(name: "statistic", kind: .text, summary: "share, mean or difference"), segment,
        .init(
          name: "against", kind: .text, summary: "Of a difference, the segment that is subtracted; else empty"
        ),
        facetName,
        .init(name: "value", kind: .text, summary: "The value whose share it is; empty for a mean"),
        .init(name: "estimate", kind: .real, summary: "Moved by a secret draw and rounded to step"),
        .init(name: "low", kind: .real, summary: "Lower end of the 95 % interval"),
        .init(name: "high", kind: .real, summary: "Upper end of the 95 % interval"),
        .init(name: "step", kind: .real, summary: "The grain of the three numbers"),
        .init(name: "range_low", kind: .real, summary: "The least that one conversation counts for"),
        .init(name: "range_high", kind: .real, summary: "The most that one conversation counts for"),
        .init(name: "sensitive", kind: .integer, summary: "1 where rule R7 applied"),
        users(release.rules.minimumFacetUsers), conversations(release.rules.minimumFacetConversations),
        .init(name: "method", kind: .text, summary: "How the interval was made"),
      ],
      primaryKey: ["release_id", "name", "segment", "against", "value"], indexed: ["segment"],
      rows: release.statistics.map { row in
        [
          .text(release.id), .text(row.name), .text(row.statistic), .text(row.segment), .text(row.against),
          .text(row.facet), .text(row.value), .real(row.estimate), .real(row.low), .real(row.high),
          .real(row.step), .real(row.rangeLow), .real(row.rangeHigh), .integer(row.isSensitive ? 1 : 0),
          .integer(row.users), .integer(row.conversations), .text(row.method),
        ]
      })
  }

  private static func trends(_ release: Release) -> BundleTable {
    BundleTable(
      name: "trends", summary: "The course of each series, worked out from its shown counts alone",
      columns: [
        releaseID,
        .init(name: "name", kind: .text, summary: "As the study calls it; 'topics' for the clusters"),
        .init(name: "segment", kind: .text, summary: "The segment, or the cluster's id"),
        .init(name: "value", kind: .text, summary: "The value of the facet, or the cluster's label"),
        .init(name: "growth", kind: .real, summary: "Factor of the odds from one period to the next"),
        .init(name: "growth_low", kind: .real, summary: "Lower end of its 95 % interval"),
        .init(name: "growth_high", kind: .real, summary: "Upper end of its 95 % interval"),
        .init(name: "p", kind: .real, summary: "Two-sided p-value of no change"),
        .init(
          name: "p_adjusted", kind: .real, summary: "The same, corrected for all series of the name (Holm)"),
        .init(
          name: "changes", kind: .text, isOptional: true,
          summary: "First periods of new levels, joined by ', '"),
      ],
      primaryKey: ["release_id", "name", "segment", "value"], indexed: [],
      rows: release.trends.map { row in
        [
          .text(release.id), .text(row.name), .text(row.segment), .text(row.value), .real(row.growth),
          .real(row.growthLow), .real(row.growthHigh), .real(row.p), .real(row.pAdjusted),
          .init(row.changes.isEmpty ? nil : row.changes.joined(separator: ", ")),
        ]
      })
  }

  private static func trendPoints(_ release: Release) -> BundleTable {
    BundleTable(
      name: "trend_points",
      summary: "The counts behind the study's trends; a period that is missing says nothing",
      columns: [
        releaseID, statisticName, segment, facetName,
        .init(name: "value", kind: .text, summary: "The value that is counted"),
        .init(name: "period", kind: .text, summary: "Week by ISO 8601 or month"),
        conversations(release.rules.minimumFacetConversations),
        conversations(release.rules.minimumFacetConversations, "n_total"),
        .init(name: "share", kind: .real, summary: "The first as a share of the second"),
      ],
      primaryKey: ["release_id", "name", "segment", "value", "period"], indexed: ["period"],
      rows: release.trendPoints.map { row in
        [
          .text(release.id), .text(row.name), .text(row.segment), .text(row.facet), .text(row.value),
          .text(row.period), .integer(row.conversations), .integer(row.total), .real(row.share),
        ]
      })
  }

  private static func segmentTopics(_ release: Release) -> BundleTable {
    BundleTable(
      name: "segment_topics",
      summary: "Conversations of a segment in the root and the upper clusters; a missing row says nothing",
      columns: [
        releaseID, segment,
        .init(name: "sensitive", kind: .integer, summary: "1 where rule R7 applied"),
        clusterID, users(release.rules.minimumFacetUsers),
        conversations(release.rules.minimumFacetConversations),
        .init(name: "share", kind: .real, summary: "n_conversations as a share of the segment's"),
      ],
      primaryKey: ["release_id", "segment", "cluster_id"], indexed: ["segment"],
      rows: release.segmentCells.map { cell in
        [
          .text(release.id), .text(cell.segment), .integer(cell.isSensitive ? 1 : 0), .text(cell.clusterID),
          .integer(cell.users),
          .integer(cell.conversations), .real(cell.share),
        ]
      }, references: [.cluster])
  }
}
