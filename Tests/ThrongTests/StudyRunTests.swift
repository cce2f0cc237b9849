import Foundation
import Testing
import Throng
import ThrongCore
import ThrongFacets
import ThrongIngest
import ThrongPrivacy
import ThrongSynthesis
import ThrongText

/// A study from the log to the release.
@Suite struct StudyRunTests {
  private func plan(_ text: String) throws -> StudyPlan {
    try StudyPlan(try Study(bytes: Array(text.utf8), folder: "/"), standard: [])
  }

  private func corpus(_ log: TestLog, _ plan: StudyPlan, among candidates: Set<UInt64>? = nil) throws
    -> PreparedCorpus
  {
    var preparation = CorpusPreparation(
      roles: [.human], text: .init(), secret: Secret(bytes: Array(1...32))!)
    preparation.candidates = candidates
    preparation.study = plan
    preparation.facets = plan.facets
    preparation.minimumTermUsers = 10
    var clock = StageClock()
    return try preparation.prepare(
      try log.reader(ReadSettings(blockBytes: 512)).keeping(fields: plan.facets.fields),
      workers: Workers(threads: 2),
      progress: SilentProgress(), clock: &clock)
  }

  private static func talk(_ user: String, _ texts: [String], plan: String) -> [String: Any] {
    let messages: [[String: Any]] = texts.map { ["role": "user", "content": $0] }
    return ["user": user, "plan": plan, "messages": messages]
  }

  /// Keeps and drops, in the order of the steps; every kind of predicate.
  @Test func aScreenKeepsWhatItSays() throws {
    let log = try TestLog([
      Self.talk("a", ["one apple"], plan: "free"),
      Self.talk("b", ["one apple", "two"], plan: "pro"),
      Self.talk("c", ["a pear", "two", "three"], plan: "pro"),
      Self.talk("d", ["an apple and a pear"], plan: "team"),
      Self.talk("e", ["a plum"], plan: "free"),
    ])
    func kept(_ screen: String) throws -> Int {
      try corpus(
        log,
        plan(
          """
          { name: 'x', facets: {
              apple: { rule: 'apple' }, fruit: { taxonomy: { apples: ['apple'] } },
              plan: { field: 'plan', values: ['free', 'pro', 'team'] },
              mixed: { where: { all: ['apple', { facet: 'plan', in: ['free', 'pro'] }] } },
            }, screen: [\(screen)] }
          """)
      ).count
    }
    #expect(try kept("{ name: 's', keep: 'apple' }") == 3)
    #expect(try kept("{ name: 's', drop: 'apple' }") == 2)
    #expect(try kept("{ name: 's', keep: { facet: '.turns', at_least: 2 } }") == 2)
    #expect(try kept("{ name: 's', keep: { facet: '.turns', above: 1, below: 3 } }") == 1)
    #expect(try kept("{ name: 's', keep: { facet: 'plan', is: 'pro' } }") == 2)
    #expect(try kept("{ name: 's', keep: { facet: 'plan', in: ['free', 'team'] } }") == 3)
    #expect(try kept("{ name: 's', keep: { not: { facet: 'plan', known: true } } }") == 0)
    #expect(try kept("{ name: 's', keep: { facet: 'fruit', is: 'fits none' } }") >= 2)
    #expect(try kept("{ name: 's', keep: { any: ['mixed', { facet: 'apple', is: false }] } }") == 4)
    #expect(try kept("{ name: 's', keep: { facet: 'mixed', is: true } }") == 2)
    #expect(
      try kept("{ name: 's', drop: 'apple' }, { name: 't', drop: { facet: '.turns', at_most: 1 } }") == 1)
  }

  /// A segment is looked for among what the whole kept, and is what it would be among everything.
  @Test func aSegmentIsFoundAmongWhatTheWholeKept() throws {
    let log = try TestLog(
      (0..<300).map { i in
        Self.talk(
          "u\(i / 3)", ["\(["apple", "pear"][i % 2]) number \(i % 7) of the day"],
          plan: ["free", "pro", "team"][i % 3])
      })
    let study = try plan(
      """
      { name: 'x', facets: { apple: { rule: 'apple' }, plan: { field: 'plan', values: ['free', 'pro', 'team'] } },
        screen: [{ name: 'apples', keep: 'apple' }],
        segments: { pro: { where: { facet: 'plan', is: 'pro' }, cluster: true } } }
      """)
    let whole = try corpus(log, study)
    let kept = try #require(whole.trace?.kept)
    #expect(kept.count == 150 && Set(kept).count == 150)
    let segment = try StudyPlan(study.study.clustering(study.study.segments[0], after: []), standard: [])
    let (all, among) = (try corpus(log, segment), try corpus(log, segment, among: Set(kept)))
    #expect(all.count == 50 && among.recordKeys == all.recordKeys && among.userKeys == all.userKeys)
    #expect(among.screenedOut == all.screenedOut && among.features.offsets == all.features.offsets)
    // Nothing else is looked at: without its places a conversation is not there.
    let few = try corpus(log, segment, among: Set(kept.prefix(30)))
    #expect(few.count == 10 && few.screenedOut == 290)
  }

  // MARK: Planted figures

  /// Reads a synthesized log of affective conversations with the shipped study and releases its figures; topics are not
  /// looked for.
  private static func figures(seed: UInt64, conversations: Int) throws -> [Release.Statistic] {
    var mix = AffectiveMix()
    mix.share = 0.9
    var parameters = Synthesizer.Parameters(conversations: conversations, seed: seed)
    parameters.affective = mix
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "throng-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: url) }
    var bytes: [UInt8] = []
    try Synthesizer(parameters: parameters).write(
      to: { bytes.append(contentsOf: $0) }, truth: nil, workers: Workers(threads: 2),
      progress: SilentProgress())
    try Data(bytes).write(to: url)

    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Corpora/studies").path
    let plan = try StudyPlan(try Study(path: folder + "/affective.json5"), standard: [])
    // As the study states.
    var policy = Policy.internal
    (policy.maximumPerUser, policy.minimumConversations, policy.lDiversity) = (1, 25, 1.1)
    let secret = Secret(bytes: (0..<32).map { UInt8($0) &+ UInt8(truncatingIfNeeded: seed) })!
    var preparation = CorpusPreparation(roles: [.human], text: .init(), secret: secret)
    preparation.study = plan
    preparation.facets = plan.facets
    preparation.minimumTermUsers = 25
    var clock = StageClock()
    let corpus = try preparation.prepare(
      try ConversationReader(inputs: [url.path], settings: ReadSettings()).keeping(fields: []),
      workers: Workers(threads: 2), progress: SilentProgress(), clock: &clock)
    var settings = ClusteringSettings()
    (settings.clusters, settings.dimensions, settings.mixture) = (1, nil, nil)
    var pipeline = ReleasePipeline(settings: settings, policy: policy)
    (pipeline.secret, pipeline.study) = (secret, plan)
    let model = try pipeline.model(
      of: corpus, workers: Workers(threads: 2), progress: SilentProgress(), clock: &clock)
    return try pipeline.release(
      model, of: corpus,
      facts: RunFacts(
        version: "0.1.0", format: "messages", seed: 1, clusters: 1, levels: nil, dimensions: 0,
        columns: 1 << 18,
        maximumBadShare: 0.01, sourceDateEpoch: nil), workers: Workers(threads: 2),
      progress: SilentProgress(),
      clock: &clock
    ).statistics
  }

  /// Planted shares, rates and changes lie in their 95 % intervals, which are narrow enough to say something. Twenty
  /// logs here; `Benchmarks/study.py` holds a hundred larger ones against the whole command.
  @Test func plantedFiguresLieInTheirIntervals() throws {
    let runs = try (1...20).map { try Self.figures(seed: $0, conversations: 8000) }
    var (shown, covered) = (0, 0)
    for expectation in AffectiveMix().expectations {
      let asked: [(what: String, name: String, segment: String, value: Double, width: Double)] = [
        ("share", expectation.name, "all", expectation.share, 0.1),
        ("pushback", "pushback", expectation.name, expectation.pushback, 0.35),
        ("change", "change of sentiment", expectation.name, expectation.change, 1),
      ]
      for (what, name, segment, value, width) in asked {
        let rows = runs.compactMap { run in
          run.first { $0.name == name && $0.segment == segment && $0.value != "no" }
        }
        let own = rows.count { $0.low <= value && value <= $0.high }
        // One in five, as ever; one chance in four hundred that an honest interval misses more of twenty.
        #expect(
          5 * (rows.count - own) <= rows.count, "\(what) of \(expectation.name): \(own) of \(rows.count)")
        for row in rows {
          #expect(row.high - row.low < width, "\(what) of \(expectation.name): \(row.low) to \(row.high)")
        }
        (shown, covered) = (shown + rows.count, covered + own)
      }
    }
    #expect(shown >= 200 && 10 * covered >= 9 * shown, "\(covered) of \(shown) shown figures are covered")
  }
}
