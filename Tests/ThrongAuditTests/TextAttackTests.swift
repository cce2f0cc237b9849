import Foundation
import Testing
import ThrongAudit
import ThrongPrivacy

@Suite struct TextAttackTests {
  /// R8 off: the labeller sees every word, and shows the rarest.
  @Test func wordsOfOneUserAreFoundWithoutR8() throws {
    let crowd = Crowd(topics: Crowd.topics)
    try withBundle(crowd, defences: Defences.all.subtracting(.terms)) { bundle in
      let report = try bundle.audit(against: crowd.log)
      #expect(report.broken.isSuperset(of: [.rareTerms, .canaries]))
      #expect(report[.rareTerms].success!.value >= 12)
      #expect(!report.words.contains("secretum"), "the report must not say what it found")
    }
  }

  /// k − 1 people write a word; k do not trip the alarm. Nor do they trip it by quoting it.
  @Test(arguments: [(24, false, true), (25, false, false), (25, true, true)])
  func theThresholdIsThatOfTheRules(users: Int, quoted: Bool, isBroken: Bool) throws {
    var crowd = Crowd(topics: Crowd.topics)
    for at in crowd.records.indices where crowd.records[at].user < users {
      crowd.records[at].text = (quoted ? "> velvet\n" : "velvet ") + crowd.records[at].text
    }
    try withBundle(crowd) { bundle in
      try bundle.replace(
        "\"top_terms\" : [", with: "\"top_terms\" : [\n        \"velvet\",", in: "release.json")
      let report = try bundle.audit(against: crowd.log)
      #expect((report[.rareTerms].verdict == .broken) == isBroken)
    }
  }

  /// A phrase is as rare as itself, however common its words are.
  @Test func aRarePhraseOfCommonWordsIsFound() throws {
    var crowd = Crowd(topics: Crowd.topics)
    for at in crowd.records.indices where crowd.records[at].user == 3 {
      crowd.records[at].text += " glaze today"
    }
    try withBundle(crowd) { bundle in
      try bundle.replace(
        "\"top_terms\" : [", with: "\"top_terms\" : [\n        \"glaze today\",", in: "release.json")
      let report = try bundle.audit(against: crowd.log)
      #expect(report[.rareTerms].success?.value == 1)
      #expect(report[.canaries].verdict == .withstood)
      // And one that everybody of a topic wrote is not.
      try bundle.replace("\"glaze today\"", with: "\"kiln glaze\"", in: "release.json")
      #expect(try bundle.audit(against: crowd.log)[.rareTerms].verdict == .withstood)
    }
  }

  /// A string of one user, in the disguises in which it may have slipped into a file.
  static let disguises: [(name: String, text: @Sendable (String) -> String)] = [
    ("plain", { "x \($0) x" }),
    ("upper case", { "<\($0.uppercased())>" }),
    ("inside a word", { "zz\($0)zz" }),
    (
      "full width",
      { String(String.UnicodeScalarView($0.unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0)! })) }
    ),
    ("zero width", { $0.map { "\($0)\u{200B}" }.joined() }),
    ("accents", { $0.map { "\($0)\u{301}" }.joined() }),
    ("JSON escapes", { "\"" + $0.utf8.map { "\\u00" + String($0, radix: 16) }.joined() + "\"" }),
    ("percent", { $0.utf8.map { "%" + String($0, radix: 16, uppercase: true) }.joined() }),
    ("entities", { $0.utf8.map { "&#\($0);" }.joined() }),
    ("hexadecimal entities", { $0.utf8.map { "&#x\(String($0, radix: 16));" }.joined() }),
    ("base64", { Data($0.utf8).base64EncodedString() }),
    ("base64, one byte later", { Data("x\($0) y".utf8).base64EncodedString() }),
    ("base64, two bytes later", { Data("xy \($0)\n".utf8).base64EncodedString() }),
    ("base64 in a word", { "q" + Data($0.utf8).base64EncodedString() }),
    ("hexadecimal", { $0.utf8.map { String($0, radix: 16) }.joined() }),
    ("UTF-16", { String(decoding: $0.utf16.flatMap { [UInt8($0), 0] }, as: UTF8.self) }),
  ]

  @Test(arguments: disguises.indices) func everyDisguiseIsSeenThrough(_ index: Int) throws {
    let (name, disguise) = Self.disguises[index]
    let crowd = Crowd(topics: Crowd.topics)
    // Person 71 in their first conversation.
    let canary = "secretumhba"
    #expect(crowd.records[142].text.contains(" \(canary) "))
    try withBundle(crowd) { bundle in
      for file in ["report.md", "release.schema.json"] {
        let before = try bundle.bytes(file)
        try bundle.append(disguise(canary) + "\n", to: file)
        let report = try bundle.audit(against: crowd.log)
        #expect(report[.canaries].verdict == .broken, "\(name) in \(file)")
        #expect(
          report[.canaries].lines.contains { $0.hasPrefix(file) }, "\(name): \(report[.canaries].lines)")
        #expect(!report.words.contains("secretum"))
        // The same disguise of a word that nobody wrote.
        try bundle.put(before, file)
        try bundle.append(disguise("unspokenword") + "\n", to: file)
        #expect(try bundle.audit(against: crowd.log)[.canaries].verdict == .withstood, "\(name) in \(file)")
        try bundle.put(before, file)
      }
    }
  }

  /// A word of the explorer's own script is nobody's secret; whatever was put into the page or its data is looked for.
  @Test func theExplorerIsSearchedButForThePageThatAllReleasesHave() throws {
    let crowd = Crowd(topics: Crowd.topics)
    try withBundle(crowd) { bundle in
      #expect(try bundle.text("explorer.html").contains("squarify"))
      var log = crowd.log
      log.records[5].texts[0] += " squarify squarify"
      #expect(try bundle.audit(against: log)[.canaries].verdict == .withstood)
      let before = try bundle.bytes("explorer.html")
      for (place, with) in [
        ("\"use strict\";", "\"use strict\"; /* secretumhba */"),
        ("\"version\":\"", "\"version\":\"secretumhba "),
      ] {
        try bundle.replace(place, with: with, in: "explorer.html")
        let finding = try bundle.audit(against: crowd.log)[.canaries]
        #expect(finding.verdict == .broken && finding.lines.contains { $0.hasPrefix("explorer.html") })
        try bundle.put(before, "explorer.html")
      }
    }
  }

  @Test func theOffsetIsThatOfTheString() throws {
    let crowd = Crowd(topics: Crowd.topics)
    try withBundle(crowd) { bundle in
      let offset = try bundle.bytes("report.md").count
      try bundle.append("secretumha")
      let lines = try bundle.audit(against: crowd.log)[.canaries].lines
      #expect(lines == ["report.md, as it is: 1 strings, from byte \(offset)"])
    }
  }

  @Test func deletedRowsOfTheDatabaseAreRead() throws {
    let crowd = Crowd(topics: Crowd.topics)
    try withBundle(crowd) { bundle in
      try bundle.execute(
        "PRAGMA secure_delete=OFF; CREATE TABLE t (x); INSERT INTO t VALUES ('about secretumhba alone'); DROP TABLE t"
      )
      let report = try bundle.audit(against: crowd.log)
      #expect(report[.canaries].verdict == .broken)
      #expect(report[.integrity].verdict == .broken)
    }
  }

  @Test func strangeTablesAreRead() throws {
    let crowd = Crowd(topics: Crowd.topics)
    try withBundle(crowd) { bundle in
      try bundle.execute("CREATE TABLE t (x); INSERT INTO t VALUES ('about secretumhba alone')")
      #expect(try bundle.audit(against: crowd.log)[.canaries].verdict == .broken)
    }
  }

  @Test func namesOfFilesAreRead() throws {
    let crowd = Crowd(topics: Crowd.topics)
    try withBundle(crowd) { bundle in
      try bundle.put("x", "tables/secretumhba.csv")
      #expect(try bundle.audit(against: crowd.log)[.canaries].verdict == .broken)
    }
  }

  /// Text of scripts without spaces has no words to compare; stretches are compared instead.
  @Test func stretchesWithoutSpacesAreFound() throws {
    var crowd = Crowd(topics: Crowd.topics)
    for at in crowd.records.indices {
      crowd.records[at].text = crowd.records[at].user == 5 ? "我的银行密码忘记了" : "今天天气很好"
    }
    try withBundle(crowd) { bundle in
      try bundle.append("天气\n")
      #expect(try bundle.audit(against: crowd.log)[.canaries].verdict == .withstood)
      try bundle.append("银行密码\n")
      #expect(try bundle.audit(against: crowd.log)[.canaries].verdict == .broken)
    }
  }

  @Test func eightWordsInARowAreARun() throws {
    var crowd = Crowd(topics: Crowd.topics)
    crowd.records[9].text = "one never knows what a glaze does until the kiln opens, said the potter"
    try withBundle(crowd) { bundle in
      try bundle.append("One never knows what a glaze does …\n")
      #expect(try bundle.audit(against: crowd.log)[.runs].verdict == .withstood)
      try bundle.append("What a GLAZE does - until the kiln, opens?\n")
      #expect(try bundle.audit(against: crowd.log)[.runs].verdict == .broken)
    }
  }

  static let identities: [(name: String, text: String, attack: Attack)] = [
    ("a user", "person-h-7", .identifiers), ("a record", "Conversation/90014X", .identifiers),
    ("a number", "00493070-00007", .identifiers),
    ("an address", "mail to Jo.Doe@Example.org now", .identifiers),
    ("an address nobody wrote", "an.other@example.net", .patterns),
    ("a network address", "10.11.12.13", .patterns),
    ("a link", "https://example.org/x", .patterns), ("a long number", "no 5500 1234 9999", .patterns),
  ]

  @Test(arguments: identities.indices) func identitiesAreFound(_ index: Int) throws {
    let (name, text, attack) = Self.identities[index]
    var crowd = Crowd(topics: Crowd.topics)
    crowd.records[20].text += " write to jo.doe@example.org"
    try withBundle(crowd) { bundle in
      try bundle.append(text + "\n")
      let report = try bundle.audit(against: crowd.log)
      #expect(report[attack].verdict == .broken, "\(name)")
      // What is said is where, and not what.
      for part in ["90014", "0007", "example", "9999", "11.12"] { #expect(!report.words.contains(part)) }
    }
  }

  /// An id of a release has hexadecimal digits, and now and then no letter.
  @Test func anIDOfDigitsIsNobodysNumber() throws {
    try withBundle(Crowd(topics: Crowd.topics)) { bundle in
      let digits = "7640196857319023"
      let text = String(decoding: try bundle.bytes("release.json"), as: UTF8.self)
      let id = try #require(text.firstMatch(of: #/"release_id" ?: ?"([0-9a-f]{16})"/#)).output.1
      #expect(try bundle.audit()[.patterns].verdict == .withstood)
      try bundle.append("Release \(digits)\n")
      #expect(try bundle.audit()[.patterns].verdict == .broken)
      try bundle.put(Array(text.replacing(id, with: digits).utf8), "release.json")
      #expect(try bundle.audit()[.patterns].verdict == .withstood)
    }
  }

  /// Somebody calls themselves by a word that the crowd uses: no leak. A word by which the crowd calls somebody is one.
  @Test(arguments: [false, true]) func aHandleIsToldFromAWord(isCalled: Bool) throws {
    var crowd = Crowd(topics: Crowd.topics)
    for at in crowd.records.indices where crowd.records[at].leaf == 1 {
      crowd.records[at].text = (isCalled ? "pottery: hello, " : "hello, ") + crowd.records[at].text
    }
    var log = crowd.log
    log.records[0].user = "Pottery"
    try withBundle(crowd) { bundle in
      let report = try bundle.audit(against: log)
      #expect((report[.identifiers].verdict == .broken) == isCalled)
      #expect(report[.identifiers].figures["ids_that_are_common_words"] == (isCalled ? 0 : 1))
    }
  }

  @Test func theAnswerDoesNotDependOnThreads() throws {
    let crowd = Crowd(topics: Crowd.topics)
    try withBundle(crowd, defences: Defences.all.subtracting([.terms, .rounding])) { bundle in
      let one = try bundle.audit(against: crowd.log, threads: 1)
      #expect(try bundle.audit(against: crowd.log, threads: 4) == one)
      #expect(one.isBroken)
    }
  }

  /// Words of the fixed texts are told by a list; whoever writes a new sentence into a report adds its words there.
  @Test func everyFixedWordIsKnown() throws {
    for (policy, hasFacets) in [(Policy.internal, true), (.public, true), (.internal, false)] {
      var crowd = Crowd(topics: Crowd.topics, users: 300)
      // Facets bring sentences of their own. Their names and values here are fixed words, too. Without them a name of a facet
      // that stands in a fixed text excuses nothing.
      if hasFacets {
        crowd.facets = [false, true].map { isSensitive in
          CandidateFacet(
            name: isSensitive ? "depth" : "label", values: ["first", "less"],
            valueOfRecord: crowd.records.map { Int32($0.user % 2) }, isSensitive: isSensitive)
        }
        crowd.facets.append(
          CandidateFacet(
            name: ".month", values: ["2025-12", "2026-02"],
            valueOfRecord: crowd.records.map { Int32($0.user / 2 % 2) }, isOrdered: true))
      }
      try withBundle(crowd, policy: policy) { bundle in
        let page = try Audit(bundle: bundle.path).explorerPage()
        #expect(
          page?.isKnown == true,
          "add \(page?.digest ?? "a page") to Sources/ThrongAudit/Integrity/ExplorerFile.swift")
        let unknown = try Audit(bundle: bundle.path).unknownWords()
        #expect(unknown == [], "add these to Sources/ThrongAudit/Text/HouseWords.swift")
      }
    }
  }
}
