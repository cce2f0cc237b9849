import Foundation
import Glibc

/// The built program as a process of its own.
struct Program {
  /// Beside the tests; nil where it is not built.
  static let path: String? = {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let path = folder.appendingPathComponent("throng").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  /// Whether a shell can carry `script` out.
  static func succeeds(_ script: String) -> Bool {
    (try? Program(arguments: [], wrapped: script).finish().code) == 0
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let messages = Pipe()
  private let said = Said()

  /// What was read of standard error so far.
  private final class Said { var text = "" }

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - wrapped: a script of `sh` that starts the program as `"$@"`.
  ///   - environment: added to that of the tests.
  init(arguments: [String], wrapped script: String = #"exec "$@""#, environment: [String: String] = [:])
    throws
  {
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, "sh", Self.path ?? "throng"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = messages
    try process.run()
  }

  /// Writes to its standard input.
  func write(_ bytes: [UInt8]) throws { try input.fileHandleForWriting.write(contentsOf: Data(bytes)) }

  /// Waits until it said `words` on standard error; false where it ended before.
  func waits(for words: String) -> Bool {
    while !said.text.contains(words) {
      let more = messages.fileHandleForReading.availableData
      if more.isEmpty { return false }
      said.text += String(decoding: more, as: UTF8.self)
    }
    return true
  }

  /// Waits until it has a handler for SIGINT, which it says to nobody but the kernel; false where it ended before.
  func waitsForHandler() -> Bool {
    let bit = UInt64(1) << UInt64(SIGINT - 1)
    while let status = try? String(
      contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("SigCgt:") }),
      let caught = line.split(separator: "\t").last.flatMap({ UInt64($0, radix: 16) })
    {
      if caught & bit != 0 { return true }
      sched_yield()
    }
    return false
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Ends its standard input unless told not to, and waits for its end.
  func finish(closingInput: Bool = true) throws -> Outcome {
    if closingInput { try input.fileHandleForWriting.close() }
    let reading = output.fileHandleForReading
    let printed = Promise()
    // Both pipes are emptied at once: a program that fills one while the other is awaited would stand still.
    Thread { printed.fulfil(reading.readDataToEndOfFile()) }.start()
    let rest = messages.fileHandleForReading.readDataToEndOfFile()
    let data = printed.wait()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: String(decoding: data, as: UTF8.self),
      messages: said.text + String(decoding: rest, as: UTF8.self))
  }
}

/// Data that another thread brings.
private final class Promise: @unchecked Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private var data = Data()

  func fulfil(_ data: Data) {
    self.data = data
    semaphore.signal()
  }

  func wait() -> Data {
    semaphore.wait()
    return data
  }
}
