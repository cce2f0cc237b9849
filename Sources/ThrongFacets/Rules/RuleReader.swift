/// Answers a ``RuleQuery`` in one pass over the words of a conversation.
struct RuleReader: TextFacetReader {
  private let query: RuleQuery
  /// Leaves by their last word; those with a prefix by its hash.
  private let endings: LeafTable
  private let prefixes: LeafTable
  private let sides: UInt8
  private var found: [Bool]
  private var near: [Bool]
  /// Of each NEAR: the last word, in this message, of its left and its right operand.
  private var last: [(left: Int, right: Int)]
  /// Leaves that end at the word looked at, and the NEARs they belong to.
  private var ending: [(leaf: Int, start: Int)] = []
  private let nearsOfLeaf: [[Int]]

  init(_ query: RuleQuery) {
    self.query = query
    var (whole, beginnings): ([UInt64: [Int]], [UInt64: [Int]]) = ([:], [:])
    for (at, leaf) in query.leaves.enumerated() {
      if leaf.isPrefix {
        beginnings[leaf.words.last!, default: []].append(at)
      } else {
        whole[leaf.words.last!, default: []].append(at)
      }
    }
    (endings, prefixes) = (LeafTable(whole), LeafTable(beginnings))
    sides = query.leaves.reduce(0) { $0 | $1.sides }
    found = Array(repeating: false, count: query.leaves.count)
    near = Array(repeating: false, count: query.nears.count)
    last = Array(repeating: (-1, -1), count: query.nears.count)
    var nears = [[Int]](repeating: [], count: query.leaves.count)
    for (at, near) in query.nears.enumerated() {
      for leaf in Set(near.left + near.right) { nears[leaf].append(at) }
    }
    nearsOfLeaf = nears
  }

  mutating func read(_ text: Span<UInt8>, words: Span<Word>, side: Side) {
    guard sides >> side.rawValue & 1 == 1 else { return }
    for at in last.indices { last[at] = (-1, -1) }
    for i in words.indices {
      ending.removeAll(keepingCapacity: true)
      for leaf in endings[words[i].hash] { note(leaf, at: i, words, side) }
      if !prefixes.isEmpty {
        words[i].forEachPrefix(in: text) { hash in
          for leaf in prefixes[hash] { note(leaf, at: i, words, side) }
        }
      }
      if !ending.isEmpty { measure(at: i) }
    }
  }

  mutating func finish() -> FacetValue {
    let holds = evaluate(query.root)
    for at in found.indices { found[at] = false }
    for at in near.indices { near[at] = false }
    return FacetValue(level: holds ? 1 : 0)
  }

  /// Notes a leaf whose last word stands at `i`, where its other words stand before it.
  private mutating func note(_ leaf: Int, at i: Int, _ words: Span<Word>, _ side: Side) {
    let wanted = query.leaves[leaf]
    guard wanted.sides >> side.rawValue & 1 == 1, i + 1 >= wanted.words.count else { return }
    let start = i + 1 - wanted.words.count
    for k in 0..<wanted.words.count - 1 where words[start + k].hash != wanted.words[k] { return }
    found[leaf] = true
    if !nearsOfLeaf[leaf].isEmpty, !ending.contains(where: { $0 == (leaf, start) }) {
      ending.append((leaf, start))
    }
  }

  /// How far what ends at `i` is from what ended before. Of earlier spans the last one is nearest, so one number of each side
  /// is enough. Two spans that end here are near, unless they are the same words.
  private mutating func measure(at i: Int) {
    for number in query.nears.indices where !near[number] {
      let wanted = query.nears[number]
      var (left, right) = (-1, -1)
      var areDifferent = false
      for a in ending where wanted.left.contains(a.leaf) {
        left = max(left, a.start)
        for b in ending where wanted.right.contains(b.leaf) && a.start != b.start { areDifferent = true }
      }
      for b in ending where wanted.right.contains(b.leaf) { right = max(right, b.start) }
      if left >= 0, last[number].right >= 0, left - last[number].right <= wanted.distance {
        near[number] = true
      }
      if right >= 0, last[number].left >= 0, right - last[number].left <= wanted.distance {
        near[number] = true
      }
      if areDifferent { near[number] = true }
      if left >= 0 { last[number].left = i }
      if right >= 0 { last[number].right = i }
    }
  }

  private func evaluate(_ node: RuleQuery.Node) -> Bool {
    switch node {
    case .leaf(let leaf): found[leaf]
    case .near(let number): near[number]
    case .and(let a, let b): evaluate(a) && evaluate(b)
    case .or(let a, let b): evaluate(a) || evaluate(b)
    case .not(let a): !evaluate(a)
    }
  }
}

/// Small lists of numbers by hash.
struct LeafTable {
  private let classes: WordClasses
  private let lists: [[Int]]

  init(_ lists: [UInt64: [Int]]) {
    let sorted = lists.sorted { $0.key < $1.key }
    self.lists = [[]] + sorted.map(\.value)
    classes = WordClasses(
      Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.key, UInt16($0 + 1)) }))
  }

  var isEmpty: Bool { lists.count == 1 }

  @inline(__always) subscript(_ hash: UInt64) -> [Int] { lists[Int(classes[hash])] }
}

extension Word {
  /// Calls `body` with the hash of each beginning of the word, as ``WordScanner`` hashes it. O(bytes).
  func forEachPrefix(in text: Span<UInt8>, _ body: (UInt64) -> Void) {
    let letters = LetterTable.standard
    var hash = Self.seed
    var (last, run): (UInt32, Int) = (0, 0)
    var i = Int(start)
    let end = i + Int(length)
    while i < end {
      var (value, step): (UInt32, Int) = (UInt32(text[i]), 1)
      if value < 0x80 {
        if value & 0xDF &- 0x41 < 26 { value |= 0x20 }
      } else {
        let scalar = Decoded(text, i)
        (value, step) = (scalar.value, scalar.length)
        if value == 0x2019 {
          value = 0x27
        } else if LetterTable.kind(value) == .invisible {
          i += step
          continue
        } else {
          value = letters.small(value)
        }
      }
      i += step
      run = value == last ? run + 1 : 1
      last = value
      if run >= 3, value > 0x39 { continue }
      hash = (hash ^ UInt64(value)) &* Self.prime
      body(hash)
    }
  }
}
