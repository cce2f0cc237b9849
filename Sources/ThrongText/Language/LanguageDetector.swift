internal import CText

/// A language as CLD2 numbers it, and whether CLD2 is sure.
package struct DetectedLanguage: Sendable, Equatable {
  /// Below 2¹⁰.
  package let number: UInt16
  /// Whether the best language is some way before the next, by CLD2's own judgement.
  package let isReliable: Bool

  /// CLD2's number of what it does not know.
  package static let unknown = LanguageDetector().detect()

  package init(number: UInt16, isReliable: Bool) {
    self.number = number
    self.isReliable = isReliable
  }

  /// Its code, mostly of ISO 639-1: `en`, `pt`, `zh-Hant`; `un` where it is unknown. CLD2's `iw` and `jw` are given as `he` and `jv`.
  package var code: String {
    let code = unsafe String(cString: throng_language_code(Int32(number)))
    return code == "iw" ? "he" : code == "jw" ? "jv" : code
  }
}

/// Tells languages apart by CLD2 (compact language detector 2, libcld2): naive Bayes over quadgrams, 83 languages, offline.
///
/// Says nothing sure about texts of few words, mixtures, and near languages such as Bosnian and Croatian.
package struct LanguageDetector {
  /// Bytes of a document that are looked at, the second half only where the first leaves a doubt; the whole text would cost as much as
  /// to tokenise it.
  package static let maximumBytes = 256
  private var sample: [UInt8] = []

  package init() {}

  /// Begins a document.
  package mutating func begin() { sample.removeAll(keepingCapacity: true) }

  /// Adds a message of valid UTF-8, as far as there is room, to the end of a character.
  package mutating func append(_ text: Span<UInt8>) {
    let room = Self.maximumBytes - sample.count
    guard room > 0 else { return }
    var count = min(room, text.count)
    while count < text.count, count > 0, text[count] & 0xC0 == 0x80 { count -= 1 }
    unsafe text.extracting(0..<count).withUnsafeBufferPointer { unsafe sample.append(contentsOf: $0) }
    if sample.count < Self.maximumBytes { sample.append(0x0A) }
  }

  /// The language of the document. O(sample).
  package func detect() -> DetectedLanguage {
    var isReliable = false
    let number = unsafe sample.withUnsafeBufferPointer {
      unsafe throng_language_detect($0.baseAddress, $0.count, &isReliable)
    }
    return DetectedLanguage(number: UInt16(clamping: number), isReliable: isReliable)
  }
}
