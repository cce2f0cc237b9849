import Testing
import Throng
import ThrongCore
import ThrongIngest
import ThrongPrivacy
import ThrongText

@Suite struct PreparationTests {
  private typealias Log = TestLog

  /// Conversations that count when each user has at most so many.
  private func counted(_ corpus: PreparedCorpus, maximumPerUser: Int) -> Int {
    var policy = Policy()
    policy.maximumPerUser = maximumPerUser
    return CountingRule(policy: policy).records(
      users: corpus.users, recordKeys: corpus.recordKeys, templates: []
    ).count
  }

  @Test func usersAreNumberedAsTheyCome() throws {
    let log = try Log([
      Log.record("ada", "one kiln"), Log.record("bob", "two kilns"), Log.record("ada", "three kilns"),
      Log.record("cem", "four kilns"), Log.record("bob", "five kilns"),
    ])
    let corpus = try log.prepared()
    #expect(corpus.users == [0, 1, 0, 2, 1])
    #expect(corpus.userCount == 3 && corpus.count == 5)
    #expect(counted(corpus, maximumPerUser: 1) == 3)
    #expect(counted(corpus, maximumPerUser: 2) == 5)
  }

  @Test func aConversationCanBeTheUnit() throws {
    let log = try Log([
      Log.record("ada", "one kiln"), Log.record("ada", "two kilns"), Log.record("", "three kilns"),
    ])
    let corpus = try log.prepared(settings: ReadSettings(requiresUser: false)) {
      $0.unitIsConversation = true
    }
    #expect(corpus.users == [0, 1, 2])
    #expect(corpus.userCount == 3 && counted(corpus, maximumPerUser: 1) == 3)
  }

  /// The record keys decide which conversations of a heavy user count; the order of the input must not.
  @Test func recordKeysDoNotDependOnOrderOrBlocks() throws {
    let records = (0..<40).map { i in
      Log.record("u\(i % 7)", "kiln \(i) of the pottery", id: i % 3 == 0 ? nil : "c\(i)")
    }
    let forward = try Log(records).prepared()
    let backward = try Log(records.reversed()).prepared(settings: ReadSettings(), threads: 1)
    #expect(forward.recordKeys == backward.recordKeys.reversed())
    #expect(Set(forward.recordKeys).count == 40)
    let other = try Log(records).prepared { $0.secret = Secret(bytes: Array(2...33))! }
    #expect(Set(other.recordKeys).isDisjoint(with: forward.recordKeys))
  }

  /// The same words under two ids are two conversations, and under one id with other words as well.
  @Test func recordKeysTellIdsAndWordsApart() throws {
    let corpus = try Log([
      Log.record("ada", "a kiln", id: "1"), Log.record("ada", "a kiln", id: "2"),
      Log.record("ada", "a wheel", id: "1"),
    ]).prepared()
    #expect(Set(corpus.recordKeys).count == 3)
  }

  @Test func labelsAreScreened() throws {
    let log = try Log([
      Log.record("ada", "one kiln", label: "pots"), Log.record("bob", "two kilns", label: "other"),
      Log.record("cem", "three kilns", label: "cups"), Log.record("dan", "four kilns"),
      Log.record("eva", "five kilns", label: "pots"), Log.record("fay", "six kilns", label: ""),
    ])
    let corpus = try log.prepared(settings: ReadSettings(fields: ["label"], blockBytes: 64)) {
      $0.readsLabels = true
      $0.ignoredLabels = ["other"]
    }
    #expect(corpus.labels == [0, 1, 0])
    #expect(corpus.labelCount == 2 && corpus.count == 3 && corpus.users == [0, 1, 2])
    #expect(corpus.screenedOut == 3)
    #expect(corpus.report.kept == corpus.count + corpus.screenedOut)
  }

  @Test func aConversationInWhichNobodyCountsIsScreenedOut() throws {
    let log = try Log([
      Log.record("ada", "one kiln"),
      ["user": "bob", "messages": [["role": "assistant", "content": "How can I help?"]]],
    ])
    let corpus = try log.prepared()
    #expect(corpus.count == 1 && corpus.screenedOut == 1 && corpus.report.read == 2)
    let both = try log.prepared { $0.roles = [.human, .assistant] }
    #expect(both.count == 2 && both.screenedOut == 0)
  }

  /// Two users wrote "kiln", one wrote "wheel".
  @Test func theDictionaryHoldsTermsOfEnoughUsersOnly() throws {
    let log = try Log([
      Log.record("ada", "kiln"), Log.record("bob", "kiln"), Log.record("cem", "wheel"),
      Log.record("cem", "wheel"),
    ])
    func spellings(_ minimum: Int?) throws -> [String]? {
      try log.prepared { $0.minimumTermUsers = minimum }.dictionary.map { dictionary in
        (0..<dictionary.count).map { dictionary.spelling($0) }.sorted()
      }
    }
    #expect(try spellings(2) == ["kiln"])
    #expect(try spellings(1) == ["kiln", "wheel"])
    #expect(try spellings(nil) == nil)
  }
}
