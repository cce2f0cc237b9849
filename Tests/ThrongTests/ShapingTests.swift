import Testing
import Throng
import ThrongCore
import ThrongIngest
import ThrongPrivacy

/// What lies beyond the bounds shapes nothing: clusters, words and counts are those of a log without it.
@Suite struct ShapingTests {
  private static let topics = [
    ["kiln", "glaze", "clay", "pottery", "wheel", "firing", "slip", "bisque", "stoneware", "raku"],
    ["mast", "harbour", "anchor", "rope", "sail", "keel", "tiller", "jib", "mooring", "spinnaker"],
    ["dough", "oven", "crust", "flour", "yeast", "loaf", "rye", "knead", "proof", "sourdough"],
  ]

  /// 240 conversations of 120 users, all different, on three topics; and then those of one user who talks of one thing.
  private func records(flood: Int) -> [[String: Any]] {
    var random = RandomSource(seed: 5)
    var records = (0..<240).map { i in
      let words = (0..<14).map { _ in
        Self.topics[i % 3][random.below(10)] + ["", "s", "ing"][random.below(3)]
      }
      return TestLog.record("u\(i % 120)", words.joined(separator: " "), id: "r\(i)")
    }
    records += (0..<flood).map { i in
      let words = (0..<14).map { _ in Self.topics[i % 2][random.below(10)] }
      return TestLog.record("loud", words.joined(separator: " "), id: "f\(i)")
    }
    return records
  }

  private func corpus(_ records: [[String: Any]]) throws -> PreparedCorpus {
    try TestLog(records).prepared(settings: .init()) { $0.minimumTermUsers = 10 }
  }

  private func release(_ corpus: PreparedCorpus, defences: Defences) throws -> Release {
    var settings = ClusteringSettings()
    (settings.clusters, settings.dimensions) = (3, 16)
    var policy = Policy()
    (policy.minimumUsers, policy.minimumConversations) = (10, 20)
    var pipeline = ReleasePipeline(settings: settings, policy: policy)
    pipeline.defences = defences
    // The draws of R9 follow from the secret, and two releases are compared.
    pipeline.secret = Secret(bytes: Array(1...32))
    var clock = StageClock()
    let workers = Workers(threads: 2)
    let model = try pipeline.model(of: corpus, workers: workers, progress: SilentProgress(), clock: &clock)
    return try pipeline.release(
      model, of: corpus,
      facts: RunFacts(
        version: "test", format: "messages", seed: 1, clusters: 3, levels: nil, dimensions: 16,
        columns: 1 << 18, maximumBadShare: 0, sourceDateEpoch: nil),
      workers: workers, progress: SilentProgress(), clock: &clock)
  }

  /// The records that count, as the rule says.
  private func counting(_ records: [[String: Any]]) throws -> [[String: Any]] {
    let shaping = try ShapingRecords(
      of: corpus(records), rule: CountingRule(policy: .internal), workers: Workers(threads: 1))
    return shaping.records.map { records[Int($0)] }
  }

  /// 3,000 conversations of one user: ten of them count, and the release is that of a log with those ten alone.
  @Test func whatABusyUserWritesBeyondTheBoundShapesNothing() throws {
    let all = records(flood: 3000)
    let kept = try counting(all)
    #expect(kept.count == 250)
    #expect(try release(corpus(all), defences: .all).bytes == release(corpus(kept), defences: .all).bytes)
  }

  /// The twin: without the bound they do shape it, if only what is counted in the end is bounded again.
  @Test func withoutTheBoundTheyDo() throws {
    let all = records(flood: 3000)
    let off = Defences.all.subtracting([.contributionBound, .dominance])
    #expect(
      try release(corpus(all), defences: off).bytes != release(corpus(counting(all)), defences: off).bytes)
  }

  /// Fifty copies of a text by fifty users, and the log with the one of them that counts.
  @Test func copiesShapeNothing() throws {
    let text = (0..<30).map { "\(Self.topics[$0 % 3][$0 / 3])er" }.joined(separator: " ")
    let all = records(flood: 0) + (0..<50).map { TestLog.record("p\($0)", "\(text) \($0)", id: "p\($0)") }
    let kept = try counting(all)
    #expect(kept.count == 241)
    #expect(try release(corpus(all), defences: .all).bytes == release(corpus(kept), defences: .all).bytes)
    let off = Defences.all.subtracting(.templates)
    #expect(try release(corpus(all), defences: off).bytes != release(corpus(kept), defences: off).bytes)
  }
}

extension Release {
  /// The tree as JSON: everything but the accounts, which say how much did not count, and the id.
  fileprivate var bytes: [String] {
    clusters.map {
      "\($0.path) \($0.label) \($0.terms) \($0.users) \($0.conversations) \($0.rolledUp) \($0.description)"
    }
  }
}
