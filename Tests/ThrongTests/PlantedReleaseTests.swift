import Testing
import Throng
import ThrongPrivacy

/// What is released of the shipped corpus, against counts made here.
@Suite struct PlantedReleaseTests {
  /// The conversations that count: of near-duplicates by fewer than 75 users the one with the smallest key, then of each
  /// user the ten with the smallest keys.
  private func counted(_ run: PlantedTruthTests.Run) -> Set<Int> {
    let keys = run.corpus.recordKeys
    let texts = Dictionary(grouping: run.corpus.users.indices) { run.model.templates[$0] }.values
      .flatMap { copies in
        Set(copies.map { run.corpus.users[$0] }).count < 75
          ? [copies.min { keys[$0] < keys[$1] }!] : copies
      }
    let byUser = Dictionary(grouping: texts) { run.corpus.users[$0] }
    return Set(
      byUser.values.flatMap { own in
        own.sorted { run.corpus.recordKeys[$0] < run.corpus.recordKeys[$1] }.prefix(10)
      })
  }

  /// Every planted topic above k is a released cluster: its counts are those of the node that matches the topic
  /// best, rounded down to five, and a term of its label is mostly the topic's.
  @Test(arguments: 1...3 as ClosedRange<UInt64>) func everyPlantedTopicAboveKIsReleased(seed: UInt64) throws {
    let truth = try ShippedCorpus.truth()
    let texts = try ShippedCorpus.conversations().map { $0.text.lowercased() }
    let run = try PlantedTruthTests.run(seed: seed)
    let counted = counted(run)
    let nodes = PlantedTruthTests.records(run.model)
    for topic in truth.subtopics where topic.users == nil {
      let planted = Set(truth.records.indices.filter { truth.records[$0].subtopic == topic.id })
      let best = nodes.max { PlantedTruthTests.f1($0, planted) < PlantedTruthTests.f1($1, planted) }!
      let shown = best.intersection(counted)
      let users = Set(shown.map { run.corpus.users[$0] }).count
      let fitting = run.release.clusters.filter { cluster in
        cluster.conversations == max(50, shown.count / 5 * 5) && cluster.users == max(25, users / 5 * 5)
      }
      let named = fitting.contains { cluster in
        cluster.label.split(separator: " · ").contains { term in
          let holders = Set(texts.indices.filter { texts[$0].contains(term) })
          return 2 * holders.intersection(planted).count > holders.count
        }
      }
      #expect(named, "\(topic.id): \(fitting.map(\.label)), \(shown.count) of \(users)")
    }
  }

  /// The shares and counts of the tree fit together, and labels of siblings differ.
  @Test func theReleasedTreeFitsTogether() throws {
    let release = try PlantedTruthTests.run().release
    let root = release.clusters[0]
    #expect(root.label == "All conversations" && root.parentID == nil)
    let children = Dictionary(grouping: release.clusters.dropFirst()) { $0.parentID! }
    for cluster in release.clusters {
      let own = children[cluster.id] ?? []
      #expect(own.count != 1 || cluster.rolledUp > 0)
      #expect(own.reduce(0) { $0 + $1.conversations } <= cluster.conversations)
      #expect(own.allSatisfy { $0.users <= cluster.users && $0.level == cluster.level + 1 })
      #expect(Set(own.map(\.label)).count == own.count)
      #expect(own.allSatisfy { $0.label != cluster.label && !$0.label.isEmpty })
      #expect(cluster.users >= 25 && cluster.conversations >= 50)
    }
  }
}
