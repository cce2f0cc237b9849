import Foundation
import Synchronization
import ThrongCommands
import ThrongCore

/// Keeps what is written, or fails as told.
final class RecordingSink: OutputSink {
  private let bytes = Mutex<[UInt8]>([])
  private let failure: CommandFailure?

  init(failure: CommandFailure? = nil) {
    self.failure = failure
  }

  func write(_ bytes: [UInt8]) throws(CommandFailure) {
    if let failure { throw failure }
    self.bytes.withLock { $0 += bytes }
  }

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
  var lines: [String] { text.split(separator: "\n").map(String.init) }
}

/// A clock that stands still until it is moved.
final class ManualClock: Sendable {
  private let seconds = Mutex(0.0)

  var now: Double { seconds.withLock { $0 } }
  func advance(_ by: Double) { seconds.withLock { $0 += by } }
}

/// A console whose both ends and clock are in the test's hands.
struct Bench {
  let output: RecordingSink
  let messages = RecordingSink()
  let clock = ManualClock()
  let console: Console
  let context: CommandContext

  init(isAnimated: Bool = false, columns: Int = 80, output: RecordingSink = RecordingSink()) {
    let clock = clock
    self.output = output
    console = Console(
      output: output, messages: messages,
      style: Console.Style(isAnimated: isAnimated, isColored: isAnimated, columns: { columns }),
      clocks: Console.Clocks(now: { clock.now }))
    context = CommandContext(console: console, environment: [:], processors: 2)
  }

  /// Carries out a command line written with single spaces.
  func run(_ line: String, engine: any Engine = RecordingEngine()) -> Int32 {
    ThrongCommand.run(line.split(separator: " ").map(String.init), in: context, engine: engine)
  }
}

/// Notes which command it was asked for, and ends as told.
final class RecordingEngine: Engine {
  private let calls = Mutex<[String]>([])
  private let ending: @Sendable () throws -> ExitCode

  init(ending: @escaping @Sendable () throws -> ExitCode = { .done }) {
    self.ending = ending
  }

  var commands: [String] { calls.withLock { $0 } }

  private func end(_ command: String) throws -> ExitCode {
    calls.withLock { $0.append(command) }
    return try ending()
  }

  func run(_ options: RunOptions, in context: CommandContext) throws -> ExitCode { try end("run") }
  func study(_ options: StudyOptions, in context: CommandContext) throws -> ExitCode { try end("study") }
  func inspect(_ options: InspectOptions, in context: CommandContext) throws -> ExitCode {
    try end("inspect")
  }
  func audit(_ options: AuditOptions, in context: CommandContext) throws -> ExitCode { try end("audit") }
  func report(_ options: ReportOptions, in context: CommandContext) throws -> ExitCode { try end("report") }
  func evaluate(_ options: EvaluateOptions, in context: CommandContext) throws -> ExitCode {
    try end("evaluate")
  }
  func explore(_ options: ExploreOptions, in context: CommandContext) throws -> ExitCode {
    try end("explore")
  }
  func train(_ options: TrainOptions, in context: CommandContext) throws -> ExitCode { try end("train") }
  func classify(_ options: ClassifyOptions, in context: CommandContext) throws -> ExitCode {
    try end("classify")
  }
  func compare(_ options: CompareOptions, in context: CommandContext) throws -> ExitCode {
    try end("compare")
  }
  func ledger(_ options: LedgerOptions, in context: CommandContext) throws -> ExitCode { try end("ledger") }
  func synthesize(_ options: SynthesizeOptions, in context: CommandContext) throws -> ExitCode {
    try end("synthesize")
  }
}

extension CommandSyntax {
  /// The options of a command line written with single spaces; nil for help.
  func options(_ line: String) throws(UsageFailure) -> Options? {
    var messages = MessageOptions()
    return
      if case .run(let options) = try parse(line.split(separator: " ").map(String.init), messages: &messages)
    {
      options
    } else {
      nil
    }
  }

  /// What is wrong with `arguments`; nil where nothing is.
  func failure(_ arguments: [String]) -> UsageFailure.Reason? {
    do {
      var messages = MessageOptions()
      _ = try parse(arguments, messages: &messages)
      return nil
    } catch {
      return error.reason
    }
  }
}

/// Calls `body` with a folder of its own, which is removed afterwards.
func withTemporaryFolder(_ body: (_ path: String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("throng-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}
