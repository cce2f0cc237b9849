import Foundation
import Testing
import ThrongAudit
import ThrongPrivacy

/// Facets as a bundle might print them. The tables beside `release.json` know nothing of these, so only the attacks on cells
/// are looked at.
@Suite struct FacetAttackTests {
  struct Cell {
    var cluster: String
    var value: String
    var users: Int
    var conversations: Int
    var facet = "plan"
  }

  /// A bundle of the standard crowd: the root of 240 users and 480 conversations, three topics of 60 and 120.
  private func audit(
    _ cells: [Cell],
    facets: [[String: Any]] = [["name": "plan", "parts": [], "ordered": false, "sensitive": true]],
    rules: [String: Any] = [:]
  ) throws -> AuditReport {
    let scratch = try Scratch()
    let bundle = try Bundle(try Crowd(topics: Crowd.topics).release(), in: scratch)
    var json =
      try JSONSerialization.jsonObject(with: Data(try bundle.bytes("release.json"))) as! [String: Any]
    json["facets"] = facets
    json["cluster_facets"] = cells.map { cell in
      [
        "cluster_id": cell.cluster, "facet": cell.facet, "value": cell.value, "n_users": cell.users,
        "n_conversations": cell.conversations, "share": 0.5,
      ] as [String: Any]
    }
    var stated = json["rules"] as! [String: Any]
    stated.merge(rules) { $1 }
    json["rules"] = stated
    try bundle.put(Array(try JSONSerialization.data(withJSONObject: json)), "release.json")
    return try bundle.audit()
  }

  private let attacks: Set<Attack> = [.linearProgramme, .coalition, .differencing, .homogeneity]

  private static let mixed = [
    Cell(cluster: "c0", value: "free", users: 120, conversations: 240),
    Cell(cluster: "c0", value: "paid", users: 120, conversations: 240),
    Cell(cluster: "c1", value: "free", users: 30, conversations: 60),
    Cell(cluster: "c1", value: "paid", users: 30, conversations: 60),
    Cell(cluster: "c2", value: "free", users: 30, conversations: 60),
    Cell(cluster: "c2", value: "paid", users: 30, conversations: 60),
  ]

  @Test func mixedValuesGiveNothingAway() throws {
    let report = try audit(Self.mixed)
    for attack in attacks { #expect(report[attack].verdict == .withstood, "\(report[attack])") }
    #expect(report[.linearProgramme].figures["withheld_cells"]! > 3)
  }

  /// The third topic's free users are hardly more than none: 480 − 2 · 60 − 115 of the root's 120.
  @Test func aComplementOfFewIsFound() throws {
    // In the first topic all but one to fourteen conversations are of one value.
    let one = [Cell(cluster: "c1", value: "free", users: 50, conversations: 110)]
    let report = try audit(Array(Self.mixed.prefix(2)) + one)
    #expect(report[.differencing].figures["conversations_without_a_value"] == 1)
    #expect(report[.linearProgramme].verdict == .broken, "\(report[.linearProgramme])")
    #expect(report[.homogeneity].figures["fewer_than_two_values"] == 1)
  }

  /// What the children leave of a value is a cell too.
  @Test func aValueInTheRestIsFound() throws {
    var cells = Self.mixed
    // 200 to 209 of the whole; children show 60 and 60 and 60: a rest of about 20 … and with 65 to 69 more, of few.
    cells += [
      Cell(cluster: "c3", value: "free", users: 30, conversations: 60),
      Cell(cluster: "c3", value: "paid", users: 30, conversations: 60),
    ]
    #expect(try audit(cells)[.linearProgramme].verdict == .withstood)
    cells[0].conversations = 210
    cells[1].conversations = 260
    let finding = try audit(cells, rules: ["facets_rounded_to": 1])[.linearProgramme]
    #expect(finding.figures["pinned"]! > 0, "\(finding)")
    cells[0].conversations = 190
    cells[0].users = 95
    let few = try audit(cells, rules: ["facets_rounded_to": 1])[.linearProgramme]
    #expect(few.figures["below_threshold"]! > 0, "\(few)")
  }

  /// R5: 16 to 20 conversations are left of the first topic. Where they may be two people's but for one, these two know
  /// of a third; where 16 people must have written them, at least 14 are others, whoever asks.
  @Test(arguments: [(59, true), (44, false)]) func aPairLearnsOfFewOthers(shownUsers: Int, isBroken: Bool)
    throws
  {
    let free = [Cell(cluster: "c1", value: "free", users: shownUsers, conversations: 104)]
    let finding = try audit(
      Array(Self.mixed.prefix(2)) + free, rules: ["rounded_to": 5, "facets_rounded_to": 1])[.coalition]
    #expect((finding.figures["to_two_users"]! > 0) == isBroken, "\(finding)")
  }

  /// R6: the margins of a cross pin a cell that is not printed.
  @Test func marginsPinACross() throws {
    let facets: [[String: Any]] = [
      ["name": "plan", "parts": [], "ordered": false, "sensitive": false],
      ["name": "side", "parts": [], "ordered": false, "sensitive": false],
      ["name": "plan * side", "parts": ["plan", "side"], "ordered": false, "sensitive": false],
    ]
    var cells = [
      Cell(cluster: "c0", value: "free", users: 120, conversations: 240),
      Cell(cluster: "c0", value: "paid", users: 120, conversations: 240),
      Cell(cluster: "c0", value: "left", users: 120, conversations: 240, facet: "side"),
      Cell(cluster: "c0", value: "right", users: 120, conversations: 240, facet: "side"),
      Cell(cluster: "c0", value: "free * left", users: 60, conversations: 120, facet: "plan * side"),
    ]
    #expect(try audit(cells, facets: facets)[.linearProgramme].verdict == .withstood)
    // All but a few of the free are on the left.
    cells[4].conversations = 230
    cells[4].users = 110
    let finding = try audit(cells, facets: facets, rules: ["facets_rounded_to": 5])[.linearProgramme]
    #expect(finding.verdict == .broken, "\(finding)")
  }

  @Test func oneSidedClustersAreFound() throws {
    var cells = Self.mixed
    cells[2] = Cell(cluster: "c1", value: "free", users: 55, conversations: 105)
    cells[3] = Cell(cluster: "c1", value: "paid", users: 10, conversations: 15)
    let finding = try audit(cells)[.homogeneity]
    #expect(finding.figures["diversity"] == 1)
    #expect(finding.figures["closeness"] == 1)
    // Nobody promised anything of a facet that is not sensitive.
    let facets: [[String: Any]] = [["name": "plan", "parts": [], "ordered": false, "sensitive": false]]
    #expect(try audit(cells, facets: facets)[.homogeneity].verdict == .notTried)
    // Nor of ℓ = 1 and t = 1.
    #expect(
      try audit(cells, rules: ["l_diversity": 1, "t_closeness": 1])[.homogeneity].verdict == .withstood)
  }

  @Test func aValueThatGivesAClusterAwayIsFound() throws {
    var cells = Self.mixed
    // All of the rare value's people are in the first topic.
    cells.append(Cell(cluster: "c0", value: "rare", users: 30, conversations: 30))
    cells.append(Cell(cluster: "c1", value: "rare", users: 30, conversations: 30))
    let finding = try audit(cells, rules: ["l_diversity": 1, "t_closeness": 1])[.homogeneity]
    #expect(finding.figures["value_gives_cluster_away"] == 1)
  }

  /// A bundle of the differential tier agrees with itself, and nothing in it looks like somebody's number.
  @Test func noisedBundlesAreWhole() throws {
    let crowd = Crowd(topics: Crowd.topics, users: 300)
    try withBundle(crowd, policy: .differential) { bundle in
      let report = try bundle.audit(against: crowd.log)
      for finding in report.findings { #expect(finding.verdict != .broken, "\(finding)") }
      #expect(report[.integrity].verdict == .withstood)
    }
  }

  @Test func noiseIsAnotherDefence() throws {
    let report = try audit(Self.mixed, rules: ["differential": ["epsilon": 1]])
    for attack in attacks { #expect(report[attack].verdict == .notTried) }
  }
}

/// Facets as the gate releases them, held against the log.
@Suite struct ReleasedFacetTests {
  /// The standard crowd, larger, where a conversation's plan is `plan` of its topic and its number.
  private func crowd(isSensitive: Bool = true, plan: (_ topic: Int, _ at: Int) -> Int32) -> Crowd {
    var crowd = Crowd(topics: Crowd.topics, users: 100)
    crowd.facets = [
      CandidateFacet(
        name: "plan", values: ["free", "paid", "trial"],
        valueOfRecord: crowd.records.enumerated().map { plan($0.element.leaf, $0.offset / 2) },
        isSensitive: isSensitive)
    ]
    return crowd
  }

  private func log(_ crowd: Crowd) -> MemoryLog {
    var log = crowd.log
    log.fields = ["plan"]
    for at in log.records.indices {
      let value = Int(crowd.facets[0].valueOfRecord[at])
      log.records[at].fields = [value < 0 ? nil : ["free", "paid", "trial"][value]]
    }
    return log
  }

  @Test func mixedFacetsWithstandEverything() throws {
    let crowd = crowd { _, at in Int32(at % 3) }
    try withBundle(crowd) { bundle in
      let report = try bundle.audit(against: log(crowd))
      for finding in report.findings { #expect(finding.verdict != .broken, "\(finding)") }
      #expect(report[.homogeneity].verdict == .withstood)
      #expect(report[.rareTerms].figures["values"] == 3)
      #expect(report[.linearProgramme].figures["withheld_cells"]! > 4)
    }
  }

  /// R7 off: a topic of which nearly all have one value.
  @Test(arguments: [true, false]) func oneSidedTopicsAreFoundWithoutR7(isDefended: Bool) throws {
    let crowd = crowd { topic, at in topic == 1 ? (at % 7 == 0 ? 1 : 0) : Int32(at % 2) }
    try withBundle(
      crowd, defences: isDefended ? .all : Defences.all.subtracting([.homogeneity, .randomisedThreshold])
    ) { bundle in
      let finding = try bundle.audit()[.homogeneity]
      #expect((finding.verdict == .broken) == !isDefended, "\(finding)")
    }
  }

  /// A value of one user that a careless gate shows.
  @Test func valuesOfFewAreFound() throws {
    let crowd = crowd(isSensitive: false) { _, at in Int32(at % 3) }
    var log = log(crowd)
    let paid = log.records.indices.filter { log.records[$0].fields == ["paid"] }
    for at in paid.dropFirst(9) { log.records[at].fields = ["free"] }
    try withBundle(crowd) { bundle in
      let finding = try bundle.audit(against: log)[.rareTerms]
      #expect(finding.verdict == .broken)
      #expect(finding.figures["rare_values"] == 1)
    }
  }
}
