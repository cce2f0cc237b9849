internal import Glibc

/// A topic as a release shows it: all that a comparison may know.
package struct ReleasedTopic: Sendable, Equatable {
  /// Id in its own release.
  package var id: String
  package var parentID: String?
  package var label: String
  /// Best first.
  package var terms: [String]
  /// Shown users and conversations.
  package var users: Int
  package var conversations: Int

  package init(
    id: String, parentID: String?, label: String, terms: [String], users: Int, conversations: Int
  ) {
    self.id = id
    self.parentID = parentID
    self.label = label
    self.terms = terms
    self.users = users
    self.conversations = conversations
  }
}

/// What became of the topics of one release in another: same, grown, shrunk, split, merged, born, gone.
///
/// It knows what the two releases show and nothing else, so it adds nothing to what their readers know. Topics are matched
/// by their released terms: each with at most one, the most alike first. What is left of the new ones and lies within an old
/// topic's terms was split from it; what is left of the old ones and lies within a new topic's was merged into it.
package struct ReleaseComparison: Sendable {
  package enum Change: String, Sendable, CaseIterable {
    case same, grown, shrunk
    /// A new topic whose terms were part of an old one's.
    case split
    /// An old topic whose terms are part of a new one's.
    case merged
    case born, gone
  }

  package struct Entry: Sendable, Equatable {
    package var change: Change
    /// Of the old and the new release; nil where there is none.
    package var old: ReleasedTopic?
    package var new: ReleasedTopic?
    /// The id that the topic keeps from release to release; of a merged or gone one the id that ends here.
    package var stableID: String
    /// How alike the terms are, 0...1; of a split or merged topic how much of it lies within the other.
    package var similarity: Double
    /// The share of all conversations in the old and the new release, from shown counts.
    package var shares: (old: Double, new: Double)?
    /// Adjusted p-value that the share changed, of matched topics.
    package var pValue: Double?

    package static func == (a: Entry, b: Entry) -> Bool {
      a.change == b.change && a.old == b.old && a.new == b.new && a.stableID == b.stableID
        && a.similarity == b.similarity && a.pValue == b.pValue && a.shares?.old == b.shares?.old
        && a.shares?.new == b.shares?.new
    }
  }

  /// New topics in their order, then those that ended.
  package let entries: [Entry]

  /// Least likeness of a match. Below it two topics share only words that many topics have.
  package static let leastSimilarity = 0.25
  /// Least part of a topic within another that it was split from or merged into.
  package static let leastContainment = 0.4

  /// Compares. O(old · new · terms).
  ///
  /// - Parameters:
  ///   - old: the topics of the earlier release, its root first and parents before children.
  ///   - new: those of the later one.
  ///   - release: the beginning of the later release's id, which ids of its new topics begin with.
  ///   - ids: the stable id of each old topic by its id; those without one keep their id in the old release.
  ///   - roundedTo: counts are rounded down to a multiple of this: a share counts as changed only where no rounding
  ///     explains it.
  ///   - totalsLoweredBy: the part by which the counts of the roots may have been lowered besides.
  ///   - significance: of the changed shares among all matched topics, by Benjamini and Hochberg.
  package init(
    old: [ReleasedTopic], new: [ReleasedTopic], release: String, ids: [String: String] = [:],
    roundedTo: Int = 5, totalsLoweredBy: Double = 0,
    significance: Double = 0.05
  ) {
    let weights = TermWeights(old.dropFirst() + new.dropFirst())
    let (before, after) = (old.map(weights.row), new.map(weights.row))
    // The roots are all conversations; everything else is matched by likeness, the most alike first.
    var newOfOld = [Int?](repeating: nil, count: old.count)
    var oldOfNew = [Int?](repeating: nil, count: new.count)
    var likeness = [Double](repeating: 0, count: new.count)
    var pairs: [(old: Int, new: Int, similarity: Double, distance: Double)] = []
    for i in old.indices.dropFirst() {
      for j in new.indices.dropFirst() {
        let similarity = TermWeights.similarity(before[i], after[j])
        guard similarity >= Self.leastSimilarity else { continue }
        pairs.append(
          (i, j, similarity, abs(log(Double(max(1, old[i].users)) / Double(max(1, new[j].users))))))
      }
    }
    pairs.sort { ($1.similarity, $0.distance, $0.old, $0.new) < ($0.similarity, $1.distance, $1.old, $1.new) }
    for pair in pairs where newOfOld[pair.old] == nil && oldOfNew[pair.new] == nil {
      (newOfOld[pair.old], oldOfNew[pair.new], likeness[pair.new]) = (pair.new, pair.old, pair.similarity)
    }
    func stable(_ topic: ReleasedTopic) -> String { ids[topic.id] ?? topic.id }
    let totals = (
      old.first.map { Double($0.conversations) } ?? 0, new.first.map { Double($0.conversations) } ?? 0
    )
    func container(of row: [String: Double], among rows: [[String: Double]]) -> (index: Int, part: Double)? {
      let parts = rows.indices.dropFirst().map { ($0, part: TermWeights.part(of: row, within: rows[$0])) }
      guard let best = parts.max(by: { $0.part < $1.part }), best.part >= Self.leastContainment else {
        return nil
      }
      return (best.0, best.part)
    }
    var entries: [Entry] = []
    for (j, topic) in new.enumerated().dropFirst() {
      var entry = Entry(change: .born, old: nil, new: topic, stableID: "", similarity: 0)
      if let i = oldOfNew[j] {
        entry.change = .same
        (entry.old, entry.stableID, entry.similarity) = (old[i], stable(old[i]), likeness[j])
        entry.shares = (Double(old[i].conversations) / totals.0, Double(topic.conversations) / totals.1)
        entry.pValue = Self.leastChange(
          old[i], topic, totals, roundedTo: roundedTo, loweredBy: totalsLoweredBy)
      } else {
        if let found = container(of: after[j], among: before) {
          entry.change = .split
          (entry.old, entry.similarity) = (old[found.index], found.part)
        }
        // An id that no topic of any release had before or will have.
        entry.stableID = "\(release)-\(topic.id)"
      }
      entries.append(entry)
    }
    let adjusted = MultipleTests.benjaminiHochberg.adjusted(entries.map { $0.pValue ?? .nan })
    for k in entries.indices where entries[k].pValue != nil {
      entries[k].pValue = adjusted[k]
      guard adjusted[k] < significance, let shares = entries[k].shares else { continue }
      entries[k].change = shares.new > shares.old ? .grown : .shrunk
    }
    for (i, topic) in old.enumerated().dropFirst() where newOfOld[i] == nil {
      var entry = Entry(change: .gone, old: topic, new: nil, stableID: stable(topic), similarity: 0)
      if let found = container(of: before[i], among: after) {
        entry.change = .merged
        (entry.new, entry.similarity) = (new[found.index], found.part)
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  /// The p-value of the smallest change of share that rounding leaves possible; 1 where it may be none.
  ///
  /// Conversations of one user are not independent, so shown users and not conversations are the sample.
  private static func leastChange(
    _ old: ReleasedTopic, _ new: ReleasedTopic, _ totals: (Double, Double), roundedTo: Int,
    loweredBy: Double
  ) -> Double {
    let slack = Double(roundedTo - 1)
    let (a, b) = (Double(old.conversations) / totals.0, Double(new.conversations) / totals.1)
    guard totals.0 > 0, totals.1 > 0, a != b else { return 1 }
    // The smaller share as large, and the larger as small, as rounding allows.
    let (small, large) = a < b ? ((old, totals.0), (new, totals.1)) : ((new, totals.1), (old, totals.0))
    let most = min(1, (Double(small.0.conversations) + slack) / small.1)
    let least = Double(large.0.conversations) / ((large.1 + slack) / (1 - loweredBy))
    guard least > most else { return 1 }
    func sample(_ topic: (ReleasedTopic, Double)) -> Double {
      topic.1 * Double(topic.0.users) / Double(max(1, topic.0.conversations))
    }
    let (n, m) = (sample(small), sample(large))
    return Proportion(most * n, of: n).test(against: Proportion(least * m, of: m)).pValue
  }
}

/// Released terms as weights: more for those at the front, and for those that few topics have.
private struct TermWeights {
  private var topics: [String: Int] = [:]
  private let count: Int

  init(_ all: some Collection<ReleasedTopic>) {
    count = all.count
    for topic in all { for term in Set(topic.terms) { topics[term, default: 0] += 1 } }
  }

  func row(_ topic: ReleasedTopic) -> [String: Double] {
    var row: [String: Double] = [:]
    for (rank, term) in topic.terms.enumerated() where row[term] == nil {
      row[term] = log(1 + Double(count) / Double(topics[term] ?? 1)) / log2(Double(rank + 2))
    }
    return row
  }

  /// Weighted Jaccard: Σ min / Σ max.
  static func similarity(_ a: [String: Double], _ b: [String: Double]) -> Double {
    let shared = shared(a, b)
    let all = total(a) + total(b) - shared
    return all > 0 ? shared / all : 0
  }

  /// How much of `a` is in `b`: Σ min / Σ a.
  static func part(of a: [String: Double], within b: [String: Double]) -> Double {
    let all = total(a)
    return all > 0 ? shared(a, b) / all : 0
  }

  // In order of the terms: sums must not depend on the order of a dictionary.
  private static func shared(_ a: [String: Double], _ b: [String: Double]) -> Double {
    a.keys.sorted().reduce(0) { $0 + min(a[$1]!, b[$1] ?? 0) }
  }

  private static func total(_ a: [String: Double]) -> Double { a.keys.sorted().reduce(0) { $0 + a[$1]! } }
}
