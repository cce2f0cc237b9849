import Foundation
import Testing
import ThrongAudit
import ThrongCore
import ThrongPrivacy
import ThrongRelease

/// A folder that goes away with the value.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("throng-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// People who talk, in a tree of topics: what a release is made of, and the log that it is held against.
struct Crowd {
  struct Record {
    var leaf: Int
    var user: Int
    var text: String
  }

  var parents: [Int?] = [nil]
  var records: [Record] = []
  /// Values of facets, one for each record.
  var facets: [CandidateFacet] = []
  var study: CandidateStudy?

  /// Topics below the root, each of `users` people of its own with two conversations each, and as many more that lie
  /// in no topic. Every conversation also holds a word and a number of its own.
  init(topics: [String], users: Int = 60) {
    for (topic, words) in (topics + ["nothing special today"]).enumerated() {
      let leaf = topic < topics.count ? topic + 1 : 0
      if leaf > 0 { parents.append(0) }
      add(users: users, leaf: leaf, words: words)
    }
  }

  static let topics = ["clay kiln glaze pottery", "sail mast harbour anchor", "bread oven dough flour"]

  /// Adds `users` new people with `each` conversations in `leaf`; returns the first.
  @discardableResult
  mutating func add(users: Int, each: Int = 2, leaf: Int, words: String) -> Int {
    let first = (records.map(\.user).max() ?? -1) + 1
    for user in first..<first + users {
      for turn in 0..<each { add(user: user, leaf: leaf, words: words, turn: turn) }
    }
    return first
  }

  mutating func add(user: Int, leaf: Int, words: String, turn: Int = 0) {
    let own = "secretum\(Self.letters(user))\(Self.letters(turn))"
    records.append(
      Record(leaf: leaf, user: user, text: "\(words) \(own) and call 0049-30-\(7_000_000 + user)"))
  }

  /// A number in letters, so that it makes words.
  private static func letters(_ number: Int) -> String {
    String(decoding: "\(number)".utf8.map { $0 + 49 }, as: UTF8.self)
  }

  var userNames: [String] { records.map { "person-\(Self.letters($0.user))-\($0.user)" } }

  /// A release of the crowd. Terms are words with more than two letters, in the order in which they are met.
  func release(policy: Policy = .internal, defences: Defences = .all) throws -> Release {
    var (terms, index): ([String], [String: UInt32]) = ([], [:])
    var (offsets, rows): ([Int], [UInt32]) = ([0], [])
    for record in records {
      var own: Set<UInt32> = []
      for word in record.text.split(whereSeparator: { !$0.isLetter }) where word.count > 2 {
        let word = String(word)
        if index[word] == nil {
          index[word] = UInt32(terms.count)
          terms.append(word)
        }
        own.insert(index[word]!)
      }
      rows += own.sorted()
      offsets.append(rows.count)
    }
    let (spelling, count) = (terms, terms.count)
    let tree = CandidateTree(
      parents: parents, leafOfRecord: records.map { Int32($0.leaf) },
      userOfRecord: records.map { UInt32($0.user) },
      recordKeys: records.indices.map { RandomSource.mix(UInt64($0)) }, termRows: (offsets, rows),
      termCount: count,
      facets: facets, study: study)
    return try Gate(policy: policy, defences: defences, secret: Secret(bytes: Array(1...32))!).release(
      tree, accounting: Accounting(read: records.count, quarantined: 0),
      terms: TermSource(spelling: { spelling[Int($0)] }), labeller: EveryTerm(),
      facts: RunFacts(
        version: "0.1.0", format: "messages", seed: 7, clusters: nil, levels: nil, dimensions: 0,
        columns: 1 << 18,
        maximumBadShare: 0.01, sourceDateEpoch: nil), workers: Workers(threads: 1))
  }

  /// Shows what it is shown, rarest first.
  private struct EveryTerm: TopicLabeller {
    func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
      nodes.map { node in
        let terms = node.terms.sorted { ($0.users, $0.term) < ($1.users, $1.term) }.map(\.term).prefix(12)
        return NodeDescription(label: Array(terms.prefix(2)), terms: Array(terms))
      }
    }
  }

  var log: MemoryLog {
    MemoryLog(
      records: zip(records, userNames).enumerated().map { at, record in
        .init(id: "conversation/\(90_000 + at)x", user: record.1, texts: [record.0.text])
      })
  }
}

/// A log in memory, given out in blocks of three records.
struct MemoryLog: AuditLog {
  struct Record: Sendable {
    var id: String?
    var user: String?
    var texts: [String]
    var fields: [String?] = []
  }

  var records: [Record]
  var fields: [String] = []

  func read<Partial: Sendable>(
    workers: Workers, process: @Sendable (borrowing AuditBlock) throws -> Partial,
    merge: (Partial) throws -> Void
  ) throws {
    for partial in try workers.mapBlocks(
      count: records.count, blockSize: 3, { _, range in try process(block(range)) })
    {
      try merge(partial)
    }
  }

  private func block(_ range: Range<Int>) -> AuditBlock {
    var bytes: [UInt8] = []
    func put(_ text: String?) -> Range<Int>? {
      guard let text else { return nil }
      let start = bytes.count
      bytes += text.utf8
      return start..<bytes.count
    }
    let records = range.map { at in
      let record = self.records[at]
      return AuditBlock.Record(
        line: at + 1, id: put(record.id), user: put(record.user), texts: record.texts.map { put($0)! },
        fields: record.fields.map(put))
    }
    return AuditBlock(bytes: bytes, records: records)
  }
}

/// A bundle on disk that tests may damage.
struct Bundle {
  let path: String

  init(_ release: Release, in scratch: Scratch, name: String = "bundle") throws {
    path = "\(scratch.path)/\(name)"
    try BundleWriter(directory: path, force: false).write(release)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// Writes a file as a release has it: 0600.
  func put(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(path)/\(name)")
  }

  func put(_ text: String, _ name: String) throws { try put(Array(text.utf8), name) }

  /// Replaces text in a file; the text must be there.
  func replace(_ old: String, with new: String, in name: String) throws {
    let text = try text(name)
    try #require(text.contains(old))
    try put(text.replacingOccurrences(of: old, with: new), name)
  }

  /// Adds a line to the report: the place where a careless writer would let something slip.
  func append(_ text: String, to name: String = "report.md") throws {
    try put(try bytes(name) + text.utf8, name)
  }

  /// Makes SHA256SUMS right again, as a tamperer would.
  func seal() throws {
    let names = try #require(FileManager.default.enumerator(atPath: path)).compactMap { $0 as? String }
      .sorted()
    var sums = ""
    for name in names where name != "SHA256SUMS" {
      var isFolder: ObjCBool = false
      _ = unsafe FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
      if isFolder.boolValue { continue }
      sums += "\(Digest.hexadecimal(Digest.sha256(try bytes(name))))  \(name)\n"
    }
    try put(sums, "SHA256SUMS")
  }

  func audit(against log: MemoryLog? = nil, previous: [Bundle] = [], threads: Int = 2) throws -> AuditReport {
    try Audit(bundle: path, previous: previous.map(\.path)).report(
      against: log, workers: Workers(threads: threads), progress: SilentProgress())
  }
}

extension AuditReport {
  subscript(attack: Attack) -> Finding { findings.first { $0.attack == attack }! }

  var broken: Set<Attack> { Set(findings.filter { $0.verdict == .broken }.map(\.attack)) }

  /// Everything that it says.
  var words: String {
    findings.flatMap { $0.lines + $0.figures.keys + [$0.success?.measure ?? ""] }.joined(separator: "\n")
  }
}

/// Calls `body` with a bundle of `crowd`.
func withBundle(
  _ crowd: Crowd = Crowd(topics: Crowd.topics), policy: Policy = .internal, defences: Defences = .all,
  _ body: (Bundle) throws -> Void
) throws {
  let scratch = try Scratch()
  try body(try Bundle(try crowd.release(policy: policy, defences: defences), in: scratch))
}
