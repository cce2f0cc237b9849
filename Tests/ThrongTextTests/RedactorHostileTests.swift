import Foundation
import Testing
import ThrongCore
import ThrongTestSupport
import ThrongText

/// What redaction does with texts that were made to slow it down, to slip through, or to tell its two ways apart.
@Suite struct RedactorHostileTests {
  static func spans(_ bytes: [UInt8], filters: Bool) -> ([RedactedSpan], [Range<Int>], [UInt8]) {
    var redactor = Redactor(usesFilters: filters)
    redactor.redact(bytes.span)
    return (redactor.spans, redactor.identities, redactor.output)
  }

  static func expectSame(_ bytes: [UInt8], _ name: String) {
    let (fast, slow) = (spans(bytes, filters: true), spans(bytes, filters: false))
    #expect(fast.0 == slow.0 && fast.1 == slow.1 && fast.2 == slow.2, "\(name)")
  }

  /// What lies across the edge of two blocks, or of two windows, that are looked at one after the other.
  @Test(arguments: [
    "aa-bb-cc-dd-ee-ff", "-----BEGIN KEY-----\n", "site!other!ann", "www.example.org",
    "ann at example dot org", "ann@example.org",
    "2001:db8::12", "4111 1111 1111 1111", "\u{1}\u{7F}",
  ])
  func edgesOfBlocksHideNothing(_ text: String) {
    for edge in [64, 4096] {
      for start in edge - text.utf8.count...edge {
        let bytes = [UInt8](repeating: 0x20, count: start) + Array("\(text) \(text)".utf8)
        Self.expectSame(bytes, text)
        let (spans, _, output) = Self.spans(bytes, filters: true)
        #expect(
          !spans.isEmpty || text == "\u{1}\u{7F}" && output.allSatisfy { $0 == 0x20 }, "\(edge) \(start)")
      }
    }
  }

  /// The filters leave out work and change nothing.
  @Test(arguments: 0..<60) func filtersChangeNothing(_ seed: UInt64) {
    var random = RandomSource(seed: seed)
    let parts = [
      "ann@example.org", " ", " ", "\n", "\n", "--", "-- \n", "> ", "192.0.2.1", "4111 1111 1111 1111",
      "555-0143",
      "@", ":", "://", "www.", "wrote:", "writes", "Ann ", "é", "中文", ".", "-", "!", "(", ")", "<", "00:1A",
      "0x",
      "12", "7", "1993", "\u{0F}", "A1b2C3d4E5f6G7h8", "Subject: ", "From: ", "X-A: ", "Thanks,",
      "Best regards", "Lee",
      "April ", " years old", "ZIP: ", "NY 14226", " at ", " dot ", "com", "passport ", "QQ 12 34 56 C", "\t",
      "_", "/",
    ]
    let bytes = (0..<80).flatMap { _ in Array(parts[random.below(parts.count)].utf8) }
    Self.expectSame(bytes, "seed \(seed)")
  }

  @Test(.enabled(if: DevelopmentCorpora.path("newsgroups20") != nil, "needs newsgroups20"))
  func filtersChangeNothingOnUsenet() throws {
    for (k, row) in try Fixture.corpus("newsgroups20", limit: 4000).enumerated() {
      Self.expectSame(Array((row["text"] as! String).utf8), "post \(k)")
    }
  }

  /// A quarter of a megabyte each of what could be looked at again and again: seconds together where all is linear, hours
  /// where something is not.
  @Test(
    .timeLimit(.minutes(Sanitizers.patience)),
    arguments: [
      "1", "1 ", "12-", "1.", "a@", "@a.", "a!", "_!a.", "From: a\n", "X-\u{1}: b\n", "a:", "f:", "::1", "1a",
      "a1-",
      "--\n", "-- \n> --\n", "> ", "In article 1\n", "a.b", "Thanks\n", "-----BEGIN ", " dot ", "a dot ",
      "a at b dot ",
      "GB29 ", "4111 ", "(1) ", "<a@b> ", "A ", "\u{200B}", "é", "((", "http://", "www.a.", "Best\n\n",
    ]) func hostileTextIsLinear(_ part: String)
  {
    var bytes: [UInt8] = []
    var counter = 0
    while bytes.count < 1 << 18 {
      // A field of its own name for each line.
      bytes += Array(part.replacingOccurrences(of: "\u{1}", with: "a\(counter)").utf8)
      counter += 1
    }
    var redactor = Redactor()
    redactor.redact(bytes.span)
    #expect(redactor.output.count <= bytes.count)
  }

  /// What hides a number from the eye's reading hides it from nobody here: the analyzer cleans text first.
  @Test(arguments: [
    "4111\u{200B}1111\u{200D}1111\u{FEFF}1111", "４１１１ １１１１ １１１１ １１１１",
    "4111\u{2011}1111\u{2013}1111\u{2212}1111",
    "ann\u{200B}@exam\u{AD}ple.org", "ann＠example．org", "٤١١١١١١١١١١١١١١١",
    "+1\u{A0}202\u{2009}555\u{202F}0143",
  ])
  func disguisesDoNotHelp(_ text: String) throws {
    let terms = try Fixture.terms("word \(text) other")
    #expect(terms == ["word", "other"], "\(terms)")
  }
}
