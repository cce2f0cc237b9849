import Foundation
import ThrongCore
import ThrongPrivacy
import ThrongRelease

/// Releases to write: the only way to one is through the gate.
enum Example {
  /// Words that a spreadsheet, a browser, a terminal or a parser might obey.
  static let hostile = [
    "=1+1", "+49", "-2", "@SUM(A1)", "\tx", "\rx", "a,b", "say \"hi\"", "two\nlines", "crlf\r\n",
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))", "a|b", "\u{202E}evil", "zero\u{200B}width", "\u{1B}[31mred",
    "'; DROP TABLE clusters;--",
    "# heading", "`code`", "日本語", "nul\u{0}byte", "{\"a\":1}", "\\u0041", "*bold*", "'",
  ]

  /// A root with a topic for each of `words`, of falling size, each with a term that spells it; and one topic that is
  /// withheld.
  static func release(
    words: [String] = ["billing", "login", "refund"], policy: Policy = .internal, created: Int64? = nil,
    hasStudy: Bool = false
  ) throws -> Release {
    var (leaves, users, offsets, terms): ([Int32], [UInt32], [Int], [UInt32]) = ([], [], [0], [])
    for node in 0...words.count {
      // The last node stays below the threshold; what is left of the root then has the 60 users that follow.
      let size = node == words.count ? 20 : 60 + 10 * (words.count - node)
      for user in 0..<size {
        leaves.append(Int32(node + 1))
        users.append(UInt32(user))
        if node < words.count { terms.append(UInt32(node)) }
        offsets.append(terms.count)
      }
    }
    for user in 0..<60 {
      leaves.append(0)
      users.append(UInt32(user))
      offsets.append(terms.count)
    }
    var policy = policy
    policy.maximumPerUser = words.count + 2
    // A value of a facet has few more users than it needs.
    policy.thresholdGap = 0
    let tree = CandidateTree(
      parents: [nil] + [Int?](repeating: 0, count: words.count + 1), leafOfRecord: leaves,
      userOfRecord: users,
      recordKeys: leaves.indices.map { UInt64($0) }, termRows: (offsets, terms), termCount: words.count,
      facets: policy.differential != nil
        ? []
        : [
          CandidateFacet(
            name: "kind", values: words, valueOfRecord: users.map { Int32($0) % Int32(words.count) }),
          CandidateFacet(
            name: ".half", values: ["first", "second"], valueOfRecord: users.map { Int32($0 / 2 % 2) },
            isOrdered: true, isSensitive: true),
          CandidateFacet(
            name: ".month", values: ["2025-12", "2026-02"], valueOfRecord: users.map { Int32($0 / 4 % 2) },
            isOrdered: true),
        ], crosses: policy.differential != nil ? [] : [(0, 1)],
      study: hasStudy ? study(users) : nil)
    return try Gate(policy: policy, secret: Secret(bytes: Array(1...32))!).release(
      tree, accounting: Accounting(read: leaves.count, quarantined: 0),
      terms: TermSource(spelling: { words[Int($0)] }),
      labeller: EveryTerm(),
      facts: RunFacts(
        version: "0.1.0", format: "messages", seed: .max, clusters: 12, levels: [3, 12], dimensions: 0,
        columns: 1 << 18, maximumBadShare: 0.01, sourceDateEpoch: created), workers: Workers(threads: 1))
  }

  /// A study with something in each of its tables.
  private static func study(_ users: [UInt32]) -> CandidateStudy {
    let half = users.map { $0 % 2 == 0 }
    return CandidateStudy(
      name: "example", segments: [.init(name: "half", holds: half)],
      measures: [
        .init(
          name: "=third", facet: "third", values: ["no", "yes"],
          valueOfRecord: users.map { $0 % 3 == 0 ? 1 : 0 }, asked: [1]),
        .init(
          name: "size", facet: "size", numbers: users.map { Float($0 % 5) / 2 - 1 }, range: -1...1,
          levels: users.map { Int32($0 % 5) }),
      ],
      requests: [
        .level(measure: 0, segments: [0, 1]), .level(measure: 1, segments: [0, 1]),
        .difference(measure: 1, value: nil, first: 1, second: 0),
        .trend(
          measure: 0, segments: [0],
          periods: .init(
            unit: "month", names: ["2025-11", "2025-12", "2026-01"], ofRecord: users.map { Int32($0 / 8 % 3) }
          )),
      ],
      funnel: .init(
        steps: ["some"], users: users + (1000..<1100).map { UInt32($0 - 400) },
        leftAt: users.map { _ in 1 } + [UInt8](repeating: 0, count: 100),
        userKeys: (0..<700).map { UInt64($0) }),
      records: users.count, resamples: 100)
  }

  /// The best term is the label; the root keeps all terms.
  private struct EveryTerm: TopicLabeller {
    func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
      nodes.map { NodeDescription(label: Array($0.terms.map(\.term).prefix(1)), terms: $0.terms.map(\.term)) }
    }
  }
}

/// A folder that goes away with the value.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("throng-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var entries: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}

/// Runs a tool and returns its status and everything it printed.
func shell(_ tool: String, _ arguments: [String], in folder: String? = nil) throws -> (
  status: Int32, output: String
) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: tool)
  process.arguments = arguments
  if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}
