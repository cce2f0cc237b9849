import CKernels
import Testing
import ThrongCore
import ThrongText

/// Groups of near-duplicates against a comparison of all pairs.
@Suite struct NearDuplicateTests {
  private static let words = (0..<900).map { i in
    String(String(i).unicodeScalars.map { Character(Unicode.Scalar($0.value + 55)!) }) + "ish"
  }

  @Test(arguments: [0, 1, 2, 15, 16, 17, 300]) func minimaAreTheLeastOfAllTerms(count: Int) {
    var random = RandomSource(seed: 3)
    func numbers() -> [UInt32] { (0..<Int(CK_MINIMA)).map { _ in UInt32(truncatingIfNeeded: random.next()) } }
    let (factors, shifts) = (numbers(), numbers())
    let terms = (0..<count).map { _ in random.next() }
    var minima = [UInt32](repeating: 0, count: Int(CK_MINIMA))
    // One more, so that there is an address where there are no terms.
    unsafe ck_minima(terms + [0], count, factors, shifts, &minima)
    for j in minima.indices {
      let least = terms.map { UInt32(truncatingIfNeeded: $0 >> 32) &* factors[j] &+ shifts[j] }.min() ?? .max
      #expect(minima[j] == least)
    }
  }

  private func features(_ texts: [String], secret: Secret = Fixture.secret) throws -> Features {
    var features = Features()
    try features.append(try Fixture.block(texts.map { [$0] }, secret: secret))
    return features
  }

  /// Which documents are together: for each the lowest of its group.
  private func partition(_ groups: [UInt32]) -> [Int] {
    groups.map { groups.firstIndex(of: $0)! }
  }

  /// Texts of 6 to 60 words in families: each member repeats its family's text with some words exchanged.
  private func families(seed: UInt64) -> [String] {
    var random = RandomSource(seed: seed)
    func word() -> String { Self.words[random.below(Self.words.count)] }
    var texts: [String] = []
    for _ in 0..<40 {
      let original = (0..<6 + random.below(55)).map { _ in word() }
      for _ in 0..<1 + random.below(6) {
        let exchanged = random.below(original.count / 3)
        var copy = original
        for _ in 0..<exchanged { copy[random.below(copy.count)] = word() }
        texts.append(copy.joined(separator: " "))
      }
    }
    return texts
  }

  /// Every pair compared by sets of terms, and joined by repeated relabelling.
  private func naive(_ texts: [String], similarity: Double) throws -> (groups: [Int], least: Double) {
    let sets = Fixture.counts(try Fixture.block(texts.map { [$0] })).map { Set($0.keys) }
    var groups = Array(sets.indices)
    var least = 1.0
    for i in sets.indices {
      for j in 0..<i {
        let (a, b) = (sets[i], sets[j])
        let jaccard = Double(a.intersection(b).count) / Double(a.union(b).count)
        let short = min(a.count, b.count) < 12
        guard short ? a == b && a.count >= 3 : jaccard >= similarity else { continue }
        if !short { least = min(least, jaccard) }
        let (from, to) = (max(groups[i], groups[j]), min(groups[i], groups[j]))
        for k in groups.indices where groups[k] == from { groups[k] = to }
      }
    }
    return (groups, least)
  }

  /// At a similarity that bands find with near certainty, grouping is what all pairs give.
  @Test(arguments: 1...5 as ClosedRange<UInt64>) func groupsAreThoseOfAllPairs(seed: UInt64) throws {
    let texts = families(seed: seed)
    var rule = Features.CopyRule()
    rule.similarity = 0.8
    let found = try partition(features(texts).copies(rule: rule, workers: Workers(threads: 2)))
    #expect(try found == naive(texts, similarity: 0.8).groups)
    #expect(Set(found).count < texts.count)
  }

  /// At the default some pair may be missed, but none is made up.
  @Test(arguments: 1...5 as ClosedRange<UInt64>) func noGroupIsMadeUp(seed: UInt64) throws {
    let texts = families(seed: seed)
    let found = try partition(features(texts).copies(workers: Workers(threads: 1)))
    let all = try naive(texts, similarity: 0.5).groups
    for i in found.indices { #expect(all[found[i]] == all[i]) }
    let missed = found.indices.filter { all[$0] != found[$0] }
    #expect(missed.count <= found.count / 5)
  }

  @Test func orderAndThreadsDoNotMatter() throws {
    let texts = families(seed: 9)
    let groups = try partition(features(texts).copies(workers: Workers(threads: 1)))
    #expect(try partition(features(texts).copies(workers: Workers(threads: 3))) == groups)
    var order = Array(texts.indices)
    var random = RandomSource(seed: 4)
    order.shuffle(using: &random)
    let shuffled = try features(order.map { texts[$0] }).copies(workers: Workers(threads: 2))
    for i in order.indices {
      for j in 0..<i {
        #expect((shuffled[i] == shuffled[j]) == (groups[order[i]] == groups[order[j]]))
      }
    }
  }

  /// Fifty copies of a request, each with another one of its sixty words exchanged.
  @Test func fiftyCopiesAreOneGroup() throws {
    var random = RandomSource(seed: 3)
    let original = (0..<60).map { _ in Self.words[random.below(Self.words.count)] }
    let copies = (0..<50).map { i in
      var copy = original
      for k in 0..<6 { copy[(i + 10 * k) % 60] = "other\(i)x\(k)" }
      return copy.joined(separator: " ")
    }
    let groups = try features(copies + families(seed: 1)).copies(workers: Workers(threads: 2))
    #expect(Set(groups[..<50]).count == 1)
    #expect(!groups[50...].contains(groups[0]))
  }

  /// A word or two are too little to tell a copy by, and nothing at all is nobody's copy.
  @Test func shortTextsAreCopiesOnlyWhenEqual() throws {
    let groups = try features([
      "balance", "balance", "", "", "reset password", "reset password", "reset my password",
      "one two three four five", "one two three four five", "one two three four six",
    ]).copies(workers: Workers(threads: 1))
    #expect(partition(groups) == [0, 1, 2, 3, 4, 4, 6, 7, 7, 9])
  }

  /// A thousand copies and many unlike texts in the buckets of one band cost no comparison of all pairs; and copies of a
  /// crowd remain one group.
  @Test func crowdedBucketsAreOneGroup() throws {
    let text = Self.words[..<40].joined(separator: " ")
    let texts = (0..<2000).map { "\(text) \(Self.words[40 + $0 % 800])" }
    let groups = try features(texts).copies(workers: Workers(threads: 2))
    #expect(Set(groups).count == 1)
  }
}
