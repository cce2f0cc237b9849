import Foundation
import Testing
import ThrongCore
import ThrongPrivacy

/// Facet cells in the differential tier.
@Suite struct NoiseFacetTests {
  private func policy(epsilon: Double, cells: Int = 3, perUser: Int = 6) -> Policy {
    var policy = Policy.differential
    (policy.minimumUsers, policy.minimumConversations, policy.minimumTermUsers) = (2, 2, 2)
    (policy.minimumFacetUsers, policy.minimumFacetConversations) = (2, 2)
    policy.maximumPerUser = perUser
    policy.differential!.epsilonMillionths = Int((epsilon * 1e6).rounded())
    policy.differential!.delta = 1e-4
    policy.differential!.cellsPerUser = cells
    return policy
  }

  /// Two topics of 80 and 60 users, half of each `red`, a quarter `blue`, the others without a value; and three users of `rare`
  /// in the first.
  private var corpus: (corpus: Corpus, values: [Int32]) {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: 80, each: 2, leaf: 1, terms: [1])
    corpus.add(users: 60, each: 2, leaf: 2, terms: [2])
    let values = corpus.records.map { record in
      record.user < 3 ? 2 : record.user % 4 < 2 ? 0 : record.user % 4 == 2 ? 1 : -1 as Int32
    }
    return (corpus, values)
  }

  private func release(
    _ corpus: Corpus, values: [Int32], names: [String] = ["red", "blue", "rare"], policy: Policy,
    seed: UInt64,
    defences: Defences = .all, isSensitive: Bool = false
  ) throws -> Release {
    let tree = corpus.tree(facets: [
      CandidateFacet(name: "colour", values: names, valueOfRecord: values, isSensitive: isSensitive)
    ])
    return try Gate(policy: policy, defences: defences, generator: .seeded(RandomSource(seed: seed))).release(
      tree, accounting: Accounting(read: tree.recordCount, quarantined: 0), terms: Corpus.plainTerms,
      labeller: ContrastLabeller(), facts: Corpus.facts, workers: Workers(threads: 1))
  }

  /// With noise off, counts are those made here with sets.
  @Test func exactCounts() throws {
    let (corpus, values) = corpus
    let release = try release(
      corpus, values: values, policy: policy(epsilon: 1), seed: 1,
      defences: .all.subtracting(.differentialNoise))
    for cell in release.facetCells {
      let label = release.clusters.first { $0.id == cell.clusterID }!.label
      let value = Int32(["red", "blue", "rare"].firstIndex(of: cell.value)!)
      let records = corpus.records.indices.filter {
        values[$0] == value && (label == "All conversations" || label == "term\(corpus.records[$0].leaf)")
      }
      #expect(cell.conversations == records.count)
      #expect(cell.users == Set(records.map { corpus.records[$0].user }).count)
    }
    // Three values of all and of the first topic, two of the second.
    #expect(release.facetCells.count == 8 && release.facets.map(\.name) == ["colour"])
  }

  /// Intervals hold the truth in 95 of 100 shown cells, the rare value is as good as never shown, and no cell is above its cluster.
  @Test func noisedCells() throws {
    let (corpus, values) = corpus
    var (shown, held) = (0, [0, 0])
    var rare = 0
    for seed in 0..<1500 as Range<UInt64> {
      let release = try release(corpus, values: values, policy: policy(epsilon: 20), seed: seed)
      for cell in release.facetCells {
        let cluster = release.clusters.first { $0.id == cell.clusterID }!
        #expect(cell.users <= cluster.users && cell.conversations <= cluster.conversations)
        #expect(cell.users <= cell.conversations)
        if cell.value == "rare" { rare += 1 }
        guard cluster.parentID == nil, cell.value == "red" else { continue }
        let users = (3..<140).filter { $0 % 4 < 2 }.count
        shown += 1
        if (cell.usersLow!...cell.usersHigh!).contains(users) { held[0] += 1 }
        if (cell.conversationsLow!...cell.conversationsHigh!).contains(2 * users) { held[1] += 1 }
      }
    }
    #expect(shown > 1000 && rare < 15)
    let slack = 4 * (0.95 * 0.05 * Double(shown)).squareRoot()
    for hits in held { #expect(Double(hits) >= 0.95 * Double(shown) - slack) }
  }

  /// A user with many values of their own changes at most three cells of each place; without the bound, as many as there are.
  @Test(arguments: [true, false]) func oneUserTouchesThreeCells(isBounded: Bool) throws {
    var corpus = Corpus(parents: [nil, 0])
    corpus.add(users: 200, leaf: 1, terms: [1])
    var values = (0..<200).map { Int32($0 % 20) }
    let names = (0..<20).map { "value \($0)" }
    func counts() throws -> [String: Int] {
      let cells = try release(
        corpus, values: values, names: names, policy: policy(epsilon: 1, perUser: 20), seed: 1,
        defences: isBounded
          ? .all.subtracting(.differentialNoise) : .all.subtracting([.differentialNoise, .cellBound])
      ).facetCells
      return Dictionary(uniqueKeysWithValues: cells.map { ("\($0.clusterID) \($0.value)", $0.users) })
    }
    let before = try counts()
    for value in 0..<20 {
      corpus.records.append(.init(leaf: 1, user: 200, key: RandomSource.mix(UInt64(value)), terms: [1]))
      values.append(Int32(value))
    }
    let after = try counts()
    let changed = after.filter { $0.value != before[$0.key] }
    #expect(changed.count == (isBounded ? 6 : 40))
  }

  /// What the tier cannot promise it refuses.
  @Test func sensitiveFacetsAreRefused() throws {
    let (corpus, values) = corpus
    let failure = #expect(throws: PrivacyFailure.self) {
      try release(corpus, values: values, policy: policy(epsilon: 1), seed: 1, isSensitive: true)
    }
    #expect(failure?.exitStatus == 2)
  }
}
