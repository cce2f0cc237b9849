/// Where a stage says how far it is. Units are what the stage counts: bytes, conversations, iterations.
package protocol ProgressReporter: Sendable {
  /// - Parameters:
  ///   - stage: a name from the code, never from the input.
  ///   - done: units done so far.
  ///   - total: units in all where known.
  func report(stage: String, done: Int, total: Int?)
}

/// Says nothing: for tests and library use.
package struct SilentProgress: ProgressReporter {
  package init() {}
  package func report(stage: String, done: Int, total: Int?) {}
}
