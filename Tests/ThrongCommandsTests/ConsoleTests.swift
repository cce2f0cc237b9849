import Dispatch
import Testing
import ThrongCommands
import ThrongCore

@Suite struct ProgressTests {
  @Test func aLogGetsFewLines() {
    let bench = Bench()
    // 1,000 units in 20 seconds, reported every 0.02 s.
    for done in 0...1000 {
      bench.console.report(stage: "read", done: done, total: 1000)
      bench.clock.advance(0.02)
    }
    bench.console.endProgress()
    let lines = bench.messages.lines
    #expect(lines.first == "throng: read: started")
    #expect(lines.last == "throng: read: done, 1,000 in 20 s")
    #expect((4...6).contains(lines.count))
    #expect(lines[1].hasPrefix("throng: read: 25%, 50/s, 15 s left"))
    #expect(!bench.messages.text.contains("\r"))
  }

  @Test func eachStageStartsAndEndsOnce() {
    let bench = Bench()
    for stage in ["read", "weigh", "read", "weigh"] {
      bench.console.report(stage: stage, done: 1, total: nil)
      bench.clock.advance(1)
    }
    bench.console.endProgress()
    bench.console.endProgress()
    #expect(
      bench.messages.lines == [
        "throng: read: started", "throng: read: done, 1 in 1 s", "throng: weigh: started",
        "throng: weigh: done, 1 in 1 s",
      ])
  }

  @Test func aStageThatFailsIsNotDone() {
    let bench = Bench()
    let (console, clock) = (bench.console, bench.clock)
    let engine = RecordingEngine {
      console.report(stage: "read", done: 0, total: 10)
      clock.advance(2)
      console.report(stage: "read", done: 4, total: 10)
      throw CancellationError()
    }
    #expect(bench.run("inspect a", engine: engine) == 1)
    #expect(
      bench.messages.lines == [
        "throng: read: started", "throng: read: stopped at 4 after 2 s",
        "throng: error: internal failure of kind CancellationError",
      ])
  }

  @Test func aTerminalIsDrawnTenTimesASecondAtMost() {
    let bench = Bench(isAnimated: true)
    for done in 0..<1000 {
      bench.console.report(stage: "read", done: done, total: 1_000_000)
      bench.clock.advance(0.002)
    }
    let draws = bench.messages.text.split(separator: "\r")
    #expect((15...21).contains(draws.count))
    #expect(!bench.messages.text.contains("\n"))
    #expect(draws.last?.hasPrefix("read [....................] 0%, 500/s, 33 min ") == true)
  }

  @Test func nothingOfTheAnimationStays() {
    let bench = Bench(isAnimated: true)
    bench.console.report(stage: "read", done: 5, total: 10)
    bench.console.note("a note")
    bench.console.report(stage: "read", done: 10, total: 10)
    bench.console.endProgress()
    let erase = "\r\u{1B}[K"
    #expect(
      bench.messages.text
        == "\rread [##########..........] 50%\u{1B}[K" + erase + "throng: a note\n"
        + "\rread [####################] 100%\u{1B}[K" + erase)
  }

  @Test func dataIsNotWrittenIntoTheAnimation() throws {
    let bench = Bench(isAnimated: true)
    bench.console.report(stage: "read", done: 5, total: 10)
    try bench.console.print("{}")
    #expect(bench.output.text == "{}\n")
    #expect(bench.messages.text.hasSuffix("\r\u{1B}[K"))
  }

  @Test func aNarrowTerminalIsNotWrapped() {
    let bench = Bench(isAnimated: true, columns: 10)
    bench.console.report(stage: "agglomerate", done: 5, total: 10)
    #expect(bench.messages.text == "\ragglomera\u{1B}[K")
  }

  @Test func aStageThatBeginsAnewHasANewRate() {
    var meter = ProgressMeter(form: .animated)
    _ = meter.report(stage: "k-means", done: 0, total: 100, at: 0)
    #expect(
      meter.report(stage: "k-means", done: 100, total: 100, at: 10).map(\.text) == ["k-means: 100%, 10/s"])
    _ = meter.report(stage: "k-means", done: 0, total: 100, at: 10)
    #expect(
      meter.report(stage: "k-means", done: 50, total: 100, at: 11).map(\.text) == [
        "k-means: 50%, 50/s, 1 s left"
      ])
  }

  @Test func noTotalAndNoUnits() {
    var meter = ProgressMeter(form: .animated)
    #expect(meter.report(stage: "read", done: 0, total: nil, at: 0).map(\.text) == ["read: started"])
    #expect(
      meter.report(stage: "read", done: 12_345, total: nil, at: 2).map(\.text) == ["read: 12,345, 6.2k/s"])
    #expect(
      meter.report(stage: "empty", done: 0, total: 0, at: 3).map(\.text) == [
        "read: done, 12,345 in 3 s", "empty: started",
      ])
  }

  @Test(arguments: [
    (ProgressUnit.bytes, "63 MB, 6.3 MB/s", "done, 63 MB in 10 s"),
    (.iterations, "63,000,000 iterations, 6.3M/s", "done, 63,000,000 iterations in 10 s"),
    (.none, "63,000,000, 6.3M/s", "done, 63,000,000 in 10 s"),
  ])
  func unitsAreNamed(unit: ProgressUnit, during: String, after: String) {
    var meter = ProgressMeter(form: .lines)
    #expect(meter.report(stage: "s", done: 0, total: nil, unit: unit, at: 0).map(\.text) == ["s: started"])
    #expect(
      meter.report(stage: "s", done: 63_000_000, total: nil, unit: unit, at: 10).map(\.text) == [
        "s: \(during)"
      ])
    #expect(meter.end(at: 10).map(\.text) == ["s: \(after)"])
  }

  @Test func aStageThatCountsNothingNamesNoCount() {
    var meter = ProgressMeter(form: .lines)
    _ = meter.report(stage: "gate", done: 0, total: nil, at: 0)
    #expect(meter.end(at: 2).map(\.text) == ["gate: done in 2 s"])
    _ = meter.report(stage: "write", done: 0, total: nil, at: 2)
    #expect(meter.end(at: 3, isComplete: false).map(\.text) == ["write: stopped after 1 s"])
    _ = meter.report(stage: "k-means", done: 1, total: nil, unit: .iterations, at: 3)
    #expect(meter.end(at: 5).map(\.text) == ["k-means: done, 1 iteration in 2 s"])
  }

  @Test func threadsMayReportTogether() {
    let bench = Bench()
    let console = bench.console
    DispatchQueue.concurrentPerform(iterations: 64) { lane in
      for done in 0..<100 { console.report(stage: "stage \(lane % 2)", done: done, total: 100) }
    }
    console.endProgress()
    // Two stages, each said to start and to end once; the clock stands, so nothing else is due.
    #expect(bench.messages.lines.count == 4)
  }
}

@Suite struct ConsoleTests {
  @Test func controlCharactersDoNotReachTheTerminal() {
    let bench = Bench()
    bench.console.warn("file \u{1B}[31m\u{7}\u{202E}name\n\u{200B}é✓")
    #expect(bench.messages.text == "throng: warning: file ?[31m??name??é✓\n")
  }

  @Test func colourIsForTerminalsWithoutNoColor() {
    func style(_ isTerminal: Bool, _ environment: [String: String]) -> (Bool, Bool) {
      let style = Console.Style(isTerminal: isTerminal, environment: environment, columns: { 80 })
      return (style.isAnimated, style.isColored)
    }
    #expect(style(true, ["TERM": "xterm"]) == (true, true))
    #expect(style(true, ["NO_COLOR": "1"]) == (true, false))
    #expect(style(true, ["NO_COLOR": ""]) == (true, true))
    #expect(style(true, ["TERM": "dumb"]) == (false, false))
    #expect(style(false, [:]) == (false, false))
    #expect(style(true, ["CLICOLOR": "0"]) == (true, false))
    #expect(style(true, ["CLICOLOR": "1"]) == (true, true))
    #expect(style(false, ["CLICOLOR_FORCE": "1"]) == (false, true))
    #expect(style(false, ["CLICOLOR_FORCE": "0"]) == (false, false))
    #expect(style(true, ["CLICOLOR_FORCE": "1", "CLICOLOR": "0"]) == (true, true))
    #expect(style(true, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]) == (true, false))
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
  ])
  func counts(value: Int, text: String) {
    #expect(Quantity.count(value) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (0.52, "0.5"), (9.94, "9.9"), (9.96, "10"), (999.4, "999"), (999.6, "1k"), (1234.0, "1.2k"),
    (980_000.0, "980k"), (4.5e6, "4.5M"), (2e15, "2000T"),
  ])
  func shortNumbers(value: Double, text: String) {
    #expect(Quantity.short(value) == text)
  }

  @Test(arguments: [
    (0.0, "0 B"), (999.0, "999 B"), (2_659_552.0, "2.7 MB"), (63e6, "63 MB"), (4.5e9, "4.5 GB"),
  ])
  func bytes(value: Double, text: String) {
    #expect(Quantity.bytes(value) == text)
  }

  @Test(arguments: [
    (0.04, "under 0.1 s"), (0.44, "0.4 s"), (34.2, "34 s"), (59.7, "1 min 00 s"), (125.0, "2 min 05 s"),
    (3720.0, "1 h 02 min"),
  ])
  func durations(seconds: Double, text: String) {
    #expect(Quantity.duration(seconds) == text)
  }
}
