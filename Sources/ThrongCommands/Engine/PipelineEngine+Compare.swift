internal import Foundation
package import ThrongCore
internal import ThrongStatistics

extension PipelineEngine {
  /// `throng compare`: two bundles as their readers see them.
  package func compare(_ options: CompareOptions, in context: CommandContext) throws -> ExitCode {
    let (old, new) = (
      try ShownRelease(bundle: options.bundles[0]), try ShownRelease(bundle: options.bundles[1])
    )
    var ids: [String: String] = [:]
    if let path = options.ids {
      guard let data = FileManager.default.contents(atPath: path),
        let earlier = try? JSONDecoder().decode(ComparisonReport.self, from: data),
        earlier.new == old.releaseID
      else { throw EngineFailure.noComparison(path: path) }
      for topic in earlier.topics { if let id = topic.newID { ids[id] = topic.stableID } }
    }
    if old.rules != new.rules {
      context.console.warn(
        "the two bundles were made under different rules, so a topic may be in one alone because it passes there alone"
      )
    }
    let comparison = ReleaseComparison(
      old: old.topics, new: new.topics, release: String(new.releaseID.prefix(6)), ids: ids,
      roundedTo: max(old.rules.roundedTo, new.rules.roundedTo),
      totalsLoweredBy: Double(max(old.rules.totalGapPercent ?? 0, new.rules.totalGapPercent ?? 0)) / 100)
    let report = ComparisonReport(comparison, old: old.releaseID, new: new.releaseID)
    try context.console.print(options.json ? JSONText.encode(report) : report.text)
    return .done
  }
}

/// What a comparison reads of a bundle.
private struct ShownRelease: Decodable {
  struct Rules: Decodable, Equatable {
    let policy: String
    let minimumUsers: Int
    let minimumConversations: Int
    let roundedTo: Int
    /// Not in releases of earlier versions.
    let totalGapPercent: Int?

    enum CodingKeys: String, CodingKey {
      case policy
      case minimumUsers = "minimum_users"
      case minimumConversations = "minimum_conversations"
      case roundedTo = "rounded_to"
      case totalGapPercent = "total_gap_percent"
    }
  }
  struct Cluster: Decodable {
    let id: String
    let parentID: String?
    let label: String
    let terms: [String]
    let users: Int
    let conversations: Int

    enum CodingKeys: String, CodingKey {
      case id = "cluster_id"
      case parentID = "parent_id"
      case label
      case terms = "top_terms"
      case users = "n_users"
      case conversations = "n_conversations"
    }
  }

  let releaseID: String
  let rules: Rules
  let clusters: [Cluster]

  enum CodingKeys: String, CodingKey {
    case releaseID = "release_id"
    case rules, clusters
  }

  /// - Throws: `EngineFailure` where the folder holds no release, or one that cannot be.
  init(bundle: String) throws {
    guard let data = FileManager.default.contents(atPath: bundle + "/release.json"),
      let release = try? JSONDecoder().decode(ShownRelease.self, from: data), !release.clusters.isEmpty,
      release.rules.roundedTo >= 1,
      release.clusters.allSatisfy({ $0.users >= 0 && $0.conversations >= $0.users }),
      release.clusters.allSatisfy({ $0.conversations <= release.clusters[0].conversations })
    else { throw EngineFailure.noRules(bundle: bundle) }
    self = release
  }

  var topics: [ReleasedTopic] {
    clusters.map {
      ReleasedTopic(
        id: $0.id, parentID: $0.parentID, label: $0.label, terms: $0.terms, users: $0.users,
        conversations: $0.conversations)
    }
  }
}

/// What `throng compare` prints, and reads again for ids.
private struct ComparisonReport: Codable {
  struct Topic: Codable {
    let change: String
    let stableID: String
    let oldID: String?
    let newID: String?
    let label: String
    let similarity: Double
    let oldShare: Double?
    let newShare: Double?
    let pValue: Double?

    enum CodingKeys: String, CodingKey {
      case change
      case stableID = "stable_id"
      case oldID = "old_id"
      case newID = "new_id"
      case label, similarity
      case oldShare = "old_share"
      case newShare = "new_share"
      case pValue = "p_value"
    }
  }

  let old: String
  let new: String
  let topics: [Topic]

  init(_ comparison: ReleaseComparison, old: String, new: String) {
    (self.old, self.new) = (old, new)
    topics = comparison.entries.map { entry in
      // A split topic has an id of its own; that it came from another is said beside it. So of a merged one.
      Topic(
        change: entry.change.rawValue, stableID: entry.stableID, oldID: entry.old?.id,
        newID: entry.change == .merged ? nil : entry.new?.id,
        label: (entry.change == .merged ? entry.old : entry.new ?? entry.old)?.label ?? "",
        similarity: entry.similarity, oldShare: entry.shares?.old, newShare: entry.shares?.new,
        pValue: entry.pValue)
    }
  }

  /// One line for each topic, the changes first that a reader looks for.
  var text: String {
    func percent(_ share: Double?) -> String { share.map { "\(($0 * 1000).rounded() / 10) %" } ?? "" }
    var lines: [String] = []
    for change in [ReleaseComparison.Change.born, .gone, .split, .merged, .grown, .shrunk, .same] {
      for topic in topics where topic.change == change.rawValue {
        let shares = topic.oldShare == nil ? "" : "  \(percent(topic.oldShare)) → \(percent(topic.newShare))"
        lines.append("\(change.rawValue)  \(topic.stableID)  \(Console.printable(topic.label))\(shares)")
      }
    }
    return lines.isEmpty ? "no topic in either bundle" : lines.joined(separator: "\n")
  }
}
