internal import Throng
package import ThrongCore
internal import ThrongFacets
internal import ThrongIngest
internal import ThrongPrivacy

extension PipelineEngine {
  /// `throng inspect`: what a log holds, what a run would need and would likely release.
  package func inspect(_ options: InspectOptions, in context: CommandContext) throws -> ExitCode {
    let policy = try options.gate.thresholds.validated()
    let workers = context.workers(threads: options.process.threads)
    let reader = try ConversationReader(
      inputs: options.inputs, settings: options.input.readSettings(requiresUser: false),
      cancellation: context.cancellation)
    let log = try LogInspection(
      of: reader, countsUsers: policy.unit == .user, maximumPerUser: policy.maximumPerUser,
      facetUsers: policy.minimumFacetUsers,
      workers: workers, progress: context.console)
    context.console.endProgress()
    let report = InspectReport(reader: reader, log: log, policy: policy)
    if options.json {
      try context.console.print(JSONText.encode(report))
    } else {
      for line in report.lines(reader: reader) { try context.console.print(line) }
    }
    return .done
  }
}

/// What `throng inspect` prints.
private struct InspectReport: Encodable {
  struct Field: Encodable {
    let name: String?
    let share: Double
  }

  struct Outlook: Encodable {
    let policy: String
    let minimumUsers: Int
    let minimumConversations: Int
    /// Whether the whole log passes R1, without which nothing is released.
    let releasable: Bool
    /// Clusters on each level, top first.
    let levels: [Int]

    enum CodingKeys: String, CodingKey {
      case policy
      case minimumUsers = "minimum_users"
      case minimumConversations = "minimum_conversations"
      case releasable, levels
    }
  }

  let format: String
  let user: Field
  let id: Field
  let time: Field
  let log: LogInspection
  let memoryBytes: Int
  /// Users that must share a value of a facet before it could be shown.
  let facetUsers: Int
  let outlooks: [Outlook]

  enum CodingKeys: String, CodingKey {
    case format, user, id, time, log
    case memoryBytes = "memory_bytes"
    case facetUsers = "minimum_facet_users"
    case outlooks
  }

  init(reader: ConversationReader, log: LogInspection, policy: Policy) {
    let detection = reader.detection
    func field(_ field: Detection.Field) -> Field { Field(name: field.name, share: field.share) }
    format = detection.format
    (user, id, time) = (field(detection.user), field(detection.id), field(detection.time))
    self.log = log
    facetUsers = policy.minimumFacetUsers
    memoryBytes = MemoryEstimate(storedBytes: log.textBytes, compressed: false).bytes
    // The policy asked for, and the named ones beside it for comparison.
    var policies = [policy]
    for named in [Policy.internal, .public] where named.name != policy.name { policies.append(named) }
    outlooks = policies.map { policy in
      let plan = ClusterPlan(
        conversations: log.conversations, counted: log.counted,
        minimumConversations: max(policy.minimumConversations, policy.usualUsers),
        minimumUsers: policy.usualUsers)
      return Outlook(
        policy: policy.name, minimumUsers: policy.minimumUsers,
        minimumConversations: policy.minimumConversations,
        releasable: log.users >= policy.minimumUsers && log.counted >= policy.minimumConversations,
        levels: plan.levels)
    }
  }

  func lines(reader: ConversationReader) -> [String] {
    var lines = [
      reader.summary,
      "\(Quantity.count(log.conversations)) conversations of \(Quantity.count(log.users)) users, "
        + "\(Quantity.count(log.messages)) messages (\(Quantity.count(log.humanMessages)) human), "
        + "\(Quantity.bytes(Double(log.textBytes))) of text",
    ]
    if log.quarantined > 0 {
      let kinds = log.quarantinedByKind.sorted { $0.key < $1.key }.map {
        "\(Quantity.count($0.value)) \($0.key)"
      }
      lines.append(
        "\(Quantity.count(log.quarantined, "record")) cannot be used: \(kinds.joined(separator: ", "))")
    }
    if let first = log.firstMonth, let last = log.lastMonth {
      lines.append(first == last ? "in \(first)" : "from \(first) to \(last)")
    }
    lines.append(
      "\(Quantity.count(log.counted)) conversations count at \(log.maximumPerUser) for each user; "
        + "a run needs about \(Quantity.bytes(Double(memoryBytes))) of memory")
    lines += log.facets.map { facet in
      let share = Int((100 * Double(facet.stated) / Double(max(1, log.conversations))).rounded())
      let values =
        if let values = facet.values, let shared = facet.shared {
          "\(Quantity.count(values, "value")), of which at least \(facetUsers) users share \(Quantity.count(shared))"
        } else {
          "too many values for a facet"
        }
      return "facet '\(facet.name)': \(values); in \(share) % of the conversations"
    }
    for outlook in outlooks {
      let thresholds =
        "\(outlook.policy) (\(outlook.minimumUsers) users, \(outlook.minimumConversations) conversations)"
      lines.append(
        outlook.releasable
          ? "policy \(thresholds): a tree of \(outlook.levels.map { "\($0)" }.joined(separator: " → ")) clusters, "
            + "less what the gate withholds"
          : "policy \(thresholds): nothing could be released")
    }
    return lines
  }
}
