import ThrongCore
import ThrongIngest

/// The first byte chooses a format ('a': detect it), the second settings; the rest is the file.
///
/// What is read must not depend on the size of blocks or the number of threads, must be UTF-8 where it says so, and the
/// books must balance.
func readLog(_ input: [UInt8]) {
  let format = choice(input.first, of: FormatRegistry.names.count + 1)
  let flags = choice(input.dropFirst().first, of: 16)
  let path = Scratch.shared.write(input.dropFirst(2), as: "log")
  var settings = ReadSettings(
    format: format == 0 ? nil : FormatRegistry.names[format - 1], requiresUser: flags & 1 == 0,
    maximumBadShare: 1, maximumRecordBytes: flags & 4 == 0 ? 1 << 20 : 200)
  if flags & 2 != 0 {
    (settings.fields, settings.skipsUnusableFields) = (["plan", "a.b", "c[].d"], flags & 8 != 0)
  }
  if flags & 8 != 0 { settings.mapping = ["time": "when", "id": "key"] }
  let whole = LogFold(path, settings, threads: 1)
  settings.blockBytes = 64
  settings.heldBytes = 1
  let pieces = LogFold(path, settings, threads: flags & 4 == 0 ? 1 : 2)
  precondition(whole == pieces, "what is read depends on the size of blocks")
}

/// Everything that a reading gave, as numbers that two readings can be compared by.
private struct LogFold: Equatable {
  /// Of each conversation, in ascending order: conversations of several records come in the order of their parts.
  var conversations: [UInt64] = []
  var counts: [Int] = []
  var failure: String?

  init(_ path: String, _ settings: ReadSettings, threads: Int) {
    do {
      let reader = try ConversationReader(inputs: [path], settings: settings)
      var found: [UInt64] = []
      let report = try reader.read(workers: Workers(threads: threads), progress: SilentProgress()) { block in
        Self.hashes(of: block)
      } merge: {
        found += $0
      }
      precondition(report.read == report.kept + report.quarantined, "the books do not balance")
      precondition(report.kept == found.count, "more or fewer conversations than were counted")
      conversations = found.sorted()
      counts = [report.read, report.kept, report.joined, report.passedOver, report.bytesDecoded]
    } catch let error as any ThrongFailure {
      failure = error.message
    } catch {
      preconditionFailure("an error that is nobody's")
    }
  }

  private static func hashes(of block: borrowing ConversationBlock) -> [UInt64] {
    let hasher = SipHash(k0: 1, k1: 2)
    var text: [UInt8] = []
    return block.records.map { record in
      text.removeAll()
      func add(_ number: Int64) {
        for shift in stride(from: 0, to: 64, by: 8) {
          text.append(UInt8(truncatingIfNeeded: number >> shift))
        }
      }
      func add(_ range: Range<Int>?) {
        add(Int64(range?.count ?? -1))
        guard let range else { return }
        precondition(
          String(validating: block.bytes[range], as: UTF8.self) != nil, "what was read is no UTF-8")
        text += block.bytes[range]
      }
      add(Int64(record.line))
      add(record.createdAt ?? -1)
      add(record.id)
      add(record.user)
      record.fields.forEach { add($0) }
      precondition(!record.messages.isEmpty, "a conversation without messages")
      for message in block.messages[record.messages] {
        add(Int64(message.role.rawValue))
        add(message.time ?? -1)
        add(message.text)
        precondition(block.bytes[message.text].contains { $0 > 0x20 }, "a message of white space")
      }
      return hasher.hash13(text.span)
    }
  }
}

enum LogWords {
  static let all = [
    "{\"messages\":[{\"role\":\"user\",\"content\":\"", "\"}]}\n", "\"user\":\"u\",", "{", "}", "[", "]", ",",
    ":", "\"",
    "\\ud83d", "\\ude00", "\\u0000", "\\", "null", "true", "1e308", "-1", "18446744073709551616", "\n",
    "\r\n",
    "\u{FEFF}", "\"text\":", "\"role\":", "\"content\":", "\"conversation\":", "\"conversations\":",
    "\"from\":", "\"value\":",
    "\"mapping\":", "\"parts\":", "\"chat_messages\":", "\"input\":", "\"output\":", "\"body\":",
    "\"resourceSpans\":",
    "\"scopeSpans\":", "\"spans\":", "\"attributes\":", "\"stringValue\":", "\"kvlistValue\":",
    "\"arrayValue\":",
    "\"thread_ts\":", "\"ts\":\"1.2\"", "\"type\":\"message\"", "\"comments\":", "\"html_body\":\"", "<p>",
    "</script>",
    "<script>", "<!--", "&amp;", "&#x10FFFF;", "\"id\":",
    "\"created_at\":\"2024-02-29T23:59:60.9999999+23:59\"", "9e18",
  ]
}
