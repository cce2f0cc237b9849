// Who is quoted: names beside addresses, attribution lines, and signature blocks.

extension Redactor {
  // MARK: Names beside an address

  /// The range of an address with the name it is written with: `Name <a@b>`, `Name (a@b)`, `a@b (Name)`.
  /// Records the words of the name and of the local part.
  mutating func nameAround(_ text: Span<UInt8>, address: Range<Int>, local: Range<Int>) -> Range<Int> {
    if !IdentityWords.isRole(text, local) { identities.append(local) }
    var start = address.lowerBound
    var end = address.upperBound
    let opening = text.at(start - 1)
    if opening == 0x3C || opening == 0x28 {
      let closing: UInt8 = opening == 0x3C ? 0x3E : 0x29
      if text.at(end) == closing { end += 1 }
      start -= 1
      let name = Self.nameBefore(text, start)
      if !name.isEmpty {
        identities.append(name)
        start = name.lowerBound
      }
    }
    var open = end
    while open < text.count, ASCII.isBlank(text[open]) { open += 1 }
    if open - end <= 3, text.at(open) == 0x28 {
      var close = open + 1
      while close < text.count, close - open <= 64, text[close] != 0x29, text[close] != 0x0A { close += 1 }
      if text.at(close) == 0x29 {
        identities.append(open + 1..<close)
        end = close + 1
      }
    }
    return start..<end
  }

  /// Up to four capitalised words, or a quoted string, before `end` on the same line.
  private static func nameBefore(_ text: Span<UInt8>, _ end: Int) -> Range<Int> {
    var last = end
    while last > 0, ASCII.isBlank(text[last - 1]) { last -= 1 }
    if last > 0, text[last - 1] == 0x22 {
      var quote = last - 1
      while quote > 0, last - quote < 64, text[quote - 1] != 0x22, text[quote - 1] != 0x0A { quote -= 1 }
      if text.at(quote - 1) == 0x22 { return quote - 1..<last }
    }
    var start = last
    var at = last
    var words = 0
    while at > 0, words < 4 {
      var word = at
      while word > 0, isNameLetter(text[word - 1]) { word -= 1 }
      guard word < at, ASCII.isUpper(text[word]) || text[word] >= 0x80 else { break }
      start = word
      words += 1
      at = word
      while at > 0, ASCII.isBlank(text[at - 1]) || text[at - 1] == 0x2C { at -= 1 }
    }
    return start..<last
  }

  static func isNameLetter(_ b: UInt8) -> Bool {
    ASCII.isLetter(b) || b >= 0x80 || b == 0x2E || b == 0x27 || b == 0x2D
  }

  // MARK: Attribution lines

  /// Redacts the line when it ends by saying that somebody wrote what follows, and the lines it began on.
  mutating func attribution(_ text: Span<UInt8>, line: Range<Int>) {
    var end = line.upperBound
    var mark: UInt8 = 0
    while end > line.lowerBound {
      let b = text[end - 1]
      if b == 0x3A || b == 0x2E || b == 0x2C || b == 0x3B {
        // "Ann Lee writes..." says as much as a colon.
        let isEllipsis = b == 0x2E && text.at(end) == 0x2E
        mark = max(mark, b == 0x3A || b == 0x3B || isEllipsis ? 2 : 1)
      } else if !ASCII.isSpace(b) && b != 0x3E {
        break
      }
      end -= 1
    }
    // Most lines end here: with no verb of writing, and with no colon that one could stand before.
    if usesFilters, mark < 2,
      end - line.lowerBound < 4 || !IdentityWords.canEndWriting(text[end - 2], text[end - 1])
    {
      return
    }
    var verb = end
    while verb > line.lowerBound, ASCII.isLetter(text[verb - 1]) || text[verb - 1] >= 0x80, end - verb < 16 {
      verb -= 1
    }
    guard verb < end, line.count < 400 else { return }
    var start = line.lowerBound
    while start < verb, Self.isQuoteMark(text[start]) { start += 1 }
    guard end - verb >= 4, IdentityWords.canBeWriting(text[verb]), IdentityWords.isWriting(text, verb..<end)
    else {
      // "Am 5. April schrieb Ann Lee:" has its verb in the middle.
      if mark == 2, Self.opensAttribution(text, start..<end), Self.hasWriting(text, start..<end) {
        record(text, names: start..<end)
        add(.attribution, start..<line.upperBound)
      }
      return
    }
    let begun = beginning(text, before: line.lowerBound)
    let hasAddress = spans.reversed().prefix { $0.range.upperBound > start }.contains { $0.kind == .email }
    let opens = Self.opensAttribution(text, start..<verb)
    guard
      hasAddress || opens || (begun != nil && mark > 0)
        || (mark == 2 && Self.looksLikeName(text, start..<verb))
    else { return }
    let from = begun ?? start
    record(text, names: from..<verb)
    add(.attribution, from..<line.upperBound)
  }

  /// Where an attribution begins that goes on in the line from `lineStart`: one or two lines before.
  private func beginning(_ text: Span<UInt8>, before lineStart: Int) -> Int? {
    var end = lineStart
    for _ in 0..<2 {
      guard let line = previousLine(text, before: end) else { return nil }
      if Self.opensAttribution(text, line.start..<line.end) { return line.start }
      end = line.lineStart
    }
    return nil
  }

  private static func hasWriting(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at < range.upperBound {
      let start = at
      while at < range.upperBound, ASCII.isLetter(text[at]) || text[at] >= 0x80 { at += 1 }
      if at - start >= 4, IdentityWords.isWriting(text, start..<at) { return true }
      if at == start { at += 1 }
    }
    return false
  }

  private static func isQuoteMark(_ b: UInt8) -> Bool {
    ASCII.isSpace(b) || b == 0x3E || b == 0x7C || b == 0x3D || b == 0x3A || b == 0x23 || b == 0x2A
      || b == 0x7D
  }

  /// The line before `lineStart`, its start without quote marks; nil when it is long or there is none.
  private func previousLine(
    _ text: Span<UInt8>, before lineStart: Int
  ) -> (lineStart: Int, start: Int, end: Int)? {
    guard lineStart > 1 else { return nil }
    var first = lineStart - 1
    while first > 0, text[first - 1] != 0x0A, lineStart - first < 200 { first -= 1 }
    guard first == 0 || text[first - 1] == 0x0A else { return nil }
    var start = first
    while start < lineStart - 1, Self.isQuoteMark(text[start]) { start += 1 }
    return start == lineStart - 1 ? nil : (first, start, lineStart - 1)
  }

  /// "In article …", "In message …", "On <date>", "At <time>", "Am <date>", "Le <date>", "El <date>".
  private static func opensAttribution(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let at = line.lowerBound
    if text.has("in article", at: at) || text.has("in message", at: at) || text.has("in a previous", at: at)
      || text.has("in <", at: at) || text.has("in reply", at: at)
    {
      return true
    }
    guard line.count >= 12 else { return false }
    var word = at
    while word < line.upperBound, ASCII.isLetter(text[word]) { word += 1 }
    guard word - at == 2, text[word] == 0x20, let packed = ASCII.packed(text, at..<word),
      IdentityWords.dateOpeners.contains(packed)
    else { return false }
    var digits = 0
    for i in word..<line.upperBound where ASCII.isDigit(text[i]) { digits += 1 }
    return digits >= 3
  }

  /// One to six words that all begin with a capital or stand in brackets, or a single word; no pronoun first.
  private static func looksLikeName(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var words = 0
    var at = range.lowerBound
    var lowerCase = 0
    while at < range.upperBound {
      while at < range.upperBound, !ASCII.isLetter(text[at]), text[at] < 0x80 {
        // A sentence or a number before the verb is prose.
        if text[at] == 0x21 || text[at] == 0x3F || ASCII.isDigit(text[at]) { return false }
        at += 1
      }
      let start = at
      while at < range.upperBound, isNameLetter(text[at]) { at += 1 }
      guard start < at else { break }
      words += 1
      if IdentityWords.isPronoun(text, start..<at) { return false }
      if ASCII.isLower(text[start]) { lowerCase += 1 }
    }
    return (1...6).contains(words) && (lowerCase == 0 || words == 1)
  }

  /// Records the words of an attribution that can be names: no header words, no domains.
  mutating func record(_ text: Span<UInt8>, names range: Range<Int>) {
    var at = range.lowerBound
    while at < range.upperBound {
      if text[at] == 0x40 {
        at += 1
        while at < range.upperBound, Self.isNameByte(text[at]) || text[at] == 0x2E || text[at] == 0x2D {
          at += 1
        }
        continue
      }
      guard ASCII.isLetter(text[at]) || text[at] >= 0x80 else {
        at += 1
        continue
      }
      let start = at
      while at < range.upperBound, Self.isNameByte(text[at]) || text[at] == 0x27 { at += 1 }
      // "comp.os.misc" is the name of a place.
      if text.at(at) == 0x2E, ASCII.isLower(text.at(at + 1)) || text.at(start - 1) == 0x2E && at - start > 2 {
        continue
      }
      if at - start >= 2, text.at(start - 1) != 0x2E || !ASCII.isLower(text[start]),
        !IdentityWords.isHeader(text, start..<at)
      {
        // A space between two words of a name keeps them in one range, so that they make a bigram.
        if let last = identities.last, last.upperBound + 1 == start, last.lowerBound >= range.lowerBound,
          text[start - 1] == 0x20
        {
          identities[identities.count - 1] = last.lowerBound..<at
        } else {
          identities.append(start..<at)
        }
      }
    }
  }

  // MARK: Signature blocks

  /// Drops what follows a line "-- ": to the end of the message, or to the end of the quotation it stands in.
  /// A line "--" counts where at most 20 lines follow. Answers where to go on.
  mutating func signature(_ text: Span<UInt8>, lineStart: Int) -> Int? {
    var at = lineStart
    while at < text.count, at - lineStart < 12, text[at] == 0x3E || text[at] == 0x7C || text[at] == 0x20 {
      at += 1
    }
    guard text.at(at) == 0x2D, text.at(at + 1) == 0x2D else { return nil }
    let quoted = text.at(lineStart) == 0x3E || text.at(lineStart) == 0x7C
    guard quoted || at == lineStart else { return nil }
    var end = at + 2
    while end < text.count, ASCII.isBlank(text[end]) || text[end] == 0x0D { end += 1 }
    guard end == text.count || text[end] == 0x0A else { return nil }
    let exact = end - at >= 3 && text[at + 2] == 0x20
    var lines = 0
    var stop = end
    while stop < text.count {
      // `stop` is at a line's end.
      let next = stop + 1
      if quoted, text.at(next) != text[lineStart] { break }
      lines += 1
      if quoted ? lines > 12 : (!exact && lines > 20) { break }
      stop = next
      while stop < text.count, text[stop] != 0x0A { stop += 1 }
    }
    if !quoted {
      guard exact || stop == text.count else { return nil }
      add(.signature, lineStart..<text.count)
      return text.count
    }
    add(.signature, lineStart..<stop)
    return stop
  }
}
