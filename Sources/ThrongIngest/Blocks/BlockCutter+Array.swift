/// Where the cutter is within a JSON array.
struct ArrayNesting {
  enum Place {
    case between, inElement, behind, inSurplus

    /// Whether the array is not closed yet.
    var isInside: Bool { self == .between || self == .inElement }
  }

  var place = Place.between
  /// Brackets and braces open within the element.
  var depth = 0
  var isInString = false
  var isEscaped = false

  /// Looks at an element: gives the position of the comma or bracket behind it, or the end of `bytes`.
  ///
  /// Only strings and nesting are followed; whether the element is JSON is for the parser to say.
  mutating func scan(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var at = start
    let count = bytes.count
    while at < count {
      if isInString {
        if isEscaped {
          isEscaped = false
          at += 1
        }
        at = Self.firstOfString(bytes, from: at)
        guard at < count else { break }
        if bytes[at] == UInt8(ascii: "\\") { isEscaped = true } else { isInString = false }
        at += 1
        continue
      }
      switch bytes[at] {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"): if depth > 0 { depth -= 1 }
      case UInt8(ascii: "]"):
        if depth == 0 { return at }
        depth -= 1
      case UInt8(ascii: ","): if depth == 0 { return at }
      default: break
      }
      at += 1
    }
    return at
  }

  /// The first quote or backslash, 32 bytes at a step.
  private static func firstOfString(_ bytes: Span<UInt8>, from start: Int) -> Int {
    unsafe bytes.withUnsafeBytes { raw in
      var at = start
      let quote = SIMD32<UInt8>(repeating: UInt8(ascii: "\""))
      let backslash = SIMD32<UInt8>(repeating: UInt8(ascii: "\\"))
      while at + 32 <= raw.count {
        let chunk = unsafe raw.loadUnaligned(fromByteOffset: at, as: SIMD32<UInt8>.self)
        if any((chunk .== quote) .| (chunk .== backslash)) { break }
        at += 32
      }
      while at < raw.count {
        let byte = unsafe raw[at]
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
        at += 1
      }
      return at
    }
  }
}

extension BlockCutter {
  /// A JSON array: a record is an element with anything but white space in it.
  mutating func advanceArray() -> Bool {
    while scanned < count {
      if nesting.place == .inElement, let start = open {
        var walk = nesting
        let end = walk.scan(bytes.span.extracting(..<count), from: scanned)
        nesting = walk
        scanned = end
        guard end < count else { return false }
        closeRecord(start: start, end: end)
        nesting.place = .between
      }
      // Here a separator or white space lies, or an element begins.
      let byte = bytes[scanned]
      switch nesting.place {
      case .between:
        if byte == UInt8(ascii: "]") {
          nesting.place = .behind
        } else if byte != UInt8(ascii: ",") && !isBlank(byte) {
          open = scanned
          nesting = ArrayNesting()
          nesting.place = .inElement
          continue
        }
      case .behind:
        if !isBlank(byte) {
          record(scanned..<scanned, .surplus)
          nesting.place = .inSurplus
        }
      case .inElement, .inSurplus:
        break
      }
      scanned += 1
      if scanned >= blockBytes { return true }
    }
    return false
  }
}
