package import ThrongFacets
package import ThrongIngest
package import ThrongText

/// All conversations of a log as sparse features, with who held each: what is left when the text is gone.
///
/// Private: nothing of it may leave but through the gate.
package struct PreparedCorpus: Sendable {
  package var features = Features()
  /// Dense user index of each conversation.
  package var users: [UInt32] = []
  package var userCount = 0
  /// Keyed hash of each user; empty where conversations stand for users.
  package var userKeys: [UInt64] = []
  /// Keyed hash of each conversation's user, id and words.
  package var recordKeys: [UInt64] = []
  /// Whether each conversation may count; empty: all may. See ``restrict(to:)``.
  package private(set) var isCountable: [Bool] = []
  /// Index into ``labelCount`` labels of each conversation; empty unless a label field was asked for.
  package var labels: [Int32] = []
  package var labelCount = 0
  /// What is counted in every topic.
  package var facets = FacetTable(.none)
  /// Group of near-copies of each conversation, where a facet wanted to know; else whoever asks works it out.
  package var copies: [UInt32]?
  /// Time stamps of the first and the last conversation in Unix seconds; nil where none has one.
  package var times: ClosedRange<Int64>?
  /// Terms that enough users used; nil unless a release is to be made.
  package var dictionary: TermDictionary?
  package var report: ReadReport
  /// Kept conversations left out because no role that counts said a word, or by label.
  package var screenedOut = 0
  /// What became of all conversations on their way through a study's screen; nil without one.
  package var trace: ScreenTrace?

  package var count: Int { users.count }

  /// Lets no conversations count but those with these keys.
  ///
  /// Of a user's conversations at most m count, the same ones in every release of them. A part of them would count others
  /// in the place of those that it lacks: a few people more than the whole counts, whom a comparison would single out (R12).
  package mutating func restrict(to counted: Set<UInt64>) { isCountable = recordKeys.map(counted.contains) }

  /// Days of the first and the last time stamp, since 1970-01-01 in UTC: the window that a release speaks of. Exact, so
  /// for the operator and for the ledger; a bundle may not say it.
  package var days: ClosedRange<Int>? {
    times.map { CalendarDay.day(of: $0.lowerBound)...CalendarDay.day(of: $0.upperBound) }
  }
}

extension Optional<ClosedRange<Int64>> {
  /// The least range that holds both.
  func spanning(_ other: ClosedRange<Int64>?) -> ClosedRange<Int64>? {
    guard let self, let other else { return self ?? other }
    return Swift.min(self.lowerBound, other.lowerBound)...Swift.max(self.upperBound, other.upperBound)
  }
}
