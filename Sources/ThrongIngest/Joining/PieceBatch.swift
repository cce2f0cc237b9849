internal import ThrongCore

/// The pieces of one block as bytes, ready to be stored apart by conversation.
///
/// A piece is a header of little-endian 64-bit words and then its text: see ``Piece``. Private like the block it is of.
struct PieceBatch: Sendable {
  struct Entry: Sendable {
    let part: Int
    let range: Range<Int>
  }

  private(set) var bytes: [UInt8] = []
  private(set) var entries: [Entry] = []

  /// Two hashes of 64 bits tell conversations apart. Their keys are constants: the order of conversations follows from the
  /// hashes, and it has to be the same in every run.
  private static let hashers = (SipHash(k0: 1, k1: 2), SipHash(k0: 3, k1: 4))

  /// - Parameter scopes: what tells equal ids of different inputs apart, by input; empty where nothing does.
  init(_ block: borrowing ConversationBlock, scopes: [[UInt8]]) {
    var key: [UInt8] = []
    var item = 0
    var last = (source: -1, line: -1)
    for (record, place) in zip(block.records, block.places) {
      item = last == (record.source, record.line) ? item + 1 : 0
      last = (record.source, record.line)
      key.removeAll(keepingCapacity: true)
      if let id = record.id {
        if !scopes.isEmpty { key += scopes[record.source] + [0] }
        key += block.bytes[id]
      } else {
        // No id: a conversation of its own.
        key += "\(record.source) \(record.line) \(item)".utf8
      }
      let hash = (Self.hashers.0.hash13(key.span), Self.hashers.1.hash13(key.span))
      let lower = bytes.count
      let texts = [record.id, record.user] + record.fields
      var words: [Int64] = [
        Int64(bitPattern: hash.0), Int64(bitPattern: hash.1), place.time, Int64(record.source),
        Int64(record.line), Int64(item), Int64(place.rank), record.createdAt ?? .min, Int64(texts.count),
        Int64(record.messages.count),
      ]
      words += texts.map { $0.map { Int64($0.count) } ?? -1 }
      for message in block.messages[record.messages] {
        words += [Int64(message.role.rawValue), message.time ?? .min, Int64(message.text.count)]
      }
      for word in words { bytes.append(word: word) }
      for text in texts { if let text { bytes += block.bytes[text] } }
      for message in block.messages[record.messages] { bytes += block.bytes[message.text] }
      entries.append(Entry(part: Int(truncatingIfNeeded: hash.0 & 0xff), range: lower..<bytes.count))
    }
  }
}

/// One piece as it is stored: where its parts lie in the bytes it was read from.
struct Piece {
  let hash: (UInt64, UInt64)
  /// Microseconds since 1970, or the least number.
  let time: Int64
  let source: Int
  let line: Int
  let item: Int
  let rank: UInt8
  let createdAt: Int64?
  let id: Range<Int>?
  let user: Range<Int>?
  let fields: [Range<Int>?]
  let messages: [ConversationBlock.Message]

  /// Reads the piece at `at`, and moves `at` behind it.
  init(_ bytes: Span<UInt8>, at: inout Int) {
    var words = WordReader(at: at)
    hash = (UInt64(bitPattern: words.next(bytes)), UInt64(bitPattern: words.next(bytes)))
    time = words.next(bytes)
    (source, line, item) = (Int(words.next(bytes)), Int(words.next(bytes)), Int(words.next(bytes)))
    rank = UInt8(words.next(bytes))
    createdAt = words.nextOrNone(bytes)
    let counts = (texts: Int(words.next(bytes)), messages: Int(words.next(bytes)))
    var text = words.at + 8 * (counts.texts + 3 * counts.messages)
    var texts: [Range<Int>?] = []
    for _ in 0..<counts.texts {
      let count = Int(words.next(bytes))
      texts.append(count < 0 ? nil : text..<text + count)
      text += max(0, count)
    }
    var messages: [ConversationBlock.Message] = []
    for _ in 0..<counts.messages {
      let role = Role(rawValue: UInt8(words.next(bytes)))!
      let time = words.nextOrNone(bytes)
      let count = Int(words.next(bytes))
      messages.append(ConversationBlock.Message(role: role, text: text..<text + count, time: time))
      text += count
    }
    (id, user, fields) = (texts[0], texts[1], Array(texts.dropFirst(2)))
    self.messages = messages
    at = text
  }

  /// The order of the input.
  static func stoodBefore(_ a: Piece, _ b: Piece) -> Bool {
    (a.source, a.line, a.item) < (b.source, b.line, b.item)
  }

  /// The order of time, and of the input where it is the same or none is said.
  static func wasBefore(_ a: Piece, _ b: Piece) -> Bool {
    a.time != b.time ? a.time < b.time : stoodBefore(a, b)
  }
}

/// Little-endian 64-bit words one after the other.
private struct WordReader {
  private(set) var at: Int

  mutating func next(_ bytes: Span<UInt8>) -> Int64 {
    var word: UInt64 = 0
    for i in 0..<8 { word |= UInt64(bytes[at + i]) << UInt64(8 * i) }
    at += 8
    return Int64(bitPattern: word)
  }

  /// The least number stands for none.
  mutating func nextOrNone(_ bytes: Span<UInt8>) -> Int64? {
    let word = next(bytes)
    return word == .min ? nil : word
  }
}

extension [UInt8] {
  fileprivate mutating func append(word: Int64) {
    let bits = UInt64(bitPattern: word)
    for i in 0..<8 { append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * i))) }
  }
}
