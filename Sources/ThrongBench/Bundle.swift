import Foundation
import ThrongCore
import ThrongPrivacy
import ThrongRelease

/// bundle DIR [CLUSTERS]: a made-up release of about so many clusters in three levels, with words, months, plans and places,
/// written as a bundle; says how long the writing took and how large the explorer is.
func benchmarkBundle(_ arguments: [String]) throws {
  guard (1...2).contains(arguments.count), let clusters = arguments.count > 1 ? Int(arguments[1]) : 10_000,
    clusters >= 100
  else { throw BenchFailure("bundle: DIR [CLUSTERS]") }
  // 20 branches of some topics with 25 smaller ones each.
  let middle = max(1, (clusters - 21) / 26 / 20)
  var parents: [Int?] = [nil] + Array(repeating: 0, count: 20)
  parents += (0..<20 * middle).map { 1 + $0 / middle }
  let first = parents.count
  parents += (0..<20 * middle * 25).map { 21 + $0 / 25 }
  var random = RandomSource(seed: 1)
  var (leaves, users, offsets, terms): ([Int32], [UInt32], [Int], [UInt32]) = ([], [], [0], [])
  var (plans, months): ([Int32], [Int32]) = ([], [])
  for leaf in first..<parents.count {
    let topic = parents[leaf]!
    let branch = parents[topic]!
    let own = (0..<6).map { _ in UInt32(random.below(20_000)) }
    for user in 0..<60 + random.below(60) {
      leaves.append(Int32(leaf))
      users.append(UInt32(leaf * 128 + user))
      terms += Set(own + [UInt32(20_000 + topic), UInt32(20_000 + branch)]).sorted()
      offsets.append(terms.count)
      plans.append(Int32(random.below(3)))
      months.append(Int32(random.below(2) == 0 ? random.below(6) : branch % 6))
    }
  }
  let tree = CandidateTree(
    parents: parents, leafOfRecord: leaves, userOfRecord: users,
    recordKeys: leaves.indices.map { RandomSource.mix(UInt64($0)) }, termRows: (offsets, terms),
    termCount: 20_000 + parents.count,
    facets: [
      CandidateFacet(name: "plan", values: ["free", "pro", "team"], valueOfRecord: plans),
      CandidateFacet(
        name: ".month", values: (1...6).map { "2026-0\($0)" }, valueOfRecord: months, isOrdered: true),
    ])
  let release = try Gate(policy: .internal, placer: BySize()).release(
    tree, accounting: Accounting(read: leaves.count, quarantined: 0), terms: TermSource(spelling: spelling),
    labeller: ThreeTerms(),
    facts: RunFacts(
      version: "0", format: "bench", seed: 1, clusters: nil, levels: nil, dimensions: 0, columns: 1,
      maximumBadShare: 0, sourceDateEpoch: nil),
    workers: Workers(threads: ProcessInfo.processInfo.activeProcessorCount))
  let before = (ContinuousClock.now, ProcessUsage.seconds)
  try BundleWriter(directory: arguments[0], force: true).write(release)
  let seconds = (ContinuousClock.now - before.0) / .seconds(1)
  let page = try Data(contentsOf: URL(fileURLWithPath: "\(arguments[0])/explorer.html"))
  print(
    """
    {"seconds": \(seconds), "processor_seconds": \(ProcessUsage.seconds - before.1), \
    "clusters": \(release.clusters.count), "cells": \(release.facetCells.count), "explorer_bytes": \(page.count)}
    """)
}

/// Words that can be told apart and read, of two to four syllables.
private func spelling(_ term: UInt32) -> String {
  let (consonants, vowels) = (Array("bdfgklmnprstvz"), Array("aeiou"))
  var (number, word) = (Int(term) + 70, "")
  while number > 0 {
    word.append(consonants[number % 14])
    word.append(vowels[number / 14 % 5])
    number /= 70
  }
  return word
}

private struct ThreeTerms: TopicLabeller {
  func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
    nodes.map { node in
      // What is rarest elsewhere first.
      let terms = node.terms.sorted { ($0.rootUsers, $0.term) < ($1.rootUsers, $1.term) }.map(\.term)
      return NodeDescription(label: Array(terms.prefix(3)), terms: Array(terms.prefix(12)))
    }
  }
}

/// Large clusters apart, small ones around those above them.
private struct BySize: ClusterPlacer {
  func place(_ clusters: [Release.Cluster]) -> [(x: Double, y: Double)] {
    var random = RandomSource(seed: 2)
    var places: [(x: Double, y: Double)] = []
    let index = Dictionary(uniqueKeysWithValues: clusters.enumerated().map { ($1.id, $0) })
    for cluster in clusters {
      let above = cluster.parentID.map { places[index[$0]!] } ?? (x: 0.5, y: 0.5)
      let far = [0, 0.9, 0.2, 0.06][min(3, cluster.level)]
      places.append(
        (x: above.x + far * (random.uniform() - 0.5), y: above.y + far * (random.uniform() - 0.5)))
    }
    return places
  }
}
