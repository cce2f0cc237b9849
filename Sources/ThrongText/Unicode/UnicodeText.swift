internal import CText

/// ICU's normalisation and word breaks, with their buffers. One for each analyzer: it is not thread-safe.
@safe final class UnicodeText {
  private let handle: OpaquePointer

  /// Throws ``TextFailure/unicodeUnavailable`` where ICU has no data.
  init() throws {
    guard let handle = unsafe throng_text_create() else { throw TextFailure.unicodeUnavailable }
    unsafe self.handle = handle
  }

  deinit { unsafe throng_text_destroy(handle) }

  /// Puts into `output` the NFKC of `bytes` without zero-width characters, digits and hyphens as ASCII. O(bytes).
  func clean(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws {
    try unsafe convert(bytes, into: &output, throng_text_clean)
  }

  /// Puts into `output` the case-folded NFKC of `bytes`. O(bytes).
  func fold(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws {
    try unsafe convert(bytes, into: &output, throng_text_fold)
  }

  /// Puts into `boundaries` the word boundaries of `bytes`, as offsets; the first is 0, the last the count.
  func words(_ bytes: Span<UInt8>, into boundaries: inout [Int32]) throws {
    boundaries.removeAll(keepingCapacity: true)
    var count = 0
    var found: UnsafePointer<Int32>?
    let done = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe throng_text_words(handle, buffer.baseAddress, buffer.count, &found, nil, &count)
    }
    guard done, let found = unsafe found else { throw TextFailure.unicodeUnavailable }
    unsafe boundaries.append(contentsOf: UnsafeBufferPointer(start: found, count: count))
  }

  private typealias Conversion = (
    OpaquePointer?, UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    UnsafeMutablePointer<Int>?
  ) -> Bool

  private func convert(_ bytes: Span<UInt8>, into output: inout [UInt8], _ conversion: Conversion) throws {
    output.removeAll(keepingCapacity: true)
    if bytes.isEmpty { return }
    var count = 0
    var converted: UnsafePointer<UInt8>?
    let done = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe conversion(handle, buffer.baseAddress, buffer.count, &converted, &count)
    }
    guard done, let converted = unsafe converted else { throw TextFailure.unicodeUnavailable }
    unsafe output.append(contentsOf: UnsafeBufferPointer(start: converted, count: count))
  }
}

/// What a code point is to the tokenizer.
enum CharacterClass {
  static let other: UInt8 = 0
  /// A letter of a script that puts spaces between words, or a digit.
  static let letter: UInt8 = 1
  /// A combining mark.
  static let mark: UInt8 = 2
  /// A letter of a script without spaces between words: Han, Kana, Thai, Lao, Khmer, Burmese.
  static let unspaced: UInt8 = 3
  /// An apostrophe or a middle dot.
  static let joiner: UInt8 = 4
  static let space: UInt8 = 5

  /// Classes of the code points of planes 0 and 1. Made once, when the first text that is not ASCII arrives.
  static let table: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 0x20000)
    unsafe table.withUnsafeMutableBufferPointer { buffer in
      unsafe throng_text_classes(buffer.baseAddress, UInt32(buffer.count))
    }
    return table
  }()

  /// The class of a code point beyond ``table``: planes 2 and 3 hold ideographs, those above no letters.
  @inline(__always) static func beyondTable(_ scalar: UInt32) -> UInt8 { scalar < 0x40000 ? unspaced : other }
}
