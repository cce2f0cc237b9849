package import ThrongPrivacy
internal import ThrongText

/// Names topics by the terms that tell them from their siblings and from everything.
///
/// It sees gated terms with rounded user counts and answers with indices, so nothing it does can let out a
/// word that fewer than k users share. A topic with subtopics is named by terms that together cover them. A phrase
/// is preferred over its words, and a term that repeats another one's word, inflection or spelling is left out.
/// Labels are words of the conversations, not sentences: a generated sentence could say more than the
/// counts behind it.
package struct TopicDescriber: TopicLabeller {
  /// Terms that make a label, at most; one more where another topic has the same.
  static let labelTerms = 3
  /// Characters of a label beyond which no further term is added.
  static let labelLength = 36
  /// Terms listed for a cluster, at most.
  static let listedTerms = 12
  /// A phrase stands for its word where at least this share of the word's users wrote the phrase.
  static let phraseShare = 0.25
  /// The same for a topic with subtopics.
  static let parentPhraseShare = 0.3
  /// Share of the first term's score that the third of a label must have.
  static let leastThird = 0.3

  package init() {}

  /// O(gated terms · log) for each node, and a small multiple of the gated terms for its parent.
  package func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) throws -> [NodeDescription] {
    let lexicon = Lexicon(vocabulary: vocabulary)
    var descriptions = nodes.map { node -> NodeDescription in
      let ranking = Ranking(node, among: nodes, lexicon: lexicon)
      let best = ranking.distinct(from: ranking.coverage(of: nodes), atMost: Self.listedTerms)
      var label = Self.label(of: best, isLeaf: node.children.isEmpty, lexicon: lexicon)
      if label.count < 2, node.parent != nil {
        let context = ranking.withContext(label, atLeast: Ranking.contextShare, terms: 2)
        label = Self.fitting(context, lexicon: lexicon)
      }
      let terms = label + best.map(\.term).filter { !label.contains($0) }
      return NodeDescription(label: label, terms: Array(terms.prefix(Self.listedTerms)))
    }
    tellApart(&descriptions, of: nodes, lexicon: lexicon)
    return descriptions
  }

  /// The first terms of a list, as many as say something and as a short line holds.
  static func label(of best: [Ranking.Candidate], isLeaf: Bool, lexicon: Lexicon) -> [UInt32] {
    var best = best.prefix(labelTerms)
    if isLeaf, best.count == labelTerms, best[labelTerms - 1].score < leastThird * best[0].score {
      best.removeLast()
    }
    return fitting(best.map(\.term), lexicon: lexicon)
  }

  private static func fitting(_ terms: [UInt32], lexicon: Lexicon) -> [UInt32] {
    var length = 0
    return terms.enumerated().prefix { position, term in
      length += lexicon.spelling(term).count
      return position == 0 || length <= labelLength
    }.map(\.element)
  }

  /// Changes each label that says what its parent's or a sibling's says already: by a further term, or by one less
  /// where there is none. Larger topics keep their labels, whatever the order of `nodes`.
  private func tellApart(_ descriptions: inout [NodeDescription], of nodes: [GatedNode], lexicon: Lexicon) {
    for node in nodes where !node.children.isEmpty {
      // The root is not called by its terms.
      var taken: Set<Set<UInt32>> = node.parent == nil ? [] : [Set(descriptions[node.index].label)]
      let bySize = node.children.sorted {
        if nodes[$0].conversations != nodes[$1].conversations {
          return nodes[$0].conversations > nodes[$1].conversations
        }
        return (nodes[$1].users, $0) < (nodes[$0].users, $1)
      }
      for child in bySize {
        let (label, terms) = (descriptions[child].label, descriptions[child].terms)
        if !label.isEmpty, taken.contains(Set(label)) {
          let ranking = Ranking(nodes[child], among: nodes, lexicon: lexicon)
          let further =
            terms.dropFirst(label.count)
            + ranking.withContext(terms, atLeast: 0, terms: terms.count + 1)
          let choices =
            further.filter { !label.contains($0) }.map { label + [$0] }
            + (1..<label.count).reversed().map { Array(label.prefix($0)) }
          if let other = choices.first(where: { !taken.contains(Set($0)) }) {
            let all = other + terms.filter { !other.contains($0) }
            descriptions[child] = NodeDescription(label: other, terms: Array(all.prefix(Self.listedTerms)))
          }
        }
        taken.insert(Set(descriptions[child].label))
      }
    }
  }
}
