internal import ThrongCore

/// What a shell may offer where a value is wanted: completions, suggestions and documentation read it.
package enum ValueHint: Sendable, Equatable {
  /// Nothing that can be known beforehand: a number, a name of a field.
  case none
  case file
  case folder
  /// The name of a command.
  case command
  /// One of these words.
  case choices([String])
  /// A comma list of these words.
  case list([String])

  /// The same, where `word` will do too.
  func or(_ word: String) -> ValueHint {
    switch self {
    case .choices(let words): .choices([word] + words)
    case .none: .choices([word])
    case .file, .folder, .command, .list: self
    }
  }

  /// The value that somebody may have meant by `text`, where only certain words are values.
  package func suggestion(for text: String) -> String? {
    switch self {
    case .choices(let words): return Suggestion.closest(to: text, among: words)
    case .list(let words):
      let parts = text.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
      let meant = parts.map { words.contains($0) ? $0 : Suggestion.closest(to: $0, among: words) }
      let list = meant.compactMap { $0 }
      return list.isEmpty || list.count < parts.count || Set(list).count < list.count
        ? nil : list.joined(separator: ",")
    case .none, .file, .folder, .command: return nil
    }
  }
}
