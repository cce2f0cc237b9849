/// Makes text safe to look at: what a terminal or a browser would obey instead of show is spelled out.
///
/// Labels are made of words of the tokenizer and hold none of it; they are treated as hostile all the same.
enum Visible {
  /// `text` with control and format characters (bidirectional overrides, zero-width joiners), line and
  /// paragraph separators, private-use and unassigned code points written as `\u{…}`.
  static func text(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
        out += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// `text` as one line of Markdown that means nothing but itself: every ASCII punctuation mark is escaped
  /// (CommonMark 0.31, section 2.4), so neither links nor HTML nor emphasis nor table cells come of it.
  static func markdown(_ text: String) -> String {
    var out = ""
    for scalar in Self.text(text).unicodeScalars {
      switch scalar.value {
      case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: out += "\\"
      default: break
      }
      out.unicodeScalars.append(scalar)
    }
    return out
  }

  /// `text` between tags or in a quoted attribute of HTML.
  static func markup(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// `12,345`.
  static func count(_ count: Int) -> String {
    var out = ""
    let digits = Array(String(count))
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i).isMultiple(of: 3) { out.append(",") }
      out.append(digit)
    }
    return out
  }

  /// `8.3 %`, from a share with four decimals.
  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
