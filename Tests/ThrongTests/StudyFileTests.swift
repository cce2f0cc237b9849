import Foundation
import Testing
import Throng
import ThrongCore

/// Study files: JSON5, what is wrong in them and where, the schema.
@Suite struct StudyFileTests {
  private func study(_ text: String) throws -> Study { try Study(bytes: Array(text.utf8), folder: "/f") }

  private func mistake(_ text: String) throws -> String {
    let failure = #expect(throws: StudyFailure.self) { try study(text) }
    return try #require(failure).message
  }

  @Test func aScreenHasNoMoreStepsThanAByteNumbers() throws {
    func screen(_ steps: Int) -> String {
      let list = (0..<steps).map { "{ keep: '.turns', name: 's\($0)' }" }.joined(separator: ", ")
      return "{ name: 'x', screen: [\(list)] }"
    }
    #expect(try study(screen(255)).steps.count == 255)
    #expect(try mistake(screen(256)) == "line 1, column 22: a screen has at most 255 steps")
  }

  @Test func json5IsUnderstood() throws {
    let study = try study(
      """
      \u{FEFF}/* a study */ {
        name: 'st-1', // without quotes, with single ones
        "about": "two \\
      lines, \\x41 \\u00e9 \\ud83d\\ude00",
        facets: { long: { where: { facet: '.turns', at_least: +0x4, at_most: 1e2, }, }, },
        privacy: { t_closeness: .5, min_users: 30., },
      }
      """)
    #expect(study.name == "st-1")
    #expect(study.root["about"]?.text == "two lines, A é 😀")
    #expect(study.facets.map(\.name) == [".turns", "long"])
    let bounds = study.root["facets"]?["long"]?["where"]
    #expect(bounds?["at_least"]?.number == 4 && bounds?["at_most"]?.number == 100)
    #expect(study.root["privacy"]?["t_closeness"]?.number == 0.5)
    #expect(study.root["privacy"]?["min_users"]?.number == 30)
  }

  @Test(arguments: [
    ("{ name: 'x', }, 1", "line 1, column 15: nothing may follow the end of the study"),
    ("{\n  name: 'x'\n  about: 'y' }", "line 2, column 12: a comma is missing here"),
    ("{ name 'x' }", "line 1, column 8: a colon is missing after 'name'"),
    ("{ name: 'é", "line 1, column 9: this text is not closed"),
    ("{ name: ['é', tru] }", "line 1, column 15: 'tru' is no value; did you mean true?"),
    ("{ name: 'x', name: 'y' }", "line 1, column 14: 'name' stands here twice"),
    ("{ name: 12a }", "line 1, column 9: this is no number"),
    ("{ name: NaN }", "line 1, column 9: 'NaN' is no value; texts stand in quotes"),
    ("/* {", "line 1, column 1: this comment is not closed by */"),
    ("{ name: '\\u12' }", "line 1, column 10: this escape is not complete"),
    ("{ name: '\\u+123' }", "line 1, column 10: this escape is not complete"),
    ("{ name: 0x-5 }", "line 1, column 9: this is no number"),
    ("{ name: 'x'", "line 1, column 1: this { is not closed by }"),
  ])
  func syntaxIsReportedWhereItIs(text: String, message: String) throws {
    #expect(try mistake(text) == message)
  }

  @Test(arguments: [
    ("{}", "line 1, column 1: the study needs 'name'"),
    (
      "{ name: 'A b' }",
      "line 1, column 9: the name of a study has at most 60 small letters, digits, '-' and '_', a letter first"
    ),
    (
      "{ name: 'x',\n sreen: [] }",
      "line 2, column 2: 'sreen' is not a setting of the study; did you mean 'screen'?"
    ),
    ("{ name: 'x', screen: {} }", "line 1, column 22: 'screen' is a list, not an object"),
    (
      "{ name: 'x', privacy: { min_users: 1 } }",
      "line 1, column 36: 'min_users' is a whole number of at least 2"
    ),
    (
      "{ name: 'x', privacy: { policy: 'pubic' } }",
      "line 1, column 33: 'pubic' is not 'policy'; did you mean 'public'?"
    ),
    (
      "{ name: 'x', screen: [{ name: 's', kep: 'a' }] }",
      "line 1, column 36: 'kep' is not a setting of entry 1 of 'screen'; did you mean 'keep'?"
    ),
    (
      "{ name: 'x', screen: [{ name: 's', keep: '.turns', drop: '.turns' }] }",
      "line 1, column 52: entry 1 of 'screen' has both 'keep' and 'drop'; give one"
    ),
    (
      "{ name: 'x', facets: { a: { rule: 'b' } },\n screen: [{ name: 's', keep: 'aa' }] }",
      "line 2, column 30: 'aa' is not a facet of this study; did you mean 'a'?"
    ),
    (
      "{ name: 'x', segments: { s: { where: '.turnz' } } }",
      "line 1, column 38: '.turnz' is not a computed facet; did you mean '.turns'?"
    ),
    (
      "{ name: 'x', facets: { a: { where: 'b' }, b: { where: { not: 'a' } } } }",
      "line 1, column 24: 'a' is made of itself: a → b → a"
    ),
    (
      "{ name: 'x', segments: { s: { where: '.turns' } }, statistics: [{ share: '.turns', of: ['t'] }] }",
      "line 1, column 89: 't' is not a segment; did you mean 's'?"
    ),
    (
      "{ name: 'x', statistics: [{ difference: '.turns', between: ['all', 'all'] }] }",
      "line 1, column 60: a difference is between two segments, not one and itself"
    ),
    (
      "{ name: 'x', statistics: [{ share: '.pushback' }, { share: '.pushback' }] }",
      "line 1, column 51: a statistic '.pushback' is there already; give this one a name of its own"
    ),
    (
      "{ name: 'x', segments: { all: { where: '.turns' } } }",
      "line 1, column 26: 'all' is everything that is kept; give the segment another name"
    ),
  ])
  func meaningIsReportedWhereItIs(text: String, message: String) throws {
    #expect(try mistake(text) == message)
  }

  @Test(arguments: [
    ("a b", "write AND, OR or NEAR/5 between two words, or quotation marks around a phrase"),
    ("(a OR b", "this bracket is not closed"),
    ("a NEAR/0 b", "NEAR wants a distance from 1 to 100, such as NEAR/5"),
  ])
  func rulesAreReportedWhereTheyAre(rule: String, message: String) throws {
    let text = try String(decoding: JSONEncoder().encode(rule), as: UTF8.self)
    let study = try study("{ name: 'x',\n facets: { r: { rule: \(text) } } }")
    let failure = #expect(throws: StudyFailure.self) { try StudyPlan(study, standard: []) }
    #expect(failure?.message.hasPrefix("line 2, column 15: 'r': column ") == true)
    #expect(failure?.message.hasSuffix(" of the rule: \(message)") == true)
  }

  /// What is known only at the end of the log cannot screen it.
  @Test func copiesCannotScreen() throws {
    let study = try study("{ name: 'x', screen: [{ name: 's', drop: '.copy' }] }")
    let failure = #expect(throws: StudyFailure.self) { try StudyPlan(study, standard: []) }
    #expect(failure?.message.contains("known only when all conversations are read") == true)
  }

  // MARK: The schema and the shipped studies

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Corpora/studies").path
  private static let names = ["affective", "intent", "support-quality"]

  @Test func theShippedSchemaIsTheProgramsOwn() throws {
    #expect(try String(contentsOfFile: Self.folder + "/study.schema.json", encoding: .utf8) == Study.schema)
  }

  @Test(arguments: names) func shippedStudiesAreRight(name: String) throws {
    let study = try Study(path: "\(Self.folder)/\(name).json5")
    #expect(study.name == name)
    _ = try StudyPlan(study, standard: [".turns"])
  }

  private static let hasValidator =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
    && (try? python("import jsonschema", [])) != nil

  private static func python(_ script: String, _ arguments: [String]) throws -> String {
    struct Failed: Error {}
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", script] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed() }
    return String(decoding: data, as: UTF8.self)
  }

  /// Debian's python3-jsonschema takes the shipped studies and refuses what the program refuses.
  @Test(.enabled(if: hasValidator, "skipped: python3-jsonschema is not installed"))
  func anIndependentValidatorAgrees() throws {
    let script = """
      import json, sys
      from jsonschema import Draft202012Validator
      schema = json.loads(sys.argv[1])
      Draft202012Validator.check_schema(schema)
      validator = Draft202012Validator(schema)
      for text in sys.argv[2:]: print("yes" if validator.is_valid(json.loads(text)) else "no")
      """
    var documents: [(text: String, isRight: Bool)] = []
    for name in Self.names {
      let study = try Study(path: "\(Self.folder)/\(name).json5")
      documents.append((try Self.json(study.root), true))
    }
    documents += [
      (#"{"name":"x"}"#, true), ("{}", false), (#"{"name":"x","sreen":[]}"#, false),
      (#"{"name":"x","privacy":{"min_users":1}}"#, false),
      (#"{"name":"x","screen":[{"name":"s","keep":"a","drop":"b"}]}"#, false),
      (#"{"name":"x","facets":{"a":{"rule":"b","field":"c","values":["d"]}}}"#, false),
      (#"{"name":"x","facets":{"A":{"rule":"b"}}}"#, false),
      (#"{"name":"x","statistics":[{"trend":"a"}]}"#, false),
      (#"{"name":"x","segments":{"s":{"where":{"all":[{"facet":"a","at_least":2},"b"]}}}}"#, true),
    ]
    let said = try Self.python(script, [Study.schema] + documents.map(\.text))
    #expect(said.split(separator: "\n").map { $0 == "yes" } == documents.map(\.isRight))
    for document in documents where !document.isRight {
      #expect(throws: StudyFailure.self) { try study(document.text) }
    }
  }

  private static func json(_ node: StudyNode) throws -> String {
    func plain(_ node: StudyNode) -> Any {
      switch node.value {
      case .null: NSNull()
      case .boolean(let flag): flag
      case .number(let number): number
      case .text(let text): text
      case .list(let list): list.map(plain)
      case .object(let members): Dictionary(uniqueKeysWithValues: members.map { ($0.name, plain($0.value)) })
      }
    }
    return String(decoding: try JSONSerialization.data(withJSONObject: plain(node)), as: UTF8.self)
  }
}
