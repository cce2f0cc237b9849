internal import Foundation
import Glibc
import Testing
import ThrongCore
import ThrongIngest

/// Inputs that cannot be read, streams, and what is written about bad records.
@Suite struct InputTests {
  private func refusal(_ input: String) -> IngestFailure? {
    failure { _ = try ConversationReader(inputs: [input], settings: lenient()) }
  }

  @Test func unusableInputsSayWhy() throws {
    let folder = try Folder()
    let missing = refusal(folder.path + "/none.jsonl")
    guard case .missing? = missing else {
      Issue.record("\(String(describing: missing))")
      return
    }
    #expect(missing?.message == "\(folder.path)/none.jsonl: no such file; check the name")
    let directory = refusal(folder.path)
    guard case .noFiles? = directory else {
      Issue.record("\(String(describing: directory))")
      return
    }
    #expect(directory?.message.hasPrefix("\(folder.path) holds no log") == true)
    let pattern = refusal(folder.path + "/*.jsonl")
    guard case .noMatch? = pattern else {
      Issue.record("\(String(describing: pattern))")
      return
    }
    let empties: [[UInt8]] = [
      [], [0xef, 0xbb, 0xbf], Array(" \r\n\n".utf8), Array("[]".utf8), Packed.gzip([]), Packed.zstd([]),
    ]
    for bytes in empties {
      let empty = refusal(try folder.write(bytes))
      guard case .empty? = empty else {
        Issue.record("\(String(describing: empty))")
        return
      }
      #expect(empty?.exitStatus == 3)
    }
    for failure in [missing, directory, pattern] { #expect(failure?.exitStatus == 3) }
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything")) func permissionsAreRespected() throws {
    let folder = try Folder()
    let path = try folder.write("{\"text\":\"x\"}".utf8)
    #expect(unsafe chmod(path, 0) == 0)
    guard case .noPermission? = refusal(path) else {
      Issue.record("read, or refused for another reason")
      return
    }
  }

  @Test func unknownContentIsRefused() throws {
    let folder = try Folder()
    let cases: [([UInt8], String)] = [
      (Array("hello secret\nworld".utf8), "(2 not valid JSON)"),
      (Array("{\"secret\":1}".utf8), "none of the first 1 records"),
      ([0xff, 0xfe, 0x7b, 0x00], "(1 with NUL bytes)"),
      (Array("[1,2,\"secret\"]".utf8), "(3 not a JSON object)"),
      (Array("{\"text\": 5}".utf8), "known formats: messages, text, "),
      (Array(Packed.zstd(Array("{\"text\":\"x\"}".utf8)).prefix(9)), "truncated or damaged"),
    ]
    for (bytes, part) in cases {
      let unknown = refusal(try folder.write(bytes))
      guard case .unrecognised? = unknown else {
        Issue.record("\(String(describing: unknown))")
        return
      }
      #expect(unknown?.exitStatus == 3)
      #expect(unknown!.message.contains(part), "\(unknown!.message)")
      #expect(!unknown!.message.contains("secret"))
    }
    for (magic, name) in [("BZh9", "bzip2"), ("PK\u{3}\u{4}", "zip"), ("\u{fd}7zXZ", "xz")] {
      let bytes = magic.unicodeScalars.map { UInt8($0.value) }
      #expect(refusal(try folder.write(bytes + [0, 0, 0, 0]))?.message.contains(name) == true)
    }
  }

  /// A pipe is read once, from its first byte, in whatever pieces the writer sends.
  @Test func pipesAreStreams() throws {
    let folder = try Folder()
    let path = folder.path + "/pipe"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let bytes = ReaderTests.log(seed: 3)
    let writer = Thread {
      guard let pipe = FileHandle(forWritingAtPath: path) else { return }
      for start in stride(from: 0, to: bytes.count, by: 313) {
        try? pipe.write(contentsOf: bytes[start..<min(bytes.count, start + 313)])
      }
      try? pipe.close()
    }
    writer.start()
    let reader = try ConversationReader(inputs: [path], settings: ReaderTests.settings)
    let found = try reader.all(threads: 2)
    let expected = try readLog(bytes, settings: ReaderTests.settings)
    #expect(found.records == expected.records)
    #expect(found.report.faults == expected.report.faults)
    #expect(reader.totalBytes == nil)
    let again = failure { _ = try reader.all() }
    guard case .alreadyRead? = again else {
      Issue.record("\(String(describing: again))")
      return
    }
  }

  /// In a process of its own, which has a standard input to spare.
  @Test func standardInputIsAnInput() async {
    await #expect(processExitsWith: .exitCode(42)) {
      let log = "{\"text\":\"x\",\"user\":\"u\"}\n"
      let pipe = Pipe()
      try pipe.fileHandleForWriting.write(contentsOf: Packed.zstd(Array(log.utf8)))
      try pipe.fileHandleForWriting.close()
      dup2(pipe.fileHandleForReading.fileDescriptor, STDIN_FILENO)
      let reader = try ConversationReader(inputs: ["-"], settings: ReadSettings())
      let (records, _) = try reader.all()
      exit(records.map(\.user) == ["u"] ? 42 : 1)
    }
  }

  @Test func aCancelledWaitEnds() throws {
    let folder = try Folder()
    let path = folder.path + "/pipe"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    // Held open for writing, so that the reader waits for bytes that never come.
    let held = unsafe open(path, O_RDWR)
    defer { close(held) }
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(throws: Interrupted.self) {
      _ = try ConversationReader(inputs: [path], settings: lenient(), cancellation: cancellation)
    }
  }

  @Test func theQuarantineReportHoldsPositionsOnly() throws {
    let folder = try Folder()
    let inputs = [
      try folder.write("{\"text\":\"secret\"}\nsecret\n\n{\"secret\":1}\n{".utf8, "a.jsonl"),
      try folder.write("{\"text\":\"x\"}".utf8, "b"),
      try folder.write("[{\"text\":\"x\"},\n\n1]".utf8, "c\"d"),
    ]
    let reader = try ConversationReader(inputs: inputs, settings: lenient())
    let report = QuarantineReport(try reader.all().report, of: reader)
    #expect(
      String(decoding: try report.json(), as: UTF8.self) == """
        {"kept":3,"kinds":{"invalid_json":2,"no_text":1,"not_an_object":1},"listed":4,"quarantined":4,"read":7,\
        "sources":[{"faults":{"invalid_json":[2,5],"no_text":[4]},"index":0,"name":"a.jsonl","positions":"line"},\
        {"faults":{"not_an_object":[2]},"index":2,"name":"c\\"d","positions":"element"}]}

        """)
  }
}
