internal import Foundation
package import ThrongCore

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
    RunCommand.self, StudyCommand.self, InspectCommand.self, AuditCommand.self, LedgerCommand.self,
    EvaluateCommand.self, ReportCommand.self,
    SynthesizeCommand.self, HelpCommand.self,
  ]

  /// Carries out the command line of this process and exits.
  public static func main() -> Never {
    let environment = ProcessInfo.processInfo.environment
    let console = Console.standard(environment: environment)
    let context = CommandContext(
      console: console, environment: environment, processors: ProcessInfo.processInfo.activeProcessorCount)
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
      if name.hasPrefix("-") { throw UsageFailure(command: nil, .flagBeforeCommand(name)) }
      let command = try command(named: name)
      return try command.perform(Array(arguments.dropFirst()), in: context, engine: engine)
    }
  }

  /// The command called `name`.
  ///
  /// - Throws: ``UsageFailure`` with the nearest name.
  package static func command(named name: String) throws(UsageFailure) -> any Command.Type {
    for command in commands where command.name == name { return command }
    let names = commands.map { $0.name }
    throw UsageFailure(
      command: nil, .unknownCommand(name, suggestion: Suggestion.closest(to: name, among: names)))
  }

  /// The page of `throng help`.
  package static func overview(width: Int) -> String {
    var page = HelpPage(width: width)
    page.paragraph(
      "Throng finds what a crowd talks about and lets nothing out that fewer than k people share.")
    page.paragraph("Usage: throng COMMAND [ARGUMENTS]")
    page.list("Commands", commands.map { ($0.name, $0.summary) })
    page.list(
      "Flags", [("-h, --help", "Help, on its own or after a command."), ("    --version", "The version.")])
    page.examples([
      Example("throng inspect log.jsonl", "See what a log holds and what a run would need:"),
      Example("throng run log.jsonl --out release", "Cluster it and write a release:"),
      Example("throng help run", "Read about a command:"),
    ])
    page.list("Exit codes", exitCodes)
    return page.text
  }

  private static let exitCodes: [(term: String, meaning: String)] = [
    ("0", "Done."), ("1", "Internal failure."), ("2", "The command line cannot be carried out."),
    ("3", "The input cannot be used."), ("4", "Refused by the gate, or an attack succeeded."),
    ("5", "Partly done; can be resumed."),
    ("130", "Interrupted."),
  ]
}

extension Command {
  package static var name: String { syntax.name }
  package static var summary: String { syntax.summary }

  /// The page of `throng help COMMAND`.
  package static func helpPage(width: Int) -> String { syntax.helpPage(width: width).text }

  /// Carries out the arguments after the command's name.
  fileprivate static func perform(
    _ arguments: [String], in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    switch try syntax.parse(arguments) {
    case .help:
      try context.console.write(Array(helpPage(width: context.console.columns).utf8))
      return .done
    case .run(let options):
      if options.quiet { context.console.beQuiet() }
      return try run(options, in: context, engine: engine)
    }
  }
}
