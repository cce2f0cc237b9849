internal import ThrongPrivacy

/// The gated terms of one node in the order in which they describe it.
struct Ranking {
  struct Candidate {
    let term: UInt32
    let users: Int
    let score: Double
  }

  /// Share of a topic's users who must have used a term that only the larger context singles out.
  static let contextShare = 0.25
  /// How much commoner such a term must be in the topic than anywhere.
  static let contextLift = 1.5
  /// Weight of what describes a topic as a whole, beside what describes its parts.
  static let wholeWeight = 0.8
  /// Terms of each part among which its parent's label is sought.
  static let termsPerPart = 24

  let node: GatedNode
  let lexicon: Lexicon
  /// Commoner in the node than beside it and than anywhere, best first.
  let candidates: [Candidate]
  private let everyone: GatedNode

  init(_ node: GatedNode, among nodes: [GatedNode], lexicon: Lexicon) {
    self.node = node
    self.lexicon = lexicon
    everyone = nodes[0]
    let parent = nodes[node.parent ?? 0]
    let isRoot = node.parent == nil
    candidates = Self.sorted(
      node.terms.compactMap { term in
        guard lexicon.canLabel(term.term) else { return nil }
        if isRoot { return Candidate(term: term.term, users: term.users, score: Double(term.users)) }
        let fromEveryone = Self.contrast(term, term.rootUsers, of: node, with: nodes[0])
        let fromSiblings =
          parent.index == 0 ? fromEveryone : Self.contrast(term, term.parentUsers, of: node, with: parent)
        guard fromEveryone > 0, fromSiblings > 0 else { return nil }
        return Candidate(term: term.term, users: term.users, score: fromSiblings + fromEveryone)
      })
  }

  private static func sorted(_ candidates: [Candidate]) -> [Candidate] {
    candidates.sorted { ($0.score, $1.term) > ($1.score, $0.term) }
  }

  /// How much a term tells `node` from the rest of `whole`, in which `users` used it.
  private static func contrast(_ term: GatedTerm, _ users: Int, of node: GatedNode, with whole: GatedNode)
    -> Double
  {
    TermScore.signedRoot(
      inside: (Double(term.users), Double(node.users)),
      around: (Double(users - term.users), Double(whole.users - node.users)))
  }

  /// The terms commoner in `node` than anywhere, best first.
  private static func fromEveryone(_ node: GatedNode, everyone: GatedNode, lexicon: Lexicon) -> [Candidate] {
    sorted(
      node.terms.compactMap { term in
        guard lexicon.canLabel(term.term) else { return nil }
        let score = contrast(term, term.rootUsers, of: node, with: everyone)
        return score > 0 ? Candidate(term: term.term, users: term.users, score: score) : nil
      })
  }

  // MARK: Choosing

  /// `first` and then the best candidates, of which none says again what a better one said.
  func distinct(from first: [Candidate], atMost limit: Int) -> [Candidate] {
    let phrases = Phrases(of: candidates, leastShare: phraseShare, lexicon: lexicon)
    var chosen = first
    for candidate in candidates {
      guard chosen.count < limit else { break }
      let term = phrases.standing(for: candidate)
      if !chosen.contains(where: { lexicon.saysTheSame($0.term, term.term) }) { chosen.append(term) }
    }
    return chosen
  }

  /// A phrase of a few names one topic, not a topic of topics.
  private var phraseShare: Double {
    node.children.isEmpty ? TopicDescriber.phraseShare : TopicDescriber.parentPhraseShare
  }

  /// Terms that together describe the node's parts, each in proportion to its users: a topic of several parts is
  /// named by what they share where they share something, and by each one's own where they do not.
  ///
  /// Empty for a node without parts and for the root. Greedy, as the gain of a term only shrinks (Nemhauser, Wolsey,
  /// Fisher 1978, doi 10.1007/BF01588971).
  func coverage(of nodes: [GatedNode]) -> [Candidate] {
    guard node.parent != nil, !node.children.isEmpty, let best = candidates.first else { return [] }
    let phrases = Phrases(of: candidates, leastShare: phraseShare, lexicon: lexicon)
    let own = Dictionary(uniqueKeysWithValues: candidates.map { ($0.term, $0) })
    // How well each term describes each part, at most 1.
    var pool = Set(candidates.prefix(Self.termsPerPart).map(\.term))
    let parts = node.children.map { child -> [UInt32: Double] in
      let terms = Self.sorted(
        nodes[child].terms.compactMap { term in
          guard own[term.term] != nil else { return nil }
          let fromEveryone = Self.contrast(term, term.rootUsers, of: nodes[child], with: everyone)
          let fromSiblings = Self.contrast(term, term.parentUsers, of: nodes[child], with: node)
          guard fromEveryone > 0 else { return nil }
          return Candidate(
            term: term.term, users: term.users, score: fromEveryone + max(0, fromSiblings))
        })
      pool.formUnion(terms.prefix(Self.termsPerPart).map(\.term))
      return Dictionary(uniqueKeysWithValues: terms.map { ($0.term, $0.score / terms[0].score) })
    }
    let weights = node.children.map { Double(nodes[$0].users) }
    let whole = Self.wholeWeight * weights.reduce(0, +) / best.score
    var covered = [Double](repeating: 0, count: parts.count)
    var open = candidates.filter { pool.contains($0.term) }
    var chosen: [Candidate] = []
    while chosen.count < TopicDescriber.labelTerms {
      open.removeAll { candidate in chosen.contains { lexicon.saysTheSame($0.term, candidate.term) } }
      let gains = open.map { candidate in
        parts.indices.reduce(whole * candidate.score) { gain, part in
          gain + weights[part] * max(0, (parts[part][candidate.term] ?? 0) - covered[part])
        }
      }
      // Of equals the better candidate.
      guard let most = gains.max(), let at = gains.firstIndex(of: most) else { break }
      for part in parts.indices { covered[part] = max(covered[part], parts[part][open[at].term] ?? 0) }
      let phrase = phrases.standing(for: open[at])
      let repeats = chosen.contains { lexicon.saysTheSame($0.term, phrase.term) }
      chosen.append(repeats ? open[at] : phrase)
    }
    return chosen
  }

  /// `terms` with what places them: words that the topic shares with its siblings, commoner than anywhere.
  ///
  /// They come last, unless most of the topic's users wrote them and hardly any the first of `terms`.
  func withContext(_ terms: [UInt32], atLeast share: Double, terms limit: Int) -> [UInt32] {
    let context = Self.fromEveryone(node, everyone: everyone, lexicon: lexicon)
    let phrases = Phrases(of: context, leastShare: phraseShare, lexicon: lexicon)
    let all = Double(node.users)
    let first = terms.first.flatMap { term in node.terms.first { $0.term == term } }.map { Double($0.users) }
    var (before, after): ([UInt32], [UInt32]) = ([], [])
    for candidate in context {
      guard terms.count + before.count + after.count < limit else { break }
      let users = Double(candidate.users)
      let anywhere = Double(node.terms.first { $0.term == candidate.term }?.rootUsers ?? 0)
      guard users >= share * all, users * Double(everyone.users) >= Self.contextLift * anywhere * all else {
        continue
      }
      let term = phrases.standing(for: candidate).term
      if (terms + before + after).contains(where: { lexicon.saysTheSame($0, term) }) { continue }
      if let first, first < 0.2 * all, first < 0.5 * users { before.append(term) } else { after.append(term) }
    }
    return before + terms + after
  }
}

/// The most used phrase of each word.
struct Phrases {
  private var phrases: [String: Ranking.Candidate] = [:]
  private let leastShare: Double
  private let lexicon: Lexicon

  init(of candidates: [Ranking.Candidate], leastShare: Double, lexicon: Lexicon) {
    self.leastShare = leastShare
    self.lexicon = lexicon
    for candidate in candidates where lexicon.isPhrase(candidate.term) {
      for stem in lexicon.stems(candidate.term) where candidate.users > phrases[stem]?.users ?? 0 {
        phrases[stem] = candidate
      }
    }
  }

  /// What is shown for a candidate, with the candidate's score: the phrase of a word, or the term itself.
  func standing(for candidate: Ranking.Candidate) -> Ranking.Candidate {
    guard !lexicon.isPhrase(candidate.term), let phrase = phrases[lexicon.stems(candidate.term)[0]],
      Double(phrase.users) >= leastShare * Double(candidate.users)
    else { return candidate }
    return Ranking.Candidate(term: phrase.term, users: phrase.users, score: candidate.score)
  }
}
