import Testing
import ThrongFacets

@Suite struct CorpusFacetTests {
  /// Users 0 and 1, in no order of time; a gap of 1800 s is still one session, of 1801 s not.
  @Test func sessionsAreCutAtGaps() throws {
    let rows: [(user: UInt32, time: Int64?)] = [
      (0, 5401), (1, 100), (0, 0), (0, 1800), (0, 3600), (1, nil), (0, 9000), (1, 50),
    ]
    let talks = rows.map { Talk([(.human, "a")], at: $0.time) }
    let users = rows.map(\.user)
    #expect(
      try numbers(".session", talks, users: users).map { $0.isNaN ? 0 : $0 } == [2, 1, 1, 1, 1, 0, 3, 1])
    #expect(
      try numbers(".session-position", talks, users: users).map { $0.isNaN ? 0 : $0 } == [
        1, 2, 1, 2, 3, 0, 1, 1,
      ])
    #expect(try titles(FacetRequest(".session"), talks, users: users)[5] == nil)
    var settings = FacetSettings()
    settings.sessionGap = 1799
    let plan = try FacetPlan([FacetRequest(".session")], settings: settings)
    let cut = try table(talks, plan, users: users)
    #expect(cut.levels(0) == [3, 0, 0, 1, 2, -1, 3, 0], "levels of 4, 1, 1, 2, 3, none, 5 and 1 sessions")
  }

  /// A gap begins when the last message of all conversations before it is written.
  @Test func longConversationsAreNoGaps() throws {
    let rows: [(Int64, Int64?)] = [(0, 9000), (600, 700), (10_800, nil), (12_601, nil)]
    let talks = rows.map { Talk([(.human, "a")], at: $0.0, to: $0.1) }
    #expect(try numbers(".session", talks, users: [0, 0, 0, 0]) == [1, 1, 1, 2])
  }

  @Test func copiesAreFlagged() throws {
    let talks = (0..<4).map { _ in Talk.human("a") }
    #expect(
      try titles(FacetRequest(".copy"), talks, copies: [0, 1, 0, 3]) == [
        "near-copy", "single", "near-copy", "single",
      ])
  }

  @Test func shippedSensitiveFacetsStaySensitive() throws {
    let plan = try FacetPlan([
      FacetRequest(".sentiment"), FacetRequest(".turns"), FacetRequest(".sentiment-change"),
    ])
    #expect(plan.requests.map(\.isSensitive) == [true, false, true])
  }

  @Test func numbersAreKeptOnlyWhereAskedFor() throws {
    var plan = try FacetPlan([FacetRequest(".turns"), FacetRequest(".language")])
    let talks: [Talk] = [.human("a", "b"), .human("a")]
    #expect(try table(talks, plan).numbers(0) == nil)
    plan.keepsNumbers = true
    #expect(try table(talks, plan).numbers(0) == [2, 1])
    #expect(try table(talks, plan).numbers(1) == nil)
  }
}
