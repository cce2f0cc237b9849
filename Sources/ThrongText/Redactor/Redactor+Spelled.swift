// Mail addresses whose marks are written in words: "ann at example dot org", "ann [at] example.org".

extension Redactor {
  /// Words of an address that is spelled out, at most, on either side of a "dot".
  private static let mostWords = 6

  /// Adds the addresses that spell "dot" to the spans of the scan. O(bytes), and nothing where no "dot" stands.
  mutating func addSpelled(_ text: Span<UInt8>) {
    var found: [RedactedSpan] = []
    var from = 0
    while let dot = Self.nextDot(text, from: from) {
      from = dot + 3
      if let address = spelled(text, dot: dot) {
        found.append(RedactedSpan(kind: .email, range: address))
        from = address.upperBound
      }
    }
    if found.isEmpty { return }
    found.append(contentsOf: spans)
    found.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    spans.removeAll(keepingCapacity: true)
    for span in found { add(span.kind, span.range) }
  }

  /// The next "dot" in any case, from `from` on. Eight bytes at a time, of which seven can begin a "do".
  private static func nextDot(_ text: Span<UInt8>, from: Int) -> Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var i = from
    while i &+ 8 <= text.count {
      let word = UInt64(
        littleEndian: unsafe text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: UInt64.self))
      // A byte is zero where a 'd' or an 'o' stands, in any case; the sums set the high bit of all others.
      let d = (word | ones &* 0x20) ^ ones &* 0x64
      let o = (word | ones &* 0x20) ^ ones &* 0x6F
      let isOther = (d & (ones &* 0x7F)) &+ ones &* 0x7F | d | ((o & (ones &* 0x7F)) &+ ones &* 0x7F | o) >> 8
      if ~isOther & 0x0080_8080_8080_8080 != 0 {
        for k in i..<i + 7 where text.has("dot", at: k) { return k }
      }
      i &+= 7
    }
    while i < text.count {
      if text.has("dot", at: i) { return i }
      i += 1
    }
    return nil
  }

  /// The address around the "dot" at `dot`: words joined by "dot" or points, one "at" among them, and a top-level
  /// domain at the end. Records the words before "at".
  private mutating func spelled(_ text: Span<UInt8>, dot: Int) -> Range<Int>? {
    let mark = dot..<dot + 3
    guard Self.isMark(text, mark) else { return nil }
    // Forth: the last label.
    guard var last = Self.word(text, behind: mark.upperBound) else { return nil }
    while last.upperBound - dot < 128, let next = Self.word(text, behind: last.upperBound),
      Self.isDot(text, next),
      let label = Self.word(text, behind: next.upperBound)
    {
      last = label
    }
    var label = last.lowerBound
    for i in last where text[i] == 0x2E { label = i + 1 }
    guard TopLevelDomains.contains(text, label..<last.upperBound) else { return nil }
    // Back: labels and dots until "at", then the mailbox.
    guard var first = Self.word(text, before: mark.lowerBound) else { return nil }
    for _ in 0..<Self.mostWords {
      guard let before = Self.word(text, before: first.lowerBound) else { return nil }
      let isAt = before.count == 2 && text.has("at", at: before.lowerBound)
      guard isAt || Self.isDot(text, before), Self.isMark(text, before),
        let word = Self.word(text, before: before.lowerBound)
      else { return nil }
      first = word
      guard isAt else { continue }
      while let joint = Self.word(text, before: first.lowerBound), Self.isDot(text, joint),
        let more = Self.word(text, before: joint.lowerBound), last.upperBound - more.lowerBound < 256
      {
        first = more
      }
      if !IdentityWords.isRole(text, first.lowerBound..<word.upperBound) {
        identities.append(first.lowerBound..<word.upperBound)
      }
      return first.lowerBound..<last.upperBound
    }
    return nil
  }

  private static func isDot(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    word.count == 3 && text.has("dot", at: word.lowerBound)
  }

  /// Whether spaces, brackets or the like stand on both sides.
  private static func isMark(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    isGap(text.at(word.lowerBound - 1)) && isGap(text.at(word.upperBound))
  }

  private static func isGap(_ b: UInt8) -> Bool { b == 0x20 || "()[]{}<>_-".utf8.contains(b) }

  private static func isSpelledByte(_ b: UInt8) -> Bool {
    ASCII.isAlphanumeric(b) || b == 0x2E || b == 0x2B || b >= 0x80
  }

  /// The word that ends before `at`, one to four gap bytes away.
  private static func word(_ text: Span<UInt8>, before at: Int) -> Range<Int>? {
    var end = at
    while end > 0, at - end < 4, isGap(text[end - 1]) { end -= 1 }
    var start = end
    while start > 0, end - start < 64, isSpelledByte(text[start - 1]) { start -= 1 }
    return start < end && end < at ? start..<end : nil
  }

  private static func word(_ text: Span<UInt8>, behind at: Int) -> Range<Int>? {
    var start = at
    while start < text.count, start - at < 4, isGap(text[start]) { start += 1 }
    var end = start
    while end < text.count, end - start < 64, isSpelledByte(text[end]) { end += 1 }
    while end > start, text[end - 1] == 0x2E { end -= 1 }
    return start < end && start > at ? start..<end : nil
  }

  /// Where an address begins whose host begins at `host` behind an "at" in brackets or capitals, or behind an '@' between
  /// spaces; nil where there is none.
  static func spelledAt(_ text: Span<UInt8>, host: Int) -> Range<Int>? {
    var at = host
    while at > 0, host - at < 2, text[at - 1] == 0x20 { at -= 1 }
    let hasSpace = at < host
    let closing = text.at(at - 1)
    if closing == 0x40 {
      at -= 1
    } else if ")]}>_".utf8.contains(closing) {
      at -= 1
      while text.at(at - 1) == 0x20 { at -= 1 }
      if text.at(at - 1) == 0x40 {
        at -= 1
      } else {
        guard text.has("at", at: at - 2) else { return nil }
        at -= 2
      }
      while text.at(at - 1) == 0x20 { at -= 1 }
      guard "([{<_".utf8.contains(text.at(at - 1)) else { return nil }
      at -= 1
    } else {
      guard hasSpace, text.at(at - 1) == 0x54, text.at(at - 2) == 0x41, text.at(at - 3) == 0x20 else {
        return nil
      }
      at -= 2
    }
    let mark = at
    while at > 0, mark - at < 2, text[at - 1] == 0x20 { at -= 1 }
    let end = at
    while at > 0, end - at < 64, ASCII.isAlphanumeric(text[at - 1]) || "._%+-".utf8.contains(text[at - 1]) {
      at -= 1
    }
    // "AVAILABLE AT example.org" is a sentence in capitals.
    var isWord = true
    for i in at..<end where !ASCII.isUpper(text[i]) { isWord = false }
    return at < end && !(isWord && closing != 0x40 && hasSpace) ? at..<end : nil
  }
}
