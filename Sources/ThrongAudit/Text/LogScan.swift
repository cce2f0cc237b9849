internal import Synchronization
internal import ThrongCore

/// Counts ``Needles`` in a log: distinct users of each, up to its limit.
///
/// Memory: limit words a needle at most, besides the needles. O(bytes of the log).
struct LogScan: Sendable {
  /// Distinct users of each needle, at most its limit.
  private(set) var users: [Int]
  /// How often each word of a term was written, and how often of these to call somebody.
  private(set) var written: [UInt64: (all: Int, calling: Int)] = [:]
  private(set) var records = 0
  /// Per field, whether any record has it.
  private(set) var hasField: [Bool]

  /// - Throws: whatever reading the log throws; `Interrupted`.
  init(_ log: some AuditLog, for needles: Needles, workers: Workers) throws {
    var counters = [Set<UInt64>](repeating: [], count: needles.needles.count)
    var users = [Int](repeating: 0, count: needles.needles.count)
    var (written, records): ([UInt64: (all: Int, calling: Int)], Int) = ([:], 0)
    var hasField = [Bool](repeating: false, count: log.fields.count)
    // Which needles have reached their limit: a block that knows it saves work, one that does not loses nothing.
    let full = Mutex([Bool](repeating: false, count: needles.needles.count))
    let fieldCount = log.fields.count
    try log.read(workers: workers) { block in
      var scanner = BlockScanner(needles, full: full.withLock { $0 }, fields: fieldCount)
      scanner.scan(block)
      return scanner.result
    } merge: { result in
      records += result.records
      for (needle, user) in result.hits {
        let at = Int(needle)
        guard users[at] < needles.needles[at].limit else { continue }
        counters[at].insert(user)
        users[at] = counters[at].count
        if users[at] == needles.needles[at].limit {
          counters[at] = []
          full.withLock { $0[at] = true }
        }
      }
      for (word, counts) in result.written {
        written[word, default: (0, 0)].all += counts.all
        written[word]!.calling += counts.calling
      }
      for at in hasField.indices where result.hasField[at] { hasField[at] = true }
    }
    (self.users, self.written, self.records, self.hasField) = (users, written, records, hasField)
  }
}

/// Scans one block.
private struct BlockScanner {
  struct Result: Sendable {
    var records = 0
    var hits: [(needle: Int32, user: UInt64)] = []
    var written: [UInt64: (all: Int, calling: Int)] = [:]
    var hasField: [Bool] = []
  }

  private(set) var result = Result()
  private let needles: Needles
  /// Per needle the record that it was last met in; `Int32.max` where it needs no more users.
  private var met: [Int32]
  private var record: Int32 = 0
  private var user: UInt64 = 0

  // The last words of the text: polynomial of the words up to each, and the words, in rings of 32.
  private var sums = [UInt64](repeating: 0, count: 32)
  private var ring = [UInt64](repeating: 0, count: 32)
  private var position = 0
  /// Position after the last character of a script without spaces, and after the last word that such a one is not.
  private var lastUnspaced = 0
  private var lastSpaced = 0
  /// Characters in a row with nothing between.
  private var glued = 0

  init(_ needles: Needles, full: [Bool], fields: Int) {
    self.needles = needles
    met = full.map { $0 ? Int32.max : -1 }
    result.hasField = Array(repeating: false, count: fields)
  }

  mutating func scan(_ block: borrowing AuditBlock) {
    let bytes = block.bytes.span
    for (at, entry) in block.records.enumerated() {
      record = Int32(at)
      user =
        entry.user.map { range in
          var hash = WordHash()
          for i in range { hash.absorb(bytes[i]) }
          return hash.value
        } ?? RecordKey.of(entry.line)
      result.records += 1
      for text in entry.texts { scan(text, of: bytes) }
      for range in [entry.id, entry.user] { if let range { identifier(range, of: bytes) } }
      for (field, range) in entry.fields.enumerated() {
        guard let range else { continue }
        result.hasField[field] = true
        guard field < needles.values.count, !needles.values[field].isEmpty else { continue }
        if let needle = needles.values[field][Array(block.bytes[range])] { hit(needle) }
      }
    }
  }

  private enum RecordKey {
    /// A record without a user is a person of its own.
    static func of(_ line: Int) -> UInt64 { RandomSource.mix(UInt64(truncatingIfNeeded: line) &+ 0x5EED) }
  }

  @inline(__always) private mutating func hit(_ needle: Int32) {
    guard needle >= 0, met[Int(needle)] < record else { return }
    met[Int(needle)] = record
    result.hits.append((needle, user))
  }

  private mutating func scan(_ text: Range<Int>, of bytes: Span<UInt8>) {
    var scanner = WordScanner(text)
    (position, lastUnspaced, lastSpaced, glued) = (0, 0, 0, 0)
    sums[31] = 0
    var isQuoted = Self.isQuotation(bytes, text.lowerBound, text.upperBound)
    var (lineStart, seen) = (text.lowerBound, text.lowerBound)
    while let word = scanner.next(in: bytes) {
      var isFirst = seen == text.lowerBound
      while seen < word.start {
        if bytes[seen] == 0x0A {
          lineStart = seen + 1
          isQuoted = Self.isQuotation(bytes, lineStart, text.upperBound)
          isFirst = true
        } else if bytes[seen] == UInt8(ascii: "@") {
          address(around: seen, in: text, of: bytes)
        }
        seen += 1
      }
      seen = word.end
      take(word)
      let found = needles.entries.find(word.hash)
      if found >= 0 {
        match(needles.entries.value(found), word, isQuoted: isQuoted)
        if needles.entries.value(found).isData {
          let next = word.end < text.upperBound ? bytes[word.end] : 0
          let isCall = isFirst && (next == UInt8(ascii: ":") || next == UInt8(ascii: ","))
          result.written[word.hash, default: (0, 0)].all += 1
          if isCall { result.written[word.hash]!.calling += 1 }
        }
      }
      if word.isDigits { number(word, in: text, of: bytes) }
    }
  }

  /// Takes a word into the rings.
  @inline(__always) private mutating func take(_ word: Word) {
    let before = sums[(position + 31) & 31]
    sums[position & 31] = before &* Gram.base &+ word.hash
    ring[position & 31] = word.hash
    position += 1
    if word.isUnspaced {
      glued = word.isGlued && lastUnspaced == position - 1 ? glued + 1 : 1
      lastUnspaced = position
    } else {
      glued = 0
      lastSpaced = position
    }
  }

  /// The polynomial of the last `count` words.
  @inline(__always) private func polynomial(_ count: Int) -> UInt64 {
    let before = position > count ? sums[(position - count + 31) & 31] : 0
    return sums[(position + 31) & 31] &- before &* Gram.powers[count]
  }

  private mutating func match(_ entry: Needles.Entry, _ word: Word, isQuoted: Bool) {
    hit(entry.word)
    hit(entry.part)
    if !isQuoted {
      hit(entry.term)
      for at in entry.phrases {
        let phrase = needles.phrases[Int(at)]
        for back in 1...phrase.distance
        where back < position && ring[(position - 1 - back) & 31] == phrase.first {
          hit(phrase.needle)
        }
      }
    }
    if entry.sequences != 0 {
      for count in 2...Needles.longestSequence
      where entry.sequences >> UInt32(count) & 1 == 1 && glued >= count {
        hit(needles.grams[Gram.finish(polynomial(count), count: count, kind: .sequence)])
      }
    }
    if entry.endsRun {
      let (short, long) = (Needles.runLength, Needles.unspacedRunLength)
      if position >= short, position - lastUnspaced >= short {
        hit(needles.grams[Gram.finish(polynomial(short), count: short, kind: .run)])
      } else if position >= long {
        hit(needles.grams[Gram.finish(polynomial(long), count: long, kind: .run)])
      }
    }
  }

  /// Whether a line repeats what somebody else wrote. Fewer lines than the pipeline takes for quotations, so that terms
  /// are rather counted too often.
  private static func isQuotation(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
    return at < end && bytes[at] == UInt8(ascii: ">")
  }

  // MARK: - Identifiers

  private mutating func identifier(_ range: Range<Int>, of bytes: Span<UInt8>) {
    var scanner = WordScanner(range)
    var (sum, count, letters): (UInt64, Int, Int) = (0, 0, 0)
    while let word = scanner.next(in: bytes) {
      sum = sum &* Gram.base &+ word.hash
      count += 1
      letters += word.length
    }
    guard count > 0, count <= Needles.longestIdentifier, letters >= 6 else { return }
    hit(needles.identifiers[Gram.finish(sum, count: count, kind: .identifier)])
  }

  /// The mail address around an at sign.
  private mutating func address(around at: Int, in text: Range<Int>, of bytes: Span<UInt8>) {
    var (start, end) = (at, at + 1)
    while start > text.lowerBound, at - start < 64, Self.isAddress(bytes[start - 1]) { start -= 1 }
    while end < text.upperBound, end - at < 200, Self.isAddress(bytes[end]) { end += 1 }
    if start < at, end > at + 1 { identifier(start..<end, of: bytes) }
  }

  static func isAddress(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x80
      || [0x2B, 0x2D, 0x2E, 0x5F].contains(byte)
  }

  private mutating func number(_ word: Word, in text: Range<Int>, of bytes: Span<UInt8>) {
    // Only the last group of a number knows the whole of it.
    if LongNumber.continues(bytes, from: word.end, to: text.upperBound) { return }
    for number in LongNumber.ending(bytes, at: word.end, from: text.lowerBound) {
      hit(needles.numbers[number])
    }
  }
}

/// Long numbers, however their digits are grouped.
enum LongNumber {
  /// What may stand between groups of digits, once.
  private static func isGap(_ byte: UInt8) -> Bool { [0x20, 0x2D, 0x2E, 0x28, 0x29, 0x2F].contains(byte) }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether digits follow after at most one gap.
  static func continues(_ bytes: Span<UInt8>, from at: Int, to end: Int) -> Bool {
    at + 1 < end && isGap(bytes[at]) && isDigit(bytes[at + 1])
  }

  /// Hashes of the digits of the number that ends at `end`, and of its last group alone where that is long enough.
  static func ending(
    _ bytes: Span<UInt8>, at end: Int, from start: Int, least: Int = Needles.shortestNumber
  ) -> [UInt64] {
    var (digits, group): ([UInt8], Int) = ([], 0)
    var at = end
    while at > start, digits.count < 40 {
      if isDigit(bytes[at - 1]) {
        digits.append(bytes[at - 1])
        at -= 1
      } else if isGap(bytes[at - 1]), at - 1 > start, isDigit(bytes[at - 2]) {
        if group == 0 { group = digits.count }
        at -= 1
      } else {
        break
      }
    }
    var found: [UInt64] = []
    if digits.count >= least { found.append(WordHash.of(digits)) }
    if group >= least { found.append(WordHash.of(digits.prefix(group))) }
    return found
  }
}
