internal import CCompression
internal import Foundation
internal import ThrongCore
import ThrongIngest

/// A folder that goes with the test.
final class Folder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("throng-ingest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var path: String { url.path }

  /// Writes a file and gives its path.
  func write(_ bytes: some Sequence<UInt8>, _ name: String = "log.jsonl") throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }
}

/// Compressed forms, made by the libraries themselves.
enum Packed {
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = unsafe z_stream()
    let size = unsafe CInt(MemoryLayout<z_stream>.size)
    unsafe deflateInit2_(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    var input = bytes + [0]
    var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 2 + 1024)
    let count = unsafe input.withUnsafeMutableBufferPointer { from in
      unsafe output.withUnsafeMutableBufferPointer { to in
        unsafe stream.next_in = from.baseAddress
        unsafe stream.avail_in = UInt32(bytes.count)
        unsafe stream.next_out = to.baseAddress
        unsafe stream.avail_out = UInt32(to.count)
        unsafe deflate(&stream, Z_FINISH)
        return unsafe Int(stream.total_out)
      }
    }
    unsafe deflateEnd(&stream)
    return Array(output[..<count])
  }

  static func zstd(_ bytes: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let context = unsafe ZSTD_createCCtx()
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    let count = unsafe ZSTD_compress2(context, &output, output.count, bytes, bytes.count)
    unsafe ZSTD_freeCCtx(context)
    return Array(output[..<count])
  }
}

/// Bytes that arrive in pieces of random sizes.
final class DrippingSource: ByteSource {
  private let bytes: [UInt8]
  private var random: RandomSource
  private let largest: Int
  private var at = 0

  init(_ bytes: [UInt8], largest: Int, seed: UInt64) {
    self.bytes = bytes
    self.largest = largest
    random = RandomSource(seed: seed)
  }

  func read(into buffer: inout [UInt8], from start: Int) -> Int {
    let count = min(1 + random.below(largest), bytes.count - at, buffer.count - start)
    buffer.replaceSubrange(start..<start + count, with: bytes[at..<at + count])
    at += count
    return count
  }

  var endedEarly: Bool { false }
  var bytesRead: Int { at }
}

/// A conversation as a test sees it.
struct Seen: Equatable, Sendable {
  var line: Int
  var source = 0
  var id: String?
  var user: String?
  var messages: [String]
  var createdAt: Int64?
  var fields: [String?] = []
}

extension ConversationBlock {
  /// The times of all messages.
  var times: [Int64?] { messages.map(\.time) }

  /// Everything in the block, out of it. Messages read `role: text`.
  var seen: [Seen] {
    func text(_ range: Range<Int>?) -> String? { range.map { String(decoding: bytes[$0], as: UTF8.self) } }
    return records.map { record in
      Seen(
        line: record.line, source: record.source, id: text(record.id), user: text(record.user),
        messages: messages[record.messages].map { "\($0.role): \(text($0.text)!)" },
        createdAt: record.createdAt, fields: record.fields.map(text))
    }
  }
}

extension ConversationReader {
  /// All records, and the report.
  func all(threads: Int = 1) throws -> (records: [Seen], report: ReadReport) {
    var records: [Seen] = []
    let report = try read(
      workers: Workers(threads: threads), progress: SilentProgress(), process: { $0.seen },
      merge: { records += $0 })
    return (records, report)
  }
}

/// Reads a log that lies in a file for the time of the call; any share of records may be bad unless said.
func readLog(
  _ bytes: some Sequence<UInt8>, settings: ReadSettings = lenient(), threads: Int = 1
) throws -> (records: [Seen], report: ReadReport, detection: Detection) {
  let folder = try Folder()
  let reader = try ConversationReader(inputs: [try folder.write(bytes)], settings: settings)
  let (records, report) = try reader.all(threads: threads)
  return (records, report, reader.detection)
}

/// Settings that let every record be bad.
func lenient(_ change: (inout ReadSettings) -> Void = { _ in }) -> ReadSettings {
  var settings = ReadSettings(requiresUser: false, maximumBadShare: 1)
  change(&settings)
  return settings
}

/// The failure that `body` throws; nil where it throws none.
func failure(_ body: () throws -> Void) -> IngestFailure? {
  do {
    try body()
    return nil
  } catch {
    return error as? IngestFailure
  }
}
