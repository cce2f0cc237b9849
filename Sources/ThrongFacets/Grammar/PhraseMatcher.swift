/// Finds the phrases of a ``PhraseGrammar`` in messages. One for each thread; it keeps the states that texts have led to.
struct PhraseMatcher {
  /// More states than this are forgotten and built anew, so memory stays bounded by about 4 × states × classes bytes.
  private static let maximumStates = 2048

  private let grammar: PhraseGrammar
  private let width: Int
  /// States × classes: the next state, −1 where not known yet.
  private var next: [Int32] = []
  private var positions: [[UInt16]] = []
  private var accepts: [UInt32] = []
  private var refuses: [UInt32] = []
  private var numbers: [[UInt16]: Int32] = [:]
  /// The beginning of a sentence, and the state without a position.
  private static let start: Int32 = 0
  private static let idle: Int32 = 1

  init(_ grammar: PhraseGrammar) {
    self.grammar = grammar
    width = Int(PhraseGrammar.firstWord) + grammar.classes.count
    forget()
  }

  /// The labels of the phrases in a message, as bits. Words in double quotation marks are not the speaker's and match nothing.
  /// O(words), and what new states cost.
  ///
  /// - Parameter sentences: at most so many are looked at from the beginning.
  mutating func labels(of scanner: borrowing WordScanner, sentences limit: Int = .max) -> UInt32 {
    var all: UInt32 = 0
    var (found, refused): (UInt32, UInt32) = (0, 0)
    var state = Self.start
    var sentences = 0
    var isQuoted = false
    func close() { all |= found & ~refused }
    let words = scanner.words.span
    for i in words.indices {
      let word = words[i]
      if i > 0, word.gap.contains(.sentence) {
        step(
          &state, word.gap.contains(.question) ? PhraseGrammar.question : PhraseGrammar.end, &found, &refused)
        close()
        (found, refused, state) = (0, 0, Self.start)
        sentences += 1
        if sentences >= limit { return all }
      }
      if word.gap.contains(.line) { isQuoted = false }
      if word.gap.contains(.quote) {
        isQuoted.toggle()
        if isQuoted { state = Self.idle }
      }
      if !isQuoted { step(&state, grammar.classes[word.hash], &found, &refused) }
    }
    if scanner.end.contains(.question) {
      step(&state, PhraseGrammar.question, &found, &refused)
    } else {
      step(&state, PhraseGrammar.end, &found, &refused)
    }
    close()
    return all
  }

  @inline(__always) private mutating func step(
    _ state: inout Int32, _ number: UInt16, _ found: inout UInt32, _ refused: inout UInt32
  ) {
    var target = next[Int(state) * width + Int(number)]
    if target < 0 { target = build(state, number) }
    state = target
    found |= accepts[Int(target)]
    refused |= refuses[Int(target)]
  }

  /// The state after `state` and a word of class `number`, which is new.
  private mutating func build(_ state: Int32, _ number: UInt16) -> Int32 {
    var reached = Set<UInt16>()
    func reach(_ candidates: [UInt16]) {
      for position in candidates {
        let wanted = grammar.classOfPosition[Int(position)]
        let isWord = number == PhraseGrammar.other || number >= PhraseGrammar.firstWord
        if wanted == number || wanted == PhraseGrammar.any && isWord { reached.insert(position) }
      }
    }
    for position in positions[Int(state)] { reach(grammar.follow[Int(position)]) }
    reach(grammar.first)
    if state == Self.start { reach(grammar.anchored) }
    let set = reached.sorted()
    if let known = numbers[set] {
      next[Int(state) * width + Int(number)] = known
      return known
    }
    if positions.count >= Self.maximumStates {
      forget()
      return numbers[set] ?? add(set)
    }
    let added = add(set)
    next[Int(state) * width + Int(number)] = added
    return added
  }

  private mutating func add(_ set: [UInt16]) -> Int32 {
    let number = Int32(positions.count)
    positions.append(set)
    accepts.append(set.reduce(0) { $0 | grammar.accepts[Int($1)] })
    refuses.append(set.reduce(0) { $0 | grammar.refuses[Int($1)] })
    next += repeatElement(-1, count: width)
    numbers[set] = number
    return number
  }

  private mutating func forget() {
    (next, positions, accepts, refuses, numbers) = ([], [], [], [], [:])
    _ = add([])
    numbers = [:]
    _ = add([])
  }
}
