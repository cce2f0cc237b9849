internal import ThrongCore

/// Everything about a corpus that is settled before its first conversation: sizes, populations, the
/// positions of what is planted.
struct Plan: Sendable {
  /// A conversation whose sub-topic and user are given.
  struct Plant: Sendable {
    let position: Int
    let subtopic: Int
    /// Rank in the population of its language.
    let user: Int
    /// Number of the canary in its text, if any.
    let canary: Int?
  }

  /// A string that fewer than k users write.
  struct Canary: Sendable {
    let text: [UInt8]
    let subtopic: Int
    let users: [Int]
  }

  let parameters: Synthesizer.Parameters
  let grammar: Grammar
  let calendar = Calendar()
  /// Sub-topics that take a share, and the running sum of their shares, ending in 1.
  let shared: [Int]
  let cumulative: [Double]
  /// Size of the population of each language.
  let populations: [Int]
  let nearDuplicateGroups: Int
  private(set) var canaries: [Canary] = []
  /// Ordered by position.
  private(set) var plants: [Plant] = []

  /// Members of a group of near-duplicates, on average.
  private static let groupSize = 6.0
  /// (distinct users, conversations) of a canary: all below the default k of 25, the last just below.
  private static let canaryCounts = [(1, 4), (2, 4), (5, 6), (10, 10), (20, 20), (24, 26)]
  private static let planting = UInt64(1) << 63

  init(parameters: Synthesizer.Parameters, grammar: Grammar) {
    self.parameters = parameters
    self.grammar = grammar
    let count = Double(parameters.conversations)
    var shared: [Int] = []
    var weights: [Double] = []
    var languages = [Double](repeating: 0, count: Language.allCases.count)
    for (number, subtopic) in grammar.subtopics.enumerated() {
      guard case .share(let weight) = subtopic.size else { continue }
      shared.append(number)
      weights.append(weight)
      languages[subtopic.language.rawValue] += weight
    }
    let sum = weights.reduce(0, +)
    var running = 0.0
    self.shared = shared
    cumulative = weights.map {
      running += $0
      return running / sum
    }
    // The constant keeps small languages from being the log of a handful of people.
    populations = languages.map {
      60 + Int(($0 / sum * count * parameters.usersPerConversation).rounded(.up))
    }
    nearDuplicateGroups = max(1, Int(count * parameters.nearDuplicateShare / Self.groupSize))
    if parameters.conversations >= Synthesizer.smallestPlanted { plant() }
  }

  private mutating func plant() {
    var random = RandomSource(seed: parameters.seed, stream: Self.planting)
    var free = Set<Int>()
    func position() -> Int {
      while true {
        let at = random.below(parameters.conversations)
        if free.insert(at).inserted { return at }
      }
    }
    func users(_ count: Int, _ language: Language) -> [Int] {
      var chosen: [Int] = []
      while chosen.count < count {
        // Rank 0 is the heavy user.
        let user = 1 + random.below(populations[language.rawValue] - 1)
        if !chosen.contains(user) { chosen.append(user) }
      }
      return chosen
    }
    for (number, subtopic) in grammar.subtopics.enumerated() {
      guard case .fixed(let people, let conversations) = subtopic.size else { continue }
      let chosen = users(people, subtopic.language)
      for i in 0..<conversations {
        plants.append(
          Plant(position: position(), subtopic: number, user: chosen[i % people], canary: nil))
      }
    }
    // The more users a canary has, the smaller its sub-topic among the popular ones: the harder to hide.
    let hosts = popularSubtopics(2 * Self.canaryCounts.count)
    for (host, counts) in zip(hosts, Self.canaryCounts.flatMap { [$0, $0] }) {
      var text = Spelling.canaryWord(&random)
      if canaries.count % 2 == 1 { text += " " + Spelling.canaryWord(&random) }
      let chosen = users(counts.0, .english)
      for i in 0..<counts.1 {
        plants.append(
          Plant(position: position(), subtopic: host, user: chosen[i % counts.0], canary: canaries.count))
      }
      canaries.append(Canary(text: Array(text.utf8), subtopic: host, users: chosen))
    }
    plants.sort { $0.position < $1.position }
  }

  /// The largest English sub-topics, largest first.
  private func popularSubtopics(_ count: Int) -> [Int] {
    func size(_ number: Int) -> Double {
      guard case .share(let weight) = grammar.subtopics[number].size else { return 0 }
      return weight
    }
    return Array(
      shared.filter { grammar.subtopics[$0].language == .english }
        .sorted { size($0) == size($1) ? $0 < $1 : size($0) > size($1) }.prefix(count))
  }

  /// What is planted at a position. O(log plants).
  func plant(at position: Int) -> Plant? {
    var low = 0
    var high = plants.count
    while low < high {
      let middle = (low + high) / 2
      if plants[middle].position < position { low = middle + 1 } else { high = middle }
    }
    return low < plants.count && plants[low].position == position ? plants[low] : nil
  }

  func drawSubtopic(_ random: inout RandomSource) -> Int {
    let u = random.uniform()
    return shared[cumulative.firstIndex { u < $0 } ?? shared.count - 1]
  }

  /// A rank in the population of the sub-topic's language, with density (x + 8)^(-3/4): a long tail whose
  /// most frequent member stays far below the heavy user.
  func drawUser(of subtopic: Grammar.Subtopic, _ random: inout RandomSource) -> Int {
    if random.uniform() < subtopic.heavyShare { return 0 }
    let population = Double(populations[subtopic.language.rawValue])
    let low = 8.0.squareRoot().squareRoot()
    let high = (population + 8).squareRoot().squareRoot()
    let root = low + random.uniform() * (high - low)
    let rank = Int(root * root * root * root - 8)
    return min(max(1, rank), Int(population) - 1)
  }
}
