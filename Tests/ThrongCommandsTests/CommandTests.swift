import Testing
import ThrongCommands
import ThrongCore

@Suite struct CommandTests {
  @Test(arguments: [
    ("--help", 0), ("-h", 0), ("--version", 0), ("help", 0), ("help run", 0), ("run -h", 0), ("help nope", 2),
    ("help run inspect", 2), ("", 2), ("rum", 2), ("run", 2), ("run a", 2), ("run a --nope", 2),
    ("-n run a", 2),
    ("run a -o o", 0), ("run - -n", 0), ("inspect a", 0), ("evaluate a --label l", 0), ("synthesize", 0),
    ("train a", 2), ("train a --label l", 0), ("classify a --model m", 2),
    ("classify a --model m --predictions p", 0), ("compare a", 2), ("compare a b", 0),
  ])
  func exitCodes(line: String, code: Int32) {
    let bench = Bench()
    #expect(bench.run(line) == code)
    // Help that was asked for is data; what went wrong is a message.
    #expect(bench.messages.text.isEmpty == (code == 0))
    #expect(code == 0 || bench.output.text.isEmpty)
  }

  @Test(arguments: ["run", "inspect", "evaluate", "synthesize", "train", "classify", "compare"])
  func eachCommandReachesTheEngine(
    name: String
  ) {
    let engine = RecordingEngine()
    let arguments = [
      "run": "a -n", "inspect": "a", "evaluate": "a --label l", "synthesize": "",
      "train": "a --label l", "classify": "a --model m --predictions p", "compare": "a b",
    ]
    #expect(Bench().run("\(name) \(arguments[name]!)", engine: engine) == 0)
    #expect(engine.commands == [name])
  }

  @Test func whatEndsTheEngineEndsTheProcess() {
    #expect(Bench().run("inspect a", engine: RecordingEngine { .partial }) == 5)
    #expect(Bench().run("inspect a", engine: RecordingEngine { .refused }) == 4)

    struct Unusable: ThrongFailure {
      var message: String { "line 7 of input 1 is not JSON" }
      var exitStatus: Int32 { 3 }
    }
    let bench = Bench()
    #expect(bench.run("inspect a", engine: RecordingEngine { throw Unusable() }) == 3)
    #expect(bench.messages.text == "throng: error: line 7 of input 1 is not JSON\n")
  }

  @Test func interruptionIsSaidAndIsNoError() {
    let bench = Bench()
    #expect(bench.run("inspect a", engine: RecordingEngine { throw Interrupted() }) == 130)
    #expect(bench.messages.text == "throng: interrupted; nothing was released\n")
  }

  @Test func foreignErrorsKeepTheirPayload() {
    struct Foreign: Error { let text = "my doctor said" }
    let bench = Bench()
    #expect(bench.run("inspect a", engine: RecordingEngine { throw Foreign() }) == 1)
    #expect(bench.messages.text == "throng: error: internal failure of kind Foreign\n")
  }

  @Test func aReaderThatLeavesIsNoFailure() {
    let bench = Bench(output: RecordingSink(failure: .outputClosed))
    #expect(bench.run("help") == 0)
    #expect(bench.messages.text.isEmpty)
  }

  @Test func aFullDiskIsAFailure() {
    let bench = Bench(output: RecordingSink(failure: .outputFailed(SystemError(28))))
    #expect(bench.run("help") == 1)
    #expect(bench.messages.text.contains("cannot write to standard output: No space left on device"))
  }

  @Test func mistypedCommandsAreSuggested() {
    let bench = Bench()
    #expect(bench.run("evalaute a") == 2)
    #expect(
      bench.messages.text
        == "throng: error: there is no command 'evalaute'; did you mean 'evaluate'?\nSee 'throng help'.\n")
  }

  @Test func noCommandIsHelpOnStandardError() {
    let bench = Bench()
    #expect(bench.run("") == 2)
    #expect(bench.messages.text == ThrongCommand.overview(width: 80))
  }

  @Test func quietIsPassedOn() {
    let bench = Bench()
    _ = bench.run("inspect a -q")
    bench.console.note("a note")
    bench.console.report(stage: "read", done: 0, total: nil)
    bench.console.warn("a warning")
    #expect(bench.messages.text == "throng: warning: a warning\n")
  }
}
