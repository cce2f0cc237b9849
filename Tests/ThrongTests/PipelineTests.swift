import Testing
import Throng
import ThrongCore
import ThrongIngest
import ThrongText
import ThrongPrivacy

/// The pipeline over small logs, and what must be the same whatever the machine.
@Suite struct PipelineTests {
  /// Two topics of `each` users with a conversation each, then `odd` users whose words nobody shares.
  private func twoTopics(each: Int, odd: Int) throws -> PreparedCorpus {
    var records: [[String: Any]] = []
    for i in 0..<each {
      records.append(TestLog.record("p\(i)", "clay kiln glaze pottery wheel"))
      records.append(TestLog.record("s\(i)", "sail mast harbour anchor"))
    }
    // A third more of one, so that one cluster is the larger.
    for i in 0..<each / 3 { records.append(TestLog.record("q\(i)", "clay kiln glaze pottery wheel")) }
    for i in 0..<odd { records.append(TestLog.record("o\(i)", "zz\(Self.letters(i))zz")) }
    return try TestLog(records).prepared(settings: ReadSettings()) { $0.minimumTermUsers = 2 }
  }

  private static func letters(_ i: Int) -> String {
    String(String(i).unicodeScalars.map { Character(Unicode.Scalar($0.value + 49)!) })
  }

  private func model(of corpus: PreparedCorpus, policy: Policy) throws -> ReleasePipeline.Model {
    var settings = ClusteringSettings()
    settings.clusters = 2
    settings.dimensions = nil
    var clock = StageClock()
    var pipeline = ReleasePipeline(settings: settings, policy: policy)
    // The topics are one text each.
    pipeline.defences.remove(.templates)
    return try pipeline.model(
      of: corpus, workers: Workers(threads: 1), progress: SilentProgress(), clock: &clock)
  }

  private var policy: Policy {
    var policy = Policy()
    (policy.minimumUsers, policy.minimumConversations) = (5, 5)
    return policy
  }

  /// 9 of a minimum of 5 cannot stand beside the topics with certainty: they join the larger one.
  @Test func fewConversationsWithoutWordsJoinTheLargestTopic() throws {
    let corpus = try twoTopics(each: 30, odd: 9)
    let nodes = try model(of: corpus, policy: policy).nodeOfRecord
    #expect(Set(nodes[70...]) == [nodes[0]] && nodes[0] != nodes[1] && nodes[0] != 0)
  }

  /// 10 are twice the minimum: they stay with the root.
  @Test func manyConversationsWithoutWordsStayWithTheRoot() throws {
    let corpus = try twoTopics(each: 30, odd: 10)
    let nodes = try model(of: corpus, policy: policy).nodeOfRecord
    #expect(Set(nodes[70...]) == [0])
    #expect(Set(nodes[..<70]).count == 2 && !nodes[..<70].contains(0))
  }

  /// Ten conversations of one user are not ten people.
  @Test func aRemainderOfOneUserDoesNotStand() throws {
    var records = (0..<30).flatMap { i in
      [TestLog.record("p\(i)", "clay kiln glaze"), TestLog.record("s\(i)", "sail mast harbour anchor")]
    }
    records += (0..<5).map { TestLog.record("q\($0)", "clay kiln glaze") }
    records += (0..<12).map { TestLog.record("o", "zz\(Self.letters($0))zz") }
    let corpus = try TestLog(records).prepared(settings: ReadSettings())
    let nodes = try model(of: corpus, policy: policy).nodeOfRecord
    #expect(Set(nodes[65...]) == [nodes[0]] && nodes[0] != nodes[1])
  }

  /// Words of one user only are left out of small logs, of two in larger ones.
  @Test func rareColumnsAreDroppedByTheSizeOfTheCrowd() throws {
    var corpus = try twoTopics(each: 3, odd: 0)
    for (users, least) in [(999, 2), (1000, 3), (99_999, 3), (100_000, 5)] {
      corpus.userCount = users
      #expect(corpus.defaultMinimumColumnUsers == least)
    }
  }

  @Test func theReleaseIsTheSameOnAnyNumberOfThreads() throws {
    let one = try PlantedTruthTests.run(threads: 1).release.json(readable: true)
    #expect(try PlantedTruthTests.run(threads: 2).release.json(readable: true) == one)
    #expect(try PlantedTruthTests.run(threads: 3).release.json(readable: true) == one)
    #expect(try PlantedTruthTests.run(threads: 1).release.json(readable: true) == one)
    #expect(try PlantedTruthTests.run(threads: 1, seed: 2).release.json(readable: true) != one)
  }

  private func evaluation(threads: Int, seed: UInt64, memory: MemoryPlan = MemoryPlan()) throws -> Evaluation
  {
    let reader = try ConversationReader(
      inputs: [ShippedCorpus.log], settings: ReadSettings(fields: ["language"]))
    var preparation = CorpusPreparation(roles: [.human], text: .init(), secret: Secret(bytes: Array(1...32))!)
    preparation.readsLabels = true
    var clock = StageClock()
    let workers = Workers(threads: threads)
    let corpus = try preparation.prepare(
      reader, workers: workers, progress: SilentProgress(), clock: &clock)
    var settings = ClusteringSettings()
    settings.seed = seed
    let clustering = try Clustering(
      corpus: corpus, clusters: 6, settings: settings, memory: memory, workers: workers,
      progress: SilentProgress(), clock: &clock)
    return Evaluation(of: clustering.assignments, clusters: 6, in: corpus, clock: clock)
  }

  /// Clusters that 600 of the conversations make hold the others as well as their own.
  @Test func aSampleMakesTheClustersOfAll() throws {
    var memory = MemoryPlan()
    memory.fittedRows = 600
    let (all, some) = try (
      evaluation(threads: 2, seed: 3), evaluation(threads: 2, seed: 3, memory: memory)
    )
    #expect(some.n == 3000 && some.clusters == 6)
    #expect(some.nmi != all.nmi && some.nmi > all.nmi - 0.05)
    #expect(try evaluation(threads: 1, seed: 3, memory: memory).nmi == some.nmi)
  }

  @Test func theSameSeedScoresTheSame() throws {
    func numbers(_ e: Evaluation) -> [Double] {
      [Double(e.n), Double(e.clusters), Double(e.labels), e.nmi, e.ari, e.accuracy, e.vMeasure, e.purity]
    }
    let one = try numbers(evaluation(threads: 1, seed: 3))
    #expect(try numbers(evaluation(threads: 2, seed: 3)) == one)
    #expect(Array(one[..<3]) == [3000, 6, 6])
    #expect(one[3...].allSatisfy { $0 > -1 && $0 <= 1 })
  }
}
