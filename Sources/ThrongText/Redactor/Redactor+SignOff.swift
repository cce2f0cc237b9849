extension Redactor {
  /// A line that takes leave is so many bytes long, at most, and blank lines may follow before the name.
  private static let longestLeave = 40
  private static let blankLines = 2
  private static let nameWords = 3

  /// Redacts the name under a line that takes leave: "Best regards,", a blank line, "Ann B. Lee".
  ///
  /// What counts as a name is a run of one to three words with capitals at the start of the line; a single one, or one
  /// without capital, only where nothing follows it. `line` is the one that may take leave.
  mutating func signOff(_ text: Span<UInt8>, line: Range<Int>) {
    let first = Self.contentStart(text, line.lowerBound)
    // A longer line takes no leave; nor does one that an armoured key has made of several.
    if line.upperBound - first > Self.longestLeave + 1 { return }
    if usesFilters, !ASCII.isLetter(text.at(first)) { return }
    var at = first
    while at < text.count, ASCII.isLetter(text[at]) || text[at] >= 0x80 { at += 1 }
    guard IdentityWords.isLeave(text, first..<at) else { return }
    while at < text.count, text[at] != 0x0A, at - first <= Self.longestLeave {
      // "Thanks for 2 ideas" goes on, and "Yours: ours" does not take leave.
      if ASCII.isDigit(text[at]) || text[at] == 0x3A || text[at] == 0x3F { return }
      at += 1
    }
    guard text.at(at) == 0x0A else { return }
    var blanks = 0
    var name = Self.contentStart(text, at + 1)
    while name < text.count, text[name] == 0x0A || text[name] == 0x0D {
      if text[name] == 0x0A { blanks += 1 }
      guard blanks <= Self.blankLines else { return }
      name = Self.contentStart(text, name + 1)
    }
    while text.at(name) == 0x2D || text.at(name) == 0x7E || ASCII.isBlank(text.at(name)) { name += 1 }
    if let end = Self.signedName(text, from: name) {
      identities.append(name..<end)
      add(.signature, name..<end)
    }
  }

  /// The end of the name that begins at `start`; nil where there is none.
  private static func signedName(_ text: Span<UInt8>, from start: Int) -> Int? {
    var end = start
    var at = start
    var words = 0
    var capitals = 0
    while words < nameWords, at < text.count {
      let word = at
      while at < text.count, isNameLetter(text[at]) { at += 1 }
      guard at > word, !IdentityWords.isPronoun(text, word..<at) else { break }
      let isCapital = ASCII.isUpper(text[word]) || text[word] >= 0x80
      guard isCapital || words == 0 else { break }
      words += 1
      capitals += isCapital ? 1 : 0
      end = at
      while at < text.count, ASCII.isBlank(text[at]) { at += 1 }
    }
    at = end
    while at < text.count, ASCII.isBlank(text[at]) || text[at] == 0x0D || ".,!)".utf8.contains(text[at]) {
      at += 1
    }
    let endsLine = at == text.count || text[at] == 0x0A
    guard end - start >= 2, endsLine ? words == 1 || capitals == words : capitals >= 2 else { return nil }
    return end
  }
}
