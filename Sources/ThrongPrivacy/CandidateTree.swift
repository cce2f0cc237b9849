/// What the pipeline brings to the gate: a tree over all kept conversations, who held them, and what they say.
///
/// Everything in it is private. The type is not `Codable` and not `CustomStringConvertible`, and nothing outside
/// this module reads it back: its fields are internal, so the only way on is ``Gate/release(_:accounting:terms:labeller:facts:workers:)``.
package struct CandidateTree: Sendable {
  /// Parent of each node, a smaller index; nil for node 0, the root of all conversations.
  let parents: [Int?]
  /// Deepest node of each record; the record also belongs to every ancestor of it.
  let leafOfRecord: [Int32]
  /// Dense user index of each record. Only equality matters: relabelling users changes nothing.
  let userOfRecord: [UInt32]
  /// Keyed hash of each record's id or content. It decides which records of a heavy user count; input order does not.
  let recordKeys: [UInt64]
  /// Record r used the terms `terms[termOffsets[r]..<termOffsets[r + 1]]`: ascending, without repetition.
  let termOffsets: [Int]
  let terms: [UInt32]
  /// Terms are 0..<termCount.
  let termCount: Int
  /// Properties to be counted in every node, each with one value per record.
  let facets: [CandidateFacet]
  /// Keyed hash of each user by its index, the same in every log; empty: users are known by
  /// their records only.
  let userKeys: [UInt64]
  /// Pairs of ``facets`` whose values are counted together, too.
  let crosses: [(Int, Int)]
  /// Group of near-duplicates of each record; empty where none were looked for.
  let templateOfRecord: [UInt32]
  /// Whether each record may count, where a release with more records has decided that; empty: all may.
  let isCountable: [Bool]
  /// How well each node is found again among half of the users; empty where nobody asked.
  let stability: [Double]
  /// What a study wants said; nil without one.
  let study: CandidateStudy?

  /// - Parameters:
  ///   - parents: parent of each node, parents before children; nil for node 0 only.
  ///   - leafOfRecord: deepest node of each record, any node of the tree.
  ///   - userOfRecord: dense user index of each record; ignored by ``Policy/Unit/conversation``.
  ///   - recordKeys: keyed hash of each record's id or content, the same for the same record in any order of input.
  ///   - termRows: CSR rows of dictionary indices per record, ascending and distinct within a record.
  ///   - termCount: number of terms of the dictionary.
  ///   - facets: properties to be counted, each with a value for every record.
  ///   - userKeys: keyed hash of each user's id, by its dense index, the same for the same user in every log; or none.
  ///   - crosses: pairs of indices into `facets` whose values are to be counted together.
  ///   - templateOfRecord: group of near-duplicates of each record, below the number of records; only equality matters.
  ///     Empty: every record is a text of its own.
  ///   - isCountable: whether each record may count: where these are a part of the records of another release, those
  ///     that count there (R12). Empty: all may.
  ///   - stability: a score of each node in 0...1, or none.
  ///   - study: what a study wants said of the records, or nothing.
  ///
  /// Arrays that do not fit together are a programmer's mistake and stop the process. O(nodes + records).
  package init(
    parents: [Int?], leafOfRecord: [Int32], userOfRecord: [UInt32], recordKeys: [UInt64],
    termRows: (offsets: [Int], terms: [UInt32]), termCount: Int, facets: [CandidateFacet] = [],
    crosses: [(Int, Int)] = [], userKeys: [UInt64] = [], templateOfRecord: [UInt32] = [],
    isCountable: [Bool] = [],
    stability: [Double] = [], study: CandidateStudy? = nil
  ) {
    precondition(!parents.isEmpty && parents[0] == nil, "node 0 is the root")
    precondition(
      parents.indices.dropFirst().allSatisfy { node in
        if let parent = parents[node] { (0..<node).contains(parent) } else { false }
      },
      "parents come before children")
    let nodes = Int32(parents.count)
    precondition(leafOfRecord.allSatisfy { $0 >= 0 && $0 < nodes }, "every record lies in the tree")
    precondition(userOfRecord.count == leafOfRecord.count && recordKeys.count == leafOfRecord.count)
    precondition(
      termRows.offsets.count == leafOfRecord.count + 1 && termRows.offsets.first == 0
        && termRows.offsets.last == termRows.terms.count)
    precondition(termRows.terms.allSatisfy { Int($0) < termCount }, "every term lies in the dictionary")
    precondition(facets.allSatisfy { $0.valueOfRecord.count == leafOfRecord.count })
    precondition(
      crosses.allSatisfy { $0 != $1 && facets.indices.contains($0) && facets.indices.contains($1) })
    self.parents = parents
    self.leafOfRecord = leafOfRecord
    self.userOfRecord = userOfRecord
    self.recordKeys = recordKeys
    self.termOffsets = termRows.offsets
    self.terms = termRows.terms
    self.termCount = termCount
    precondition(templateOfRecord.isEmpty || templateOfRecord.count == leafOfRecord.count)
    precondition(
      templateOfRecord.allSatisfy { Int($0) < leafOfRecord.count }, "templates are numbered densely")
    self.facets = facets
    self.crosses = crosses
    self.templateOfRecord = templateOfRecord
    precondition(isCountable.isEmpty || isCountable.count == leafOfRecord.count)
    self.isCountable = isCountable
    precondition(stability.isEmpty || stability.count == parents.count)
    self.stability = stability
    precondition(study?.segments.allSatisfy { $0.holds.count == leafOfRecord.count } ?? true)
    self.study = study
    precondition(userKeys.isEmpty || userOfRecord.allSatisfy { Int($0) < userKeys.count })
    self.userKeys = userKeys
  }

  /// Number of kept conversations.
  package var recordCount: Int { leafOfRecord.count }
}

/// What happened to the conversations before the gate, in exact numbers. Private: the bundle states gated figures only.
package struct Accounting: Sendable {
  /// Conversations found in the input.
  package let read: Int
  /// Those that could not be used: broken, without text, without a user.
  package let quarantined: Int
  /// Those a study's screen took out.
  package let screenedOut: Int

  package init(read: Int, quarantined: Int, screenedOut: Int = 0) {
    self.read = read
    self.quarantined = quarantined
    self.screenedOut = screenedOut
  }
}

/// The dictionary as the gate needs it. The labeller sees of it only what R8 lets through.
package struct TermSource: Sendable {
  let spelling: @Sendable (UInt32) -> String
  let isBarred: @Sendable (UInt32) -> Bool
  let parts: @Sendable (UInt32) -> (UInt32, UInt32)?

  /// - Parameters:
  ///   - spelling: how a term is written.
  ///   - isBarred: whether the term was seen as part of an identity; such a term is never shown.
  ///   - parts: the two words of a phrase as terms, where the dictionary holds both; nil for a single word.
  package init(
    spelling: @escaping @Sendable (UInt32) -> String,
    isBarred: @escaping @Sendable (UInt32) -> Bool = { _ in false },
    parts: @escaping @Sendable (UInt32) -> (UInt32, UInt32)? = { _ in nil }
  ) {
    self.spelling = spelling
    self.isBarred = isBarred
    self.parts = parts
  }
}
