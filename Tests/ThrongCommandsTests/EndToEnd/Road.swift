import Foundation
import Testing
import ThrongCommands

/// Whole commands on real files: `swift test --filter EndToEnd` runs these suites alone.
@Suite enum EndToEnd {}

/// What a command left behind.
struct Outcome {
  let code: Int32
  let output: String
  let messages: String

  /// Lines of standard error that say why a command failed.
  var errors: [Substring] { messages.split(separator: "\n").filter { $0.contains("error:") } }
  var warnings: [Substring] { messages.split(separator: "\n").filter { $0.contains("warning:") } }

  /// Expects one error that says `parts`, for a person: without a name of our code and without text of the input.
  func expectError(
    _ code: Int32, _ parts: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(self.code == code, "\(messages)", sourceLocation: sourceLocation)
    #expect(errors.count == 1, "\(messages)", sourceLocation: sourceLocation)
    for part in parts {
      #expect(errors.first?.contains(part) == true, "\(messages)", sourceLocation: sourceLocation)
    }
    #expect(output.isEmpty, sourceLocation: sourceLocation)
    expectDiscretion(sourceLocation: sourceLocation)
  }

  /// Expects nothing in the messages that is none of the operator's business.
  func expectDiscretion(sourceLocation: SourceLocation = #_sourceLocation) {
    for word in [Log.canary, "internal failure", "Failure", "Fatal", "Optional(", ".swift", "Error Domain"] {
      #expect(!messages.contains(word), "\(messages)", sourceLocation: sourceLocation)
    }
  }
}

/// A folder of its own with a secret, in which whole commands are run, removed at the end.
struct Road {
  let folder: String
  /// Flags of every run, for small logs; no secret gap decides about them.
  static let small = ["--min-users", "5", "--min-conversations", "10", "--threshold-gap", "0"]

  /// The path of `name` in the folder.
  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Puts a file into the folder; returns its path.
  @discardableResult func put(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  @discardableResult func put(_ log: Log, _ name: String = "log.jsonl") throws -> String {
    try put(Array(log.text.utf8), name)
  }

  /// Every file and folder, but for the secret.
  var names: [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []).filter { $0 != "secret" }.sorted()
  }

  func bytes(_ name: String) -> [UInt8] {
    FileManager.default.contents(atPath: path(name)).map { Array($0) } ?? []
  }

  func text(_ name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }

  /// Every file of a folder by its name.
  func files(of name: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: path(name)) {
      let bytes = bytes("\(name)/\(file)")
      if !bytes.isEmpty { files[file] = bytes }
    }
    return files
  }

  /// Permission bits.
  func mode(_ name: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path(name))
    return (attributes?[.posixPermissions] as? NSNumber)?.intValue
  }

  /// Carries a command out in this process.
  func command(_ arguments: [String], environment: [String: String] = [:]) -> Outcome {
    let (output, messages) = (RecordingSink(), RecordingSink())
    let console = Console(output: output, messages: messages, style: .plain, clocks: .init(now: { 0 }))
    let context = CommandContext(console: console, environment: environment, processors: 2)
    let code = ThrongCommand.run(arguments, in: context, engine: PipelineEngine())
    return Outcome(code: code, output: output.text, messages: messages.text)
  }

  /// Arguments of `throng run INPUT… --out out` with the folder's secret.
  func arguments(_ inputs: [String], _ more: [String] = small, out: String = "out") -> [String] {
    // Runs of one test are not compared with each other, unless it is about that.
    let ledger = more.contains("--ledger") ? [] : ["--ledger", "none"]
    return ["run"] + inputs + ["--out", path(out), "--secret-file", path("secret")] + ledger + more
  }

  /// `throng run INPUT --out out` in this process.
  func run(_ input: String, _ more: [String] = small, out: String = "out") -> Outcome {
    command(arguments([input], more, out: out))
  }

  /// Runs, and expects a failure that leaves no more than `left` behind.
  func expectRefusal(
    _ input: String, _ more: [String] = small, code: Int32, _ parts: String..., leaving left: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let before = names
    let outcome = run(input, more)
    outcome.expectError(code, sourceLocation: sourceLocation)
    for part in parts {
      #expect(
        outcome.errors.first?.contains(part) == true, "\(outcome.messages)", sourceLocation: sourceLocation)
    }
    #expect(names == (before + left).sorted(), sourceLocation: sourceLocation)
  }
}

/// Calls `body` with a folder to run commands in.
func withRoad(_ body: (Road) throws -> Void) throws {
  try withTemporaryFolder { folder in
    let road = Road(folder: folder)
    try road.put(Array("a secret of the tests, no other".utf8), "secret")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: road.path("secret"))
    try body(road)
  }
}

/// A small log of our own making: four subjects, few words each, users in turn.
struct Log {
  /// A word that stands in bad records only and must be in no message.
  static let canary = "xylograph"

  var lines: [String] = []

  init() {}

  /// - Parameters:
  ///   - count: conversations.
  ///   - users: conversation i is of user i mod `users`; nil names no user.
  init(_ count: Int, users: Int?) {
    for i in 0..<count {
      lines.append(Self.line(i, user: users.map { "u\(i % $0)" }, text: Self.sentence(i)))
    }
  }

  private static let subjects = [
    ["garden", "tomato", "soil", "seedling", "water", "compost"],
    ["invoice", "payment", "refund", "bank", "receipt", "tax"],
    ["guitar", "chord", "melody", "song", "strings", "rhythm"],
    ["python", "function", "loop", "variable", "error", "module"],
  ]

  private static func sentence(_ i: Int) -> String {
    let words = subjects[i % 4]
    let (a, b, c) = (words[i / 4 % 6], words[(i / 4 + 1) % 6], words[(i / 4 + 3 + i / 24 % 2) % 6])
    return "How does the \(a) \(b) help my \(c) number \(i)"
  }

  /// A record of the format `messages`; the words need no escape.
  static func line(_ i: Int, user: String?, text: String, role: String = "user") -> String {
    let who = user.map { #""user":"\#($0)","# } ?? ""
    return #"{"id":"c\#(i)",\#(who)"messages":[{"role":"\#(role)","content":"\#(text)"}]}"#
  }

  var text: String { lines.map { $0 + "\n" }.joined() }
}
