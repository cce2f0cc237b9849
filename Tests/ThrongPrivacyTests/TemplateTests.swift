import Testing
import ThrongCore
import ThrongPrivacy

/// Planted copies of one text weigh as one: attacks on the gate, and their twins without the defence.
@Suite struct TemplateTests {
  /// 200 users of other texts in node 1, then what a test adds to node 2.
  private struct Log {
    var corpus: Corpus = {
      var corpus = Corpus(parents: [nil, 0, 0])
      corpus.add(users: 200, each: 2, leaf: 1, terms: [100])
      return corpus
    }()
    var templates: [UInt32] = (0..<400).map { $0 }

    /// `users` users with a conversation each, all of one text or each of its own.
    mutating func add(users: Int, each: Int = 1, copies: Bool, terms: Set<Int> = []) {
      let added = corpus.add(users: users, each: each, leaf: 2, terms: terms)
      templates += added.map { UInt32(copies ? added.lowerBound : $0) }
    }

    func release(_ policy: Policy = .plain, _ defences: Defences = .all) throws -> Release {
      let plain = corpus.tree(templates: templates)
      return try Gate(policy: policy, defences: defences, secret: Secret(bytes: Array(1...32))!).release(
        plain, accounting: Accounting(read: corpus.records.count, quarantined: 0), terms: Corpus.plainTerms,
        labeller: ContrastLabeller(), facts: Corpus.facts, workers: Workers(threads: 2))
    }
  }

  private static let off = Defences.all.subtracting(.templates)

  /// Fifty planted conversations around one victim do not make a publishable cluster.
  @Test func plantedCopiesMakeNoCluster() throws {
    var log = Log()
    log.add(users: 1, copies: false, terms: [7])
    log.add(users: 50, copies: true, terms: [8])
    #expect(try log.release().clusters.count == 1)
    #expect(try log.release(.plain, Self.off).clusters.count == 3)
  }

  /// Twenty-four accounts that copy out a dictionary show no word of it that one more person wrote.
  @Test func plantedDictionariesShowNoWord() throws {
    var log = Log()
    log.add(users: 60, copies: false, terms: [5])
    log.add(users: 1, copies: false, terms: [5, 7])
    log.add(users: 24, copies: true, terms: [5, 7, 8, 9])
    let shown = try log.release().clusters.flatMap(\.terms)
    #expect(shown.contains("term5") && Set(shown).isDisjoint(with: ["term7", "term8", "term9"]))
    let open = try log.release(.plain, Self.off).clusters.flatMap(\.terms)
    #expect(open.contains("term7") && Set(open).isDisjoint(with: ["term8", "term9"]))
  }

  /// What 75 people share is k people's, whoever holds fifty of the accounts.
  @Test(arguments: [(74, 1), (75, 3)]) func popularTemplatesAreTopics(users: Int, clusters: Int) throws {
    var log = Log()
    log.add(users: users, copies: true, terms: [8])
    let release = try log.release()
    #expect(release.clusters.count == clusters)
    #expect(release.clusters.flatMap(\.terms).contains("term8") == (clusters > 1))
  }

  /// A popular text is a topic, and its reader is told what it is; busy users likewise.
  @Test func readersAreToldOfOneTextAndOfFewUsers() throws {
    for (users, others, isTold) in [(100, 90, true), (100, 120, false)] {
      var log = Log()
      log.add(users: users, copies: true)
      log.add(users: others, copies: false)
      let told = try log.release().clusters.map { $0.description.contains("mostly copies of one text") }
      #expect(told.contains(true) == isTold)
    }
    for (each, isTold) in [(4, false), (5, true)] {
      var log = Log()
      log.add(users: 40, each: each, copies: false)
      let told = try log.release().clusters.map { $0.description.contains("mostly of a few busy users") }
      #expect(told.contains(true) == isTold)
    }
  }

  /// Fifty copies and k − 1 others are too few; with the fiftieth other conversation and k users there is a cluster.
  @Test func copiesCountAsOne() throws {
    for (others, clusters) in [(23, 1), (24, 3)] {
      var log = Log()
      log.add(users: others, each: 3, copies: false)
      log.add(users: 50, copies: true)
      #expect(try log.release().clusters.count == clusters, "\(others)")
    }
  }

  /// The one that counts is that with the least key, wherever it stands.
  @Test func theLeastKeyCounts() throws {
    let rule = CountingRule(policy: .internal)
    let (users, templates): ([UInt32], [UInt32]) = ([0, 1, 2, 3, 1], [4, 4, 4, 2, 0])
    #expect(rule.records(users: users, recordKeys: [5, 3, 9, 1, 8], templates: templates) == [1, 4, 3])
    #expect(rule.records(users: users, recordKeys: [2, 3, 9, 1, 8], templates: templates) == [0, 4, 3])
    #expect(rule.records(users: users, recordKeys: [5, 3, 9, 1, 8], templates: []) == [0, 1, 4, 2, 3])
    var policy = Policy()
    policy.maximumPerUser = 1
    // The copy that would count is beyond its user's bound; no other takes its place.
    let strict = CountingRule(policy: policy)
    #expect(strict.records(users: users, recordKeys: [5, 3, 9, 1, 2], templates: templates) == [4, 3])
  }
}
