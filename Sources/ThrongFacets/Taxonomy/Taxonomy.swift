internal import Foundation
internal import ThrongCore

/// Topics that somebody has in mind, each with words that speak for it.
///
/// A file in JSON5:
///
///     { topics: [ { name: "Billing", seeds: ["invoice*", "refund", "late fee", "charged twice"] }, … ], threshold: 2 }
///
/// A seed is a word, several in a row, or a beginning with `*`. A seed of t of the n topics weighs 1 + ln(n / t); what a topic
/// scores in a text is the sum over its seeds of their weight times 1 + ln(occurrences), divided by 1 + ln(1 + words / 200), so
/// that a long text has no better chance by its length alone. A text fits the topic of the highest score where that is at least
/// the threshold, and of several equal ones the first; else it fits none, which is a value of its own.
package struct Taxonomy: Sendable {
  package struct Topic: Sendable, Equatable, Codable {
    package let name: String
    package let seeds: [String]

    package init(name: String, seeds: [String]) {
      self.name = name
      self.seeds = seeds
    }
  }

  package let topics: [Topic]
  package let threshold: Float
  package static let defaultThreshold: Float = 3
  package static let maximumTopics = 1000
  /// What ``LeafTable`` numbers.
  package static let maximumSeeds = 50_000

  /// A seed, the topics it speaks for and its weight.
  struct Seed: Sendable {
    var words: [UInt64]
    var isPrefix: Bool
    var topics: [Int]
    var weight: Float
  }

  let seeds: [Seed]

  private struct File: Decodable {
    var topics: [Topic]
    var threshold: Float?
  }

  /// - Throws: ``TaxonomyFailure``.
  package init(file path: String) throws {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw TaxonomyFailure.noFile(path)
    }
    try self.init(json5: [UInt8](data))
  }

  /// - Throws: ``TaxonomyFailure``.
  package init(json5 data: [UInt8]) throws {
    // Foundation's decoder of JSON5 ends the process at a name without quotes that is no UTF-8.
    if String(validating: data, as: UTF8.self) == nil {
      throw TaxonomyFailure.unreadable("the file is not UTF-8")
    }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    let file: File
    do {
      file = try decoder.decode(File.self, from: Data(data))
    } catch let error as DecodingError {
      throw TaxonomyFailure.unreadable(Self.place(of: error))
    }
    try self.init(topics: file.topics, threshold: file.threshold ?? Self.defaultThreshold)
  }

  /// - Throws: ``TaxonomyFailure``.
  package init(topics: [Topic], threshold: Float = Self.defaultThreshold) throws {
    if topics.isEmpty { throw TaxonomyFailure.noTopics }
    if topics.count > Self.maximumTopics { throw TaxonomyFailure.tooManyTopics }
    if topics.reduce(0, { $0 + $1.seeds.count }) > Self.maximumSeeds { throw TaxonomyFailure.tooManySeeds }
    guard threshold > 0, threshold.isFinite else { throw TaxonomyFailure.badThreshold }
    var seeds: [[UInt64]: (prefix: Set<Int>, whole: Set<Int>)] = [:]
    var scanner = WordScanner()
    for (at, topic) in topics.enumerated() {
      guard FacetRequest.isPlain(topic.name) else { throw TaxonomyFailure.badName(topic: at + 1) }
      if topics[..<at].contains(where: { $0.name == topic.name }) {
        throw TaxonomyFailure.namedTwice(topic: at + 1)
      }
      if topic.seeds.isEmpty { throw TaxonomyFailure.noSeeds(topic: at + 1) }
      for (number, seed) in topic.seeds.enumerated() {
        let isPrefix = seed.hasSuffix("*")
        let bytes = Array((isPrefix ? String(seed.dropLast()) : seed).utf8)
        scanner.scan(bytes.span)
        if scanner.words.isEmpty || bytes.contains(UInt8(ascii: "*")) {
          throw TaxonomyFailure.badSeed(topic: at + 1, seed: number + 1)
        }
        let words = scanner.words.map(\.hash)
        if isPrefix {
          seeds[words, default: ([], [])].prefix.insert(at)
        } else {
          seeds[words, default: ([], [])].whole.insert(at)
        }
      }
    }
    func weight(_ shared: Set<Int>) -> Float { 1 + Float(log(Double(topics.count) / Double(shared.count))) }
    self.topics = topics
    self.threshold = threshold
    self.seeds = seeds.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { words, users in
      [(true, users.prefix), (false, users.whole)].filter { !$0.1.isEmpty }.map {
        Seed(words: words, isPrefix: $0.0, topics: $0.1.sorted(), weight: weight($0.1))
      }
    }
  }

  private static func place(of error: DecodingError) -> String {
    let context: DecodingError.Context
    switch error {
    case .keyNotFound(let key, let found): return path(found.codingPath) + "'\(key.stringValue)' is missing"
    case .typeMismatch(_, let found), .valueNotFound(_, let found): context = found
    default: return "the file is no JSON5"
    }
    return path(context.codingPath) + "a value of another kind is wanted"
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.isEmpty
      ? "" : keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".") + ": "
  }

  /// The topic that terms of a cluster speak for, an index into ``topics``; nil where they fit none. The terms are those of a
  /// release, so nothing new follows from the answer.
  package func topic(of terms: [String]) -> Int? {
    var reader = TaxonomyReader(self)
    var scanner = WordScanner()
    for term in terms {
      let bytes = Array(term.utf8)
      scanner.scan(bytes.span)
      reader.read(bytes.span, words: scanner.words.span, side: .human)
    }
    let level = reader.finish().level
    return level < topics.count ? Int(level) : nil
  }
}

/// What is wrong with a taxonomy. Topics and seeds are numbered from 1.
package enum TaxonomyFailure: ThrongFailure, Equatable {
  case noFile(String)
  case unreadable(String)
  case noTopics, tooManyTopics, tooManySeeds, badThreshold
  case badName(topic: Int)
  case namedTwice(topic: Int)
  case noSeeds(topic: Int)
  case badSeed(topic: Int, seed: Int)

  package var exitStatus: Int32 { ExitCode.usage.rawValue }

  package var message: String {
    switch self {
    case .noFile(let path): "the taxonomy \(path) cannot be opened"
    case .unreadable(let place):
      "the taxonomy cannot be read: \(place); it wants { topics: [ { name: \"…\", seeds: [\"…\"] } ] }"
    case .noTopics: "the taxonomy has no topics"
    case .tooManyTopics: "the taxonomy has more than \(Taxonomy.maximumTopics) topics"
    case .tooManySeeds: "the taxonomy has more than \(Taxonomy.maximumSeeds) seeds"
    case .badThreshold: "the threshold of the taxonomy is no positive number"
    case .badName(let topic):
      "topic \(topic) of the taxonomy has no name, or one with a comma, '=' or a control character"
    case .namedTwice(let topic): "topic \(topic) of the taxonomy has the name of an earlier one"
    case .noSeeds(let topic): "topic \(topic) of the taxonomy has no seeds"
    case .badSeed(let topic, let seed):
      "seed \(seed) of topic \(topic) of the taxonomy holds no word, or a '*' that does not end it"
    }
  }
}

/// The topic of a taxonomy that the human side of a conversation fits.
package struct TaxonomyFacet: TextFacet {
  package let name: String
  package let isSensitive: Bool
  package let kind = FacetKind.category
  package var summary: String { "topic of the taxonomy, or none" }
  package let taxonomy: Taxonomy
  package static let noneTitle = "fits none"

  package init(name: String, _ taxonomy: Taxonomy, isSensitive: Bool = false) {
    self.name = name
    self.taxonomy = taxonomy
    self.isSensitive = isSensitive
  }

  package func makeReader() -> any TextFacetReader { TaxonomyReader(taxonomy) }

  package func title(of level: Int32) -> String {
    Int(level) < taxonomy.topics.count ? taxonomy.topics[Int(level)].name : Self.noneTitle
  }
}
