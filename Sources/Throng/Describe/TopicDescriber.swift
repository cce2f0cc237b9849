package import ThrongPrivacy
internal import ThrongText

/// Names topics by the terms that tell them from their siblings.
///
/// It sees gated terms with rounded user counts and answers with indices, so nothing it does can let out a
/// word that fewer than k users share. A phrase is preferred over its words, and a term that repeats another
/// one's word, inflection or spelling is left out. Labels are words of the conversations, not sentences: a
/// generated sentence could say more than the counts behind it.
package struct TopicDescriber: TopicLabeller {
  /// Terms that make a label, at most.
  static let labelTerms = 3
  /// Characters of a label beyond which no further term is added.
  static let labelLength = 36
  /// Terms listed for a cluster, at most.
  static let listedTerms = 12
  /// A phrase stands for its word where at least this share of the word's users wrote the phrase.
  static let phraseShare = 0.3

  package init() {}

  /// O(gated terms · log) for each node.
  package func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) throws -> [NodeDescription] {
    let lexicon = Lexicon(vocabulary: vocabulary)
    return nodes.map { node in
      let candidates = Self.candidates(of: node, among: nodes, lexicon: lexicon)
      let terms = Self.select(from: candidates, lexicon: lexicon)
      return NodeDescription(label: Self.label(of: terms, lexicon: lexicon), terms: terms)
    }
  }

  struct Candidate {
    let term: UInt32
    let users: Int
    let score: Double
  }

  /// The terms of `node` that are commoner in it than around it, best first.
  static func candidates(of node: GatedNode, among nodes: [GatedNode], lexicon: Lexicon) -> [Candidate] {
    let (inside, everyone) = (Double(node.users), Double(nodes[0].users))
    let parentUsers = Double(nodes[node.parent ?? 0].users)
    let candidates = node.terms.compactMap { term -> Candidate? in
      guard lexicon.canLabel(term.term) else { return nil }
      guard node.parent != nil else {
        return Candidate(term: term.term, users: term.users, score: Double(term.users))
      }
      let prior = Double(term.rootUsers) / everyone
      func contrast(_ users: Int, _ all: Double) -> Double {
        TermScore.zScore(
          inside: (Double(term.users), inside),
          around: (Double(max(0, users - term.users)), max(0, all - inside)), prior: prior)
      }
      let fromSiblings = contrast(term.parentUsers, parentUsers)
      let fromEveryone = node.level > 1 ? contrast(term.rootUsers, everyone) : fromSiblings
      guard fromEveryone > 0, fromSiblings > 0 else { return nil }
      return Candidate(term: term.term, users: term.users, score: fromSiblings + fromEveryone / 2)
    }
    return candidates.sorted { ($0.score, $1.term) > ($1.score, $0.term) }
  }

  /// The best terms of which none says again what a better one said.
  static func select(from candidates: [Candidate], lexicon: Lexicon) -> [UInt32] {
    var phrases: [String: Candidate] = [:]
    for candidate in candidates where lexicon.words(candidate.term).count > 1 {
      for stem in lexicon.stems(candidate.term) where candidate.users > phrases[stem]?.users ?? 0 {
        phrases[stem] = candidate
      }
    }
    var chosen: [UInt32] = []
    for candidate in candidates {
      guard chosen.count < listedTerms else { break }
      var term = candidate.term
      if lexicon.words(term).count == 1, let phrase = phrases[lexicon.stems(term)[0]],
        Double(phrase.users) >= phraseShare * Double(candidate.users)
      {
        term = phrase.term
      }
      if !chosen.contains(where: { lexicon.saysTheSame($0, term) }) { chosen.append(term) }
    }
    return chosen
  }

  /// As many of the first terms as a short line holds.
  static func label(of terms: [UInt32], lexicon: Lexicon) -> [UInt32] {
    var label: [UInt32] = []
    var length = 0
    for term in terms.prefix(labelTerms) {
      length += lexicon.spelling(term).count
      if !label.isEmpty, length > labelLength { break }
      label.append(term)
    }
    return label
  }
}
