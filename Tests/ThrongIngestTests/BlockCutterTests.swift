import Testing
import ThrongCore
import ThrongIngest

@Suite struct BlockCutterTests {
  /// All blocks of bytes that arrive in pieces of at most `largest`.
  static func blocks(
    _ bytes: [UInt8], blockBytes: Int, maximum: Int = 1 << 20, largest: Int, seed: UInt64 = 1,
    endedEarly: Bool = false
  ) -> [RawBlock] {
    var cutter = BlockCutter(source: 3, blockBytes: blockBytes, maximumRecordBytes: maximum)
    let source = DrippingSource(bytes, largest: largest, seed: seed)
    var blocks: [RawBlock] = []
    while cutter.fill(chunk: 7, { source.read(into: &$0, from: $1) }) > 0 {
      while let block = cutter.nextBlock() { blocks.append(block) }
    }
    if let last = cutter.finish(endedEarly: endedEarly) { blocks.append(last) }
    #expect(cutter.bytesDecoded == bytes.count)
    return blocks
  }

  struct Piece: Equatable {
    var line: Int
    var text: String
    var state: RawBlock.Record.State = .whole
  }

  static func pieces(_ blocks: [RawBlock]) -> [Piece] {
    blocks.flatMap { block in
      block.records.map {
        Piece(line: $0.line, text: String(decoding: block.bytes[$0.range], as: UTF8.self), state: $0.state)
      }
    }
  }

  @Test func linesAreRecords() {
    let text = "\u{feff}\n {\"a\":1}\r\n\r\n \t\n{}\nlast"
    let expected = [
      Piece(line: 2, text: "{\"a\":1}\r"), Piece(line: 5, text: "{}"), Piece(line: 6, text: "last"),
    ]
    for blockBytes in [1, 5, 1000] {
      #expect(Self.pieces(Self.blocks(Array(text.utf8), blockBytes: blockBytes, largest: 4)) == expected)
    }
  }

  @Test func elementsAreRecords() {
    let text = "\u{feff} [ {\"a\":\"],\\\"\\\\\"} ,\n[1,[2]],, \"x\\\\\" , 7 ]\n\n"
    let expected = [
      Piece(line: 1, text: "{\"a\":\"],\\\"\\\\\"} "), Piece(line: 2, text: "[1,[2]]"),
      Piece(line: 3, text: "\"x\\\\\" "), Piece(line: 4, text: "7 "),
    ]
    for blockBytes in [1, 5, 1000] {
      #expect(Self.pieces(Self.blocks(Array(text.utf8), blockBytes: blockBytes, largest: 4)) == expected)
    }
  }

  @Test func blocksEndWithTheFirstRecordPastTheirSize() {
    let text = "1234\n5678\n90\nabcdefghijkl\nx"
    let sizes = Self.blocks(Array(text.utf8), blockBytes: 6, largest: 100).map { Int($0.count) }
    #expect(sizes == [10, 16, 1])
  }

  @Test func aBrokenArrayIsSaid() {
    func states(_ text: String, endedEarly: Bool = false) -> [RawBlock.Record.State] {
      Self.pieces(Self.blocks(Array(text.utf8), blockBytes: 100, largest: 3, endedEarly: endedEarly)).map(
        \.state)
    }
    #expect(states("[]") == [])
    #expect(states("[{},{}]") == [.whole, .whole])
    #expect(states("[{},{") == [.whole, .tail])
    #expect(states("[{},") == [.whole, .missing])
    #expect(states("[") == [.missing])
    #expect(states("[{}] x y") == [.whole, .surplus])
    #expect(states("[{}]", endedEarly: true) == [.whole, .missing])
    #expect(states("{}\n{", endedEarly: true) == [.whole, .tail])
    #expect(states("{}\n", endedEarly: true) == [.whole, .missing])
    #expect(states("", endedEarly: true) == [.missing])
    let mark = Self.blocks([0xef, 0xbb], blockBytes: 100, largest: 1)
    #expect(mark.map(\.count) == [2] && mark[0].records.map(\.state) == [.whole])
  }

  @Test func largeRecordsPassWithoutBeingHeld() {
    let large = String(repeating: "y", count: 50_000)
    for text in ["ab\n\(large)\ncd\n\(large)", "[1,\"\(large)\",2,[\(large)]"] {
      var cutter = BlockCutter(source: 0, blockBytes: 64, maximumRecordBytes: 100)
      let source = DrippingSource(Array(text.utf8), largest: 64, seed: 5)
      var blocks: [RawBlock] = []
      var held = 0
      while cutter.fill(chunk: 64, { source.read(into: &$0, from: $1) }) > 0 {
        while let block = cutter.nextBlock() { blocks.append(block) }
        held = max(held, cutter.bytesHeld)
      }
      if let last = cutter.finish(endedEarly: false) { blocks.append(last) }
      let isArray = text.first == "["
      #expect(
        Self.pieces(blocks).map(\.state) == [.whole, .tooLarge, .whole, .tooLarge]
          + (isArray ? [.missing] : []))
      #expect(Self.pieces(blocks).map(\.line) == (isArray ? [1, 2, 3, 4, 5] : [1, 2, 3, 4]))
      #expect(held <= 64 + 100 + 64)
    }
  }

  @Test func theLimitIsTheLargestRecordKept() {
    for (text, last) in [("1234\n12345\n", ""), ("[1234,12345]", "")] {
      let states = Self.pieces(
        Self.blocks(Array((text + last).utf8), blockBytes: 99, maximum: 4, largest: 99)
      ).map(\.state)
      #expect(states == [.whole, .tooLarge])
    }
  }

  /// However the bytes arrive, and at any block size, the records are those that a plain split finds.
  @Test(arguments: 0..<40) func linesDoNotDependOnPieces(seed: Int) {
    var random = RandomSource(seed: UInt64(seed))
    var text = random.below(2) == 0 ? "" : "\u{feff}"
    var lines: [String] = []
    for _ in 0..<random.below(60) {
      let kinds = ["", " ", "\r", "{\"a\":1}", "[", "é\"", String(repeating: "z", count: random.below(90))]
      lines.append(kinds[random.below(kinds.count)])
    }
    // A first line that opens an array would make one of it.
    lines.insert("{}", at: 0)
    text += lines.joined(separator: "\n")
    let maximum = 40
    let expected = lines.enumerated().compactMap { (i, line) -> Piece? in
      let record = line.drop { $0 == " " || $0 == "\r" }
      if record.isEmpty { return nil }
      let isLarge = record.utf8.count > maximum
      return Piece(line: i + 1, text: isLarge ? "" : String(record), state: isLarge ? .tooLarge : .whole)
    }
    check(Array(text.utf8), maximum: maximum, expected: expected, random: &random)
  }

  @Test(arguments: 0..<40) func elementsDoNotDependOnPieces(seed: Int) {
    var random = RandomSource(seed: UInt64(seed))
    let maximum = 40
    var expected: [Piece] = []
    var text = "["
    for i in 0..<random.below(60) {
      let kinds = [
        "{}", "12", "{\"a\":[1,2,{\"b\":\"}]\"}]}", "\"\\\\\\\"],\"", "[[],[\",\"]]", "null",
        "\"\(String(repeating: "ü,", count: random.below(40)))\"",
      ]
      let element = kinds[random.below(kinds.count)]
      text += (i > 0 ? "," : "") + [" ", "\n", "", "\r\n  ", ", "][random.below(5)] + element
      let isLarge = element.utf8.count > maximum
      expected.append(Piece(line: i + 1, text: isLarge ? "" : element, state: isLarge ? .tooLarge : .whole))
    }
    text += "]\n"
    check(Array(text.utf8), maximum: maximum, expected: expected, random: &random)
  }

  private func check(_ bytes: [UInt8], maximum: Int, expected: [Piece], random: inout RandomSource) {
    for blockBytes in [1, 10, 64, 5000] {
      let whole = Self.blocks(bytes, blockBytes: blockBytes, maximum: maximum, largest: bytes.count + 1)
      #expect(Self.pieces(whole) == expected)
      for largest in [1, 2, 3, 17] {
        let pieces = Self.blocks(
          bytes, blockBytes: blockBytes, maximum: maximum, largest: largest, seed: random.next())
        #expect(pieces == whole)
      }
    }
  }
}
