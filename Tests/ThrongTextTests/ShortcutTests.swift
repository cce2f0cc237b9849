import Foundation
import Testing
import ThrongCore
import ThrongText

/// The loops that find runs of letters 64 bytes at a time, and the filters of the redactor, against the same code byte by
/// byte; and the hashes that are made several at once against one at a time.
@Suite struct ShortcutTests {
  private static func expectSame(
    _ documents: [[[UInt8]]], settings: TextSettings, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let fast = try Fixture.block(documents, settings: settings)
    let slow = try Fixture.block(documents, settings: settings, usesShortcuts: false)
    #expect(fast.terms == slow.terms, comment, sourceLocation: sourceLocation)
    #expect(
      fast.offsets == slow.offsets && fast.counts == slow.counts, comment, sourceLocation: sourceLocation)
    #expect(
      fast.identityTerms == slow.identityTerms && fast.vocativeTerms == slow.vocativeTerms
        && fast.contentHashes == slow.contentHashes, comment, sourceLocation: sourceLocation)
    for i in fast.terms.indices where i < slow.terms.count {
      #expect(
        fast.spelling(i) == slow.spelling(i) && fast.words(i) == slow.words(i)
          && fast.isQuoted(i) == slow.isQuoted(i), comment, sourceLocation: sourceLocation)
    }
  }

  private static let settings: [TextSettings] = {
    var plain = TextSettings()
    plain.redacts = false
    var narrow = Fixture.everyWord
    narrow.redacts = false
    narrow.maximumTokenBytes = 5
    narrow.maximumDigits = 2
    narrow.discountsQuotations = false
    var words = plain
    words.bigrams = false
    words.maximumTokenBytes = 120
    return [TextSettings(), plain, narrow, words]
  }()

  /// Pieces that join words, end phrases, begin lines, break UTF-8, or fill blocks of 64 bytes.
  private static let pieces: [String] = [
    "a", "I", "the", "word", "Words", "don't", "rock'n'roll", "e-mail", "x-ray", "well-known", "C++", "c#",
    "b+", "x++y",
    "node.js", ".net", "asp.net", "end.Start", "U.S.A.", "3.1", "1993", "12345", "7", "snake_case", "_x_",
    "l'école",
    "naïve", "Straße", "d’accord", "北京大学", "用Python写", "データベースの", "สวัสดี", "한국어", "😀", "“quoted”", "\u{301}",
    "é",
    "die", "und", "nicht", "que", "sale", "war", "x86", "2nd", "fifteenletters1", "sixteenletters12",
    "seventeenletters1",
    String(repeating: "long", count: 9), String(repeating: "q", count: 41),
    String(repeating: "z", count: 130),
    " ", " ", " ", " ", " ", "\n", "\n", "\n\n", "\r\n", "\t", "> ", "| ", "JB> ", "abcd> ", "abcde> ", ": ",
    ":x", " >", ". ", ".", ",", "; ",
    "?", "!", "(", ")", "[", "]", "\"", "\u{7}", "\u{0E}", "-", "--", "'", "''", "+", "#", "&", "/", "@",
    "\u{A0}", "。", "、",
    "ann@example.org", "2024-01-31", "202-555-0143",
  ]

  @Test(arguments: 0..<40) func agreesByteByByte(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    var documents: [[[UInt8]]] = []
    for _ in 0..<30 {
      var messages: [[UInt8]] = []
      for _ in 0..<1 + random.below(2) {
        var text: [UInt8] = []
        for _ in 0..<random.below(60) {
          text += Array(Self.pieces[random.below(Self.pieces.count)].utf8)
          // Now and then what is no UTF-8.
          if random.below(40) == 0 { text.append(UInt8(0x80 + random.below(0x80))) }
        }
        messages.append(text)
      }
      documents.append(messages)
    }
    for settings in Self.settings { try Self.expectSame(documents, settings: settings, "seed \(seed)") }
  }

  /// Each of the joints at each place of a block of 64 bytes, and words up to the end of a text.
  @Test func agreesAtEveryPlaceOfABlock() throws {
    let texts = (0..<130).flatMap { before in
      [
        "don't stop", "c++ x", "a.b.c d", "node.js", ".net, x", "one. two", "one\n\ntwo", "\n> one two",
        "né e", "c#", "3.1 2", "e-mail",
      ]
      .map {
        [
          Array(
            (String(repeating: "x ", count: before / 2) + String(repeating: " ", count: before % 2) + $0).utf8
          )
        ]
      }
    }
    try Self.expectSame(texts, settings: Self.settings[1], "places")
  }

  @Test(arguments: ["newsgroups20", "irc_ubuntu", "sib200", "smile_zh_3k", "affective_mix"])
  func agreesOnRealText(_ corpus: String) throws {
    let texts = try Fixture.corpus(corpus, limit: 400).map { record in
      (record["messages"] as? [[String: Any]])?.map { Array(($0["content"] as? String ?? "").utf8) }
        ?? [Array((record["text"] as? String ?? "").utf8)]
    }
    for settings in Self.settings.prefix(2) { try Self.expectSame(texts, settings: settings, "\(corpus)") }
  }

  /// SipHash of each word and each pair, one at a time.
  @Test func hashesAreThoseOfSipHash() throws {
    var text = ""
    for length in 1...40 {
      text += String("abcdefghijklmnopqrstuvwxyz0123456789abcdefgh".prefix(length)) + " é" + "\n"
    }
    var settings = Fixture.everyWord
    settings.redacts = false
    let block = try Fixture.block([[text + text.uppercased()]], settings: settings)
    let word = Fixture.secret.hasher(for: "term")
    let pair = Fixture.secret.hasher(for: "bigram")
    var pairs = 0
    for i in block.terms.indices {
      let words = block.spelling(i).split(separator: 0x20).map { word.hash13(Array($0).span) }
      #expect(words.count == block.words(i))
      #expect(block.terms[i] == (words.count == 1 ? words[0] : pair.hash13(words[0], words[1])))
      pairs += words.count - 1
    }
    #expect(block.terms.count - pairs == 40 && pairs == 78)
  }
}
