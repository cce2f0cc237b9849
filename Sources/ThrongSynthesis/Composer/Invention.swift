internal import ThrongCore

/// What a template can ask for that no list holds.
///
/// Names are drawn by rank from P(rank ≥ x) = (q / (x + q))^(2/3), a Zipf–Mandelbrot law with unbounded
/// support (Mandelbrot 1953), and the rank is spelled in syllables. So distinct names among n draws grow as
/// n^(2/3) (Heaps' law; van Leijenhorst and van der Weide 2005, doi:10.1016/j.ins.2004.03.006), frequent names
/// are short, and two blocks agree on the spelling of a rank without talking to each other.
enum Invention: UInt8, CaseIterable, Sendable {
  case product, place, surname, company, han, identifier
  case order, units, tens, amount
  case email, phone, card, iban, ip, handle
  case canary

  /// The name of its slot.
  init?(name: String) {
    guard let found = Self.allCases.first(where: { $0.slot == name }) else { return nil }
    self = found
  }

  private var slot: String {
    switch self {
    case .units: "n"
    case .tens: "nn"
    default: "\(self)"
    }
  }

  /// Frequent names carry this much less weight than under a pure power law.
  private static let shift = 30.0

  /// A rank, from 0; at most 2^52.
  static func rank(_ random: inout RandomSource) -> UInt64 {
    let u = 1 - random.uniform()
    return UInt64(min(shift / (u * u.squareRoot()) - shift, 0x1p52))
  }
}

/// Spells ranks as names.
enum Spelling {
  private static let consonants = Array("bdfgklmnprstv".utf8)
  private static let vowels = Array("aeiou".utf8)
  private static let syllables = UInt64(65)
  private static let endings: [[[UInt8]]] = [
    ["x", "no", "lite", "ra", "tek", "one", "go", "max"],
    ["ville", "ton", "wick", "burg", "ham", "mouth", "dale", "stad", "ford", "haven", "by"],
    ["nsen", "ler", "sky", "vic", "man", "tti", "ndez", "llo", "ard", "nen", "rova"],
    ["tech", "soft", "labs", "works", "corp", "media", "group"],
  ].map { $0.map { Array($0.utf8) } }
  private static let characters = "明华建国丽芳伟强静敏军杰涛超霞秀英红玉兰海波山川田林森木原本村上中山高松竹梅青云龙凤雪春夏秋冬光星月"
    .unicodeScalars.map { Array(String($0).utf8) }

  /// Appends the name of `rank`: at least two syllables and an ending of its kind, capitalised if asked for.
  /// Distinct ranks give distinct syllables. O(log rank).
  static func append(
    _ rank: UInt64, of kind: Invention, capitalised: Bool, to out: inout [UInt8]
  ) {
    if kind == .han {
      var rest = rank + UInt64(characters.count)
      while rest > 0 {
        out.append(contentsOf: characters[Int(rest % UInt64(characters.count))])
        rest /= UInt64(characters.count)
      }
      return
    }
    let table = min(Int(kind.rawValue), endings.count - 1)
    var rest = rank + syllables
    var digit = 13 * Int(kind.rawValue)
    let start = out.count
    while rest > 0 {
      // A syllable depends on the one before, or all frequent names would end alike.
      digit = (Int(rest % syllables) * 7 + digit * 19 + 31) % Int(syllables)
      out.append(consonants[digit / 5])
      out.append(vowels[digit % 5])
      rest /= syllables
    }
    out.append(contentsOf: endings[table][Int(RandomSource.mix(rank) % UInt64(endings[table].count))])
    if capitalised { out[start] -= 0x20 }
  }

  private static let strange = ["zqua", "xvor", "qizl", "vryx", "jhaz", "wuqx", "ozkh", "yxil"]

  /// A word of syllables that occur nowhere else, so that it can be searched for.
  static func canaryWord(_ random: inout RandomSource) -> String {
    (0..<3).map { _ in strange[random.below(strange.count)] }.joined()
  }
}
