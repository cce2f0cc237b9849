internal import Foundation
import Testing
import ThrongCore
import ThrongIngest
import ThrongTestSupport

@Suite struct ReaderTests {
  /// A log with every kind of fault in it, more than 1,000 records.
  static func log(seed: UInt64 = 1) -> [UInt8] {
    var random = RandomSource(seed: seed)
    var bytes: [UInt8] = [0xef, 0xbb, 0xbf]
    for i in 0..<1200 {
      let word = String(repeating: "w\(random.below(1000)) é漢 ", count: random.below(20))
      switch random.below(30) {
      case 0: bytes += Array("{\"text\":\"x\"".utf8)
      case 1: bytes += Array("[]".utf8)
      case 2: bytes += Array("{\"id\":\"\(i)\"}".utf8)
      case 3: bytes += Array("{\"text\":\"x\"}".utf8)
      case 4: bytes += Array("{\"user\":\"u\",\"text\":\"".utf8) + [0xff] + Array("\"}".utf8)
      case 5: bytes += Array("{\"user\":\"u\",\"text\":\"\(String(repeating: "l", count: 2000))\"}".utf8)
      case 6: bytes += Array("{\"user\":\"u\",\"text\":\"".utf8) + [0, 0x22, 0x7d]
      case 7: bytes += Array("{\"user\":\"u\",\"text\":12}".utf8)
      case 8: break
      default: bytes += Array("{\"id\":\"\(i)\",\"user\":\"u\(i % 97)\",\"text\":\"a \(word)\"}".utf8)
      }
      bytes += Array(random.below(3) == 0 ? "\r\n".utf8 : "\n".utf8)
    }
    return bytes
  }

  static let settings = ReadSettings(
    requiresUser: true, maximumBadShare: 1, blockBytes: 1000, maximumRecordBytes: 1500)

  @Test func threadsAndCompressionChangeNothing() throws {
    let bytes = Self.log()
    let folder = try Folder()
    let plain = try ConversationReader(inputs: [try folder.write(bytes, "a")], settings: Self.settings).all()
    #expect(plain.report.read == plain.report.kept + plain.report.quarantined)
    #expect(plain.report.kept == plain.records.count && plain.report.kept > 700)
    #expect(plain.report.faults.count == plain.report.quarantined)
    #expect(plain.report.bytesDecoded == bytes.count)
    for (kind, count) in FaultKind.allCases.map({ ($0, plain.report.counts[$0]) }) {
      #expect((count > 10) == (![.truncatedStream, .unknownRole, .repeatedKey].contains(kind)))
    }
    // Blank lines are no records: each of the other 1,200 lines is one.
    let lines = bytes.dropFirst(3).split(separator: 0x0a, omittingEmptySubsequences: false).dropLast()
    let blank = lines.count { $0.allSatisfy { $0 == 0x0d } }
    #expect(lines.count == 1200)
    #expect(plain.report.read == 1200 - blank)

    let half = bytes.count / 2
    let forms = [
      ("a", bytes), ("b", Packed.gzip(Array(bytes[..<half])) + Packed.gzip(Array(bytes[half...]))),
      ("c", Packed.zstd(Array(bytes[..<half])) + Packed.zstd(Array(bytes[half...]))),
    ]
    for (name, form) in forms {
      let reader = try ConversationReader(inputs: [try folder.write(form, name)], settings: Self.settings)
      for threads in [1, 2, 5] {
        let other = try reader.all(threads: threads)
        #expect(other.records == plain.records)
        #expect(other.report.faults == plain.report.faults)
        #expect(other.report.bytesRead == form.count)
      }
    }
  }

  @Test func blocksDoNotDependOnThreadsOrCompression() throws {
    let bytes = Self.log(seed: 2)
    let folder = try Folder()
    func blocks(_ form: [UInt8], threads: Int) throws -> [[Seen]] {
      let reader = try ConversationReader(inputs: [try folder.write(form)], settings: Self.settings)
      var blocks: [[Seen]] = []
      _ = try reader.read(
        workers: Workers(threads: threads), progress: SilentProgress(), process: { $0.seen },
        merge: { blocks.append($0) })
      return blocks
    }
    let expected = try blocks(bytes, threads: 1)
    #expect(expected.count > 50)
    #expect(try blocks(bytes, threads: 5) == expected)
    #expect(try blocks(Packed.zstd(bytes), threads: 2) == expected)
    #expect(try blocks(Packed.gzip(bytes), threads: 1) == expected)
  }

  @Test func arraysGiveTheSameRecords() throws {
    let lines = (0..<500).map { "{\"user\":\"u\($0)\",\"text\":\"[\($0)], {\\\"x\\\": \\\\}\"}" }
    let expected = try readLog(lines.joined(separator: "\n").utf8)
    for separator in [",", " ,\r\n\t"] {
      let array = "[" + lines.joined(separator: separator) + "]"
      for settings in [lenient(), lenient { $0.blockBytes = 100 }] {
        let found = try readLog(array.utf8, settings: settings, threads: 2)
        #expect(found.records == expected.records)
        #expect(found.report.read == 500)
      }
    }
  }

  @Test func aTruncatedStreamKeepsWhatCameBefore() throws {
    let lines = (0..<20_000).map { "{\"user\":\"u\($0)\",\"text\":\"text \($0 &* 2_654_435_761)\"}" }
    let bytes = Array(lines.joined(separator: "\n").utf8)
    for packed in [Packed.gzip(bytes), Packed.zstd(bytes)] {
      let cut = Array(packed[..<(packed.count * 3 / 4)])
      let (records, report, _) = try readLog(cut, settings: ReadSettings())
      #expect(records.count > 5000 && records.count < 20_000)
      #expect(records.map(\.user) == (0..<records.count).map { "u\($0)" })
      #expect(report.faults == [Fault(kind: .truncatedStream, source: 0, line: records.count + 1)])
      #expect(report.read == records.count + 1)
    }
  }

  /// Cut off behind the last record's brace: the record is read, the cut is said.
  @Test func aCompleteTailIsARecord() throws {
    let packed = Packed.gzip(Array(#"{"text":"a"}"#.utf8))
    let (records, report, _) = try readLog(packed.dropLast(4))
    #expect(records.map(\.messages) == [["human: a"]])
    #expect(report.counts[.truncatedStream] == 1 && report.read == 2 && report.kept == 1)
  }

  @Test func tooManyBadRecordsAreAnError() throws {
    let good = String(repeating: "{\"text\":\"x\"}\n", count: 98)
    for (bad, isRefused) in [("{\n{}\n", true), ("{\n", false)] {
      let settings = lenient { $0.maximumBadShare = 0.015 }
      let refusal = failure { _ = try readLog((good + bad).utf8, settings: settings) }
      #expect((refusal != nil) == isRefused)
      guard case .tooManyFaults(let report, _)? = refusal else { continue }
      #expect(report.read == 100 && report.kept == 98)
      #expect(
        refusal?.message == "too many bad records: of 100 read, 1 not valid JSON, 1 without text; "
          + "at most 1.5 % may be bad (--max-bad)")
      #expect(refusal?.exitStatus == 3)
    }
  }

  @Test func nothingKeptIsAnError() {
    let settings = lenient { $0.requiresUser = true }
    let refusal = failure { _ = try readLog("{\"text\":\"secret\"}\n".utf8, settings: settings) }
    #expect(refusal?.message == "no record could be used: of 1 read, 1 without a user")
    #expect(refusal?.exitStatus == 3)
  }

  struct Stop: Error, Equatable { let line: Int }

  @Test(arguments: [1, 2, 5]) func theLowestFailingBlockSpeaks(threads: Int) throws {
    let folder = try Folder()
    let log = String(repeating: "{\"text\":\"x\"}\n", count: 300)
    let reader = try ConversationReader(
      inputs: [try folder.write(log.utf8)], settings: lenient { $0.blockBytes = 1 })
    var merged: [Int] = []
    #expect(throws: Stop(line: 100)) {
      _ = try reader.read(
        workers: Workers(threads: threads), progress: SilentProgress(),
        process: { block throws -> Int in
          if block.records[0].line >= 100 { throw Stop(line: block.records[0].line) }
          return block.records[0].line
        }, merge: { merged.append($0) })
    }
    #expect(merged == Array(1..<100))
    #expect(throws: Stop(line: 7)) {
      _ = try reader.read(
        workers: Workers(threads: threads), progress: SilentProgress(), process: { $0.records[0].line },
        merge: { if $0 == 7 { throw Stop(line: 7) } })
    }
  }

  @Test(arguments: [1, 3]) func cancellationEndsTheReading(threads: Int) throws {
    let folder = try Folder()
    let log = String(repeating: "{\"text\":\"x\"}\n", count: 300)
    let reader = try ConversationReader(
      inputs: [try folder.write(log.utf8)], settings: lenient { $0.blockBytes = 1 })
    let cancellation = Cancellation()
    var merged = 0
    #expect(throws: Interrupted.self) {
      _ = try reader.read(
        workers: Workers(threads: threads, cancellation: cancellation), progress: SilentProgress(),
        process: { $0.records.count },
        merge: { _ in
          merged += 1
          if merged == 5 { cancellation.cancel() }
        })
    }
    #expect(merged == 5)
  }

  /// Fields named once the input was looked at: lists and objects count as missing and cost no record.
  @Test func fieldsCanBeNamedLater() throws {
    let folder = try Folder()
    let log = #"""
      {"text":"a","plan":"pro","m":{"n":1.5},"ok":true}
      {"text":"b","plan":["pro"],"m":{"n":{}},"ok":null}
      {"text":"c","m":3}
      """#
    let path = try folder.write(log.utf8)
    let reader = try ConversationReader(inputs: [path], settings: lenient())
      .keeping(fields: ["plan", "m.n", "ok"])
    let (records, report) = try reader.all()
    #expect(report.quarantined == 0)
    #expect(records.map(\.fields) == [["pro", "1.5", "true"], [nil, nil, nil], [nil, nil, nil]])
    // Asked for as a label, such a field costs the record.
    let strict = try ConversationReader(inputs: [path], settings: lenient { $0.fields = ["plan"] })
    #expect(try strict.all().report.counts[.wrongFieldType] == 1)
    #expect(failure { _ = try reader.keeping(fields: ["a..b"]) }?.exitStatus == 2)
  }

  @Test(.enabled(if: DevelopmentCorpora.path("newsgroups20") != nil, "newsgroups20 is absent"))
  func realPostsAreRead() throws {
    let path = try #require(DevelopmentCorpora.path("newsgroups20"))
    let settings = ReadSettings(fields: ["label", "sublabel"])
    let reader = try ConversationReader(inputs: [path], settings: settings)
    #expect(reader.detection.format == "text" && reader.detection.inputs[0].compression == .zstd)
    let (records, report) = try reader.all(threads: 2)
    #expect(report.read == 18_846)
    #expect(report.quarantined == report.counts[.noText])
    #expect(Set(records.map(\.fields[0])).count == 20)
    #expect(Set(records.map(\.fields[1])).count == 6)
    #expect(Set(records.map(\.user)).count > 8_400)
  }

  @Test(.enabled(if: DevelopmentCorpora.path("affective_mix") != nil, "affective_mix is absent"))
  func realDialoguesAreRead() throws {
    let path = try #require(DevelopmentCorpora.path("affective_mix"))
    let reader = try ConversationReader(inputs: [path], settings: ReadSettings(fields: ["truth"]))
    #expect(reader.detection.format == "messages" && reader.detection.hasSeveralRoles)
    #expect(reader.detection.time.name == "created_at" && reader.detection.time.share == 1)
    let (records, report) = try reader.all(threads: 2)
    #expect(report.read == 26_618 && report.quarantined == 0)
    #expect(records.allSatisfy { $0.createdAt != nil && $0.fields[0] != nil })
  }
}
