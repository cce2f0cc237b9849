import Foundation
import Testing
import Throng
import ThrongCore
import ThrongIngest
import ThrongPrivacy

@Suite struct InspectionTests {
  private func inspect(_ log: TestLog, countsUsers: Bool, perUser: Int, threads: Int = 2) throws
    -> LogInspection
  {
    try LogInspection(
      of: try log.reader(ReadSettings(requiresUser: countsUsers, maximumBadShare: 1, blockBytes: 64)),
      countsUsers: countsUsers, maximumPerUser: perUser, facetUsers: 2, workers: Workers(threads: threads),
      progress: SilentProgress())
  }

  private func log() throws -> TestLog {
    try TestLog([
      [
        "user": "ada", "created_at": "2026-03-02T10:00:00Z",
        "messages": [
          ["role": "user", "content": "kiln"], ["role": "assistant", "content": "wheel"],
        ],
      ],
      [
        "user": "ada", "created_at": "2025-12-31T23:59:59Z",
        "messages": [["role": "user", "content": "clay"]],
      ],
      ["user": "ada", "messages": [["role": "user", "content": "glaze"]]],
      [
        "user": "bob", "created_at": "2026-01-01T00:00:00Z",
        "messages": [["role": "user", "content": "mug"]],
      ],
      ["user": "", "messages": [["role": "user", "content": "cup"]]],
      ["user": "cem", "messages": [["role": "user", "content": ""]]],
    ])
  }

  @Test(arguments: 1...3) func totalsAddUp(threads: Int) throws {
    let found = try inspect(log(), countsUsers: true, perUser: 2, threads: threads)
    #expect(found.conversations == 4 && found.users == 2 && found.counted == 3)
    #expect(found.quarantined == 2 && found.quarantinedByKind.values.reduce(0, +) == 2)
    #expect(found.messages == 5 && found.humanMessages == 4)
    #expect(found.messagesByRole == ["human": 4, "assistant": 1, "system": 0, "tool": 0])
    #expect(found.dated == 3 && found.records == 6 && found.joined == 0 && found.passedOver == 0)
    #expect(found.usersByConversations.bins.map(\.count) == [1, 1, 0, 0, 0])
    #expect(found.conversationsByTurns.bins.map(\.count) == [0, 4, 0, 0, 0])
    #expect(found.conversationsByBytes.bins.map(\.count) == [4, 0, 0, 0, 0, 0, 0])
    #expect(found.textBytes == "kilnwheelclayglazemug".utf8.count)
    #expect(found.firstMonth == "2025-12" && found.lastMonth == "2026-03")
  }

  @Test func withoutUsersEachConversationIsAPerson() throws {
    let found = try inspect(log(), countsUsers: false, perUser: 1)
    #expect(found.conversations == 5 && found.users == 5 && found.counted == 5)
    #expect(found.quarantined == 1)
  }

  @Test func theSummaryNamesNobody() throws {
    let json = String(
      decoding: try JSONEncoder().encode(inspect(log(), countsUsers: true, perUser: 2)), as: UTF8.self)
    for secret in ["ada", "bob", "kiln", "glaze", "23:59", "2025-12-31"] { #expect(!json.contains(secret)) }
    #expect(json.contains("\"maximum_per_user\":2") && json.contains("\"first_month\":\"2025-12\""))
  }

  /// An estimate from a sample of users: the same at any number of threads, and no more than the whole.
  @Test func outlooksAreEstimates() throws {
    func outlook(sample: Int, threads: Int) throws -> ReleaseOutlook {
      let reader = try ConversationReader(
        inputs: [ShippedCorpus.log], settings: ReadSettings(requiresUser: false))
      return try ReleaseOutlook(
        of: reader, total: 3000, reading: 0, policy: .internal, roles: [.human], sample: sample,
        workers: Workers(threads: threads), progress: SilentProgress())
    }
    func text(_ outlook: ReleaseOutlook) -> [String] {
      ["\(outlook.conversations)"] + outlook.levels.map { "\($0)" } + outlook.languages.map { "\($0)" }
    }
    let part = try outlook(sample: 600, threads: 1)
    #expect(!part.isWhole && (400...900).contains(part.conversations))
    #expect(try text(part) == text(outlook(sample: 600, threads: 2)))
    let whole = try outlook(sample: 3000, threads: 2)
    #expect(whole.isWhole && whole.conversations > 2900)
    #expect(whole.levels.map(\.minimumUsers) == ReleaseOutlook.thresholds)
    #expect(whole.levels[1].topics > 5 && whole.levels[1].topics > part.levels[1].topics)
    #expect(whole.levels.allSatisfy { (0...1).contains($0.share) && ($0.share > 0) == ($0.topics > 0) })
    #expect(whole.languages.first?.name == "en" && whole.languages.count > 3)
    #expect(abs(whole.languages.reduce(0) { $0 + $1.share } - 1) < 1e-9)
  }
}
