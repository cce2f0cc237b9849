import Foundation
import Testing
import ThrongCore
import ThrongIngest

@Suite struct JSONTests {
  static func parse(_ text: some Sequence<UInt8>, with parser: JSONParser) throws -> JSONValue {
    let bytes = Array(text)
    return try parser.parse(
      bytes + [UInt8](repeating: 0x5b, count: JSONParser.padding), at: 0..<bytes.count)
  }

  /// Whether a value is what Foundation read from the same bytes.
  static func matches(_ value: JSONValue, _ other: Any) -> Bool {
    switch value.kind {
    case .null: return other is NSNull
    case .boolean: return (other as? NSNumber)?.boolValue == value.boolean
    case .number:
      guard let number = other as? NSNumber else { return false }
      if let integer = value.integer { return number.int64Value == integer }
      if let unsigned = value.unsigned { return number.uint64Value == unsigned }
      // Foundation goes through a decimal on Linux and is off by some units in the last place;
      // `doublesAreExact` is strict.
      return value.double.map { abs($0 - number.doubleValue) <= 8 * $0.ulp } ?? false
    case .text:
      var bytes: [UInt8] = []
      guard let range = value.appendText(to: &bytes), range == 0..<bytes.count else { return false }
      return (other as? String).map { Array($0.utf8) } == bytes
    case .array:
      guard let array = other as? [Any], let elements = value.elements else { return false }
      var count = 0
      for element in elements {
        guard count < array.count, matches(element, array[count]) else { return false }
        count += 1
      }
      return count == array.count
    case .object:
      guard let object = other as? [String: Any], value["no such key"] == nil else { return false }
      return object.allSatisfy { key, field in value[Array(key.utf8)].map { matches($0, field) } ?? false }
    }
  }

  static func randomString(_ random: inout RandomSource) -> String {
    let letters = [
      "a", "Z", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "é", "漢", "😀", "\\ud83d\\ude00", "\\u0001", " ",
    ]
    return (0..<random.below(12)).map { _ in letters[random.below(letters.count)] }.joined()
  }

  static func randomJSON(_ random: inout RandomSource, depth: Int) -> String {
    let space = ["", " ", "\n\t"][random.below(3)]
    switch random.below(depth > 0 ? 8 : 6) {
    case 0: return space + ["null", "true", "false"][random.below(3)]
    case 1: return "\(Int64(bitPattern: random.next()) >> random.below(60))" + space
    case 2: return "\(UInt64.max - UInt64(random.below(1000)))"
    case 3: return "\((random.uniform() - 0.5) * [1, 1e-12, 1e12, 1e300][random.below(4)])"
    case 4, 5: return "\"\(randomString(&random))\""
    case 6:
      return "["
        + (0..<random.below(5)).map { _ in randomJSON(&random, depth: depth - 1) }
        .joined(separator: space + ",") + "]"
    default:
      return "{"
        + (0..<random.below(5)).map {
          "\"k\($0)\(randomString(&random))\":" + randomJSON(&random, depth: depth - 1)
        }
        .joined(separator: "," + space) + "}" + space
    }
  }

  @Test(arguments: 0..<300) func agreesWithFoundation(seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed))
    let parser = JSONParser()
    for _ in 0..<10 {
      let text = Self.randomJSON(&random, depth: 5)
      let other = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
      let value = try Self.parse(text.utf8, with: parser)
      #expect(Self.matches(value, other), "\(text)")
    }
  }

  @Test func doublesAreExact() throws {
    var random = RandomSource(seed: 7)
    let parser = JSONParser()
    for _ in 0..<5000 {
      let double = Double(bitPattern: random.next())
      guard double.isFinite else { continue }
      #expect(try Self.parse("\(double)".utf8, with: parser).double == double)
    }
  }

  @Test func saysWhyBytesAreNoDocument() {
    let parser = JSONParser()
    func why(_ bytes: some Sequence<UInt8>) -> JSONParser.Failure? {
      do {
        _ = try Self.parse(bytes, with: parser)
        return nil
      } catch { return error as? JSONParser.Failure }
    }
    for text in ["{", "{} {}", "{\"a\"}", "[1,]", "nul", "\"a", "01", "", "\u{1}", "{\"a\":\"\u{1}\"}"] {
      #expect(why(text.utf8) == .invalid, "\(text)")
    }
    #expect(why([0x22, 0xff, 0x22]) == .invalidUTF8)
    #expect(why([0x22, 0xc0, 0xaf, 0x22]) == .invalidUTF8)
    #expect(why([0x22, 0xed, 0xa0, 0x80, 0x22]) == .invalidUTF8)
    // As deep as it goes: an answer, not a crash.
    #expect(why(String(repeating: "[", count: 1_000_000).utf8) == .invalid)
    #expect(why((String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)).utf8) == .invalid)
    #expect(why((String(repeating: "[", count: 500) + String(repeating: "]", count: 500)).utf8) == nil)
    #expect(why("{}".utf8) == nil)
  }

  @Test func valuesAreOfOneKind() throws {
    let parser = JSONParser()
    let value = try Self.parse(
      "{\"n\":-3,\"u\":18446744073709551615,\"d\":1.5,\"t\":\"x\"}".utf8, with: parser)
    let n = try #require(value["n"])
    #expect(n.integer == -3 && n.unsigned == nil && n.double == -3 && n.boolean == nil && n.elements == nil)
    let u = try #require(value["u"])
    #expect(u.integer == nil && u.unsigned == .max)
    let d = try #require(value["d"])
    #expect(d.integer == nil && d.unsigned == nil && d.double == 1.5)
    let t = try #require(value["t"])
    #expect(t.double == nil && t["t"] == nil && t.withText { $0.count } == 1)
    #expect(n.withText { $0.count } == nil)
  }

  @Test func memoryShrinksAgainAndGrows() throws {
    let parser = JSONParser()
    for count in [10, 3_000_000, 10, 100_000, 2_000_000, 1 << 20, 5] {
      let value = try Self.parse("[\"\(String(repeating: "a", count: count))\",1]".utf8, with: parser)
      var elements = try #require(value.elements)
      #expect(elements.next()?.withText { $0.count } == count)
    }
  }
}
