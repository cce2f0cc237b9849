import Foundation
import Testing
import Throng
import ThrongCore
import ThrongIngest
import ThrongPrivacy
import ThrongText

/// The shipped corpus against the truth about what was planted in it.
@Suite struct PlantedTruthTests {
  /// What a run over the shipped corpus makes, with its private side.
  struct Run {
    let corpus: PreparedCorpus
    let model: ReleasePipeline.Model
    let release: Release
  }

  static func run(
    threads: Int = 2, seed: UInt64 = 1, policy: Policy = .internal, defences: Defences = .all,
    clusters: Int? = nil
  ) throws -> Run {
    var clock = StageClock()
    let workers = Workers(threads: threads)
    let reader = try ConversationReader(
      inputs: [ShippedCorpus.log], settings: ReadSettings(requiresUser: true))
    var preparation = CorpusPreparation(
      roles: [.human], text: TextSettings(), secret: Secret(bytes: Array(1...32))!)
    preparation.minimumTermUsers = defences.contains(.terms) ? policy.effectiveMinimumTermUsers : 1
    let corpus = try preparation.prepare(reader, workers: workers, progress: SilentProgress(), clock: &clock)
    var settings = ClusteringSettings()
    settings.seed = seed
    settings.clusters = clusters
    var pipeline = ReleasePipeline(settings: settings, policy: policy)
    pipeline.defences = defences
    pipeline.secret = preparation.secret
    let model = try pipeline.model(of: corpus, workers: workers, progress: SilentProgress(), clock: &clock)
    let facts = RunFacts(
      version: "test", format: "messages", seed: seed, clusters: clusters, levels: nil, dimensions: 128,
      columns: 1 << 18, maximumBadShare: 0.01, sourceDateEpoch: nil)
    let release = try pipeline.release(
      model, of: corpus, facts: facts, workers: workers, progress: SilentProgress(), clock: &clock)
    return Run(corpus: corpus, model: model, release: release)
  }

  /// Records of each node, itself and below.
  static func records(_ model: ReleasePipeline.Model) -> [Set<Int>] {
    var records = [Set<Int>](repeating: [], count: model.tree.nodes.count)
    for (record, deepest) in model.nodeOfRecord.enumerated() {
      var node: Int? = Int(deepest)
      while let at = node {
        records[at].insert(record)
        node = model.tree.nodes[at].parent
      }
    }
    return records
  }

  static func f1(_ a: Set<Int>, _ b: Set<Int>) -> Double {
    2 * Double(a.intersection(b).count) / Double(a.count + b.count)
  }

  /// Every planted sub-topic above k is a cluster of the tree, best-match F1 ≥ 0.9, and large enough to be released.
  @Test(arguments: 1...5) func everyPlantedTopicAboveKIsFound(seed: UInt64) throws {
    let truth = try ShippedCorpus.truth()
    let run = try Self.run(seed: seed)
    #expect(run.corpus.count == truth.records.count)
    let clusters = Self.records(run.model)
    for topic in truth.subtopics where topic.users == nil {
      let planted = Set(truth.records.indices.filter { truth.records[$0].subtopic == topic.id })
      let best = clusters.map { Self.f1($0, planted) }.max()!
      #expect(best >= 0.9, "\(topic.id) \(best)")
    }
  }
}

/// The corpus under `Corpora/` and its truth.
enum ShippedCorpus {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Corpora").path
  static var log: String { "\(folder)/assistant-log.jsonl" }

  struct Truth {
    struct Subtopic {
      let id: String
      /// Number of users, of the topics below k only.
      let users: Int?
    }
    struct Canary {
      let id: String
      let text: String
      let users: Int
    }
    struct Record {
      let id: String
      let subtopic: String
    }
    var subtopics: [Subtopic] = []
    var canaries: [Canary] = []
    var records: [Record] = []
  }

  static func truth() throws -> Truth {
    let lines = try String(contentsOfFile: "\(folder)/assistant-log.truth.jsonl", encoding: .utf8)
      .split(separator: "\n")
    let objects = try lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    var truth = Truth()
    for topic in try #require(objects[0]["topics"] as? [[String: Any]]) {
      for subtopic in try #require(topic["subtopics"] as? [[String: Any]]) {
        truth.subtopics.append(
          .init(id: try #require(subtopic["id"] as? String), users: subtopic["users"] as? Int))
      }
    }
    for canary in try #require(objects[0]["canaries"] as? [[String: Any]]) {
      truth.canaries.append(
        .init(
          id: try #require(canary["id"] as? String), text: try #require(canary["text"] as? String),
          users: try #require((canary["users"] as? Int) ?? (canary["users"] as? [String])?.count)))
    }
    truth.records = try objects.dropFirst().map {
      .init(id: try #require($0["id"] as? String), subtopic: try #require($0["subtopic"] as? String))
    }
    return truth
  }
}
