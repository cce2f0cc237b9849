package import ThrongCore
package import ThrongPrivacy
internal import ThrongText

/// The conversations that shape clusters, and the near-duplicates that were found on the way: private.
///
/// Document frequencies, the reduction, centroids, the tree's weights and the number of clusters come from
/// these alone, and the gate counts and labels with the same ones, for it asks the same ``CountingRule``. The others
/// are assigned to the clusters that these made.
package struct ShapingRecords: Sendable {
  /// Ascending.
  package let records: [UInt32]
  /// Group of near-duplicates of each conversation.
  package let templates: [UInt32]

  /// O(terms + conversations · log(conversations)).
  package init(of corpus: PreparedCorpus, rule: CountingRule, workers: Workers) throws {
    templates = try corpus.copies ?? corpus.features.copies(workers: workers)
    records = rule.records(
      users: corpus.users, recordKeys: corpus.recordKeys, templates: templates,
      isCountable: corpus.isCountable
    ).sorted()
  }

  /// The same records, or nil where they are all of `count`: then nothing need be told apart.
  func unlessAll(of count: Int) -> [UInt32]? { records.count == count ? nil : records }
}
