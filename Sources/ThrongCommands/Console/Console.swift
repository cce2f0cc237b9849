internal import Synchronization
package import ThrongCore

/// Where a command speaks: data on standard output, messages and progress on standard error.
///
/// Every message passes here, so here control characters are taken out: a file name cannot steer a terminal.
/// Safe to use from any thread.
package final class Console: ProgressReporter, Sendable {
  /// What standard error can show.
  package struct Style: Sendable {
    /// A terminal: progress is one animated line.
    package var isAnimated: Bool
    /// "error" and "warning" are coloured.
    package var isColored: Bool
    /// Columns of the terminal, asked for at each drawing since it may be resized.
    package var columns: @Sendable () -> Int

    package init(isAnimated: Bool, isColored: Bool, columns: @escaping @Sendable () -> Int) {
      self.isAnimated = isAnimated
      self.isColored = isColored
      self.columns = columns
    }

    /// A file or a pipe.
    package static let plain = Style(isAnimated: false, isColored: false, columns: { 80 })
  }

  private struct State: Sendable {
    var meter: ProgressMeter
    var isQuiet = false
    /// An animated line stands on the terminal.
    var isLineShown = false
  }

  private let output: any OutputSink
  private let messages: any OutputSink
  private let style: Style
  private let now: @Sendable () -> Double
  private let state: Mutex<State>

  /// - Parameters:
  ///   - output: where data goes.
  ///   - messages: where messages and progress go.
  ///   - now: seconds of a clock that never goes back.
  package init(
    output: any OutputSink, messages: any OutputSink, style: Style, now: @escaping @Sendable () -> Double
  ) {
    self.output = output
    self.messages = messages
    self.style = style
    self.now = now
    state = Mutex(State(meter: ProgressMeter(form: style.isAnimated ? .animated : .lines)))
  }

  /// Columns that help is wrapped to.
  package var columns: Int { style.columns() }

  /// Says no more progress and notes; warnings and errors are still said.
  package func beQuiet() { state.withLock { $0.isQuiet = true } }

  /// Writes data to standard output.
  ///
  /// - Throws: ``CommandFailure``; ``CommandFailure/outputClosed`` ends a command quietly.
  package func write(_ bytes: [UInt8]) throws(CommandFailure) {
    let result = state.withLock { state -> Result<Void, CommandFailure> in
      clearLine(&state)
      do throws(CommandFailure) { return .success(try output.write(bytes)) } catch { return .failure(error) }
    }
    try result.get()
  }

  /// Writes a line of data to standard output.
  ///
  /// - Throws: ``CommandFailure``.
  package func print(_ line: String) throws(CommandFailure) { try write(Array((line + "\n").utf8)) }

  /// Writes text of ours, such as help, to standard error.
  package func explain(_ text: String) {
    state.withLock { state in
      clearLine(&state)
      try? messages.write(Array(text.utf8))
    }
  }

  /// Says something on standard error that `--quiet` silences.
  package func note(_ message: String) {
    state.withLock { if !$0.isQuiet { say("throng: \(Self.printable(message))", &$0) } }
  }

  /// Says on standard error what somebody should know even with `--quiet`.
  package func warn(_ message: String) {
    state.withLock { say("throng: \(colored("warning:", 33)) \(Self.printable(message))", &$0) }
  }

  /// Says on standard error why a command ends, and returns the exit code for it.
  ///
  /// Of an error that is not ours only the kind is said: its payload might hold text of a conversation.
  package func fail(_ error: any Error) -> Int32 {
    guard let failure = error as? any ThrongFailure else {
      say(error: "internal failure of kind \(type(of: error))")
      return ExitCode.internalFailure.rawValue
    }
    switch failure {
    case CommandFailure.outputClosed: break
    case is Interrupted: state.withLock { say("throng: \(failure.message)", &$0) }
    case let usage as UsageFailure:
      say(error: usage.message)
      state.withLock { say(usage.hint, &$0) }
    default: say(error: failure.message)
    }
    return failure.exitStatus
  }

  private func say(error message: String) {
    state.withLock { say("throng: \(colored("error:", 31)) \(Self.printable(message))", &$0) }
  }

  /// Writes one line to standard error. A message nobody can read is no reason to fail.
  private func say(_ line: String, _ state: inout State) {
    clearLine(&state)
    try? messages.write(Array((line + "\n").utf8))
  }

  private func clearLine(_ state: inout State) {
    guard state.isLineShown else { return }
    state.isLineShown = false
    try? messages.write(Array("\r\u{1B}[K".utf8))
  }

  private func colored(_ word: String, _ color: Int) -> String {
    style.isColored ? "\u{1B}[1;\(color)m\(word)\u{1B}[0m" : word
  }

  /// `text` with "?" for every character that a terminal might obey or hide.
  package static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
        result.append("?")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

// MARK: Progress

extension Console {
  package func report(stage: String, done: Int, total: Int?) {
    report(stage: stage, done: done, total: total, unit: .none)
  }

  package func report(stage: String, done: Int, total: Int?, unit: ProgressUnit) {
    state.withLock { state in
      guard !state.isQuiet else { return }
      for line in state.meter.report(stage: stage, done: done, total: total, unit: unit, at: now()) {
        show(line, &state)
      }
    }
  }

  /// Ends the progress of a command: nothing of it is left on a terminal, and the last stage has its last line.
  ///
  /// - Parameter isComplete: whether the stage came to its end, or was stopped short of it.
  package func endProgress(isComplete: Bool = true) {
    state.withLock { state in
      clearLine(&state)
      guard !state.isQuiet else { return }
      for line in state.meter.end(at: now(), isComplete: isComplete) { show(line, &state) }
    }
  }

  private func show(_ line: String, _ state: inout State) {
    guard style.isAnimated else { return say("throng: \(line)", &state) }
    // One column is kept free: a full line would wrap on some terminals.
    let clipped = line.prefix(max(1, style.columns() - 1))
    state.isLineShown = true
    try? messages.write(Array("\r\(clipped)\u{1B}[K".utf8))
  }
}
