internal import ThrongCore
package import ThrongWorkspace

/// The facets of all conversations, one small number for each: two bytes a conversation and facet, which for 20 facets of
/// 4.5 million conversations is 180 MB. What ``shared(_:users:byUser:minimumUsers:)`` gives out takes four.
///
/// Private: it spells values that perhaps one person has. ``shared(_:users:byUser:minimumUsers:)`` gives out those of enough
/// users, and only the gate makes something public of them.
package struct FacetTable: Sendable {
  /// Distinct values of a field at most; fewer than 2¹⁵. So a facet's values take at most about 3 MB, whatever the log holds.
  package static let maximumValues = 16_384

  /// Counts for the operator.
  package struct Account: Sendable, Equatable {
    /// Conversations with a value that is counted.
    package var valued = 0
    /// Those whose value is never shown, because it is or holds an identity.
    package var identities = 0
    /// Those whose value is too long to be one.
    package var tooLong = 0
    /// Those whose value the order does not list.
    package var unlisted = 0

    package init() {}
  }

  package let plan: FacetPlan
  /// Facets × conversations: an index into ``spellings``, or a computed value; −1 for none.
  private var values: [[Int16]]
  /// Facets × the number behind each value; empty where none are kept.
  private var numbers: [[Float]]
  private var times: [Int64] = []
  private var ends: [Int64] = []
  private var spellings: [[[UInt8]]]
  private var indices: [[[UInt8]: Int32]]
  private var losses: [FacetBlock.Losses]

  package init(_ plan: FacetPlan) {
    self.plan = plan
    values = Array(repeating: [], count: plan.requests.count)
    numbers = values.map { _ in [] }
    losses = Array(repeating: .init(), count: plan.requests.count)
    spellings = plan.sources.map { source in
      if case .field(_, let order?) = source { order } else { [] }
    }
    indices = spellings.map { list in
      Dictionary(uniqueKeysWithValues: list.enumerated().map { ($1, Int32($0)) })
    }
  }

  /// Number of facets.
  package var count: Int { plan.requests.count }

  /// Adds the conversations of a block behind those before. O(conversations + distinct values).
  ///
  /// - Throws: ``FacetFailure/tooManyValues(_:limit:)``, whatever the order of the blocks.
  package mutating func append(_ block: FacetBlock) throws {
    times += block.times
    ends += block.ends
    for (at, source) in plan.sources.enumerated() {
      losses[at].identities += block.losses[at].identities
      losses[at].tooLong += block.losses[at].tooLong
      switch source {
      case .computed, .text:
        values[at] += block.values[at].lazy.map { Int16($0) }
        numbers[at] += block.numbers[at]
      case .corpus: break
      case .field(_, let order):
        let translation = try block.spellings[at].map {
          try index(of: $0, facet: at, isClosed: order != nil)
        }
        values[at].reserveCapacity(values[at].count + block.conversations)
        for value in block.values[at] {
          let translated = value < 0 ? -1 : Int16(translation[Int(value)])
          if value >= 0, translated < 0 { losses[at].unlisted += 1 }
          values[at].append(translated)
        }
      }
    }
  }

  private mutating func index(of spelling: [UInt8], facet: Int, isClosed: Bool) throws -> Int32 {
    if let known = indices[facet][spelling] { return known }
    if isClosed { return -1 }
    guard spellings[facet].count < Self.maximumValues else {
      throw FacetFailure.tooManyValues(plan.requests[facet].name, limit: Self.maximumValues)
    }
    let index = Int32(spellings[facet].count)
    indices[facet][spelling] = index
    spellings[facet].append(spelling)
    return index
  }

  /// Works out the facets of the whole corpus, once all blocks are appended; does nothing where there are none.
  ///
  /// - Parameters:
  ///   - users: the user of each conversation.
  ///   - copies: the group of near-copies of each; asked for only where a facet looks at it.
  package mutating func complete(users: [UInt32], copies: () throws -> [UInt32]) rethrows {
    guard plan.sources.contains(where: { if case .corpus = $0 { true } else { false } }) else { return }
    let facts = CorpusFacts(
      users: users, times: times, ends: ends, copies: plan.corpusNeeds.contains(.copies) ? try copies() : [])
    for (at, source) in plan.sources.enumerated() {
      guard case .corpus(let facet) = source else { continue }
      let found = facet.values(of: facts)
      precondition(found.count == users.count, "one value for each conversation")
      values[at] = found.map { Int16($0.level) }
      if plan.keepsNumber(at) { numbers[at] = found.map(\.number) }
    }
    (times, ends) = ([], [])
  }

  // MARK: In a workspace

  /// Columns: of each facet its values, its numbers, the spellings of its values and what was lost.
  package func store(into columns: inout StageWriter) {
    for at in plan.sources.indices {
      columns.append(values[at])
      columns.append(numbers[at])
      columns.append(lists: spellings[at])
      columns.append([losses[at].identities, losses[at].tooLong, losses[at].unlisted])
    }
  }

  /// The table of the same plan, complete: nothing can be appended.
  ///
  /// - Throws: `StageDamage`.
  package init(_ plan: FacetPlan, from columns: inout StageReader) throws {
    self.init(plan)
    for at in plan.sources.indices {
      values[at] = try columns.next()
      numbers[at] = try columns.next()
      spellings[at] = try columns.nextLists()
      let lost = try columns.numbers(3)
      losses[at] = .init(identities: lost[0], tooLong: lost[1], unlisted: lost[2])
    }
  }

  // MARK: For statistics

  /// The level of each conversation in facet `at`, −1 for none: see ``title(_:of:)``. Private, like all of this type.
  package func levels(_ at: Int) -> [Int16] { values[at] }

  /// The number behind each conversation's level, NaN for none; nil unless the facet is of kind `number` and the plan
  /// ``FacetPlan/keepsNumbers``.
  package func numbers(_ at: Int) -> [Float]? { plan.keepsNumber(at) ? numbers[at] : nil }

  /// How many levels facet `at` has in this table: all lie below. O(conversations) for facets that are no fields.
  package func levelCount(_ at: Int) -> Int {
    plan.isField(at) ? spellings[at].count : Int(values[at].max() ?? -1) + 1
  }

  /// How a level of facet `at` is shown. Of a field it is text of the log, which only the gate may let out.
  package func title(_ level: Int16, of at: Int) -> String { title(level, facet: at) }

  /// What became of the values of facet `at`. O(conversations).
  package func account(_ at: Int) -> Account {
    var account = Account()
    account.valued = values[at].count { $0 >= 0 }
    account.identities = losses[at].identities
    account.tooLong = losses[at].tooLong
    account.unlisted = losses[at].unlisted
    return account
  }

  /// The values that at least `minimumUsers` users have, ascending where the facet is ordered and by their bytes where
  /// not, and the index of each conversation's among them; −1 where it has none of them.
  ///
  /// No value of fewer users could be shown in any cluster, so leaving them out here loses nothing, and what is left
  /// depends on neither the order of the input nor the number of threads. O(conversations + values log values).
  ///
  /// - Parameters:
  ///   - users: the user of each conversation, below 2³² − 1.
  ///   - byUser: conversations in ascending order of their users.
  package func shared(
    _ at: Int, users: [UInt32], byUser: [UInt32], minimumUsers: Int
  ) -> (values: [String], valueOfRecord: [Int32]) {
    let column = values[at]
    precondition(users.count == column.count && byUser.count == column.count)
    let numbers: [Int16]
    let lowest: Int16
    if plan.isField(at) {
      (lowest, numbers) = (0, Array(0..<Int16(spellings[at].count)))
    } else {
      lowest = column.reduce(Int16.max) { $1 >= 0 ? min($0, $1) : $0 }
      let highest = column.max() ?? -1
      numbers = highest < lowest ? [] : Array(lowest...highest)
    }
    var voters = [Int](repeating: 0, count: numbers.count)
    var last = [UInt32](repeating: .max, count: numbers.count)
    for record in byUser {
      let value = column[Int(record)]
      guard value >= 0 else { continue }
      let slot = Int(value - lowest)
      let user = users[Int(record)]
      if last[slot] != user {
        last[slot] = user
        voters[slot] += 1
      }
    }
    var kept = numbers.indices.filter { voters[$0] >= max(1, minimumUsers) }
    if !plan.isOrdered(at), plan.isField(at) {
      kept.sort { spellings[at][$0].lexicographicallyPrecedes(spellings[at][$1]) }
    }
    var translation = [Int32](repeating: -1, count: numbers.count)
    for (new, old) in kept.enumerated() { translation[old] = Int32(new) }
    return (
      kept.map { title(numbers[$0], facet: at) },
      column.map { $0 < 0 ? -1 : translation[Int($0 - lowest)] }
    )
  }

  private func title(_ value: Int16, facet: Int) -> String {
    switch plan.sources[facet] {
    case .field: String(decoding: spellings[facet][Int(value)], as: UTF8.self)
    case let source: source.facet!.title(of: Int32(value))
    }
  }
}
