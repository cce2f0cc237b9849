import Testing
import Throng
import ThrongClustering
import ThrongCore
import ThrongFacets
import ThrongPrivacy

@Suite struct StabilityTests {
  /// Three topics of words of their own and one whose conversations have nothing in common but a word.
  private func log() throws -> TestLog {
    let topics = [
      ["garden", "soil", "compost", "leaves", "spade"], ["invoice", "tax", "refund", "receipt", "vat"],
      ["python", "loop", "pandas", "array", "index"],
    ]
    var random = RandomSource(seed: 4)
    return try TestLog(
      (0..<240).map { i in
        let words = topics[i % 3]
        let text = (0..<6).map { _ in words[random.below(5)] }.joined(separator: " ")
        return TestLog.record("user \(i)", text)
      })
  }

  private func pipeline(base: BaseMethod, clusters: Int) -> ReleasePipeline {
    var settings = ClusteringSettings()
    settings.dimensions = 8
    settings.clusters = clusters
    settings.base = base
    return ReleasePipeline(settings: settings, policy: .internal)
  }

  private func scores(
    base: BaseMethod, clusters: Int, threads: Int = 2, facets: [String] = []
  ) throws -> [Double] {
    let plan = try FacetPlan(facets.map { FacetRequest($0) })
    let corpus = try log().prepared { $0.facets = plan }
    let pipeline = pipeline(base: base, clusters: clusters)
    let workers = Workers(threads: threads)
    var clock = StageClock()
    let model = try pipeline.model(of: corpus, workers: workers, progress: SilentProgress(), clock: &clock)
    let again = try pipeline.model(of: corpus, workers: workers, progress: SilentProgress(), clock: &clock)
    #expect(model.nodeOfRecord == again.nodeOfRecord)
    #expect(Set(model.nodeOfRecord).count == clusters)
    return try pipeline.stability(
      of: model, in: corpus, samples: 4, workers: workers, progress: SilentProgress(), clock: &clock)
  }

  @Test(arguments: BaseMethod.allCases) func distinctTopicsAreFoundAgain(base: BaseMethod) throws {
    let scores = try scores(base: base, clusters: 3)
    #expect(scores.allSatisfy { $0 > 0.98 && $0 <= 1 })
  }

  /// Nine clusters of three topics: how each topic is split is chance.
  @Test func splitsByChanceAreNot() throws {
    let scores = try scores(base: .kMeans, clusters: 9)
    #expect(scores[0] == 1)
    #expect(scores.dropFirst().min()! < 0.75)
  }

  @Test func aFacetOfTheWholeCorpusChangesNothing() throws {
    #expect(
      try scores(base: .kMeans, clusters: 3, facets: [".copy"]) == scores(base: .kMeans, clusters: 3))
  }

  @Test func theSameScoresAtAnyThreadCount() throws {
    #expect(
      try scores(base: .kMeans, clusters: 9, threads: 1) == scores(base: .kMeans, clusters: 9, threads: 3))
  }
}
