import Foundation
import Synchronization
import Testing
import ThrongCore
import ThrongIngest

/// The JSON path against Foundation's, and against the standard library's decoding of UTF-16, on documents that are damaged or
/// hard.
@Suite struct JSONDifferentialTests {
  private static let marks =
    Array("\"\\/{}[]:,.-+eE0123456789 \n\ttfnu\u{1}\u{7F}".utf8) + [0x80, 0xC3, 0xE2, 0xFF]

  /// Both refuse it, or both read the same of it.
  @Test(arguments: 0..<100) func agreesOnDamagedDocuments(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed, stream: 1)
    let parser = JSONParser()
    for _ in 0..<40 {
      var bytes = Array(JSONTests.randomJSON(&random, depth: 4).utf8)
      for _ in 0...random.below(2) {
        let at = random.below(bytes.count + 1)
        switch random.below(3) {
        case 0: bytes.insert(Self.marks[random.below(Self.marks.count)], at: at)
        case 1 where at < bytes.count: bytes[at] = Self.marks[random.below(Self.marks.count)]
        default: if at < bytes.count { bytes.remove(at: at) }
        }
      }
      // A whole number of more than 64 bits is a matter of `JSONRepair`, tested below.
      if Self.holdsLargeNumber(bytes) { continue }
      let ours = try? JSONTests.parse(bytes, with: parser)
      let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      let shown = String(decoding: bytes, as: UTF8.self)
      #expect((ours != nil) == (theirs != nil), "seed \(seed): \(shown)")
      if let ours, let theirs {
        #expect(JSONTests.matches(ours, theirs), "seed \(seed): \(shown)")
      }
    }
  }

  private static func holdsLargeNumber(_ bytes: [UInt8]) -> Bool {
    bytes.split(whereSeparator: { !(0x30...0x39).contains($0) }).contains { $0.count >= 19 }
  }

  /// Whole numbers of more than 64 bits: the record is read, and its number is nobody's name.
  @Test(arguments: [
    "18446744073709551616", "-9223372036854775809", "99999999999999999999999999",
    "[1,{\"a\":184467440737095516160}]",
    "18446744073709551616,\"cut\":\"\\ud83d 18446744073709551616\"",
  ]) func largeNumbersAreRead(_ number: String) throws {
    let folder = try Folder()
    let line =
      "{\"text\":\"10 digits: 18446744073709551616\",\"user\":18446744073709551615,\"n\":\(number)}\n"
    let reader = try ConversationReader(
      inputs: [folder.write(Array(line.utf8))],
      settings: ReadSettings(fields: ["n"], skipsUnusableFields: true))
    let report = try reader.read(workers: Workers(threads: 1), progress: SilentProgress()) { block in
      #expect(block.bytes[block.records[0].user!].elementsEqual("18446744073709551615".utf8))
      #expect(block.bytes[block.messages[0].text].elementsEqual("10 digits: 18446744073709551616".utf8))
    } merge: { _ in
    }
    #expect(report.kept == 1 && report.quarantined == 0)
    let users = "{\"text\":\"a\",\"user\":18446744073709551616}\n"
    #expect(throws: IngestFailure.self) {
      _ = try ConversationReader(
        inputs: [folder.write(Array(users.utf8), "b.jsonl")], settings: ReadSettings()
      ).read(workers: Workers(threads: 1), progress: SilentProgress()) { _ in
      } merge: { _ in
      }
    }
  }

  /// Escapes of random halves of surrogate pairs: lone ones are U+FFFD, as the standard library decodes them.
  @Test func repairsHalvesAsTheStandardLibraryDoes() throws {
    var random = RandomSource(seed: 3)
    let units: [[UInt16]] = (0..<400).map { _ in
      (0..<1 + random.below(8)).map { _ in
        switch random.below(4) {
        case 0: 0xD800 + UInt16(random.below(0x400))
        case 1: 0xDC00 + UInt16(random.below(0x400))
        case 2: 0x61
        default: 1 + UInt16(random.below(0xD7FF))
        }
      }
    }
    let lines = units.map { units in
      let text = units.map { unit in
        // A backslash before an escape is none, and digits come in both cases.
        unit == 0x61
          ? "\\\\" : "\\u" + String(unit, radix: 16, uppercase: unit & 1 == 0).leftPadded(to: 4)
      }.joined()
      return "{\"user\":\"u\",\"text\":\"x\(text)\"}\n"
    }
    let folder = try Folder()
    let reader = try ConversationReader(
      inputs: [folder.write(Array(lines.joined().utf8))], settings: ReadSettings(maximumBadShare: 1))
    let found = Mutex<[Int: String]>([:])
    _ = try reader.read(workers: Workers(threads: 1), progress: SilentProgress()) { block in
      let texts = block.records.map { record in
        (
          record.line,
          String(decoding: block.bytes[block.messages[record.messages.lowerBound].text], as: UTF8.self)
        )
      }
      found.withLock { for (line, text) in texts { $0[line] = text } }
    } merge: { _ in
    }
    for (at, units) in units.enumerated() {
      let text = units.flatMap { $0 == 0x61 ? [0x5C] : [$0] }
      #expect(found.withLock { $0[at + 1] } == "x" + String(decoding: text, as: UTF16.self), "line \(at + 1)")
    }
  }

  /// What a record nests is read as deep as both go, and no record that repeats a key is read at all.
  @Test func depthAndRepeatedKeys() throws {
    let parser = JSONParser()
    for depth in [1, 2, 63, 64, 65, 250] {
      let text = String(repeating: "{\"a\":[", count: depth) + "7" + String(repeating: "]}", count: depth)
      let other = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(JSONTests.matches(try JSONTests.parse(text.utf8, with: parser), other), "depth \(depth)")
    }
    var random = RandomSource(seed: 5)
    for _ in 0..<300 {
      // Escapes spell some of the names another way.
      let names = (0..<1 + random.below(40)).map { _ in random.below(120) }
      let text =
        "{" + names.map { "\"\($0 % 3 == 0 ? "\\u006b" : "k")\($0)\":1" }.joined(separator: ",") + "}"
      let fields = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]).count
      #expect(try JSONTests.parse(text.utf8, with: parser).repeatsKey == (fields < names.count), "\(text)")
    }
  }
}

extension String {
  /// With zeros before it, as many as it takes.
  fileprivate func leftPadded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}
