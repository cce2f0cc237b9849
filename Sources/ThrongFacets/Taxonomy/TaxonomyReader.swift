internal import Foundation

/// Scores a conversation against a ``Taxonomy``, in one pass over the words of its human side.
struct TaxonomyReader: TextFacetReader {
  private let taxonomy: Taxonomy
  /// Seeds by their last word.
  private let endings: LeafTable
  private let prefixes: LeafTable
  private var counts: [UInt32]
  /// Seeds that were met.
  private var met: [Int] = []
  private var words = 0

  init(_ taxonomy: Taxonomy) {
    self.taxonomy = taxonomy
    var (whole, beginnings): ([UInt64: [Int]], [UInt64: [Int]]) = ([:], [:])
    for (at, seed) in taxonomy.seeds.enumerated() {
      if seed.isPrefix {
        beginnings[seed.words.last!, default: []].append(at)
      } else {
        whole[seed.words.last!, default: []].append(at)
      }
    }
    (endings, prefixes) = (LeafTable(whole), LeafTable(beginnings))
    counts = Array(repeating: 0, count: taxonomy.seeds.count)
  }

  mutating func read(_ text: Span<UInt8>, words: Span<Word>, side: Side) {
    guard side == .human else { return }
    self.words += words.count
    for i in words.indices {
      for seed in endings[words[i].hash] { note(seed, at: i, words) }
      if !prefixes.isEmpty {
        words[i].forEachPrefix(in: text) { hash in
          for seed in prefixes[hash] { note(seed, at: i, words) }
        }
      }
    }
  }

  private mutating func note(_ seed: Int, at i: Int, _ words: Span<Word>) {
    let wanted = taxonomy.seeds[seed].words
    guard i + 1 >= wanted.count else { return }
    let start = i + 1 - wanted.count
    for k in 0..<wanted.count - 1 where words[start + k].hash != wanted[k] { return }
    if counts[seed] == 0 { met.append(seed) }
    counts[seed] += 1
  }

  mutating func finish() -> FacetValue {
    var scores = [Float](repeating: 0, count: taxonomy.topics.count)
    // In the order of seeds, so that sums do not depend on the text.
    for at in met.sorted() {
      let seed = taxonomy.seeds[at]
      let score = seed.weight * (1 + log(Float(counts[at])))
      for topic in seed.topics { scores[topic] += score }
      counts[at] = 0
    }
    let norm = 1 + log(1 + Float(words) / 200)
    met.removeAll(keepingCapacity: true)
    words = 0
    let best = scores.indices.max { (scores[$0], $1) < (scores[$1], $0) }!
    let fits = scores[best] / norm >= taxonomy.threshold
    return FacetValue(level: Int32(fits ? best : taxonomy.topics.count), number: scores[best] / norm)
  }
}
