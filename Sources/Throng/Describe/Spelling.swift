/// How a phrase is shown.
package enum Spelling {
  /// A phrase's words are joined by a space, but not between two words of a script that writes none.
  package static func shown(_ phrase: String) -> String {
    let words = phrase.split(separator: " ")
    guard words.count == 2, let last = words[0].unicodeScalars.last,
      let first = words[1].unicodeScalars.first,
      isUnspaced(last), isUnspaced(first)
    else { return phrase }
    return words.joined()
  }

  /// Han, kana, Thai, Lao, Khmer and Myanmar.
  static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xF900...0xFAFF, 0x20000...0x2FA1F:
      true
    default: false
    }
  }

  /// Whether a word is written in scripts without spaces.
  static func isUnspaced(_ word: String) -> Bool { word.unicodeScalars.allSatisfy(isUnspaced) }
}
