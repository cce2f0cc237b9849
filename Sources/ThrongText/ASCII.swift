/// Tests of single bytes. A byte of 0x80 or more is neither letter nor digit here.
enum ASCII {
  @inline(__always) static func isDigit(_ b: UInt8) -> Bool { b &- 0x30 < 10 }
  @inline(__always) static func isUpper(_ b: UInt8) -> Bool { b &- 0x41 < 26 }
  @inline(__always) static func isLower(_ b: UInt8) -> Bool { b &- 0x61 < 26 }
  @inline(__always) static func isLetter(_ b: UInt8) -> Bool { (b | 0x20) &- 0x61 < 26 }
  @inline(__always) static func isAlphanumeric(_ b: UInt8) -> Bool { isLetter(b) || isDigit(b) }
  @inline(__always) static func isHexadecimal(_ b: UInt8) -> Bool { isDigit(b) || (b | 0x20) &- 0x61 < 6 }
  @inline(__always) static func isBlank(_ b: UInt8) -> Bool { b == 0x20 || b == 0x09 }
  @inline(__always) static func isSpace(_ b: UInt8) -> Bool { isBlank(b) || b == 0x0A || b == 0x0D }
  @inline(__always) static func lower(_ b: UInt8) -> UInt8 { isUpper(b) ? b | 0x20 : b }

  /// Up to eight bytes in one word, lower-cased: how short words are looked up without a string. Nil when longer.
  static func packed(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    guard range.count <= 8 else { return nil }
    var word: UInt64 = 0
    for i in range { word = word << 8 | UInt64(lower(text[i])) }
    return word
  }

  /// The same for a word of the code.
  static func packed(_ word: String) -> UInt64 {
    word.utf8.reduce(0) { $0 << 8 | UInt64(lower($1)) }
  }
}

extension Span<UInt8> {
  /// Whether all bytes are below 0x80. O(count).
  var isASCII: Bool {
    var all: UInt8 = 0
    for i in indices { all |= self[i] }
    return all < 0x80
  }

  /// The byte at `i`, or 0 outside.
  @inline(__always) func at(_ i: Int) -> UInt8 { i >= 0 && i < count ? self[i] : 0 }

  /// Whether `word` (ASCII, lower case) stands at `i`, in either case.
  func has(_ word: StaticString, at i: Int) -> Bool {
    guard i >= 0, i + word.utf8CodeUnitCount <= count else { return false }
    return word.withUTF8Buffer { buffer in
      for k in 0..<buffer.count where unsafe ASCII.lower(self[i + k]) != buffer[k] { return false }
      return true
    }
  }
}
