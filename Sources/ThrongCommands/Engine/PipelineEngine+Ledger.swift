internal import Foundation
package import ThrongCore
internal import ThrongPrivacy

extension PipelineEngine {
  /// The ledger of a run, opened before the long part; nil with `--ledger none`.
  func openLedger(_ options: RunOptions, secret: Secret) throws -> Ledger? {
    try ledgerPath(options).map { try Ledger(path: $0, secret: secret, creates: true) }
  }

  /// Where the ledger of a run is or would be.
  func ledgerPath(_ options: RunOptions) -> String? {
    if let ledger = options.ledger { return ledger == "none" ? nil : ledger }
    return options.output.map {
      URL(fileURLWithPath: $0).standardizedFileURL.deletingLastPathComponent().path + "/\(Ledger.fileName)"
    }
  }

  /// `throng ledger show|verify`.
  package func ledger(_ options: LedgerOptions, in context: CommandContext) throws -> ExitCode {
    let place = options.arguments[1]
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
    let path = exists && isFolder.boolValue ? "\(place)/\(Ledger.fileName)" : place
    guard FileManager.default.fileExists(atPath: path) else { throw LedgerFailure.missing(path: path) }
    let ledger = try Ledger(path: path, secret: try context.secret(file: options.secretFile), creates: false)
    let records = try ledger.records()
    let foreign = ledger.foreign(records)
    if options.json {
      try context.console.print(JSONText.encode(LedgerReport(path: path, records: records, foreign: foreign)))
      return .done
    }
    if options.arguments[0] == "show" {
      for record in records { try context.console.print(LedgerReport.line(record)) }
    }
    let count = Quantity.count(records.count, "release")
    try context.console.print("\(path): \(count), no entry changed, removed or cut off")
    if foreign > 0 {
      context.console.warn(
        "\(Quantity.count(foreign, "release")) were noted with another secret; their hashes hold, but whether "
          + "somebody forged them only that secret can tell")
    }
    return .done
  }
}

/// What `throng ledger --json` prints.
private struct LedgerReport: Encodable {
  struct Item: Encodable {
    let entry: Int
    let release: String?
    let time: String
    let firstDay: String?
    let lastDay: String?
    let policy: String
    let unit: String
    let minimumUsers: Int
    let minimumConversations: Int
    let conversations: Int
    let epsilon: Double
    let secret: String

    enum CodingKeys: String, CodingKey {
      case entry, release, time, policy, unit, conversations, epsilon, secret
      case firstDay = "first_day"
      case lastDay = "last_day"
      case minimumUsers = "minimum_users"
      case minimumConversations = "minimum_conversations"
    }
  }

  let ledger: String
  let releases: [Item]
  let otherSecret: Int

  enum CodingKeys: String, CodingKey {
    case ledger, releases
    case otherSecret = "other_secret"
  }

  init(path: String, records: [LedgerRecord], foreign: Int) {
    ledger = path
    releases = records.map { record in
      let entry = record.entry
      return Item(
        entry: record.number, release: record.release, time: Self.time(entry.time),
        firstDay: entry.firstDay.map(Self.day), lastDay: entry.lastDay.map(Self.day),
        policy: entry.rules.policy,
        unit: entry.rules.unit, minimumUsers: entry.rules.users,
        minimumConversations: entry.rules.conversations,
        conversations: record.conversations, epsilon: entry.epsilon, secret: entry.secret)
    }
    otherSecret = foreign
  }

  /// One release for a person.
  static func line(_ record: LedgerRecord) -> String {
    let entry = record.entry
    let days =
      entry.firstDay.flatMap { first in entry.lastDay.map { " of \(day(first)) to \(day($0))" } } ?? ""
    return "\(record.number)  \(time(entry.time))  \(record.release ?? "unfinished")  "
      + "\(Quantity.count(record.conversations, "conversation"))\(days), policy \(entry.rules.policy), secret "
      + entry.secret
  }

  private static func time(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
  }

  private static func day(_ day: Int) -> String { String(time(Int64(day) * 86_400).prefix(10)) }
}
