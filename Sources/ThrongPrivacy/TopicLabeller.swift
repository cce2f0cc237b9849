/// A term that R8 lets through for a node. User counts are rounded down like every count that leaves the gate.
package struct GatedTerm: Sendable, Equatable {
  /// Dictionary index.
  package let term: UInt32
  /// Users of the term in the node, in its published parent (the node itself for the root), in all conversations.
  package let users: Int
  package let parentUsers: Int
  package let rootUsers: Int

  /// The gate makes these; tests of labellers make their own. A labeller's answers are checked against the gate's.
  package init(term: UInt32, users: Int, parentUsers: Int, rootUsers: Int) {
    self.term = term
    self.users = users
    self.parentUsers = parentUsers
    self.rootUsers = rootUsers
  }
}

/// A published node as a labeller may see it: shown counts and gated terms, nothing below a threshold.
package struct GatedNode: Sendable {
  /// Position in the array the labeller is given; 0 is the root, parents come before children.
  package let index: Int
  /// Position of the published parent.
  package let parent: Int?
  /// Depth in the published tree; 0 for the root.
  package let level: Int
  /// Positions of the published children.
  package let children: [Int]
  /// Shown counts.
  package let users: Int
  package let conversations: Int
  /// Gated terms, ascending by ``GatedTerm/term``.
  package let terms: [GatedTerm]

  /// The gate makes these; tests of labellers make their own. No ``Release`` comes of them.
  package init(
    index: Int, parent: Int?, level: Int, children: [Int], users: Int, conversations: Int, terms: [GatedTerm]
  ) {
    self.index = index
    self.parent = parent
    self.level = level
    self.children = children
    self.users = users
    self.conversations = conversations
    self.terms = terms
  }
}

/// Spellings and phrase parts of the terms that are gated somewhere, which is to say in the root.
package struct GatedVocabulary: Sendable {
  let gated: [UInt32]
  let source: TermSource

  /// - Parameters:
  ///   - gated: ascending.
  ///   - source: asked for nothing but gated terms.
  package init(gated: [UInt32], source: TermSource) {
    self.gated = gated
    self.source = source
  }

  /// How a gated term is written. Asking for another is a programmer's mistake and stops the process. O(log terms).
  package func spelling(of term: UInt32) -> String {
    precondition(contains(term), "only gated terms have a spelling")
    return source.spelling(term)
  }

  /// The two words of a gated phrase where the dictionary holds both; nil for a single word. O(log terms).
  package func parts(of term: UInt32) -> (UInt32, UInt32)? {
    precondition(contains(term), "only gated terms have parts")
    return source.parts(term)
  }

  /// Whether a term is gated in the root, the most it can be. O(log terms).
  package func contains(_ term: UInt32) -> Bool { gated.firstIndex(ofAscending: term) != nil }
}

/// What a labeller says of a node, in indices of its gated terms. The gate writes the words.
package struct NodeDescription: Sendable, Equatable {
  /// The few terms that make the label, best first; may be empty.
  package let label: [UInt32]
  /// Terms that tell the node from its siblings, best first.
  package let terms: [UInt32]

  package init(label: [UInt32], terms: [UInt32]) {
    self.label = label
    self.terms = terms
  }
}

/// Chooses labels from gated counts. It answers in indices, so that no text can pass through it.
package protocol TopicLabeller {
  /// One description for each node, in the order of `nodes`.
  func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) throws -> [NodeDescription]
}

extension Array where Element: Comparable {
  /// Position of `element` in an ascending array, or nil. O(log count).
  func firstIndex(ofAscending element: Element) -> Int? {
    let at = lowerBound(element, in: 0..<count)
    return at < count && self[at] == element ? at : nil
  }

  /// First position of the ascending slice `range` that is not below `element`. O(log count).
  func lowerBound(_ element: Element, in range: Range<Int>) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
