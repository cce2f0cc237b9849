internal import Foundation

/// A shell that can complete command lines of `throng`, and the script that teaches it to.
package enum CompletionShell: String, Sendable, CaseIterable {
  case bash, zsh, fish

  /// The script, made of what the commands declare.
  package func script(for commands: [CommandDescription]) -> String {
    switch self {
    case .bash: BashCompletion(commands: commands).script
    case .zsh: ZshCompletion(commands: commands).script
    case .fish: FishCompletion(commands: commands).script
    }
  }
}

extension CommandDescription {
  /// Flags that stand for the whole program, where a command would.
  static let programFlags = [("--help", "Show help"), ("--version", "Show the version")]
}

extension CommandDescription.Flag {
  /// What the flag does, in few words.
  var brief: String {
    let ends = [". ", "; ", ": "].compactMap { help.range(of: $0)?.lowerBound }
    let first = ends.min().map { String(help[..<$0]) } ?? help
    return first.hasSuffix(".") ? String(first.dropLast()) : first
  }

  /// "--out" and "-o".
  var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + ["--\(name)"] }
}
