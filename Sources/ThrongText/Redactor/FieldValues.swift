/// Makes values of fields fit to be counted and, where enough people share one, to be shown.
///
/// A value is text of the log like any other: it is normalised, so that one value is not counted as two, and it passes
/// the redactor, so that no address, handle or number is shown however many share it (R14). Not thread-safe.
///
/// Does not find: names of persons, which look like any other word. Thresholds are what protects them.
package struct FieldValues {
  /// A longer value is a text, not a value.
  package static let maximumBytes = 64

  /// What became of a value.
  package enum Verdict: Equatable, Sendable {
    /// Nothing but white space.
    case empty
    /// NFKC, without control and zero-width characters, trimmed, runs of white space as one space.
    case usable([UInt8])
    /// It is, or holds, what the redactor takes out of texts.
    case identity
    case tooLong
  }

  private let redacts: Bool
  private var unicode: UnicodeText?
  private var redactor = Redactor()
  private var cleaned: [UInt8] = []

  /// - Parameter redacts: false in attack tests only.
  package init(redacts: Bool = true) { self.redacts = redacts }

  /// Judges a value. O(bytes).
  ///
  /// Throws ``TextFailure`` where ICU is not there.
  package mutating func judge(_ value: Span<UInt8>) throws -> Verdict {
    var text: [UInt8] = []
    if value.isASCII {
      Self.collapse(value, into: &text)
    } else {
      if unicode == nil { unicode = try UnicodeText() }
      try unicode!.clean(value, into: &cleaned)
      Self.collapse(cleaned.span, into: &text)
    }
    if text.isEmpty { return .empty }
    if text.count > Self.maximumBytes { return .tooLong }
    if redacts {
      redactor.redact(text.span)
      if !redactor.spans.isEmpty { return .identity }
    }
    return .usable(text)
  }

  private static func collapse(_ value: Span<UInt8>, into text: inout [UInt8]) {
    var pendingSpace = false
    for i in value.indices {
      let byte = value[i]
      if byte <= 0x20 || byte == 0x7F {
        pendingSpace = !text.isEmpty
        continue
      }
      if pendingSpace { text.append(0x20) }
      pendingSpace = false
      text.append(byte)
      // Enough to know that it is too long.
      if text.count > Self.maximumBytes { return }
    }
  }
}
