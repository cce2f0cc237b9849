import ThrongPrivacy

/// `metadata.json`: what Datasette says of `release.sqlite`: titles, descriptions of columns, facets, canned queries.
///
/// Facets of a table are its indexed columns. No word and no number of the release but its rules.
struct DatasetteMetadata: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    let described = tables.map { table in (table.name, Self.describe(table)) }
    let queries = Self.queries.map { query in
      (
        query.name,
        JSON.object([
          ("title", .text(query.title)), ("description", .text(query.description)), ("sql", .text(query.sql)),
          ("hide_sql", .boolean(true)),
        ])
      )
    }
    let document = JSON.object([
      ("title", .text("Throng release")), ("description", .text(BundleText.description(release.rules))),
      (
        "databases",
        .object([("release", .object([("tables", .object(described)), ("queries", .object(queries))]))])
      ),
    ])
    try folder.write(document.document, to: "metadata.json")
  }

  private static func describe(_ table: BundleTable) -> JSON {
    var members: [(String, JSON)] = [
      ("description", .text(table.summary)),
      ("columns", .object(table.columns.map { ($0.name, .text($0.summary)) })),
    ]
    if !table.indexed.isEmpty { members.append(("facets", .texts(table.indexed))) }
    if table.name == "clusters" {
      members += [("label_column", .text("label")), ("sort_desc", .text("n_conversations"))]
    }
    return .object(members)
  }

  private struct Query {
    let name: String
    let title: String
    let description: String
    let sql: String
  }

  private static let queries = [
    Query(
      name: "topics", title: "Topics", description: "The clusters as a tree, larger ones first.",
      sql: """
        select cluster_id, level, label, n_users, n_conversations, share, share_low, share_high, top_terms \
        from clusters order by rowid
        """),
    Query(
      name: "topics_with_term", title: "Topics with a word",
      description: "Clusters of which a term holds the words given.",
      sql: """
        select distinct c.cluster_id, c.label, c.n_users, c.n_conversations, t.term from cluster_terms t \
        join clusters c on c.release_id = t.release_id and c.cluster_id = t.cluster_id \
        where t.term like '%' || :term || '%' order by c.n_conversations desc, c.cluster_id
        """),
    Query(
      name: "who_talks", title: "Who talks",
      description: "The values of a facet in every cluster that shows some.",
      sql: """
        select c.label, f.cluster_id, f.value, f.n_users, f.n_conversations, f.share from cluster_facets f \
        join clusters c on c.release_id = f.release_id and c.cluster_id = f.cluster_id \
        where f.facet = :facet order by c.rowid, f.n_conversations desc, f.value
        """),
    Query(
      name: "standing_out", title: "Standing out",
      description:
        "Facet values that are more frequent in a cluster than in all conversations, by their ratio.",
      sql: """
        select c.label, f.cluster_id, f.facet, f.value, f.share, w.share as share_of_all, \
        round(f.share / w.share, 2) as ratio from cluster_facets f \
        join clusters c on c.release_id = f.release_id and c.cluster_id = f.cluster_id and c.level > 0 \
        join cluster_facets w on w.release_id = f.release_id and w.cluster_id = 'c0' and w.facet = f.facet \
        and w.value = f.value where w.share > 0 and f.share > w.share \
        order by ratio desc, f.cluster_id, f.facet, f.value
        """),
    Query(
      name: "over_time", title: "Over time", description: "A cluster by period; c0 is all conversations.",
      sql: """
        select period, period_start, period_start_unix, n_users, n_conversations, share from cluster_timeseries \
        where cluster_id = :cluster_id order by period, period_start
        """),
    Query(
      name: "withheld", title: "Withheld",
      description:
        "Clusters with conversations that none of the clusters below them shows, or that rounding lost.",
      sql: """
        select c.cluster_id, c.label, c.n_conversations, s.n_conversations as n_conversations_rolled_up \
        from suppression s join clusters c on c.release_id = s.release_id and c.cluster_id = s.cluster_id \
        order by s.n_conversations desc, c.cluster_id
        """),
  ]
}
