import Foundation
import ThrongCore
import ThrongPrivacy

/// gate [RECORDS CLUSTERS FACETS [THREADS]]: the gate over a synthetic tree of three levels with facets of 3 to 40 values,
/// skewed; says how long it took and how many cells it shows.
func benchmarkGate(_ arguments: [String]) throws {
  let numbers = arguments.map { Int($0) ?? -1 }
  guard numbers.allSatisfy({ $0 > 0 }), numbers.count != 1, numbers.count != 2, numbers.count <= 4 else {
    throw BenchFailure("gate: [RECORDS CLUSTERS FACETS [THREADS]]")
  }
  let (records, clusters, facetCount) =
    numbers.isEmpty ? (4_500_000, 10_000, 20) : (numbers[0], numbers[1], numbers[2])
  let threads = numbers.count > 3 ? numbers[3] : ProcessInfo.processInfo.activeProcessorCount
  let branching = max(2, Int(Double(clusters).squareRoot().squareRoot().rounded()))
  // Root, some branches, some branches of these, and the rest below.
  var parents: [Int?] = [nil]
  let (first, second) = (branching * 2, branching * branching * 5)
  for at in 1..<max(2, clusters) {
    parents.append(at <= first ? 0 : at <= first + second ? 1 + at % first : 1 + first + at % second)
  }
  let leaves = max(1, first + second)..<max(2, clusters)
  var random = RandomSource(seed: 1)
  let leafOfRecord = (0..<records).map { _ in Int32(leaves.lowerBound + random.below(leaves.count)) }
  let users = (0..<records).map { _ in UInt32(random.below(max(1, records / 3))) }
  let facets = (0..<facetCount).map { at in
    let values = 3 + at * 37 / max(1, facetCount - 1)
    return CandidateFacet(
      name: "facet\(at)", values: (0..<values).map { "v\($0)" },
      valueOfRecord: (0..<records).map { record in
        // Skewed, and differently in each cluster.
        let skew = random.uniform() * random.uniform() * Double(values + 1)
        return Int32((Int(skew) + Int(leafOfRecord[record]) % 2) % (values + 1)) - 1
      })
  }
  let tree = CandidateTree(
    parents: parents, leafOfRecord: leafOfRecord, userOfRecord: users,
    recordKeys: (0..<records).map { RandomSource.mix(UInt64($0)) },
    termRows: (Array(repeating: 0, count: records + 1), []), termCount: 0, facets: facets)
  let facts = RunFacts(
    version: "0", format: "bench", seed: 1, clusters: nil, levels: nil, dimensions: 0, columns: 1,
    maximumBadShare: 0, sourceDateEpoch: nil)
  let before = (ContinuousClock.now, ProcessUsage.seconds, ProcessUsage.peakBytes)
  let release = try Gate(policy: .internal).release(
    tree, accounting: Accounting(read: records, quarantined: 0), terms: TermSource(spelling: { "\($0)" }),
    labeller: NoLabels(), facts: facts, workers: Workers(threads: threads))
  let seconds = (ContinuousClock.now - before.0) / .seconds(1)
  print(
    """
    {"seconds": \(seconds), "processor_seconds": \(ProcessUsage.seconds - before.1), \
    "peak_bytes": \(ProcessUsage.peakBytes), "input_bytes": \(before.2), "records": \(records), \
    "clusters": \(release.clusters.count), "facets": \(facetCount), "cells": \(release.facetCells.count), \
    "threads": \(threads)}
    """)
}

private struct NoLabels: TopicLabeller {
  func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
    nodes.map { _ in NodeDescription(label: [], terms: []) }
  }
}
