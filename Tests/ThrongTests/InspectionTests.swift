import Foundation
import Testing
import Throng
import ThrongCore
import ThrongIngest

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
}
