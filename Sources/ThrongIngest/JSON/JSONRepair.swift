/// Makes readable what is JSON by its grammar (RFC 8259) and what simdjson refuses.
///
/// `"\ud83d"`, half a surrogate pair, is what programs write that cut a string inside an emoji (section 8.2), but no UTF-8
/// stands for it: U+FFFD takes its place. A whole number of more than 64 bits (section 6) is read as one with an exponent, and so
/// is no whole number: nobody is told apart by it.
enum JSONRepair {
  /// `bytes[range]` so changed, with padding behind; nil where there is nothing to change. O(range).
  static func repaired(_ bytes: borrowing [UInt8], at range: Range<Int>) -> [UInt8]? {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count + JSONParser.padding)
    let source = Array(bytes[range])
    var isChanged = false
    var isInString = false
    var at = 0
    while at < source.count {
      let start = at
      at += 1
      switch source[start] {
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "\\") where isInString:
        let found = half(source, start)
        if found == .none || found == .high && half(source, start + 6) == .low {
          at = min(source.count, start + (found == .none ? 2 : 12))
        } else {
          copy += Array("\\ufffd".utf8)
          isChanged = true
          at = start + 6
          continue
        }
      case UInt8(ascii: "-") where !isInString, UInt8(ascii: "0")...UInt8(ascii: "9") where !isInString:
        while at < source.count, isOfNumber(source[at]) { at += 1 }
        if isLarge(source[start..<at]) {
          copy += source[start..<at] + Array("e0".utf8)
          isChanged = true
          continue
        }
      default: break
      }
      copy += source[start..<at]
    }
    return isChanged ? copy + [UInt8](repeating: 0, count: JSONParser.padding) : nil
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
      UInt8(ascii: "+"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Whether these are digits, perhaps behind a minus, of a number that 64 bits do not hold.
  private static func isLarge(_ number: ArraySlice<UInt8>) -> Bool {
    let digits = number.first == UInt8(ascii: "-") ? number.dropFirst() : number
    guard digits.count >= 19, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    let text = String(decoding: number, as: UTF8.self)
    return Int64(text) == nil && UInt64(text) == nil
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
