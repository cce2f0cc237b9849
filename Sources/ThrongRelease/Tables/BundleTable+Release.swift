package import ThrongPrivacy

extension BundleTable {
  /// The tables of a release, in the order in which they refer to each other.
  package static func all(of release: Release) -> [BundleTable] {
    [
      self.release(release), clusters(release), clusterTerms(release), suppression(release), facets(release),
      clusterFacets(release), clusterTimeseries(release), coverage(release),
    ] + studyTables(release)
  }

  static let releaseID = Column(
    name: "release_id", kind: .text, summary: "The release this row belongs to")
  static let clusterID = Column(
    name: "cluster_id", kind: .text, summary: "The cluster within the release")

  /// One row: how the run was set, what the rules are, where the conversations went.
  private static func release(_ release: Release) -> BundleTable {
    let (run, rules, accounts) = (release.run, release.rules, release.accounts)
    let cells: [(Column, Value)] = [
      (releaseID, .text(release.id)),
      (
        .init(name: "format_version", kind: .integer, summary: "Version of the meaning of the fields"),
        .integer(release.formatVersion)
      ),
      (.init(name: "throng_version", kind: .text, summary: "Version of Throng"), .text(run.throngVersion)),
      (
        .init(name: "created_at", kind: .text, isOptional: true, summary: "SOURCE_DATE_EPOCH, ISO 8601, UTC"),
        .init(run.createdAt)
      ),
      (
        .init(name: "created_at_unix", kind: .integer, isOptional: true, summary: "The same in Unix seconds"),
        .init(run.createdAtUnix.map { Int($0) })
      ),
      (.init(name: "format", kind: .text, summary: "Input format"), .text(run.format)),
      (.init(name: "seed", kind: .text, summary: "Seed of every random choice"), .text(run.seed)),
      (
        .init(
          name: "clusters", kind: .integer, isOptional: true,
          summary: "Base clusters asked for; empty: automatic"),
        .init(run.clusters)
      ),
      (
        .init(
          name: "levels", kind: .text, isOptional: true,
          summary: "Levels asked for, as levels_by says; empty: automatic"),
        .init(run.levels.map { $0.map { String($0) }.joined(separator: ",") })
      ),
      (
        .init(
          name: "levels_by", kind: .text,
          summary: "What levels counts: clusters (counts), levels (gaps), conversations at most (sizes)"),
        .text(run.levelsBy)
      ),
      (
        .init(name: "dimensions", kind: .integer, summary: "Dimensions kept by the reduction; 0: none made"),
        .integer(run.dimensions)
      ),
      (
        .init(name: "columns", kind: .integer, summary: "Hashed columns of the vectoriser"),
        .integer(run.columns)
      ),
      (
        .init(
          name: "maximum_bad_share", kind: .real, summary: "Share of unusable records the run would accept"),
        .real(run.maximumBadShare)
      ),
      (.init(name: "policy", kind: .text, summary: "internal, public or custom"), .text(rules.policy)),
      (
        .init(name: "unit", kind: .text, summary: "What counts as a person: user or conversation"),
        .text(rules.unit)
      ),
      (
        .init(name: "minimum_users", kind: .integer, summary: "R1: fewest users of a cluster"),
        .integer(rules.minimumUsers)
      ),
      (
        .init(
          name: "minimum_conversations", kind: .integer, summary: "R1: fewest conversations of a cluster"),
        .integer(rules.minimumConversations)
      ),
      (
        .init(
          name: "maximum_per_user", kind: .integer, summary: "R2: most conversations of a user that count"),
        .integer(rules.maximumPerUser)
      ),
      (
        .init(name: "dominance_percent", kind: .integer, summary: "R2: p of the p % rule"),
        .integer(rules.dominancePercent)
      ),
      (
        .init(
          name: "two_user_percent", kind: .integer, summary: "R2: most that two users may hold, in per cent"),
        .integer(rules.twoUserPercent)
      ),
      (
        .init(name: "minimum_term_users", kind: .integer, summary: "R8: fewest users of a term in a cluster"),
        .integer(rules.minimumTermUsers)
      ),
      (
        .init(name: "rounded_to", kind: .integer, summary: "Counts are rounded down to a multiple of this"),
        .integer(rules.roundedTo)
      ),
      (
        .init(
          name: "minimum_facet_users", kind: .integer,
          summary: "R1, R3, R6: fewest users of a facet value in a cluster"),
        .integer(rules.minimumFacetUsers)
      ),
      (
        .init(
          name: "minimum_facet_conversations", kind: .integer,
          summary: "R1, R3, R6: fewest conversations of a facet value in a cluster"),
        .integer(rules.minimumFacetConversations)
      ),
      (
        .init(
          name: "facets_rounded_to", kind: .integer,
          summary: "Counts of facet values are rounded down to a multiple of this"),
        .integer(rules.facetsRoundedTo)
      ),
      (
        .init(
          name: "l_diversity", kind: .real,
          summary: "R7: least entropy l-diversity of a sensitive facet in a cluster"),
        .real(rules.lDiversity)
      ),
      (
        .init(
          name: "t_closeness", kind: .real,
          summary: "R7: largest distance of a sensitive facet in a cluster from all conversations"),
        .real(rules.tCloseness)
      ),
      (
        .init(
          name: "threshold_gap", kind: .integer, summary: "R9: largest secret gap above a user threshold"),
        .integer(rules.thresholdGap)
      ),
      (
        .init(
          name: "total_gap_percent", kind: .integer,
          summary: "R9: per cent by which a secret draw may have lowered the counts of all conversations"),
        .integer(rules.totalGapPercent)
      ),
      (
        .init(name: "epsilon", kind: .real, isOptional: true, summary: "Differential tier: budget"),
        .init(rules.differential?.epsilon)
      ),
      (
        .init(name: "delta", kind: .real, isOptional: true, summary: "Differential tier: budget"),
        .init(rules.differential?.delta)
      ),
      (
        .init(
          name: "cells_per_user", kind: .integer, isOptional: true,
          summary: "Differential tier: most clusters without parts in which a user counts"),
        .init(rules.differential?.cellsPerUser)
      ),
      (
        .init(name: "n_read", kind: .integer, summary: "At least: quarantined + screened out + kept"),
        .integer(accounts.read)
      ),
      (
        .init(
          name: "n_quarantined", kind: .integer,
          summary: "At least: unusable records; 0 where not to be stated"),
        .integer(accounts.quarantined)
      ),
      (
        .init(
          name: "n_screened_out", kind: .integer, summary: "At least: screened out; 0 where not to be stated"),
        .integer(accounts.screenedOut)
      ),
      (
        .init(name: "n_kept", kind: .integer, summary: "At least: beyond the bound + counted"),
        .integer(accounts.kept)
      ),
      (
        .init(
          name: "n_beyond_bound", kind: .integer,
          summary: "At least: of users with more than maximum_per_user"),
        .integer(accounts.beyondBound)
      ),
      (
        .init(
          name: "n_counted", kind: .integer, minimum: rules.minimumConversations,
          summary: "At least: in leaves + rolled up"), .integer(accounts.counted)
      ),
      (
        .init(
          name: "n_in_leaves", kind: .integer, summary: "At least: in clusters without published children"),
        .integer(accounts.inLeaves)
      ),
      (
        .init(
          name: "n_rolled_up", kind: .integer, summary: "At least: in a cluster but in none of its children"),
        .integer(accounts.rolledUp)
      ),
    ]
    return BundleTable(
      name: "release", summary: "How the release was made and where the conversations went",
      columns: cells.map(\.0),
      primaryKey: ["release_id"], indexed: [], rows: [cells.map(\.1)])
  }

  /// One row per published cluster, parents before children.
  private static func clusters(_ release: Release) -> BundleTable {
    let rules = release.rules
    return BundleTable(
      name: "clusters", summary: "The published clusters; every count is a lower bound",
      columns: [
        releaseID, clusterID,
        .init(
          name: "parent_id", kind: .text, isOptional: true, summary: "The cluster above; empty for the root"),
        .init(name: "level", kind: .integer, summary: "Depth in the tree; 0 for the root"),
        .init(name: "path", kind: .text, summary: "Ids from the root down, joined by /"),
        .init(name: "label", kind: .text, summary: "Terms that name the cluster"),
        .init(name: "description", kind: .text, summary: "One sentence"),
        .init(
          name: "n_users", kind: .integer, minimum: rules.minimumUsers,
          summary: "Distinct users, rounded down"),
        .init(
          name: "n_conversations", kind: .integer, minimum: rules.minimumConversations,
          summary: "Conversations within the bound per user, rounded down"),
        end("n_users_low", "Lower end of the 95 % interval of noised users"),
        end("n_users_high", "Upper end of that interval"),
        end("n_conversations_low", "Lower end of the 95 % interval of noised conversations"),
        end("n_conversations_high", "Upper end of that interval"),
        .init(name: "share", kind: .real, summary: "n_conversations as a share of the root's"),
        .init(name: "share_low", kind: .real, summary: "Lower end of the 95 % interval of share"),
        .init(name: "share_high", kind: .real, summary: "Upper end of the 95 % interval of share"),
        .init(name: "x", kind: .real, isOptional: true, summary: "Place on the map, 0 to 1"),
        .init(name: "y", kind: .real, isOptional: true, summary: "Place on the map, 0 to 1"),
        .init(
          name: "stability", kind: .real, isOptional: true,
          summary: "How well it is found again among half of the users, 0 to 1; empty: not looked for"),
        .init(
          name: "taxonomy_topic", kind: .text, isOptional: true,
          summary: "Topic of the given list that the terms fit, or that none fits; empty: no list"),
        .init(name: "top_terms", kind: .text, summary: "Terms that tell it from its siblings, best first"),
      ],
      primaryKey: ["release_id", "cluster_id"], indexed: ["parent_id", "level"],
      rows: release.clusters.map { cluster in
        [
          .text(release.id), .text(cluster.id), .init(cluster.parentID), .integer(cluster.level),
          .text(cluster.path), .text(cluster.label), .text(cluster.description), .integer(cluster.users),
          .integer(cluster.conversations), .init(cluster.usersLow), .init(cluster.usersHigh),
          .init(cluster.conversationsLow), .init(cluster.conversationsHigh), .real(cluster.share),
          .real(cluster.shareLow),
          .real(cluster.shareHigh), .init(cluster.x), .init(cluster.y), .init(cluster.stability),
          .init(cluster.topic), .text(cluster.terms.joined(separator: ", ")),
        ]
      }, references: [.release, .parent])
  }

  /// An end of an interval, which only noised counts have.
  static func end(_ name: String, _ summary: String) -> Column {
    Column(name: name, kind: .integer, isOptional: true, summary: summary)
  }

  /// The terms of each cluster in long form. There is no count per term: the differences between a cluster's
  /// and its children's would be cells that nobody has gated.
  private static func clusterTerms(_ release: Release) -> BundleTable {
    BundleTable(
      name: "cluster_terms", summary: "Terms of each cluster, best first",
      columns: [
        releaseID, clusterID,
        .init(name: "position", kind: .integer, minimum: 1, summary: "1 for the best term"),
        .init(name: "term", kind: .text, summary: "A word or phrase that enough users of the cluster used"),
      ],
      primaryKey: ["release_id", "cluster_id", "position"], indexed: ["term"],
      rows: release.clusters.flatMap { cluster in
        cluster.terms.enumerated().map { position, term in
          [.text(release.id), .text(cluster.id), .integer(position + 1), .text(term)]
        }
      }, references: [.cluster])
  }

  /// What of each published cluster lies in none of its published children.
  private static func suppression(_ release: Release) -> BundleTable {
    BundleTable(
      name: "suppression", summary: "Conversations of a cluster that lie in none of its published children",
      columns: [
        releaseID, clusterID,
        .init(
          name: "n_conversations", kind: .integer, minimum: 1,
          summary: "Difference of shown counts: withheld below, or lost to rounding"),
      ],
      primaryKey: ["release_id", "cluster_id"], indexed: [],
      rows: release.clusters.filter { $0.rolledUp > 0 }.map { cluster in
        [.text(release.id), .text(cluster.id), .integer(cluster.rolledUp)]
      }, references: [.cluster])
  }
}
