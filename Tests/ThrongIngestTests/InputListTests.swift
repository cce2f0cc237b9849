internal import Foundation
import Testing
import ThrongCore
import ThrongIngest

/// Directories, patterns, and what belongs together.
@Suite struct InputListTests {
  private static func line(_ user: String) -> String { "{\"text\":\"x\",\"user\":\"\(user)\"}\n" }

  private func users(_ inputs: [String], _ settings: ReadSettings = lenient()) throws -> [String?] {
    try ConversationReader(inputs: inputs, settings: settings).all().records.map(\.user)
  }

  @Test func directoriesAreReadInOrder() throws {
    let folder = try Folder()
    let names = ["b/z.jsonl", "b.jsonl", "a/deep/er/x.ndjson", "a/y.json", "c.JSONL.gz", "d.json.zst"]
    for name in names {
      let bytes = Array(Self.line(name).utf8)
      let packed =
        name.hasSuffix("gz") ? Packed.gzip(bytes) : name.hasSuffix("zst") ? Packed.zstd(bytes) : bytes
      _ = try folder.write(packed, name)
    }
    for name in [".hidden/a.jsonl", "notes.txt", "a/.b.jsonl"] { _ = try folder.write("secret".utf8, name) }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/a/loop", withDestinationPath: folder.path)
    let expected = ["a/deep/er/x.ndjson", "a/y.json", "b.jsonl", "b/z.jsonl", "c.JSONL.gz", "d.json.zst"]
    #expect(try users([folder.path]) == expected)
    #expect(try users([folder.path + "//"]) == expected)
    #expect(try users([folder.path + "/b", folder.path + "/a"]) == ["b/z.jsonl"] + expected.prefix(2))
    #expect(try users([folder.path + "/*.j*"]) == ["b.jsonl", "d.json.zst"])
    #expect(try users([folder.path + "/[ab]"]) == [expected[0], expected[1], expected[3]])
    #expect(failure { _ = try users([folder.path + "/**/*.jsonl"]) }?.exitStatus == 2)
    // A file may be called like a pattern.
    let odd = try folder.write(Self.line("odd").utf8, "e[1].jsonl")
    #expect(try users([odd]) == ["odd"])
  }

  @Test func theSameFileCountsOnce() throws {
    let folder = try Folder()
    let path = try folder.write(Self.line("a").utf8, "a.jsonl")
    try FileManager.default.linkItem(atPath: path, toPath: folder.path + "/b.jsonl")
    let reader = try ConversationReader(inputs: [folder.path, path], settings: lenient())
    #expect(try reader.all().records.count == 1)
    #expect(reader.passedOver.map(\.path) == [folder.path + "/b.jsonl", path])
    #expect(reader.passedOver.allSatisfy { $0.reason == .readAlready })
    guard case .sameInput? = failure({ _ = try users([path, folder.path + "/b.jsonl"]) }) else {
      Issue.record("a file was read twice")
      return
    }
  }

  @Test func foundFilesOfAnotherKindAreRefused() throws {
    let folder = try Folder()
    _ = try folder.write(Self.line("a").utf8, "a.jsonl")
    let other = try folder.write(#"{"secret":1}"#.utf8, "b.jsonl")
    guard case .unrecognised(other, 1, _, _)? = failure({ _ = try users([folder.path]) }) else {
      Issue.record("read, or refused for another reason")
      return
    }
    _ = try folder.write(DetectionTests.message.utf8, "b.jsonl")
    guard case .mixedFormats(other, "text", own: "messages")? = failure({ _ = try users([folder.path]) })
    else {
      Issue.record("read, or refused for another reason")
      return
    }
    _ = try folder.write([], "b.jsonl")
    #expect(try users([folder.path]) == ["a"])
    guard case .empty? = failure({ _ = try users([other]) }) else {
      Issue.record("an empty file that was named is no log")
      return
    }
  }

  /// Counts of many files, compressed or not, are those of the same lines in one.
  @Test func countsAddUpOverFiles() throws {
    let folder = try Folder()
    let lines = String(decoding: ReaderTests.log(seed: 9).dropFirst(3), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let whole = try readLog(lines.joined(separator: "\n").utf8, settings: ReaderTests.settings)
    for (i, start) in stride(from: 0, to: lines.count, by: 150).enumerated() {
      let bytes = Array(lines[start..<min(lines.count, start + 150)].joined(separator: "\n").utf8)
      _ = try folder.write(i % 2 == 0 ? bytes : Packed.gzip(bytes), "part\(i).jsonl")
    }
    let parts = try ConversationReader(inputs: [folder.path], settings: ReaderTests.settings).all(threads: 2)
    #expect(parts.report.read == whole.report.read && parts.report.kept == whole.report.kept)
    #expect(parts.report.counts == whole.report.counts)
    #expect(Set(parts.report.faults.map(\.source)).count > 5)
  }
}
