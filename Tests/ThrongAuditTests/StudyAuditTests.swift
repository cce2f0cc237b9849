import Foundation
import Testing
import ThrongAudit
import ThrongCore
import ThrongPrivacy

/// Attacks on what a study tells, and twins that succeed with the defence off.
@Suite struct StudyAuditTests {
  /// The standard crowd of 240 people with two conversations each, and a study of it.
  ///
  /// - Parameters:
  ///   - segments: by name, which people belong to it.
  ///   - sensitive: segments and shares that R7 is asked about.
  ///   - yes: of whom the share is asked.
  ///   - gone: people whose conversations the one step of the screen took out; those from 240 on have no others.
  private func crowd(
    segments: [(name: String, people: Range<Int>)] = [("odd", 0..<120)], sensitive: Bool = false,
    yes: (Int) -> Bool = { $0 % 3 == 0 }, gone: Range<Int> = 1000..<1100
  ) -> Crowd {
    var crowd = Crowd(topics: Crowd.topics)
    let people = crowd.records.map(\.user)
    let flags = people.map { Int32(yes($0) ? 1 : 0) }
    let left = gone.flatMap { [$0, $0] }
    let most = max(people.max()!, gone.upperBound)
    crowd.study = CandidateStudy(
      name: "moods",
      segments: segments.map { segment in
        .init(name: segment.name, holds: people.map(segment.people.contains), isSensitive: sensitive)
      },
      measures: [
        .init(
          name: "thirds", facet: "third", values: ["no", "yes"], valueOfRecord: flags, asked: [1],
          isSensitive: sensitive),
        .init(
          name: "warmth", facet: "warmth", numbers: people.map { Float($0 % 5) / 2 - 1 }, range: -1...1,
          levels: people.map { Int32($0 % 5) }),
      ],
      requests: [
        .level(measure: 0, segments: Array(0...segments.count)),
        .level(measure: 1, segments: Array(0...segments.count)),
        .difference(measure: 1, value: nil, first: 1, second: 0),
        .trend(
          measure: 0, segments: [0],
          periods: .init(
            unit: "month", names: ["2026-01", "2026-02", "2026-03"],
            ofRecord: people.map { Int32($0 / 20 % 3) })),
      ],
      funnel: .init(
        steps: ["only some"], users: (people + left).map { UInt32($0) },
        leftAt: people.map { _ in 1 } + left.map { _ in 0 },
        userKeys: (0...most).map { RandomSource.mix(UInt64($0)) }),
      records: people.count, resamples: 100)
    return crowd
  }

  /// Thresholds that a crowd of 240 passes, without a gap, so that they are where the tests expect them.
  private static var policy: Policy {
    var policy = Policy.internal
    (policy.thresholdGap, policy.lDiversity, policy.maximumPerUser) = (0, 1.2, 2)
    return policy
  }

  /// The attacks on cells, on a document: a writer would refuse what some of the gates without a defence let through.
  private func attack(_ crowd: Crowd, without: Defences = []) throws -> [Attack: Finding] {
    let document = try crowd.release(policy: Self.policy, defences: .all.subtracting(without)).json(
      readable: false)
    let findings = try Audit.attackCells(ofDocument: document, workers: Workers(threads: 1))
    return Dictionary(uniqueKeysWithValues: findings.map { ($0.attack, $0) })
  }

  private func expect(
    _ attack: Attack, _ crowd: Crowd, isBrokenOnlyWithout defences: Defences, _ figure: String? = nil
  ) throws {
    let (closed, open) = (try self.attack(crowd)[attack]!, try self.attack(crowd, without: defences)[attack]!)
    #expect(closed.verdict == .withstood, "\(closed)")
    #expect(open.verdict == .broken, "\(open)")
    if let figure {
      #expect(closed.figures[figure, default: 0] == 0 && open.figures[figure, default: 0] > 0, "\(open)")
    }
  }

  @Test func aHealthyStudyWithstandsEverything() throws {
    let crowd = crowd()
    try withBundle(crowd, policy: Self.policy) { bundle in
      let json = try bundle.text("release.json")
      for table in ["funnel", "statistics", "trend_points", "segment_topics", "trends"] {
        #expect(!json.contains("\"\(table)\" : [\n\n  ]"), "\(table) is empty")
      }
      let report = try bundle.audit(against: crowd.log)
      #expect(report.broken == [], "\(report.words)")
      #expect(report[.singlingOut].verdict == .withstood)
      #expect(report[.integrity].figures["schema_rules_not_understood"] == 0)
      #expect(report[.singlingOut].figures["largest_advantage"]! > 0.1)
      let unknown = try Audit(bundle: bundle.path).unknownWords()
      #expect(unknown == [], "add these to Sources/ThrongAudit/Text/HouseWords.swift")
    }
  }

  @Test func oneUserShowsWithoutTheGrain() throws {
    try expect(.singlingOut, crowd(), isBrokenOnlyWithout: .grain)
  }

  /// Six people are all that a segment leaves: subtraction finds them, once counts are not rounded either.
  @Test func theRestOfASegmentIsFoundWithoutAtoms() throws {
    let crowd = crowd(segments: [("nearly all", 0..<234)])
    let closed = try attack(crowd, without: .rounding)[.linearProgramme]!
    let open = try attack(crowd, without: [.rounding, .atoms])[.linearProgramme]!
    #expect(closed.figures["below_threshold"] == 0 && open.figures["below_threshold"]! > 0, "\(open)")
  }

  /// A share that five people have, and one that five have not.
  @Test func sharesOfFewAreFoundWithoutR1() throws {
    let off: Defences = [.minimumUsers, .minimumConversations, .atoms, .rounding, .grain]
    for yes in [{ $0 < 5 }, { $0 >= 5 }] as [(Int) -> Bool] {
      try expect(.linearProgramme, crowd(yes: yes), isBrokenOnlyWithout: off)
    }
  }

  /// A step took out the conversations of fifty people, six of whom had no others: their number follows from users.
  @Test func peopleOfAStepAreFoundWithoutAbsentUsers() throws {
    try expect(
      .differencing, crowd(gone: 196..<246), isBrokenOnlyWithout: .absentUsers, "users_outside_a_child")
  }

  /// A step took out eight people and nobody else.
  @Test func aStepOfFewIsFoundWithoutAtoms() throws {
    try expect(
      .linearProgramme, crowd(gone: 1000..<1008), isBrokenOnlyWithout: [.atoms, .absentUsers],
      "below_threshold")
  }

  /// Everybody in a topic is in a sensitive segment, and nobody elsewhere.
  @Test func aSensitiveSegmentIsATopicWithoutR7() throws {
    let crowd = crowd(segments: [("hurt", 0..<60)], sensitive: true, yes: { $0 % 2 == 0 })
    try expect(.homogeneity, crowd, isBrokenOnlyWithout: .homogeneity, "closeness")
  }

  /// Nearly everybody in a segment says yes to something sensitive, and few others do.
  @Test func aSensitiveShareIsFoundWithoutR7() throws {
    let crowd = crowd(
      segments: [("hurt", 0..<100)], sensitive: true,
      yes: { $0 < 88 || $0 >= 224 })
    try expect(.homogeneity, crowd, isBrokenOnlyWithout: .homogeneity, "closeness")
  }

  /// In a month all but three people say no; every other month is mixed.
  @Test func aPeriodOfFewIsFoundWithoutR1() throws {
    let crowd = crowd(yes: { $0 / 20 % 3 == 2 ? $0 % 20 == 0 && $0 < 180 : $0 % 2 == 0 })
    try expect(
      .linearProgramme, crowd,
      isBrokenOnlyWithout: [.minimumUsers, .minimumConversations, .atoms, .rounding],
      "printed_below_threshold")
  }

  /// What a careless or hostile hand does to the parts of a study.
  @Test func harmIsNoticed() throws {
    let harms: [(String, (Bundle) throws -> Void)] = [
      ("a missing table", { try FileManager.default.removeItem(atPath: "\($0.path)/tables/trends.csv") }),
      (
        "a number in CSV",
        {
          try $0.replace(
            ",share,all,,third,yes,0.", with: ",share,all,,third,yes,0.1", in: "tables/statistics.csv")
        }
      ),
      ("a number in a drawing", { try $0.replace(" %", with: "0 %", in: "figures/shares.svg") }),
      (
        "a script in a drawing",
        { try $0.replace("</svg>", with: "<script/></svg>", in: "figures/shares.svg") }
      ),
      ("a stray drawing", { try $0.put(try $0.bytes("figures/shares.svg"), "figures/anna.svg") }),
      (
        "a row of the report",
        { try $0.replace("| thirds | all | yes | 0.", with: "| thirds | all | yes | 0.1", in: "report.md") }
      ),
      ("a step of the report", { try $0.replace("| read | 340 |", with: "| read | 345 |", in: "report.md") }),
      ("an interval", { try $0.replace("\"low\" : -", with: "\"low\" : ", in: "release.json") }),
    ]
    for (name, harm) in harms {
      try withBundle(crowd(), policy: Self.policy) { bundle in
        try harm(bundle)
        try bundle.seal()
        #expect(try bundle.audit().broken == [.integrity], "\(name)")
      }
    }
  }
}
