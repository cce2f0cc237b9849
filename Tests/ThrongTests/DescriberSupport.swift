import Throng
import ThrongCore
import ThrongPrivacy

/// A tree of gated nodes made by hand: terms by their spelling, counts of users.
struct Topics {
  private struct Topic {
    let parent: Int?
    let users: Int
    let terms: [String: Int]
  }

  private var topics: [Topic] = []

  /// - Parameter terms: users of each term; below the root, terms that the parent has too.
  init(users: Int, _ terms: [String: Int]) { topics = [Topic(parent: nil, users: users, terms: terms)] }

  @discardableResult
  mutating func add(under parent: Int = 0, users: Int, _ terms: [String: Int]) -> Int {
    precondition(terms.allSatisfy { term, users in users <= topics[parent].terms[term] ?? 0 })
    topics.append(Topic(parent: parent, users: users, terms: terms))
    return topics.count - 1
  }

  var spellings: [String] { topics[0].terms.keys.sorted() }

  var nodes: [GatedNode] {
    let index = Dictionary(uniqueKeysWithValues: spellings.enumerated().map { ($1, UInt32($0)) })
    var levels: [Int] = []
    return topics.enumerated().map { at, topic in
      levels.append(topic.parent.map { levels[$0] + 1 } ?? 0)
      return GatedNode(
        index: at, parent: topic.parent, level: levels[at],
        children: topics.indices.filter { topics[$0].parent == at }, users: topic.users,
        conversations: topic.users,
        terms: topic.terms.map { term, users in
          GatedTerm(
            term: index[term]!, users: users, parentUsers: topics[topic.parent ?? 0].terms[term]!,
            rootUsers: topics[0].terms[term]!)
        }.sorted { $0.term < $1.term })
    }
  }

  /// - Parameter joined: spellings without their space, as phrases of scripts that write none are.
  func described(joined: Bool = false) throws -> [NodeDescription] {
    let spellings = spellings
    let index = Dictionary(uniqueKeysWithValues: spellings.enumerated().map { ($1, UInt32($0)) })
    return try TopicDescriber().describe(
      nodes,
      vocabulary: GatedVocabulary(
        gated: spellings.indices.map { UInt32($0) },
        source: TermSource(
          spelling: { joined ? Spelling.shown(spellings[Int($0)]) : spellings[Int($0)] },
          parts: { term in
            let words = spellings[Int(term)].split(separator: " ").map(String.init)
            guard words.count == 2, let a = index[words[0]], let b = index[words[1]] else { return nil }
            return (a, b)
          })))
  }

  func labels() throws -> [[String]] {
    try described().map { $0.label.map { spellings[Int($0)] } }
  }

  func terms() throws -> [[String]] {
    try described().map { $0.terms.map { spellings[Int($0)] } }
  }
}
