internal import Throng
internal import ThrongFacets
internal import ThrongIngest
internal import ThrongPrivacy

/// What `throng inspect` prints: for the operator, who has the log. Names of fields and numbers of what many share; no text,
/// and no value.
struct InspectReport: Encodable {
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
  /// How well each format fits the first records, in 0...1; those that do at all.
  let scores: [String: Double]
  let files: Int
  let filesPassedOver: Int
  let text: String
  let user: Field
  /// Whether each file is one user's.
  let usersAreFiles: Bool
  let id: Field
  let time: Field
  let log: LogInspection
  let memoryBytes: Int
  /// Users that must share a value of a facet before it could be shown.
  let facetUsers: Int
  let outlooks: [Outlook]
  /// What was really clustered and gated; nil for what can be read once only, or names no users.
  let estimate: ReleaseOutlook?

  enum CodingKeys: String, CodingKey {
    case format, scores, files
    case filesPassedOver = "files_passed_over"
    case text, user
    case usersAreFiles = "users_are_files"
    case id, time, log
    case memoryBytes = "memory_bytes"
    case facetUsers = "minimum_facet_users"
    case outlooks, estimate
  }

  init(reader: ConversationReader, log: LogInspection, policy: Policy, estimate: ReleaseOutlook?) {
    let detection = reader.detection
    func field(_ field: Detection.Field) -> Field { Field(name: field.name, share: field.share) }
    format = detection.format
    scores = Dictionary(
      uniqueKeysWithValues: detection.scores.filter { $0.score > 0 }.map { ($0.format, $0.score) })
    (files, filesPassedOver) = (reader.inputs.count, reader.passedOver.count)
    (text, usersAreFiles) = (detection.text, detection.usersAreFiles)
    (user, id, time) = (field(detection.user), field(detection.id), field(detection.time))
    self.log = log
    self.estimate = estimate
    facetUsers = policy.minimumFacetUsers
    memoryBytes = MemoryPlan(limit: nil, textBytes: log.textBytes, threads: 1, dimensions: nil).need!
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
    [reader.summary, "\(reader.fit); text in '\(text)'"] + contentLines() + needLines() + facetLines()
      + outlookLines() + estimateLines(reader)
  }

  private func contentLines() -> [String] {
    let roles = ["human", "assistant", "system", "tool"].compactMap { role in
      log.messagesByRole[role].flatMap { $0 > 0 ? "\(Quantity.count($0)) \(role)" : nil }
    }
    var lines = [
      "\(Quantity.count(log.conversations)) conversations of \(Quantity.count(log.users)) users, "
        + "\(Quantity.count(log.messages)) messages (\(roles.joined(separator: ", "))), "
        + "\(Quantity.bytes(Double(log.textBytes))) of text"
    ]
    if log.joined + log.passedOver > 0 {
      lines.append(
        "\(Quantity.count(log.records, "record")): \(Quantity.count(log.joined)) joined with others, "
          + "\(Quantity.count(log.passedOver)) without words of people")
    }
    if log.quarantined > 0 {
      let kinds = log.quarantinedByKind.sorted { $0.key < $1.key }.map {
        "\(Quantity.count($0.value)) \($0.key)"
      }
      lines.append(
        "\(Quantity.count(log.quarantined, "record")) cannot be used: \(kinds.joined(separator: ", "))")
    }
    if let first = log.firstMonth, let last = log.lastMonth {
      let share = Self.percent(Double(log.dated) / Double(max(1, log.conversations)))
      lines.append((first == last ? "in \(first)" : "from \(first) to \(last)") + ", said by \(share)")
    }
    lines.append("users by conversations: \(Self.text(log.usersByConversations))")
    lines.append("conversations by messages of the user: \(Self.text(log.conversationsByTurns))")
    lines.append("conversations by bytes the user wrote: \(Self.text(log.conversationsByBytes))")
    return lines
  }

  private func needLines() -> [String] {
    let time = estimate.map { $0.conversations > 0 ? "\(Quantity.duration($0.seconds)) and " : "" } ?? ""
    return [
      "\(Quantity.count(log.counted)) conversations count at \(log.maximumPerUser) for each user; "
        + "a run needs about \(time)\(Quantity.bytes(Double(memoryBytes))) of memory"
    ]
  }

  private func facetLines() -> [String] {
    log.facets.map { facet in
      let share = Self.percent(Double(facet.stated) / Double(max(1, log.conversations)))
      let values =
        if let values = facet.values, let shared = facet.shared {
          "\(Quantity.count(values, "value")), of which at least \(facetUsers) users share \(Quantity.count(shared))"
        } else {
          "too many values for a facet"
        }
      return "facet '\(facet.name)': \(values); in \(share) of the conversations"
    }
  }

  private func outlookLines() -> [String] {
    outlooks.map { outlook in
      let thresholds =
        "\(outlook.policy) (\(outlook.minimumUsers) users, \(outlook.minimumConversations) conversations)"
      return outlook.releasable
        ? "policy \(thresholds): a tree of \(outlook.levels.map { "\($0)" }.joined(separator: " → ")) clusters, "
          + "less what the gate withholds"
        : "policy \(thresholds): nothing could be released"
    }
  }

  private func estimateLines(_ reader: ConversationReader) -> [String] {
    guard let estimate else {
      return [
        reader.isRepeatable
          ? "no estimate of what would be released: no record names a user (--user FIELD, or --unit conversation)"
          : "no estimate of what would be released: a stream can be read once only, a file twice"
      ]
    }
    let count = Quantity.count(estimate.conversations, "conversation")
    let languages = estimate.languages.map { "\($0.name) \(Self.percent($0.share))" }
    return [
      "languages\(estimate.isWhole ? "" : " of the sample"): \(languages.joined(separator: ", "))",
      estimate.isWhole
        ? "estimate of a release, by clustering all \(count) (a run with another seed or secret differs):"
        : "estimate of a release, by clustering a sample of \(count); the whole log shows at least about as much:",
    ]
      + estimate.levels.map { level in
        "k = \(level.minimumUsers) users, \(level.minimumConversations) conversations: "
          + (level.topics > 0
            ? "\(Quantity.count(level.topics, "topic")) with \(Self.percent(level.share)) of the conversations"
            : "no topic")
      }
  }

  private static func percent(_ share: Double) -> String {
    share > 0 && share < 0.005 ? "under 1 %" : "\(Int((100 * share).rounded())) %"
  }

  /// "1 to 2: 80, 3 or more: 5".
  private static func text(_ histogram: Histogram) -> String {
    histogram.bins.filter { $0.count > 0 }.map { bin in
      let range =
        bin.to.map { $0 == bin.from ? "\($0)" : "\(Quantity.count(bin.from)) to \(Quantity.count($0))" }
        ?? "\(Quantity.count(bin.from)) or more"
      return "\(range): \(Quantity.count(bin.count))"
    }.joined(separator: "; ")
  }
}
