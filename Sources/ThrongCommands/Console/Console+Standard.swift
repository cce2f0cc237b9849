internal import Foundation
internal import Glibc
internal import Throng
internal import ThrongCore

extension Console {
  /// The console of this process.
  ///
  /// - Parameter environment: its environment; `NO_COLOR` and `TERM` are heeded.
  package static func standard(environment: [String: String]) -> Console {
    let start = ContinuousClock.now
    return Console(
      output: DescriptorSink.standardOutput, messages: DescriptorSink.standardError,
      style: Style(isTerminal: isatty(STDERR_FILENO) == 1, environment: environment) {
        terminalColumns() ?? environment["COLUMNS"].flatMap { Int($0) } ?? 80
      },
      clocks: Clocks {
        StageClock.seconds(ContinuousClock.now - start)
      } date: {
        Date().timeIntervalSince1970
      } peakMemory: {
        Evaluation.peakRSS()
      })
  }

  private static func terminalColumns() -> Int? {
    for descriptor in [STDERR_FILENO, STDOUT_FILENO] {
      var size = winsize()
      if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    }
    return nil
  }
}

extension Console.Style {
  /// What a terminal, or anything else, can show under `environment`.
  ///
  /// A dumb terminal cannot draw a line again. `NO_COLOR` takes the colour, not the movement
  /// (https://no-color.org: any value that is not empty). `CLICOLOR=0` takes it too, and `CLICOLOR_FORCE` gives it
  /// where there is no terminal (https://bixense.com/clicolors).
  package init(
    isTerminal: Bool, environment: [String: String], columns: @escaping @Sendable () -> Int
  ) {
    let isAble = isTerminal && environment["TERM"] != "dumb"
    let isForced = !["", "0"].contains(environment["CLICOLOR_FORCE"] ?? "")
    let isForbidden = !(environment["NO_COLOR"] ?? "").isEmpty || environment["CLICOLOR"] == "0" && !isForced
    self.init(isAnimated: isAble, isColored: (isAble || isForced) && !isForbidden, columns: columns)
  }
}
