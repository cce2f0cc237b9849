/// How a command uses the machine.
package struct ProcessOptions: Sendable, Equatable {
  /// Threads used; nil uses every processor. The result does not depend on it.
  package var threads: Int?

  package init() {}

  static let flags: [Flag<ProcessOptions>] = [
    .value(
      "threads", "N|all", to: \.threads, ValueParser.whole(1...1024).orNil("all"),
      "Threads to use; the result does not depend on it.")
  ]
}
