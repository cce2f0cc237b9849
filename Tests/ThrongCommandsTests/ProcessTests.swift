import Foundation
import Glibc
import Testing
import ThrongCommands
import ThrongCore

/// What can only be seen from outside a process.
@Suite struct ProcessTests {
  @Test(arguments: [SIGINT, SIGTERM]) func theFirstSignalStopsThePipeline(signal: Int32) async {
    let result = await #expect(
      processExitsWith: .exitCode(130), observing: [\.standardErrorContent]
    ) { [signal] in
      let console = Console.standard(environment: [:])
      let cancellation = Cancellation()
      Signals.install(cancellation: cancellation, console: console)
      kill(getpid(), signal)
      while !cancellation.isCancelled { sched_yield() }
      // What a loop of the pipeline does next.
      do { try cancellation.check() } catch { Glibc.exit(console.fail(error)) }
    }
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(said.contains("throng: interrupted; nothing was released"))
  }

  @Test func theSecondSignalDoesNotWait() async {
    let result = await #expect(processExitsWith: .exitCode(130), observing: [\.standardErrorContent]) {
      let cancellation = Cancellation()
      Signals.install(cancellation: cancellation, console: Console.standard(environment: [:]))
      kill(getpid(), SIGINT)
      while !cancellation.isCancelled { sched_yield() }
      kill(getpid(), SIGINT)
      while true { pause() }
    }
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(said.contains("throng: stopping…"))
  }

  @Test func aClosedPipeIsAnErrorOfTheWrite() async {
    await #expect(processExitsWith: .exitCode(0)) {
      Signals.install(cancellation: Cancellation(), console: Console.standard(environment: [:]))
      var ends: [Int32] = [0, 0]
      precondition(unsafe pipe(&ends) == 0)
      close(ends[0])
      do {
        try DescriptorSink(ends[1]).write([1])
        Glibc.exit(1)
      } catch {
        Glibc.exit(error as? CommandFailure == .outputClosed ? 0 : 2)
      }
    }
  }

  @Test func longWritesArriveWhole() throws {
    let pipe = Pipe()
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    // A pipe holds 64 KiB, so the writer has to come back many times; it is non-blocking on top of that.
    #expect(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
    let writer = Thread {
      try? DescriptorSink(descriptor).write(bytes)
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    #expect(try pipe.fileHandleForReading.readToEnd() == Data(bytes))
  }

  /// The built program, beside the tests.
  private static let program: String? = {
    let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("throng").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  @Test(.enabled(if: program != nil, "the program is not built"))
  func theProgramAnswers() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.program))
    process.arguments = ["--version"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try pipe.fileHandleForReading.readToEnd() == Data("throng \(Version.current)\n".utf8))
  }
}
