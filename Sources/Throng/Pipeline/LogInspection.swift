internal import Foundation
package import ThrongCore
package import ThrongIngest

/// What a log holds, in totals: what one needs to choose a policy before a run.
///
/// Totals of the whole log only. Times are given to the month, so that no single conversation's shows.
package struct LogInspection: Sendable, Encodable {
  package private(set) var conversations = 0
  package private(set) var quarantined = 0
  /// Records set aside, by kind.
  package private(set) var quarantinedByKind: [String: Int] = [:]
  package private(set) var users = 0
  package private(set) var humanMessages = 0
  package private(set) var messages = 0
  package private(set) var textBytes = 0
  /// As `YYYY-MM`.
  package private(set) var firstMonth: String?
  package private(set) var lastMonth: String?
  /// Conversations that count when each user has at most ``maximumPerUser``.
  package private(set) var counted = 0
  package let maximumPerUser: Int

  enum CodingKeys: String, CodingKey {
    case conversations, quarantined
    case quarantinedByKind = "quarantined_by_kind"
    case users
    case humanMessages = "human_messages"
    case messages
    case textBytes = "text_bytes"
    case firstMonth = "first_month"
    case lastMonth = "last_month"
    case counted
    case maximumPerUser = "maximum_per_user"
  }

  private struct Partial: Sendable {
    var users: [UInt64] = []
    var humanMessages = 0
    var messages = 0
    var textBytes = 0
    var times: ClosedRange<Int64>?
  }

  /// Reads the whole log once. Memory grows with the number of users only.
  ///
  /// - Parameter countsUsers: false counts each conversation as a person of its own.
  package init(
    of reader: ConversationReader, countsUsers: Bool, maximumPerUser: Int, workers: Workers,
    progress: any ProgressReporter
  ) throws {
    self.maximumPerUser = maximumPerUser
    let hasher = Secret.random().hasher(for: "user")
    var perUser: [UInt64: Int] = [:]
    var times: ClosedRange<Int64>?
    let report = try reader.read(workers: workers, progress: progress) { block in
      Self.count(block, hasher: hasher)
    } merge: { partial in
      for user in partial.users { perUser[user, default: 0] += 1 }
      humanMessages += partial.humanMessages
      messages += partial.messages
      textBytes += partial.textBytes
      times = Self.span(times, partial.times)
    }
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

  private static func count(_ block: borrowing ConversationBlock, hasher: SipHash) -> Partial {
    var partial = Partial()
    let bytes = block.bytes.span
    for record in block.records {
      if let user = record.user { partial.users.append(hasher.hash24(bytes.extracting(user))) }
      for message in block.messages[record.messages] {
        partial.messages += 1
        if message.role == .human { partial.humanMessages += 1 }
        partial.textBytes += message.text.count
      }
      partial.times = span(partial.times, record.createdAt.map { $0...$0 })
    }
    return partial
  }

  private static func span(_ a: ClosedRange<Int64>?, _ b: ClosedRange<Int64>?) -> ClosedRange<Int64>? {
    guard let a, let b else { return a ?? b }
    return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }

  private static func month(_ time: Int64) -> String {
    String(Date(timeIntervalSince1970: Double(time)).ISO8601Format().prefix(7))
  }
}
