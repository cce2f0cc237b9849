internal import Foundation
package import ThrongCore
package import ThrongFacets
package import ThrongIngest

/// What a log holds, in totals: what one needs to choose a policy before a run.
///
/// Totals of the whole log only. Times are given to the month, so that no single conversation's shows.
package struct LogInspection: Sendable, Encodable {
  package private(set) var conversations = 0
  /// Records seen: those that became part of another's conversation and those that are nobody's words too.
  package private(set) var records = 0
  package private(set) var joined = 0
  package private(set) var passedOver = 0
  package private(set) var quarantined = 0
  /// Records set aside, by kind.
  package private(set) var quarantinedByKind: [String: Int] = [:]
  package private(set) var users = 0
  /// Users by the number of their conversations.
  package private(set) var usersByConversations = Histogram(starts: [1, 2, 6, 11, 101])
  /// Conversations by their human messages.
  package private(set) var conversationsByTurns = Histogram(starts: [0, 1, 2, 4, 8])
  /// Conversations by the bytes of their human messages.
  package private(set) var conversationsByBytes = Histogram(starts: [0, 100, 300, 1000, 3000, 10_000, 30_000])
  /// Messages by who wrote them.
  package private(set) var messagesByRole: [String: Int] = [:]
  package private(set) var humanMessages = 0
  package private(set) var messages = 0
  package private(set) var textBytes = 0
  /// Conversations with a time.
  package private(set) var dated = 0
  /// As `YYYY-MM`.
  package private(set) var firstMonth: String?
  package private(set) var lastMonth: String?
  /// Conversations that count when each user has at most ``maximumPerUser``.
  package private(set) var counted = 0
  package let maximumPerUser: Int
  /// Fields that could be facets: numbers of values, never a value.
  package private(set) var facets: [FacetSurvey.Field] = []
  /// Fields looked at, at most.
  package static let maximumFields = 40

  enum CodingKeys: String, CodingKey {
    case conversations, records, joined
    case passedOver = "passed_over"
    case quarantined
    case quarantinedByKind = "quarantined_by_kind"
    case users
    case usersByConversations = "users_by_conversations"
    case conversationsByTurns = "conversations_by_turns"
    case conversationsByBytes = "conversations_by_bytes"
    case messagesByRole = "messages_by_role"
    case dated
    case humanMessages = "human_messages"
    case messages
    case textBytes = "text_bytes"
    case firstMonth = "first_month"
    case lastMonth = "last_month"
    case counted
    case maximumPerUser = "maximum_per_user"
    case facets
  }

  private struct Partial: Sendable {
    /// One for each record.
    var users: [UInt64?] = []
    var facets: FacetBlock
    /// By role.
    var messages = [Int](repeating: 0, count: Role.allCases.count)
    /// Human messages and their bytes, of each record.
    var turns: [Int] = []
    var bytes: [Int] = []
    var textBytes = 0
    var dated = 0
    var times: ClosedRange<Int64>?
  }

  /// Reads the whole log once. Memory grows with the number of users, and with that of fields up to
  /// ``maximumFields``.
  ///
  /// - Parameters:
  ///   - countsUsers: false counts each conversation as a person of its own.
  ///   - facetUsers: users that must have a value before it may be shown.
  package init(
    of reader: ConversationReader, countsUsers: Bool, maximumPerUser: Int, facetUsers: Int, workers: Workers,
    progress: any ProgressReporter
  ) throws {
    self.maximumPerUser = maximumPerUser
    let hasher = Secret.random().hasher(for: "user")
    let plan = try FacetPlan(
      reader.detection.facetFields.prefix(Self.maximumFields).map { FacetRequest($0) })
    var survey = FacetSurvey(plan, minimumUsers: facetUsers)
    let log = try reader.keeping(fields: plan.fields)
    var seen: UInt64 = 0
    var byRole = [Int](repeating: 0, count: Role.allCases.count)
    var perUser: [UInt64: Int] = [:]
    var times: ClosedRange<Int64>?
    let report = try log.read(workers: workers, progress: progress) { block in
      try Self.count(block, hasher: hasher, facets: plan)
    } merge: { partial in
      for user in partial.users { if let user { perUser[user, default: 0] += 1 } }
      let first = seen
      seen += UInt64(partial.users.count)
      // Records without a user, which a run sets aside, are taken for one user's.
      survey.append(
        partial.facets, users: countsUsers ? partial.users.map { $0 ?? 0 } : Array(first..<seen))
      for role in Role.allCases.indices { byRole[role] += partial.messages[role] }
      for turns in partial.turns { conversationsByTurns.add(turns) }
      for bytes in partial.bytes { conversationsByBytes.add(bytes) }
      textBytes += partial.textBytes
      dated += partial.dated
      times = times.spanning(partial.times)
    }
    facets = survey.fields
    for role in Role.allCases { messagesByRole["\(role)"] = byRole[Int(role.rawValue)] }
    (messages, humanMessages) = (byRole.reduce(0, +), byRole[Int(Role.human.rawValue)])
    if countsUsers { for count in perUser.values { usersByConversations.add(count) } }
    (records, joined, passedOver) = (report.records, report.joined, report.passedOver)
    conversations = report.kept
    quarantined = report.quarantined
    for kind in FaultKind.allCases where report.counts[kind] > 0 {
      quarantinedByKind[kind.name] = report.counts[kind]
    }
    users = countsUsers ? perUser.count : report.kept
    counted = countsUsers ? perUser.values.reduce(0) { $0 + min($1, maximumPerUser) } : report.kept
    firstMonth = times.map { Self.month($0.lowerBound) }
    lastMonth = times.map { Self.month($0.upperBound) }
  }

  private static func count(
    _ block: borrowing ConversationBlock, hasher: SipHash, facets plan: FacetPlan
  ) throws -> Partial {
    var facets = try FacetReader(plan, hasher: hasher)
    var partial = Partial(facets: facets.finish())
    let bytes = block.bytes.span
    for record in block.records {
      partial.users.append(record.user.map { hasher.hash24(bytes.extracting($0)) })
      var (turns, bytesSaid) = (0, 0)
      for message in block.messages[record.messages] {
        partial.messages[Int(message.role.rawValue)] += 1
        partial.textBytes += message.text.count
        if message.role == .human { (turns, bytesSaid) = (turns + 1, bytesSaid + message.text.count) }
      }
      partial.turns.append(turns)
      partial.bytes.append(bytesSaid)
      if record.createdAt != nil { partial.dated += 1 }
      partial.times = partial.times.spanning(record.createdAt.map { $0...$0 })
      try facets.add(
        fields: record.fields, in: bytes,
        facts: ConversationFacts(humanMessages: 0, textBytes: 0, createdAt: nil))
    }
    partial.facets = facets.finish()
    return partial
  }

  private static func month(_ time: Int64) -> String {
    String(Date(timeIntervalSince1970: Double(time)).ISO8601Format().prefix(7))
  }
}
