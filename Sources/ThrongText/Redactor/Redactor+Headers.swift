// The heads of mail and news messages that people paste or that a gateway leaves in the text.

extension Redactor {
  /// Lines that a field of a head may go on for, at most.
  private static let longestFold = 3

  /// Sets `headEnd` where the head of a message begins at `lineStart`: at least one field that only heads have, or two
  /// different ones of which one is a mail field or holds an address. O(bytes of the head).
  mutating func findHead(_ text: Span<UInt8>, lineStart: Int) {
    guard lineStart >= headEnd, lineStart >= triedHeads, let first = Self.field(text, at: lineStart)?.field
    else { return }
    var at = lineStart
    var end = lineStart
    var hasAddress = false
    var (isDecisive, isMail, isSecond) = (false, false, false)
    var folds = 0
    while at < text.count {
      var next = at
      while next < text.count, text[next] != 0x0A { next += 1 }
      if let found = Self.field(text, at: at)?.field {
        folds = 0
        isDecisive = isDecisive || found.kind == .decisive
        isMail = isMail || found.kind == .mail
        isSecond = isSecond || found.name != first.name
      } else {
        guard folds < Self.longestFold, Self.isFolded(text, at..<next) else { break }
        folds += 1
      }
      for i in at..<next where text[i] == 0x40 { hasAddress = true }
      end = next
      at = next + 1
    }
    if isDecisive || isSecond && (hasAddress || isMail) { headEnd = end }
    // A part of what is no head is none either.
    triedHeads = end
  }

  /// Redacts a line of a head. The value of a subject stays: it says what the message is about.
  mutating func header(_ text: Span<UInt8>, line: Range<Int>) {
    let start = Self.contentStart(text, line.lowerBound)
    guard let found = Self.field(text, at: line.lowerBound) else {
      if !keepsField, start < line.upperBound { add(.header, start..<line.upperBound) }
      return
    }
    keepsField = found.field.keepsValue
    var end = line.upperBound
    if keepsField {
      end = found.value
      while ASCII.isBlank(text.at(end)) { end += 1 }
      while text.has("re:", at: end) {
        end += 3
        while ASCII.isBlank(text.at(end)) { end += 1 }
      }
    } else if found.field.namesSomebody {
      record(text, names: found.value..<line.upperBound)
    }
    // Spans ascend: what matched in a kept value stands behind its name.
    let behind = spans.reversed().prefix { $0.range.lowerBound >= end }.count
    let later = spans.suffix(behind)
    spans.removeLast(behind)
    add(.header, start..<end)
    spans += later
  }

  /// Where a line begins behind quote marks and blanks.
  static func contentStart(_ text: Span<UInt8>, _ lineStart: Int) -> Int {
    var at = lineStart
    while at < text.count, text[at] == 0x3E || text[at] == 0x7C || ASCII.isBlank(text[at]) { at += 1 }
    return at
  }

  /// Whether a line goes on with the field before: it is indented, beyond the space after a quote mark.
  private static func isFolded(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let start = contentStart(text, line.lowerBound)
    guard start < line.upperBound, text[start] != 0x0D else { return false }
    var blanks = 0
    var at = start
    while at > line.lowerBound, ASCII.isBlank(text[at - 1]) {
      blanks += text[at - 1] == 0x09 ? 2 : 1
      at -= 1
    }
    return blanks >= (at == line.lowerBound ? 1 : 2)
  }

  /// The field whose name stands at the start of a line, after quote marks, and where its value begins.
  private static func field(
    _ text: Span<UInt8>, at lineStart: Int
  ) -> (field: HeaderFields.Field, value: Int)? {
    let start = contentStart(text, lineStart)
    var end = start
    while end < text.count, end - start <= HeaderFields.longestName,
      ASCII.isAlphanumeric(text[end]) || text[end] == 0x2D
    {
      end += 1
    }
    guard end > start + 1, text.at(end) == 0x3A, end + 1 == text.count || ASCII.isSpace(text[end + 1])
    else { return nil }
    return HeaderFields.field(text, start..<end).map { ($0, end + 1) }
  }
}

/// Names of fields of message heads: RFC 5322 and 5536, and how mail programs print the first of them.
enum HeaderFields {
  struct Field {
    enum Kind {
      /// Only heads of messages have it.
      case decisive
      /// Usual in heads, and rare as a word before a colon.
      case mail
      /// As usual elsewhere: "From: Rome", "Date: Monday".
      case plain
    }
    /// A hash of the name in lower case.
    let name: UInt64
    let kind: Kind
    var namesSomebody = false
    var keepsValue = false
  }

  static let longestName = 28

  private static let decisive = """
    message-id nntp-posting-host nntp-posting-user nntp-posting-date in-reply-to return-path followup-to newsgroups \
    mime-version content-transfer-encoding content-disposition reply-to delivered-to errors-to x-newsreader x-mailer \
    x-newssoftware user-agent authentication-results dkim-signature
    """
  private static let mail = """
    subject sender organization organisation distribution references received xref keywords lines expires approved \
    originator content-type sent cc bcc betreff gesendet objet asunto enviado assunto oggetto inviato onderwerp
    """
  private static let plain = "from to date path summary von an datum de para fecha da data van aan"
  private static let persons =
    "from sender reply-to originator to cc bcc approved nntp-posting-user von de da van"
  private static let subjects = "subject keywords summary betreff objet asunto assunto oggetto onderwerp"

  private static let fields: [UInt64: Field] = {
    var fields: [UInt64: Field] = [:]
    func words(_ list: String) -> [UInt64] {
      list.split(separator: " ").map { word in WordSet.key(Array(word.utf8).span) }
    }
    for (list, kind) in [(plain, Field.Kind.plain), (mail, .mail), (decisive, .decisive)] {
      for name in words(list) { fields[name] = Field(name: name, kind: kind) }
    }
    for name in words(persons) { fields[name]?.namesSomebody = true }
    for name in words(subjects) { fields[name]?.keepsValue = true }
    return fields
  }()

  /// The field of a name; nil for any other word. Names that begin with "X-" are everybody's own.
  static func field(_ text: Span<UInt8>, _ range: Range<Int>) -> Field? {
    let name = WordSet.key(text.extracting(range))
    return fields[name] ?? (text.has("x-", at: range.lowerBound) ? Field(name: name, kind: .plain) : nil)
  }
}
