internal import CKernels

/// What a redacted span was. Each class leaves one control byte behind, which ends a phrase and is no term.
package enum RedactionClass: UInt8, Sendable, CaseIterable {
  case email, url, ipAddress, macAddress, phone, card, iban, cryptoAddress, nationalID, handle
  /// API keys, tokens, PEM blocks, UUIDs and other long random strings.
  case secret
  /// Long runs of digits that no other class claims.
  case digits
  /// A line that names the author of what it quotes.
  case attribution
  /// From a line "-- " to the end of the message, or of its quotation; and the name under a line that takes leave.
  case signature
  /// A line of the head of a mail or news message that stands in the text; of its subject, the name only.
  case header
  /// A day of the calendar with its year, and the time behind it.
  case date
  /// Postal codes where a word, a state or their own shape shows them.
  case postalCode
  /// The number of somebody's years of age.
  case age

  /// The byte that stands for the span in the redacted text: 0x0E...0x1F. A byte of the input in
  /// 0x00...0x1F that is not white space is replaced by a space, so no input can forge one.
  package var marker: UInt8 { 0x0E + rawValue }

  /// The class a byte of a redacted text stands for.
  package init?(marker: UInt8) { self.init(rawValue: marker &- 0x0E) }
}

/// A redacted range of the input.
package struct RedactedSpan: Sendable, Equatable {
  package var kind: RedactionClass
  package var range: Range<Int>
}

/// Finds and removes personal data before tokens exist (rule R14).
///
/// One pass over the bytes, 64 at a time. A digit, '@', ':', '.', '-', '!' or the end of a line calls the matchers
/// it can belong to, which look a bounded way back and forth; what is not near one of them is never looked at twice.
/// Where matches overlap, the longest gives the class and the union is removed, so nothing of either is left.
///
/// Does not find: names outside heads, attribution lines and signatures, street addresses, years and days of the week
/// by themselves, and numbers too short to tell from a quantity. A name or a diagnosis in running text stays; the
/// gate's thresholds are what protects it.
package struct Redactor {
  /// The text with each span replaced by the marker byte of its class.
  package private(set) var output: [UInt8] = []
  /// Ascending, disjoint ranges of the input.
  package internal(set) var spans: [RedactedSpan] = []
  /// Ranges of the input that hold words of names, handles and mail addresses' local parts, all inside spans.
  package internal(set) var identities: [Range<Int>] = []
  /// The word at the start of the message that may call somebody by a nickname: "ann_lee: try this". It stays in the text,
  /// for as often it is "sorry, …".
  package private(set) var vocative: Range<Int>?

  /// End of the alphanumeric run looked at last: each run is matched as a whole once.
  var tokenEnd = 0
  /// End of the host name looked at last.
  var hostEnd = 0
  /// End of the runs joined by hyphens and the like that were looked at last.
  var joinedEnd = 0
  /// End of the head of a message that is being read, and whether its present field keeps its value.
  var headEnd = 0
  var keepsField = false
  var number = NumberScan()
  private var triggers = TriggerScan()
  /// Where the head of a message was last looked for in vain: no head begins before.
  var triedHeads = 0
  /// Whether cheap tests decide which matchers are called at all. Without them the result is the same, and slow.
  let usesFilters: Bool

  /// - Parameter usesFilters: false for the reference that tests compare with.
  package init(usesFilters: Bool = true) { self.usesFilters = usesFilters }

  /// Redacts one message; results stay until the next call. O(bytes).
  package mutating func redact(_ text: Span<UInt8>) {
    spans.removeAll(keepingCapacity: true)
    identities.removeAll(keepingCapacity: true)
    (tokenEnd, hostEnd, joinedEnd, headEnd, triedHeads) = (0, 0, 0, 0, 0)
    triggers.reset()
    vocative = Self.nickname(atStartOf: text)
    scan(text)
    if triggers.seesDot || !usesFilters { addSpelled(text) }
    emit(text)
  }

  private mutating func scan(_ text: Span<UInt8>) {
    let count = text.count
    var lineStart = 0
    // The last colon at which the scan stopped.
    var colon = -1
    var i = signature(text, lineStart: 0) ?? 0
    while true {
      i = usesFilters ? triggers.next(text, from: i) : TriggerScan.nextSlowly(text, from: i)
      guard i < count else { break }
      switch text[i] {
      case 0x30...0x39: i = atDigit(text, i)
      case 0x0A:
        endLine(text, lineStart..<i, hasColon: colon >= lineStart)
        i += 1
        lineStart = i
        let first = text.at(i)
        if !usesFilters || first == 0x2D || first == 0x3E || first == 0x7C,
          let end = signature(text, lineStart: i)
        {
          i = end
        }
      case 0x2E: i = atDot(text, i)
      case 0x3A:
        colon = i
        i = atColon(text, i)
      case 0x40: i = atAt(text, i)
      case 0x2D: i = atHyphen(text, i)
      case 0x21: i = atBang(text, i)
      default: i += 1
      }
    }
    if lineStart < count { endLine(text, lineStart..<count, hasColon: colon >= lineStart) }
  }

  private mutating func endLine(_ text: Span<UInt8>, _ line: Range<Int>, hasColon: Bool) {
    if hasColon || !usesFilters { findHead(text, lineStart: line.lowerBound) }
    if line.lowerBound < headEnd { header(text, line: line) } else { attribution(text, line: line) }
    signOff(text, line: line)
  }

  /// Records a match. Where it overlaps earlier ones, the longest gives the class and the union the range.
  mutating func add(_ kind: RedactionClass, _ range: Range<Int>) {
    var kind = kind
    var range = range
    var longest = range.count
    while let last = spans.last, last.range.upperBound > range.lowerBound {
      if last.range.count >= longest { (kind, longest) = (last.kind, last.range.count) }
      range =
        min(last.range.lowerBound, range.lowerBound)..<max(last.range.upperBound, range.upperBound)
      spans.removeLast()
    }
    spans.append(RedactedSpan(kind: kind, range: range))
  }

  private mutating func emit(_ text: Span<UInt8>) {
    output.removeAll(keepingCapacity: true)
    output.reserveCapacity(text.count)
    var from = 0
    for span in spans {
      copy(text, from..<span.range.lowerBound)
      output.append(span.kind.marker)
      from = span.range.upperBound
    }
    copy(text, from..<text.count)
  }

  private mutating func copy(_ text: Span<UInt8>, _ range: Range<Int>) {
    if triggers.seesControl || !usesFilters {
      for i in range { output.append(TriggerScan.isControl(text[i]) ? 0x20 : text[i]) }
    } else {
      unsafe text.extracting(range).withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }
  }
}
