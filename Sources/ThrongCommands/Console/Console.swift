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
    var messages = MessageOptions()
    /// Whether the last word, an error, is JSON whatever the others are.
    var failsInJSON = false
    /// The stage that runs.
    var stage: String?
    /// An animated line stands on the terminal.
    var isLineShown = false
  }

  /// What a console asks the machine.
  package struct Clocks: Sendable {
    /// Seconds of a clock that never goes back.
    package var now: @Sendable () -> Double
    /// Seconds since 1970.
    package var date: @Sendable () -> Double
    /// Most memory the process had so far, in bytes, where that can be known.
    package var peakMemory: @Sendable () -> Int?

    package init(
      now: @escaping @Sendable () -> Double, date: @escaping @Sendable () -> Double = { 0 },
      peakMemory: @escaping @Sendable () -> Int? = { nil }
    ) {
      self.now = now
      self.date = date
      self.peakMemory = peakMemory
    }
  }

  private let output: any OutputSink
  private let messages: any OutputSink
  private let style: Style
  private let clocks: Clocks
  private let state: Mutex<State>

  /// - Parameters:
  ///   - output: where data goes.
  ///   - messages: where messages and progress go.
  package init(output: any OutputSink, messages: any OutputSink, style: Style, clocks: Clocks) {
    self.output = output
    self.messages = messages
    self.style = style
    self.clocks = clocks
    state = Mutex(State(meter: ProgressMeter(form: style.isAnimated ? .animated : .lines)))
  }

  /// Columns that help is wrapped to.
  package var columns: Int { style.columns() }

  /// Speaks from now on as a command line wants it.
  ///
  /// - Parameter failsInJSON: whether an error is an object, as other answers of the command are.
  package func speak(_ messages: MessageOptions, failsInJSON: Bool) {
    state.withLock { state in
      state.messages = messages
      state.failsInJSON = failsInJSON
      if !isAnimated(state) { state.meter = ProgressMeter(form: .lines) }
    }
  }

  /// Objects are for programs, which want no line drawn over.
  private func isAnimated(_ state: State) -> Bool { style.isAnimated && state.messages.logFormat == .text }

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
  package func note(_ message: String, _ fields: [String: LogValue] = [:]) {
    say(LogEntry(level: .info, message: message, fields: fields))
  }

  /// Says something that only `--verbose` asks for: settings, sizes, memory; never anything of a conversation.
  package func detail(_ message: String, _ fields: [String: LogValue] = [:]) {
    say(LogEntry(level: .debug, message: message, fields: fields))
  }

  /// Says on standard error what somebody should know even with `--quiet`.
  package func warn(_ message: String) { say(LogEntry(level: .warning, message: message)) }

  /// Says on standard error why a command ends, and returns the exit code for it.
  ///
  /// Of an error that is not ours only the kind is said: its payload might hold text of a conversation.
  package func fail(_ error: any Error) -> Int32 {
    let failure = error as? any ThrongFailure
    let code = failure?.exitStatus ?? ExitCode.internalFailure.rawValue
    if case CommandFailure.outputClosed? = failure { return code }
    state.withLock { state in
      let hint = (failure as? UsageFailure)?.hint
      let isJSON = state.messages.logFormat == .json || state.failsInJSON
      write(lastWord(failure, error, code: code, hint: hint, isJSON: isJSON, state), &state)
      if let hint, !isJSON { write(hint, &state) }
    }
    return code
  }

  /// What ``fail(_:)`` would say, for a moment in which nothing can be put together any more.
  package func lastWord(_ failure: any ThrongFailure) -> [UInt8] {
    state.withLock { state in
      let isJSON = state.messages.logFormat == .json || state.failsInJSON
      let line = lastWord(failure, failure, code: failure.exitStatus, hint: nil, isJSON: isJSON, state)
      return Array((line + "\n").utf8)
    }
  }

  private func lastWord(
    _ failure: (any ThrongFailure)?, _ error: any Error, code: Int32, hint: String?, isJSON: Bool,
    _ state: State
  ) -> String {
    var entry = LogEntry(
      level: failure is Interrupted ? .warning : .error,
      message: failure?.message ?? "internal failure of kind \(type(of: error))",
      fields: ["exit_code": .count(Int(code))])
    if let hint { entry.fields["hint"] = .text(hint) }
    entry.stage = state.stage
    return isJSON ? entry.json(time: clocks.date()) : line(entry, isPlain: failure is Interrupted, state)
  }

  private func say(_ entry: LogEntry) { state.withLock { say(entry, &$0) } }

  private func say(_ entry: LogEntry, _ state: inout State) {
    switch entry.level {
    case .debug where !state.messages.verbose, .info where state.messages.quiet: return
    default: break
    }
    var entry = entry
    entry.stage = entry.stage ?? state.stage
    write(state.messages.logFormat == .json ? entry.json(time: clocks.date()) : line(entry, state), &state)
  }

  /// The entry for a person.
  private func line(_ entry: LogEntry, isPlain: Bool = false, _ state: State) -> String {
    let mark =
      switch entry.level {
      case .warning where !isPlain: colored("warning:", 33, state) + " "
      case .error: colored("error:", 31, state) + " "
      default: ""
      }
    return "throng: \(mark)\(Self.printable(entry.message))"
  }

  /// Writes one line to standard error. A message nobody can read is no reason to fail.
  private func write(_ line: String, _ state: inout State) {
    clearLine(&state)
    try? messages.write(Array((line + "\n").utf8))
  }

  private func clearLine(_ state: inout State) {
    guard state.isLineShown else { return }
    state.isLineShown = false
    try? messages.write(Array("\r\u{1B}[K".utf8))
  }

  private func colored(_ word: String, _ color: Int, _ state: State) -> String {
    let isColored =
      switch state.messages.color {
      case .auto: style.isColored
      case .always: true
      case .never: false
      }
    return isColored ? "\u{1B}[1;\(color)m\(word)\u{1B}[0m" : word
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
      state.stage = stage
      guard !state.messages.quiet else { return }
      for line in state.meter.report(stage: stage, done: done, total: total, unit: unit, at: clocks.now()) {
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
      if !state.messages.quiet {
        for line in state.meter.end(at: clocks.now(), isComplete: isComplete) { show(line, &state) }
      }
      state.stage = nil
    }
  }

  /// Draws the line again on a terminal; adds it to a log. With `--verbose` both keep how a stage ended.
  private func show(_ line: ProgressMeter.Line, _ state: inout State) {
    if isAnimated(state), !line.isEnd { return draw(line, &state) }
    guard !isAnimated(state) || state.messages.verbose else { return }
    var entry = LogEntry(level: .info, message: line.text, stage: line.stage, fields: line.fields)
    if line.isEnd, state.messages.verbose, let bytes = clocks.peakMemory() {
      entry.message += "; \(Quantity.bytes(Double(bytes))) of memory at most"
      entry.fields["peak_memory_bytes"] = .count(bytes)
    }
    say(entry, &state)
  }

  private func draw(_ line: ProgressMeter.Line, _ state: inout State) {
    let columns = style.columns()
    // One column is kept free: a full line would wrap on some terminals.
    let clipped = line.drawn(withBar: columns >= Self.leastColumnsOfABar).prefix(max(1, columns - 1))
    state.isLineShown = true
    try? messages.write(Array("\r\(clipped)\u{1B}[K".utf8))
  }

  private static let leastColumnsOfABar = 60
}
