internal import Foundation
internal import Glibc
package import ThrongCore
internal import ThrongLinearAlgebra

/// A command: what it takes, and what carries it out.
package protocol Command: Sendable {
  associatedtype Options: CommandOptions
  /// Everything it takes.
  static var syntax: CommandSyntax<Options> { get }
  /// Carries it out.
  static func run(_ options: Options, in context: CommandContext, engine: any Engine) throws -> ExitCode
}

/// The program `throng`.
public enum ThrongCommand {
  /// The commands, in the order of help.
  package static let commands: [any Command.Type] = [
    RunCommand.self, StudyCommand.self, InspectCommand.self, ExploreCommand.self, ReportCommand.self,
    AuditCommand.self, LedgerCommand.self, CompareCommand.self, TrainCommand.self, ClassifyCommand.self,
    EvaluateCommand.self, SynthesizeCommand.self, CompletionsCommand.self, ManCommand.self, HelpCommand.self,
  ]

  /// Carries out the command line of this process and exits.
  public static func main() -> Never {
    BLASProvider.restartIfNeeded(addressesAreScarce: MemoryLimit.ofAddresses != nil)
    Signals.guardStandardStreams()
    let environment = ProcessInfo.processInfo.environment
    let console = Console.standard(environment: environment)
    let context = CommandContext(
      console: console, environment: environment, processors: ProcessInfo.processInfo.activeProcessorCount,
      isInputTerminal: isatty(STDIN_FILENO) == 1)
    Signals.install(cancellation: context.cancellation, console: console)
    exit(run(Array(CommandLine.arguments.dropFirst()), in: context, engine: PipelineEngine()))
  }

  /// Carries out the arguments after the program's name; returns the exit code.
  package static func run(_ arguments: [String], in context: CommandContext, engine: any Engine) -> Int32 {
    do {
      let code = try dispatch(arguments, in: context, engine: engine).rawValue
      context.console.endProgress()
      return code
    } catch {
      context.console.endProgress(isComplete: false)
      return context.console.fail(error)
    }
  }

  private static func dispatch(
    _ arguments: [String], in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    guard let name = arguments.first else {
      context.console.explain(overview(width: context.console.columns))
      return .usage
    }
    switch name {
    case "-h", "--help": return try HelpCommand.perform([], in: context, engine: engine)
    case "--version":
      try context.console.print("throng \(Version.current)")
      return .done
    default:
      if name.hasPrefix("-") {
        throw UsageFailure(
          command: nil,
          .flagBeforeCommand(name, suggestion: Suggestion.closest(to: name, among: ["--help", "--version"])))
      }
      let command = try command(named: name)
      return try command.perform(Array(arguments.dropFirst()), in: context, engine: engine)
    }
  }

  /// The command called `name`.
  ///
  /// - Throws: ``UsageFailure`` with the nearest name.
  package static func command(named name: String) throws(UsageFailure) -> any Command.Type {
    for command in commands where command.name == name { return command }
    let names = commands.map { $0.name } + ["--version"]
    throw UsageFailure(
      command: nil, .unknownCommand(name, suggestion: Suggestion.closest(to: name, among: names)))
  }

  /// The page of `throng help`.
  package static func overview(width: Int) -> String {
    var page = HelpPage(width: width)
    page.paragraph(ProgramDescription.summary)
    page.paragraph("Usage: \(ProgramDescription.usage)")
    page.list("Commands", commands.map { ($0.name, $0.summary) })
    page.list(
      "Flags", [("-h, --help", "Help, on its own or after a command."), ("    --version", "The version.")])
    page.examples(ProgramDescription.examples)
    page.paragraph(ProgramDescription.conventions)
    page.list("Exit codes", ProgramDescription.exitCodes)
    page.list("Environment", ProgramDescription.environment)
    page.list("Files", ProgramDescription.files)
    return page.text
  }

  /// What every command takes, in the order of help.
  package static var descriptions: [CommandDescription] { commands.map { $0.description } }
}

extension Command {
  package static var name: String { syntax.name }
  package static var summary: String { syntax.summary }
  /// Everything it takes, without types.
  package static var description: CommandDescription { syntax.description }

  /// The page of `throng help COMMAND`.
  package static func helpPage(width: Int) -> String { description.page(width: width).text }

  /// Carries out the arguments after the command's name.
  fileprivate static func perform(
    _ arguments: [String], in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    var messages = MessageOptions()
    // Whoever asked for JSON is answered in it, whatever else is wrong with the line.
    let failsInJSON = arguments.prefix { $0 != "--" }.contains("--json")
    let request: CommandSyntax<Options>.Request
    do {
      defer { context.console.speak(messages, failsInJSON: failsInJSON) }
      request = try syntax.parse(arguments, messages: &messages)
    }
    switch request {
    case .help:
      try context.console.write(Array(helpPage(width: context.console.columns).utf8))
      return .done
    case .run(let options):
      if context.isInputTerminal, let path = syntax.positional?.path, options[keyPath: path].contains("-") {
        context.console.note("reading standard input, which is this terminal; Ctrl-D ends it")
      }
      return try run(options, in: context, engine: engine)
    }
  }
}
