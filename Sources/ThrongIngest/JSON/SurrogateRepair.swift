/// Makes escapes of half a surrogate pair readable.
///
/// `"\ud83d"` is JSON by its grammar (RFC 8259, section 8.2) and is what programs write that cut a string inside
/// an emoji, but no UTF-8 stands for it and simdjson refuses it. U+FFFD takes its place.
enum SurrogateRepair {
  /// `bytes[range]` with each lone half as `\ufffd`, and padding behind; nil where there is no lone half. O(range).
  static func repaired(_ bytes: borrowing [UInt8], at range: Range<Int>) -> [UInt8]? {
    var copy = Array(bytes[range])
    var isChanged = false
    var at = 0
    while at + 1 < copy.count {
      guard copy[at] == UInt8(ascii: "\\") else {
        at += 1
        continue
      }
      switch half(copy, at) {
      case .none: at += 2
      case .high where half(copy, at + 6) == .low: at += 12
      case .high, .low:
        copy.replaceSubrange(at + 2..<at + 6, with: Array("fffd".utf8))
        isChanged = true
        at += 6
      }
    }
    return isChanged ? copy + [UInt8](repeating: 0, count: JSONParser.padding) : nil
  }

  private enum Half { case none, high, low }

  /// Which half the escape at `at` stands for.
  private static func half(_ bytes: [UInt8], _ at: Int) -> Half {
    guard at + 6 <= bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u"),
      let digits = hexadecimal(bytes[at + 2..<at + 6])
    else { return .none }
    switch digits {
    case 0xd800...0xdbff: return .high
    case 0xdc00...0xdfff: return .low
    default: return .none
    }
  }

  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | Int(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | Int(digit - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | Int(digit - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    return value
  }
}
