import CSQLite
import Foundation
import Testing
import ThrongCore
import ThrongPrivacy

/// A log as the ledger sees it: users by name, their conversations in leaves of a tree of one level.
struct LedgerLog {
  var leaves = 3
  var records: [(user: Int, leaf: Int, number: Int)] = []

  /// Adds one conversation each of `users` in a leaf.
  mutating func add(_ users: Range<Int>, leaf: Int) {
    for user in users { records.append((user, leaf, user)) }
  }

  /// Leaves of 14, 11 and 20 users.
  static var usual: LedgerLog {
    var log = LedgerLog()
    log.add(0..<14, leaf: 1)
    log.add(100..<111, leaf: 2)
    log.add(200..<220, leaf: 3)
    return log
  }

  var tree: CandidateTree {
    let users = Array(Set(records.map(\.user))).sorted()
    let index = Dictionary(uniqueKeysWithValues: users.enumerated().map { ($1, UInt32($0)) })
    return CandidateTree(
      parents: [nil] + [Int?](repeating: 0, count: leaves), leafOfRecord: records.map { Int32($0.leaf) },
      userOfRecord: records.map { index[$0.user]! },
      recordKeys: records.map { RandomSource.mix(UInt64($0.number) + 7) },
      termRows: ([Int](repeating: 0, count: records.count + 1), []), termCount: 0,
      userKeys: users.map { RandomSource.mix(UInt64($0) + 1_000_000) })
  }
}

@Suite struct LedgerTests {
  static let secret = Secret(bytes: Array(1...32))!
  static let other = Secret(bytes: Array(2...33))!
  static let policy = Policy.small(users: 5, conversations: 5)

  /// Releases `log` with the ledger of `folder`; the shown conversations of the clusters, largest first.
  @discardableResult
  static func release(
    _ log: LedgerLog, in folder: String, secret: Secret = secret, policy: Policy = policy,
    defences: Defences = .all,
    days: ClosedRange<Int>? = 100...101, epsilon: Double = 0, limit: Double? = nil, completes: Bool = true
  ) throws -> [Int] {
    let ledger = try Ledger(path: "\(folder)/ledger", secret: secret, creates: true)
    let session = LedgerSession(
      ledger: ledger, days: days, time: 1_700_000_000, epsilon: epsilon, epsilonLimit: limit)
    let release = try Gate(policy: policy, defences: defences, secret: Secret(bytes: Array(1...32))!).release(
      log.tree, accounting: Accounting(read: log.records.count, quarantined: 0), terms: Corpus.plainTerms,
      labeller: ContrastLabeller(), facts: Corpus.facts, workers: Workers(threads: 1), ledger: session)
    if completes { try session.complete(release) }
    return release.clusters.map(\.conversations).sorted(by: >)
  }

  static func records(in folder: String, secret: Secret = secret) throws -> [LedgerRecord] {
    try Ledger(path: "\(folder)/ledger", secret: secret, creates: false).records()
  }

  static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  /// The failure of a release; nil where there is one.
  static func failure(_ body: () throws -> Void) throws -> LedgerFailure? {
    do {
      try body()
      return nil
    } catch let failure as LedgerFailure {
      return failure
    }
  }

  // MARK: Differencing

  /// The attack: of a topic's 14 users everybody but one is known, and one more record makes the shown count jump.
  @Test func oneUserMoreShowsWithoutTheLedgerAndIsRefusedWithIt() throws {
    var more = LedgerLog.usual
    more.add(900..<901, leaf: 1)
    try Self.withFolder { folder in
      let before = try Self.release(.usual, in: folder, defences: .all.subtracting(.ledger))
      let after = try Self.release(more, in: folder, defences: .all.subtracting(.ledger))
      #expect(before == [45, 20, 10, 10] && after == [45, 20, 15, 10])
    }
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder)
      let failure = try Self.failure { try Self.release(more, in: folder) }
      guard case .betrays(.users(minimum: 5, _), let earlier) = failure else {
        Issue.record("\(String(describing: failure))")
        return
      }
      #expect(try earlier == Self.records(in: folder)[0].name)
      #expect(failure?.exitStatus == 4)
      #expect(try Self.records(in: folder).count == 1)
    }
  }

  @Test func oneUserLessIsRefused() throws {
    var less = LedgerLog.usual
    less.records.removeFirst()
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder)
      guard case .betrays = try Self.failure({ try Self.release(less, in: folder) }) else {
        Issue.record("released")
        return
      }
    }
  }

  @Test func enoughNewUsersPass() throws {
    var more = LedgerLog.usual
    more.add(900..<906, leaf: 1)
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder)
      #expect(try Self.release(more, in: folder) == [50, 20, 20, 10])
      #expect(try Self.records(in: folder).count == 2)
    }
  }

  /// One new user in the first topic and ten in the second: both are withheld, so that eleven are new in what is left.
  @Test func topicsAreWithheldUntilNobodyIsAlone() throws {
    var more = LedgerLog.usual
    more.add(900..<901, leaf: 1)
    more.add(910..<920, leaf: 2)
    more.add(930..<940, leaf: 3)
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder)
      #expect(try Self.release(more, in: folder) == [65, 30])
    }
  }

  /// A topic of one log cut by those of another: each piece would be a cell of three users.
  @Test func topicsCutOtherwiseAreWithheld() throws {
    var cut = LedgerLog.usual
    for at in cut.records.indices where cut.records[at].user < 3 { cut.records[at].leaf = 3 }
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder)
      #expect(try Self.release(cut, in: folder) == [45, 10])
    }
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder, defences: .all.subtracting(.ledger))
      #expect(try Self.release(cut, in: folder, defences: .all.subtracting(.ledger)) == [45, 20, 10, 10])
    }
  }

  @Test func theStricterPolicyDecides() throws {
    var more = LedgerLog.usual
    more.add(900..<906, leaf: 1)
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder, policy: .small(users: 10, conversations: 10))
      let failure = try Self.failure { try Self.release(more, in: folder) }
      guard case .betrays(.users(minimum: 10, _), _) = failure else {
        Issue.record("\(String(describing: failure))")
        return
      }
    }
  }

  @Test func logsWithoutCommonRecordsAreIndependent() throws {
    var next = LedgerLog()
    next.add(2000..<2020, leaf: 1)
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder)
      #expect(try Self.release(next, in: folder) == [20])
    }
  }

  // MARK: Runs

  @Test func theSameRunIsTheSameRelease() throws {
    var more = LedgerLog.usual
    more.add(900..<906, leaf: 1)
    try Self.withFolder { folder in
      let first = try Self.release(.usual, in: folder)
      let second = try Self.release(more, in: folder)
      var turned = LedgerLog.usual
      turned.records.reverse()
      #expect(try Self.release(turned, in: folder) == first)
      #expect(try Self.release(more, in: folder) == second)
      #expect(try Self.records(in: folder).count == 2)
    }
  }

  /// A run that did not come to its end may have been seen: it counts, and the same run can still end it.
  @Test func anUnfinishedRunCounts() throws {
    var more = LedgerLog.usual
    more.add(900..<901, leaf: 1)
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder, completes: false)
      #expect(try Self.records(in: folder).map(\.release) == [nil])
      #expect(try Self.failure { try Self.release(more, in: folder) } != nil)
      try Self.release(.usual, in: folder)
      let records = try Self.records(in: folder)
      #expect(records.count == 1 && records[0].release != nil)
    }
  }

  @Test func aChangedSecretIsSeen() throws {
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder)
      let failure = try Self.failure {
        try Self.release(.usual, in: folder, secret: Self.other, days: 101...105)
      }
      guard case .otherSecret = failure else {
        Issue.record("\(String(describing: failure))")
        return
      }
      guard
        case .otherSecret = try Self.failure({
          try Self.release(.usual, in: folder, secret: Self.other, days: nil)
        })
      else {
        Issue.record("a log without times may be of any time")
        return
      }
      try Self.release(.usual, in: folder, secret: Self.other, days: 102...105)
      #expect(try Self.records(in: folder, secret: Self.other).count == 2)
    }
  }

  @Test func theBudgetIsSummedOverReleasesOfTheSameRecords() throws {
    var more = LedgerLog.usual
    more.add(900..<906, leaf: 1)
    var next = LedgerLog()
    next.add(2000..<2020, leaf: 1)
    try Self.withFolder { folder in
      // Reserved and not completed: spent all the same.
      try Self.release(.usual, in: folder, epsilon: 0.6, limit: 1, completes: false)
      let failure = try Self.failure { try Self.release(more, in: folder, epsilon: 0.5, limit: 1) }
      #expect(failure == .budgetSpent(spent: 0.6, asked: 0.5, limit: 1))
      try Self.release(next, in: folder, epsilon: 0.5, limit: 1)
      try Self.release(more, in: folder, epsilon: 0.4, limit: 1)
    }
  }

  @Test func runsAtTheSameTimeWaitForEachOther() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for k in 0..<4 {
        group.addTask {
          var log = LedgerLog()
          log.add(10_000 * k..<10_000 * k + 20, leaf: 1)
          try Self.release(log, in: folder)
        }
      }
      try await group.waitForAll()
    }
    #expect(try Self.records(in: folder).count(where: { $0.release != nil }) == 4)
  }

  // MARK: The file

  /// Carries SQL out on the file as somebody without the secret could.
  static func meddle(_ folder: String, _ sql: String) -> Int32 {
    var handle: OpaquePointer?
    defer { _ = unsafe sqlite3_close(handle) }
    guard unsafe sqlite3_open("\(folder)/ledger", &handle) == SQLITE_OK else { return -1 }
    return unsafe sqlite3_exec(handle, sql, nil, nil, nil)
  }

  @Test func entriesCanBeAddedOnly() throws {
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder)
      #expect(Self.meddle(folder, "UPDATE entry SET atoms = x''") != SQLITE_OK)
      #expect(Self.meddle(folder, "DELETE FROM entry") != SQLITE_OK)
      #expect(Self.meddle(folder, "DELETE FROM head") != SQLITE_OK)
      #expect(try Self.records(in: folder).count == 1)
      let mode =
        try FileManager.default.attributesOfItem(atPath: "\(folder)/ledger")[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  /// Whatever somebody does to the file without the secret, short of putting an older copy in its place, shows.
  @Test(arguments: [
    "UPDATE entry SET atoms = substr(atoms, 15) WHERE number = 1",
    "UPDATE entry SET body = replace(CAST(body AS TEXT), '1700000000', '1600000000') WHERE number = 1",
    "UPDATE entry SET link = zeroblob(32) WHERE number = 2",
    "UPDATE entry SET mac = zeroblob(32) WHERE number = 3",
    "DELETE FROM entry WHERE number = 2",
    "DELETE FROM entry WHERE number = 4",
    "DELETE FROM entry WHERE number > 2; UPDATE head SET number = 2, link = (SELECT link FROM entry WHERE number = 2)",
    "DELETE FROM entry; DELETE FROM head WHERE id = 1; DROP TABLE head",
    "DELETE FROM head",
    "UPDATE entry SET number = 9 WHERE number = 1; UPDATE entry SET number = 1 WHERE number = 3; "
      + "UPDATE entry SET number = 3 WHERE number = 9",
    "UPDATE entry SET body = replace(CAST(body AS TEXT), '\"secret\":\"', '\"secret\":\"0') WHERE number = 1",
    "PRAGMA application_id = 1",
  ])
  func changesShow(_ sql: String) throws {
    var more = LedgerLog.usual
    more.add(900..<906, leaf: 1)
    try Self.withFolder { folder in
      try Self.release(.usual, in: folder)
      try Self.release(more, in: folder)
      let open = "DROP TRIGGER entry_keeps; DROP TRIGGER entry_stays; DROP TRIGGER head_stays; "
      #expect(Self.meddle(folder, open + sql) == SQLITE_OK)
      #expect(throws: LedgerFailure.self) { try Self.records(in: folder) }
      #expect(throws: LedgerFailure.self) { try Self.release(.usual, in: folder) }
    }
  }

  @Test func brokenFilesAreRefused() throws {
    try Self.withFolder { folder in
      let path = "\(folder)/ledger"
      try Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(to: URL(fileURLWithPath: path))
      guard case .damaged = try Self.failure({ try Self.release(.usual, in: folder) }) else {
        Issue.record("no damage seen")
        return
      }
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "\(folder)/elsewhere")
      #expect(throws: LedgerFailure.self) { try Self.release(.usual, in: folder) }
      #expect(throws: LedgerFailure.self) { try Self.release(.usual, in: "\(folder)/absent") }
      #expect(throws: LedgerFailure.missing(path: "\(folder)/absent/ledger")) {
        try Self.records(in: "\(folder)/absent")
      }
    }
  }

  /// The dictionary attack on a stolen ledger: whoever knows every user and record, and not the secret, finds none. With
  /// the secret everything is found, so the search itself works.
  @Test func theFileSaysNothingWithoutTheSecret() throws {
    /// The record ids in the file, which hold the first six bytes of each item of fourteen.
    func ids(_ folder: String, _ secret: Secret) throws -> Set<[UInt8]> {
      try Self.release(.usual, in: folder, secret: secret)
      var handle: OpaquePointer?
      var statement: OpaquePointer?
      defer {
        _ = unsafe sqlite3_finalize(statement)
        _ = unsafe sqlite3_close(handle)
      }
      try #require(unsafe sqlite3_open("\(folder)/ledger", &handle) == SQLITE_OK)
      try #require(
        unsafe sqlite3_prepare_v2(handle, "SELECT atoms FROM entry WHERE number = 1", -1, &statement, nil)
          == SQLITE_OK)
      try #require(unsafe sqlite3_step(statement) == SQLITE_ROW)
      let count = Int(unsafe sqlite3_column_bytes(statement, 0))
      let bytes = unsafe [UInt8](
        UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, 0), count: count))
      var ids: Set<[UInt8]> = []
      for at in stride(from: 0, to: bytes.count, by: 14) {
        ids.insert(Array(bytes[at..<at + 6]))
        ids.insert(Array(bytes[at + 6..<at + 11]))
      }
      return ids
    }
    var found: [Set<[UInt8]>] = []
    for secret in [Self.secret, Self.secret, Self.other] {
      try Self.withFolder { found.append(try ids($0, secret)) }
    }
    #expect(found[0] == found[1] && found[0].count == 90)
    #expect(found[0].isDisjoint(with: found[2]))
    var guesses: [[UInt8]] = []
    for record in LedgerLog.usual.records {
      for key in [
        RandomSource.mix(UInt64(record.number) + 7), RandomSource.mix(UInt64(record.user) + 1_000_000),
      ] {
        var bytes: [UInt8] = []
        for k in 0..<6 { bytes.append(UInt8(truncatingIfNeeded: key >> UInt64(8 * k))) }
        guesses.append(bytes)
      }
    }
    #expect(guesses.allSatisfy { !found[0].contains($0) && !found[0].contains(Array($0.prefix(5))) })
  }
}
