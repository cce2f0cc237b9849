/// What a stage counts.
package enum ProgressUnit: Sendable {
  /// Bare numbers, or nothing at all.
  case none
  case bytes, conversations, iterations
}

/// Where a stage says how far it is.
package protocol ProgressReporter: Sendable {
  /// - Parameters:
  ///   - stage: a name from the code, never from the input.
  ///   - done: units done so far.
  ///   - total: units in all where known.
  func report(stage: String, done: Int, total: Int?)

  /// The same of units with a name.
  func report(stage: String, done: Int, total: Int?, unit: ProgressUnit)
}

extension ProgressReporter {
  package func report(stage: String, done: Int, total: Int?, unit: ProgressUnit) {
    report(stage: stage, done: done, total: total)
  }
}

/// Says nothing: for tests and library use.
package struct SilentProgress: ProgressReporter {
  package init() {}
  package func report(stage: String, done: Int, total: Int?) {}
}
