import Foundation
import Testing
import Throng
import ThrongCore
import ThrongText
import ThrongPrivacy

/// What few people wrote stays inside; with the defences off the same tests find it.
@Suite struct ProtectionTests {
  /// Lists every term it is shown: what the gate lets through to any labeller at all.
  private struct EveryTerm: TopicLabeller {
    func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
      nodes.map { NodeDescription(label: [], terms: $0.terms.map(\.term)) }
    }
  }

  private static let off = Defences.all.subtracting([
    .minimumUsers, .minimumConversations, .dominance, .atoms, .terms, .identities, .rounding,
  ])

  /// Everything that any labeller could say of a run's tree.
  private func everything(_ run: PlantedTruthTests.Run, defences: Defences) throws -> Release {
    let dictionary = try #require(run.corpus.dictionary)
    let workers = Workers(threads: 2)
    return try Gate(policy: .internal, defences: defences, secret: Secret(bytes: Array(1...32))!).release(
      CandidateTree(
        parents: run.model.tree.nodes.map(\.parent), leafOfRecord: run.model.nodeOfRecord,
        userOfRecord: run.corpus.users, recordKeys: run.corpus.recordKeys,
        termRows: try run.corpus.features.rows(in: dictionary, workers: workers),
        termCount: dictionary.count),
      accounting: Accounting(read: run.corpus.count, quarantined: 0),
      terms: TermSource(spelling: { dictionary.spelling(Int($0)) }), labeller: EveryTerm(),
      facts: RunFacts(
        version: "test", format: "messages", seed: 1, clusters: nil, levels: nil, dimensions: 128,
        columns: 1 << 18, maximumBadShare: 0.01, sourceDateEpoch: nil), workers: workers)
  }

  private func text(_ release: Release) throws -> String {
    String(decoding: try release.json(readable: false), as: UTF8.self)
  }

  /// The words of canaries: a phrase's words are made up as well.
  private func canaryWords() throws -> [String] {
    try ShippedCorpus.truth().canaries.flatMap { $0.text.split(separator: " ").map(String.init) }
  }

  /// Words of the sub-topics below k that fewer than k people wrote anywhere, counted without the tokenizer.
  private func wordsBelowK() throws -> [String: Set<String>] {
    let truth = try ShippedCorpus.truth()
    let below = Set(truth.subtopics.filter { $0.users != nil }.map(\.id))
    var users: [String: Set<String>] = [:]
    var words: [String: Set<String>] = [:]
    for (record, conversation) in zip(truth.records, try ShippedCorpus.conversations()) {
      try #require(record.id == conversation.id)
      for word in conversation.words {
        users[word, default: []].insert(conversation.user)
        if below.contains(record.subtopic) { words[record.subtopic, default: []].insert(word) }
      }
    }
    return words.mapValues { $0.filter { users[$0]!.count < 25 } }
  }

  /// The words of all labels, terms and descriptions.
  private func said(_ release: Release) -> Set<String> {
    Set(
      release.clusters.flatMap { cluster in
        ([cluster.label] + cluster.terms).flatMap {
          $0.split { !($0.isLetter || $0.isNumber) }.map(String.init)
        }
      })
  }

  @Test func noCanaryIsReleased() throws {
    let run = try PlantedTruthTests.run()
    let canaries = try canaryWords()
    #expect(canaries.count == 18)
    for json in [try text(run.release), try text(everything(run, defences: .all))] {
      for canary in canaries { #expect(!json.contains(canary)) }
    }
  }

  @Test func withoutTheDefencesEveryCanaryIs() throws {
    let run = try PlantedTruthTests.run(defences: Self.off)
    let json = try text(everything(run, defences: Self.off))
    for canary in try canaryWords() { #expect(json.contains(canary)) }
  }

  @Test func nothingOfTopicsBelowKIsReleased() throws {
    let words = try wordsBelowK()
    #expect(words.count == 4 && words.values.allSatisfy { $0.count >= 10 })
    for clusters in [nil, 200] {
      let run = try PlantedTruthTests.run(clusters: clusters)
      let said = said(run.release).union(said(try everything(run, defences: .all)))
      for (topic, words) in words {
        #expect(said.isDisjoint(with: words), "\(topic): \(said.intersection(words))")
      }
    }
  }

  /// Enough clusters that the small topics have their own; then labels name them.
  @Test func withoutTheDefencesTopicsBelowKAreNamed() throws {
    let run = try PlantedTruthTests.run(defences: Self.off, clusters: 200)
    let said = said(run.release)
    for (topic, words) in try wordsBelowK() {
      #expect(said.intersection(words).count >= 3, "\(topic): \(said.intersection(words))")
    }
  }
}
