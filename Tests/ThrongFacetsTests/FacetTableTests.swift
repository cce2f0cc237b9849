import Testing
import ThrongCore
import ThrongFacets
import ThrongText

/// Conversations as (user, value) pairs of one field, cut into blocks.
private struct Conversations {
  var rows: [(user: UInt32, value: String?)]

  static let hasher = Secret(bytes: Array(1...32))!.hasher(for: "test")

  func blocks(of size: Int, plan: FacetPlan) throws -> [FacetBlock] {
    try stride(from: 0, to: rows.count, by: size).map { start in
      var reader = try FacetReader(plan, hasher: Self.hasher)
      for row in rows[start..<min(rows.count, start + size)] {
        let bytes = Array((row.value ?? "").utf8)
        try reader.add(
          fields: [row.value == nil ? nil : 0..<bytes.count], in: bytes.span,
          facts: ConversationFacts(humanMessages: 1, textBytes: 1, createdAt: nil))
      }
      return reader.finish()
    }
  }

  func table(_ plan: FacetPlan, blockSize: Int = 3) throws -> FacetTable {
    var table = FacetTable(plan)
    for block in try blocks(of: blockSize, plan: plan) { try table.append(block) }
    return table
  }

  /// What users share, and of each conversation the value as text.
  func shared(_ plan: FacetPlan, minimumUsers: Int, blockSize: Int = 3) throws -> ([String], [String?]) {
    let users = rows.map(\.user)
    let byUser = rows.indices.sorted { (users[$0], $0) < (users[$1], $1) }.map { UInt32($0) }
    let (values, indices) = try table(plan, blockSize: blockSize).shared(
      0, users: users, byUser: byUser, minimumUsers: minimumUsers)
    return (values, indices.map { $0 < 0 ? nil : values[Int($0)] })
  }
}

@Suite struct FacetTableTests {
  private let plan = try! FacetPlan([FacetRequest("plan")])

  @Test func valuesOfFewerUsersAreLeftOut() throws {
    // pro: users 1, 2, 3; free: users 1 and 2, in four conversations; team: user 9.
    let rows: [(UInt32, String?)] = [
      (1, "pro"), (2, "pro"), (3, "pro"), (1, "free"), (1, "free"), (2, "free"), (2, "free"), (9, "team"),
      (9, nil), (9, " "),
    ]
    let all = Conversations(rows: rows)
    let three = try all.shared(plan, minimumUsers: 3)
    #expect(three.0 == ["pro"])
    #expect(three.1 == ["pro", "pro", "pro"] + Array(repeating: nil, count: 7))
    #expect(try all.shared(plan, minimumUsers: 2).0 == ["free", "pro"])
    #expect(try all.shared(plan, minimumUsers: 1).0 == ["free", "pro", "team"])
  }

  /// Neither the order of conversations nor the blocks they come in change what is shared.
  @Test func orderAndBlocksChangeNothing() throws {
    var random = RandomSource(seed: 11)
    var rows: [(user: UInt32, value: String?)] = []
    for _ in 0..<400 {
      let value = Int(random.next() % 12) * Int(random.next() % 12)
      rows.append((UInt32(random.next() % 40), value == 0 ? nil : "v\(value)"))
    }
    let expected = Dictionary(grouping: rows.filter { $0.value != nil }) { $0.value! }
      .filter { Set($0.value.map(\.user)).count >= 6 }.keys.sorted {
        Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
      }
    #expect(expected.count > 5)
    for blockSize in [1, 7, 400] {
      rows.shuffle(using: &random)
      let found = try Conversations(rows: rows).shared(plan, minimumUsers: 6, blockSize: blockSize)
      #expect(found.0 == expected)
      #expect(found.1 == rows.map { row in row.value.flatMap { expected.contains($0) ? $0 : nil } })
    }
  }

  @Test func oneValueIsNotTwo() throws {
    // A full-width form, surrounding and inner space, a zero-width character.
    let rows: [(UInt32, String?)] = [
      (1, "plan b"), (2, " plan  b "), (3, "\u{FF50}\u{FF4C}\u{FF41}\u{FF4E} b"), (4, "pl\u{200B}an b"),
    ]
    #expect(try Conversations(rows: rows).shared(plan, minimumUsers: 4).0 == ["plan b"])
  }

  @Test func identitiesAreNeverValues() throws {
    let identities = [
      "ann.lee@example.org", "@ann_lee", "+49 30 901820 11", "4111 1111 1111 1111", "https://example.org/ann",
      "see ann.lee@example.org", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      "10.1.2.3",
    ]
    let rows = identities.flatMap { value in (0..<5).map { (user: UInt32($0), value: String?(value)) } }
    let all = Conversations(rows: rows)
    #expect(try all.shared(plan, minimumUsers: 1).0 == [])
    #expect(try all.table(plan).account(0).identities == rows.count)
    // The twin: without the redactor they are values like any other.
    let bare = try FacetPlan([FacetRequest("plan")], redacts: false)
    #expect(try Set(all.shared(bare, minimumUsers: 5).0).isSuperset(of: ["ann.lee@example.org", "@ann_lee"]))
  }

  /// What many logs have for facets passes.
  @Test func ordinaryValuesAreNoIdentities() throws {
    let values = [
      "pro", "true", "2", "3.5", "de-DE", "us-east-1", "gpt-4o", "v2.1.0", "2026-01", "Zürich", "日本",
      "R&D (core)", "A/B: b",
    ]
    let rows = values.enumerated().map { (user: UInt32($0), value: String?($1)) }
    #expect(try Set(Conversations(rows: rows).shared(plan, minimumUsers: 1).0) == Set(values))
  }

  @Test func anOrderIsClosed() throws {
    let ordered = try FacetPlan([FacetRequest("level", order: ["mid", "low", "none"])])
    let rows: [(UInt32, String?)] = [(1, "low"), (2, "mid"), (3, "other"), (4, "low"), (5, "mid")]
    let all = Conversations(rows: rows)
    let shared = try all.shared(ordered, minimumUsers: 2)
    #expect(shared.0 == ["mid", "low"])
    #expect(shared.1 == ["low", "mid", nil, "low", "mid"])
    let account = try all.table(ordered).account(0)
    #expect(account.unlisted == 1 && account.valued == 4)
  }

  @Test func longTextIsNoValue() throws {
    let rows: [(UInt32, String?)] = [
      (1, String(repeating: "a b ", count: 16)), (2, String(repeating: "ab ", count: 22)),
    ]
    let all = Conversations(rows: rows)
    #expect(
      try all.shared(plan, minimumUsers: 1).0 == [String(repeating: "a b ", count: 16).dropLast().description]
    )
    #expect(try all.table(plan).account(0).tooLong == 1)
  }

  @Test func tooManyValuesAreRefusedWhateverTheirOrder() throws {
    let limit = FacetTable.maximumValues
    let rows = (0...limit).map { (user: UInt32($0), value: String?("v\($0)")) }
    #expect(
      try Conversations(rows: Array(rows.dropLast())).table(plan, blockSize: 5000).account(0).valued == limit)
    for rows in [rows, rows.reversed()] {
      #expect(throws: FacetFailure.tooManyValues("plan", limit: limit)) {
        try Conversations(rows: rows).table(plan, blockSize: 5000)
      }
    }
  }

  @Test func monthsAreValuesInOrder() throws {
    let plan = try FacetPlan([FacetRequest(".month")])
    var reader = try FacetReader(plan, hasher: Conversations.hasher)
    let times: [Int64?] = [1_767_225_600, 0, nil, 1_767_225_601, 1]
    for time in times {
      try reader.add(
        fields: [], in: [UInt8]().span,
        facts: ConversationFacts(humanMessages: 1, textBytes: 1, createdAt: time))
    }
    var table = FacetTable(plan)
    try table.append(reader.finish())
    let (values, indices) = table.shared(
      0, users: [0, 1, 2, 3, 4], byUser: [0, 1, 2, 3, 4], minimumUsers: 2)
    #expect(values == ["1970-01", "2026-01"])
    #expect(indices == [1, 0, -1, 1, 0])
  }

  @Test func surveyCountsValuesAndThoseThatEnoughUsersShare() throws {
    let rows: [(UInt32, String?)] = [
      (1, "pro"), (1, "pro"), (2, "pro"), (3, "pro"), (1, "free"), (2, "free"), (7, "x@example.org"),
      (8, nil),
    ]
    let all = Conversations(rows: rows)
    var survey = FacetSurvey(plan, minimumUsers: 3)
    var at = 0
    for block in try all.blocks(of: 3, plan: plan) {
      let end = min(rows.count, at + 3)
      survey.append(block, users: rows[at..<end].map { UInt64($0.0) })
      at = end
    }
    let field = try #require(survey.fields.first)
    #expect(field.name == "plan" && field.values == 2 && field.shared == 1)
    #expect(field.stated == 7 && field.unusable == 1)
  }
}
