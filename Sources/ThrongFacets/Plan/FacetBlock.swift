package import ThrongCore
internal import ThrongText

/// The facets of a block of conversations.
///
/// Private: it spells values that perhaps one person has. They go no further than ``FacetTable``.
package struct FacetBlock: Sendable {
  /// Why a conversation has no value of a facet, beyond having none.
  struct Losses: Sendable, Equatable {
    /// Its value is, or holds, an identity.
    var identities = 0
    /// Its value is longer than a value may be.
    var tooLong = 0
    /// Its value is none of those that the order lists.
    var unlisted = 0
  }

  /// Facets × conversations: an index into the facet's ``spellings``, or a computed value; −1 for none.
  var values: [[Int32]]
  /// Facets × the number behind each value; empty where none are kept.
  var numbers: [[Float]]
  /// Time stamp of each conversation; empty unless a facet of the corpus asks for it.
  var times: [Int64] = []
  var ends: [Int64] = []
  /// Facets × distinct values of fields, in the order in which the block has them.
  var spellings: [[[UInt8]]]
  var losses: [Losses]
  var conversations = 0
}

/// Reads the facets of one block. Values are judged once for each block that has them.
package struct FacetReader {
  private let plan: FacetPlan
  private let hasher: SipHash
  private var values: FieldValues
  private var block: FacetBlock
  /// Facets × keyed hashes of values as they stand in the log: what ``resolve(_:facet:)`` answered.
  private var known: [[UInt64: Resolved]]
  private var indices: [[[UInt8]: Int32]]
  private var facts: FactReader
  private var readers: [(facet: Int, reader: any TextFacetReader)] = []
  private var scanner = WordScanner()

  private enum Resolved {
    case value(Int32)
    case none, identity, tooLong
  }

  /// - Parameter hasher: any keyed one.
  ///
  /// Throws what a text facet's reader throws.
  package init(_ plan: FacetPlan, hasher: SipHash) throws {
    self.plan = plan
    self.hasher = hasher
    let count = plan.requests.count
    values = FieldValues(redacts: plan.redacts)
    block = FacetBlock(
      values: Array(repeating: [], count: count), numbers: Array(repeating: [], count: count),
      spellings: Array(repeating: [], count: count),
      losses: Array(repeating: .init(), count: count))
    known = Array(repeating: [:], count: count)
    indices = Array(repeating: [:], count: count)
    facts = FactReader(plan.needs)
    for (at, source) in plan.sources.enumerated() {
      if case .text(let facet) = source { readers.append((at, try facet.makeReader())) }
    }
  }

  /// Shows a message of the conversation that ``add(fields:in:facts:)`` will add next. O(bytes); nothing where no facet reads.
  ///
  /// - Parameter text: as the log has it; what is kept of it are numbers.
  package mutating func read(_ text: Span<UInt8>, side: Side) throws {
    facts.hear(text, side: side)
    guard plan.readsWords else { return }
    scanner.scan(text)
    facts.read(text, scanner, side: side)
    let words = scanner.words
    for at in readers.indices { try readers[at].reader.read(text, words: words.span, side: side) }
  }

  /// Adds a conversation.
  ///
  /// - Parameters:
  ///   - fields: one range of `bytes` for each of the plan's fields.
  /// - Throws: `TextFailure`.
  package mutating func add(fields: [Range<Int>?], in bytes: Span<UInt8>, facts: ConversationFacts) throws {
    block.conversations += 1
    var facts = facts
    self.facts.finish(into: &facts)
    if plan.corpusNeeds.contains(.times) {
      block.times.append(facts.createdAt ?? .min)
      block.ends.append(facts.endedAt ?? facts.createdAt ?? .min)
    }
    for at in readers.indices {
      let value = try readers[at].reader.finish()
      append(value, facet: readers[at].facet)
    }
    for (at, source) in plan.sources.enumerated() {
      switch source {
      case .computed(let facet): append(facet.value(of: facts), facet: at)
      case .text, .corpus: break
      case .field(let field, _):
        let value = try fields[field].map { try resolve(bytes.extracting($0), facet: at) } ?? .none
        block.values[at].append(note(value, facet: at))
      }
    }
  }

  package func finish() -> FacetBlock { block }

  /// The value of facet `at` of the conversation added last; a field's level is told by ``title(_:of:)`` only, and a facet
  /// of the corpus has none yet.
  package func last(_ at: Int) -> FacetValue {
    FacetValue(level: block.values[at].last ?? -1, number: block.numbers[at].last ?? .nan)
  }

  /// How a level of facet `at` is shown; of a field it is text of the log.
  package func title(_ level: Int32, of at: Int) -> String {
    plan.sources[at].facet?.title(of: level)
      ?? String(decoding: block.spellings[at][Int(level)], as: UTF8.self)
  }

  /// Takes the conversation added last out again: a screen has dropped it. Its values may still be spelled.
  package mutating func removeLast() {
    block.conversations -= 1
    if !block.times.isEmpty { block.times.removeLast() }
    for at in block.values.indices {
      if !block.values[at].isEmpty, block.values[at].count > block.conversations {
        block.values[at].removeLast()
      }
      if block.numbers[at].count > block.conversations { block.numbers[at].removeLast() }
    }
  }

  private mutating func append(_ value: FacetValue, facet: Int) {
    block.values[facet].append(value.level)
    if plan.keepsNumber(facet) { block.numbers[facet].append(value.number) }
  }

  private mutating func note(_ value: Resolved, facet: Int) -> Int32 {
    switch value {
    case .value(let index): return index
    case .none: break
    case .identity: block.losses[facet].identities += 1
    case .tooLong: block.losses[facet].tooLong += 1
    }
    return -1
  }

  private mutating func resolve(_ raw: Span<UInt8>, facet: Int) throws -> Resolved {
    let hash = hasher.hash13(raw)
    if let resolved = known[facet][hash] { return resolved }
    let resolved: Resolved
    switch try values.judge(raw) {
    case .empty: resolved = .none
    case .identity: resolved = .identity
    case .tooLong: resolved = .tooLong
    case .usable(let spelling):
      let next = Int32(block.spellings[facet].count)
      let index = indices[facet][spelling, default: next]
      if index == next {
        indices[facet][spelling] = next
        block.spellings[facet].append(spelling)
      }
      resolved = .value(index)
    }
    known[facet][hash] = resolved
    return resolved
  }
}
