/// Numbers as people read them, the same in every locale.
package enum Quantity {
  /// A whole number with commas between thousands.
  package static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// A number of things: "1 conversation", "2,840 conversations".
  package static func count(_ value: Int, _ noun: String) -> String {
    "\(count(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  /// About three digits, with k, M, G or T: "0.5", "42", "1.2k", "980k", "4.5M".
  package static func short(_ value: Double) -> String {
    let (digits, prefix) = scaled(value)
    return digits + prefix
  }

  /// Bytes as "512 B", "1.2 kB", "63 MB".
  package static func bytes(_ value: Double) -> String {
    let (digits, prefix) = scaled(value)
    return "\(digits) \(prefix)B"
  }

  private static func scaled(_ value: Double) -> (digits: String, prefix: String) {
    var (value, steps) = (value, 0)
    let prefixes = ["", "k", "M", "G", "T"]
    while value >= 999.5, steps < prefixes.count - 1 {
      value /= 1000
      steps += 1
    }
    return (value < 9.95 ? tenths(value) : "\(Int(value.rounded()))", prefixes[steps])
  }

  /// Seconds as "0.4 s", "34 s", "2 min 05 s", "1 h 02 min"; "under 0.1 s" where they round to nothing.
  package static func duration(_ seconds: Double) -> String {
    guard seconds >= 0.05 else { return "under 0.1 s" }
    guard seconds >= 9.95 else { return "\(tenths(seconds)) s" }
    let whole = Int(min(seconds, 1e9).rounded())
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(padded(whole % 60)) s"
    default: return "\(whole / 3600) h \(padded(whole % 3600 / 60)) min"
    }
  }

  private static func tenths(_ value: Double) -> String {
    let whole = Int((value * 10).rounded())
    return whole % 10 == 0 ? "\(whole / 10)" : "\(whole / 10).\(whole % 10)"
  }

  private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
