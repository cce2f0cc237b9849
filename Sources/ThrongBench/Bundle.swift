import Foundation
import ThrongCore
import ThrongPrivacy
import ThrongRelease

/// bundle [CLUSTERS [DIR]]: writes the bundle of a release with about so many clusters (10,000), in three levels, with labels of
/// three words, eight terms each, a facet of four values and three months; says how long the writing took. The bundle stays where DIR says it should be.
func benchmarkBundle(_ arguments: [String]) throws {
  guard arguments.count <= 2, let wanted = Int(arguments.first ?? "10000"), wanted >= 1000 else {
    throw BenchFailure("bundle: [CLUSTERS [DIR]], at least 1000")
  }
  let (first, second) = (wanted / 100, wanted / 10)
  let leaves = wanted - 1 - first - second
  var parents: [Int?] = [nil] + [Int?](repeating: 0, count: first)
  parents += (0..<second).map { 1 + $0 % first } + (0..<leaves).map { 1 + first + $0 % second }
  let each = 120
  let leafOfRecord = (0..<leaves * each).map { Int32(1 + first + second + $0 / each) }
  // A word for each of the eight numbers of a cluster, and those of the cluster above.
  let rows = leafOfRecord.flatMap { leaf in
    let above = parents[Int(leaf)]!
    return ((8 * above)..<(8 * above + 8)).map { UInt32($0) }
      + (8 * Int(leaf)..<8 * Int(leaf) + 8).map { UInt32($0) }
  }
  func facet(_ name: String, _ values: [String], isOrdered: Bool = false) -> CandidateFacet {
    CandidateFacet(
      name: name, values: values, valueOfRecord: leafOfRecord.indices.map { Int32($0 % values.count) },
      isOrdered: isOrdered)
  }
  let tree = CandidateTree(
    parents: parents, leafOfRecord: leafOfRecord, userOfRecord: leafOfRecord.indices.map { UInt32($0) },
    recordKeys: leafOfRecord.indices.map { RandomSource.mix(UInt64($0)) },
    termRows: (Array(stride(from: 0, through: rows.count, by: 16)), rows), termCount: 8 * parents.count,
    facets: [
      facet("plan", ["free", "team", "pro", "other"]),
      facet(".month", ["2026-01", "2026-02", "2026-03"], isOrdered: true),
    ])
  let facts = RunFacts(
    version: "0", format: "bench", seed: 1, clusters: nil, levels: nil, dimensions: 0, columns: 1,
    maximumBadShare: 0, sourceDateEpoch: nil)
  let release = try Gate(policy: .internal).release(
    tree, accounting: Accounting(read: leafOfRecord.count, quarantined: 0),
    terms: TermSource(spelling: { "word\($0)" }), labeller: ThreeTerms(), facts: facts,
    workers: Workers(threads: 2))
  let kept = arguments.dropFirst().first
  let folder =
    kept
    ?? FileManager.default.temporaryDirectory.appendingPathComponent("throng-bench-\(UUID().uuidString)").path
  defer { if kept == nil { try? FileManager.default.removeItem(atPath: folder) } }
  let (start, processor) = (ContinuousClock.now, ProcessUsage.seconds)
  try BundleWriter(directory: folder, force: false).write(release, workers: Workers(threads: 2))
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  let processorSeconds = ProcessUsage.seconds - processor
  // Each on its own, to see which of them takes the time.
  let parts = try BundleWriter.representations.map { representation in
    let before = ProcessUsage.seconds
    let own = "\(folder).\(type(of: representation))"
    defer { try? FileManager.default.removeItem(atPath: own) }
    try BundleWriter(directory: own, force: false).write(
      release, representations: [representation], workers: Workers(threads: 1))
    return "\"\(type(of: representation))\": \(ProcessUsage.seconds - before)"
  }
  let sizes = try FileManager.default.subpathsOfDirectory(atPath: folder).map { name in
    try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.size] as? Int ?? 0
  }
  print(
    """
    {"seconds": \(seconds), "processor_seconds": \(processorSeconds), \(parts.joined(separator: ", ")), "clusters": \(release.clusters.count), "cells": \(release.facetCells.count), \
    "files": \(sizes.count), "bytes": \(sizes.reduce(0, +))}
    """)
}

private struct ThreeTerms: TopicLabeller {
  func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
    nodes.map { node in
      let terms = node.terms.map(\.term).suffix(8)
      return NodeDescription(label: Array(terms.prefix(3)), terms: Array(terms))
    }
  }
}
