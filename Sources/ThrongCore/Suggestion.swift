/// Which known word somebody meant.
package enum Suggestion {
  /// The candidate nearest to `word`, or nil where none is near enough to be a slip.
  ///
  /// Near enough is a third of the word's length in edits, at least one and at most three; or `word` is how the
  /// candidate begins. The first candidate wins a tie.
  package static func closest(to word: String, among candidates: [String]) -> String? {
    let limit = min(3, max(1, word.utf8.count / 3))
    let near = candidates.map { (word: $0, distance: distance(word, $0)) }.filter { $0.distance <= limit }
    if let best = near.min(by: { $0.distance < $1.distance }) { return best.word }
    return word.utf8.count < 3 ? nil : candidates.first { $0.hasPrefix(word) }
  }

  /// Edits between two words: insertions, deletions, substitutions and swaps of neighbours, each byte edited
  /// at most once (optimal string alignment). O(n·m).
  package static func distance(_ first: String, _ second: String) -> Int {
    let (a, b) = (Array(first.utf8), Array(second.utf8))
    var (before, previous) = ([Int](), Array(0...b.count))
    for i in a.indices {
      var current = [i + 1]
      for j in b.indices {
        var best = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
        current.append(best)
      }
      (before, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
