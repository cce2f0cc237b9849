import CText
import Testing
import ThrongCore
import ThrongText

/// The tokenizer against ICU alone, on what is hard: every code point that is assigned, and random strings of many scripts.
@Suite struct WordBreakTests {
  /// Words by ICU's rules and dictionaries, of texts that are cleaned and folded as ours are.
  @safe final class Reference {
    private let handle = unsafe throng_text_create()!
    deinit { unsafe throng_text_destroy(handle) }

    private typealias Step = (
      OpaquePointer?, UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
      UnsafeMutablePointer<Int>?
    ) -> Bool

    private func apply(_ step: Step, to bytes: [UInt8]) -> [UInt8] {
      unsafe bytes.withUnsafeBufferPointer { buffer in
        var out: UnsafePointer<UInt8>?
        var count = 0
        let done = unsafe step(handle, buffer.baseAddress, buffer.count, &out, &count)
        precondition(done)
        return unsafe Array(UnsafeBufferPointer(start: out, count: count))
      }
    }

    func cleaned(_ text: [UInt8]) -> [UInt8] { unsafe apply(throng_text_clean, to: text) }

    /// With ASCII in lower case.
    func folded(_ text: [UInt8]) -> [UInt8] {
      unsafe apply(throng_text_fold, to: text).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    func words(_ text: String) -> Set<String> {
      let bytes = folded(cleaned(Array(text.utf8)))
      return unsafe bytes.withUnsafeBufferPointer { buffer in
        var boundaries: UnsafePointer<Int32>?
        var letters: UnsafePointer<UInt8>?
        var count = 0
        let done = unsafe throng_text_words(
          handle, buffer.baseAddress, buffer.count, &boundaries, &letters, &count)
        precondition(done)
        var words: Set<String> = []
        for k in 1..<max(1, count) where unsafe letters![k - 1] == 1 {
          words.insert(
            unsafe String(decoding: bytes[Int(boundaries![k - 1])..<Int(boundaries![k])], as: UTF8.self))
        }
        return words.filter { $0.utf8.count > 1 && $0.utf8.count <= 40 }
      }
    }
  }

  /// The words of each text, by the tokenizer.
  static func words(_ texts: [String]) throws -> [Set<String>] {
    var settings = Fixture.everyWord
    (settings.bigrams, settings.redacts) = (false, false)
    return Fixture.counts(try Fixture.block(texts.map { [$0] }, settings: settings)).map { Set($0.keys) }
  }

  /// Letters, marks and digits: alone, twice and behind another letter.
  ///
  /// Where the tokenizer departs on purpose, the code point is not asked about: scripts without spaces are parted from their
  /// neighbours, and so is Hangul by ICU, which has a dictionary of it; Thai and the like go to ICU with what surrounds them.
  @Test func agreesOnEveryLetter() throws {
    let reference = Reference()
    let scalars = Self.assigned.filter { scalar in
      Self.isOfWords(scalar) && !Self.unspaced.contains { $0.contains(scalar.value) }
    }
    #expect(scalars.count > 10_000)
    let texts = scalars.flatMap { ["\($0)", "\($0)\($0)", "жо\($0)", "жо\($0)жо"] }
    var differing: [String] = []
    for (text, ours) in zip(texts, try Self.words(texts)) where ours != reference.words(text) {
      differing.append(
        "\(text.unicodeScalars.map { String($0.value, radix: 16) }) \(ours) \(reference.words(text))")
    }
    #expect(differing.isEmpty, "\(differing.count): \(differing.prefix(40).joined(separator: "\n"))")
  }

  /// Whether this is a letter, a mark or a digit; but for L with a middle dot, which comes apart in compatibility form.
  private static func isOfWords(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark,
      .enclosingMark, .decimalNumber:
      !(0x13F...0x140).contains(scalar.value)
    default: false
    }
  }

  /// Code points with a category that are no Hangul syllables and no Han of the larger blocks.
  private static let assigned: [Unicode.Scalar] = [
    0x80..<0x3400, 0xA000..<0xAC00, 0xD7B0..<0xF900, 0xFB00..<0xFFFE, 0x10000..<0x20000,
  ]
  .joined().compactMap { Unicode.Scalar(UInt32($0)) }.filter { $0.properties.generalCategory != .unassigned }

  /// Blocks of scripts without spaces, and Hangul.
  private static let unspaced: [ClosedRange<UInt32>] = [
    0xE00...0xEFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF, 0x1950...0x19DF, 0x1A20...0x1AAF,
    0x2E80...0x2FDF, 0x3005...0x3007,
    0x3021...0x3029, 0x302E...0x303C, 0x3041...0x31FF, 0xA960...0xA97F, 0xA9E0...0xA9FF, 0xAA60...0xAA7F,
    0xAA80...0xAADF, 0xD7B0...0xD7FF, 0xFF66...0xFFDC,
    0x11700...0x1174F, 0x16FE0...0x18CFF, 0x18D00...0x18D7F, 0x1AFF0...0x1B2FF,
  ]

  /// A text that needs no change is left as it is without being normalised: the same as where a ligature behind it has it normalised.
  @Test func whatIsNotNormalisedNeedsNone() {
    let reference = Reference()
    var random = RandomSource(seed: 1)
    let all = Self.assigned + (0x20..<0x7F).compactMap { Unicode.Scalar(UInt32($0)) }
    var texts = all.map { [$0] } + all.map { [$0, all[random.below(all.count)]] }
    for _ in 0..<20_000 {
      // Neighbours in their block, where marks and what they join are found.
      let first = random.below(all.count)
      texts.append((0..<1 + random.below(5)).map { _ in all[min(all.count - 1, first + random.below(40))] })
    }
    var (same, different) = (0, 0)
    for text in texts {
      let bytes = Array(String(String.UnicodeScalarView(text)).utf8)
      let cleaned = reference.cleaned(bytes)
      #expect(reference.cleaned(bytes + Array(" ﬁ".utf8)) == cleaned + Array(" fi".utf8), "\(text)")
      #expect(
        reference.folded(bytes + Array(" ﬁ".utf8)) == reference.folded(bytes) + Array(" fi".utf8), "\(text)")
      if cleaned == bytes { same += 1 } else { different += 1 }
    }
    #expect(same > 1_000 && different > 1_000)
  }

  /// Letters, marks and digits of one script and another, without a space, with one, with signs between.
  @Test(arguments: 0..<30) func agreesOnRandomStrings(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let scripts: [ClosedRange<UInt32>] = [
      0x61...0x7A, 0xC0...0x137, 0x300...0x36F, 0x370...0x3FF, 0x400...0x52F, 0x531...0x556, 0x5D0...0x5EA,
      0x620...0x6D3, 0x900...0x963,
      0xB80...0xBD0, 0xC00...0xC4D, 0x10A0...0x10FF, 0x1200...0x1380, 0x1E00...0x1FFF, 0x10400...0x1044F,
      0x1E900...0x1E95F,
    ]
    let between = [" ", " ", "\n", ", ", "。", "! ", "\u{3000}", "(", "😀", "…", ""]
    var texts: [String] = []
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<1 + random.below(8) {
        let script = scripts[random.below(scripts.count)]
        for _ in 0..<1 + random.below(6) {
          let value = script.lowerBound + UInt32(random.below(script.count))
          if let scalar = Unicode.Scalar(value), Self.isOfWords(scalar) {
            text.unicodeScalars.append(scalar)
          }
        }
        text += between[random.below(between.count)]
      }
      texts.append(text)
    }
    let reference = Reference()
    for (text, ours) in zip(texts, try Self.words(texts)) {
      let theirs = reference.words(text)
      #expect(ours == theirs, "seed \(seed): \(text.unicodeScalars.map { String($0.value, radix: 16) })")
    }
  }
}
