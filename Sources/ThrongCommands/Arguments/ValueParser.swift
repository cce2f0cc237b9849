/// How the text of one argument becomes a value, and how a value reads in help.
package struct ValueParser<Value>: Sendable {
  /// What is wanted, to stand after "wants": "a whole number from 10 to 24".
  package let expected: String
  /// The value, or nil where the text is not what is ``expected``.
  package let parse: @Sendable (String) -> Value?
  /// The value as somebody would type it, or nil where there is nothing to say.
  package let describe: @Sendable (Value) -> String?
  /// What a shell may offer.
  package let hint: ValueHint

  package init(
    expected: String, hint: ValueHint = .none, parse: @escaping @Sendable (String) -> Value?,
    describe: @escaping @Sendable (Value) -> String?
  ) {
    self.expected = expected
    self.hint = hint
    self.parse = parse
    self.describe = describe
  }
}

extension ValueParser {
  /// Takes `word` too, which stands for nil; help says `word` where nil is the default.
  package func orNil(_ word: String) -> ValueParser<Value?> where Value: Sendable {
    ValueParser<Value?>(expected: "\(expected), or '\(word)'", hint: hint.or(word)) { text in
      if text == word { return .some(nil) }
      return parse(text).map { .some($0) }
    } describe: { value in
      value.map { describe($0) } ?? word
    }
  }

  /// A value that is nil unless given; `unset` says in help what holds then.
  package func unlessGiven(_ unset: String?) -> ValueParser<Value?> where Value: Sendable {
    ValueParser<Value?>(expected: expected, hint: hint) { text in
      parse(text).map { .some($0) }
    } describe: { value in
      value.map { describe($0) } ?? unset
    }
  }
}

extension ValueParser where Value == Int {
  /// A whole number of `range`; `reason` says in the message why the range is what it is.
  package static func whole(_ range: ClosedRange<Int>, reason: String? = nil) -> Self {
    let range = range.clamped(to: .min...most)
    return ValueParser(
      expected: "a whole number from \(range.lowerBound) to \(range.upperBound)"
        + (reason.map { " (\($0))" } ?? "")
    ) { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    } describe: {
      "\($0)"
    }
  }

  /// A decimal number from 0.001 to 100 in millionths, exactly: at most six decimals.
  package static var millionths: Self {
    ValueParser(expected: "a number from 0.001 to 100 with at most six decimals") { text in
      let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      let decimals = parts.count == 2 ? parts[1] : ""
      guard let whole = parts.first, whole.count <= 3, !whole.isEmpty, decimals.count <= 6,
        parts.count == 1 || !decimals.isEmpty, (whole + decimals).allSatisfy({ ("0"..."9").contains($0) })
      else { return nil }
      let digits = decimals + String(repeating: "0", count: 6 - decimals.count)
      let value = Int(whole)! * 1_000_000 + Int(digits)!
      return (1_000...100_000_000).contains(value) ? value : nil
    } describe: {
      "\(Double($0) / 1e6)"
    }
  }

  /// An amount of memory, as a whole number of bytes or of their multiples by 1024: 500M, 8G.
  package static var memory: Self {
    ValueParser(expected: "an amount of memory from 64M on, such as 500M or 8G") { text in
      let powers: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
      let power = text.uppercased().last.flatMap { powers[$0] }
      let digits = power == nil ? text[...] : text.dropLast()
      guard !digits.isEmpty, digits.count <= 15, digits.allSatisfy({ ("0"..."9").contains($0) }) else {
        return nil
      }
      let (bytes, isTooLarge) = Int(digits)!.multipliedReportingOverflow(by: 1 << (power ?? 0))
      return isTooLarge || bytes < 64 << 20 ? nil : bytes
    } describe: {
      $0 % (1 << 20) == 0 ? "\($0 >> 20)M" : "\($0)"
    }
  }

  /// The end of a range without one: more than any log has, and few enough to be added to and multiplied.
  fileprivate static var most: Int { 1_000_000_000 }
}

extension ValueParser where Value == UInt64 {
  /// A seed: any 64-bit number.
  package static var seed: Self {
    ValueParser(expected: "a whole number from 0 to 18446744073709551615") {
      UInt64($0)
    } describe: {
      "\($0)"
    }
  }
}

extension ValueParser where Value == Double {
  /// A probability above 0 and at most 0.01, such as 1e-6.
  package static var smallProbability: Self {
    ValueParser(expected: "a number above 0 and at most 0.01, such as 1e-6") { text in
      // Double() also reads "nan", "inf" and hexadecimal.
      guard text.allSatisfy({ "0123456789.e-".contains($0) }) else { return nil }
      return Double(text).flatMap { $0 > 0 && $0 <= 0.01 ? $0 : nil }
    } describe: {
      "\($0)"
    }
  }

  /// A share typed as a percentage, with or without its sign: `1%` and `1` are 0.01.
  package static var percent: Self {
    ValueParser(expected: "a percentage from 0% to 100%, such as 1%") { text in
      let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
      // Double() also reads "nan", "inf" and hexadecimal.
      guard digits.allSatisfy({ ("0"..."9").contains($0) || $0 == "." }) else { return nil }
      return Double(digits).flatMap { (0...100).contains($0) ? $0 / 100 : nil }
    } describe: { share in
      let percent = share * 100
      return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
    }
  }
}

extension ValueParser where Value == Double {
  /// A plain decimal number of `range`.
  package static func decimal(_ range: ClosedRange<Double>, as expected: String) -> Self {
    ValueParser(expected: expected) { text in
      // Double() also reads "nan", "inf" and hexadecimal.
      guard text.allSatisfy({ ("0"..."9").contains($0) || $0 == "." }) else { return nil }
      return Double(text).flatMap { range.contains($0) ? $0 : nil }
    } describe: {
      "\($0)"
    }
  }
}

extension ValueParser where Value == String {
  /// The path of a file; `what` is "a file", "a log".
  package static func file(_ what: String = "a file") -> Self { text(what, hint: .file) }

  /// The path of a folder; `what` is "a folder", "a bundle".
  package static func folder(_ what: String = "a folder") -> Self { text(what, hint: .folder) }

  /// Any text that is not empty; `what` is "a label", "the name of a field".
  package static func text(_ what: String, hint: ValueHint = .none) -> Self {
    ValueParser(expected: what, hint: hint) {
      $0.isEmpty ? nil : $0
    } describe: {
      $0.isEmpty ? nil : $0
    }
  }
}

extension ValueParser where Value: Sendable & Equatable {
  /// One of a few names.
  package static func choice(_ choices: [(name: String, value: Value)]) -> Self {
    ValueParser(expected: oneOf(choices.map(\.name)), hint: .choices(choices.map(\.name))) { text in
      choices.first { $0.name == text }?.value
    } describe: { value in
      choices.first { $0.value == value }?.name
    }
  }
}

extension ValueParser where Value: Sendable & Equatable & CaseIterable & RawRepresentable<String> {
  /// One of the cases, by raw value.
  package static var anyCase: Self { choice(Value.allCases.map { ($0.rawValue, $0) }) }
}

extension ValueParser {
  /// A comma list of different choices, in the order of the choices.
  package static func choices<Element: Sendable & Hashable>(
    _ choices: [(name: String, value: Element)]
  ) -> Self where Value == Set<Element> {
    let names = choices.map(\.name)
    return ValueParser(
      expected: "a comma list of \(names.joined(separator: ", ")), each at most once", hint: .list(names)
    ) { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        choices.first { $0.name == part }?.value
      }
      let values = Set(parts.compactMap { $0 })
      return values.count == parts.count ? values : nil
    } describe: { values in
      choices.filter { values.contains($0.value) }.map(\.name).joined(separator: ",")
    }
  }

  /// A comma list of growing whole numbers of `range`.
  package static func growing(_ range: ClosedRange<Int>) -> Self where Value == [Int] {
    ValueParser(expected: "growing whole numbers from \(range.lowerBound), such as 10,100") { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      let values = parts.compactMap { $0 }.filter { range.contains($0) && $0 <= ValueParser<Int>.most }
      guard values.count == parts.count, zip(values, values.dropFirst()).allSatisfy({ $0 < $1 }) else {
        return nil
      }
      return values
    } describe: {
      $0.map { "\($0)" }.joined(separator: ",")
    }
  }

  /// A comma list of `key=value` pairs whose keys are among `keys`, each at most once.
  package static func pairs(_ keys: [String]) -> Self where Value == [String: String] {
    let names = keys.joined(separator: ", ")
    return ValueParser(
      expected: "pairs such as \(keys[0])=NAME, joined by commas, with each of \(names) at most once"
    ) {
      text in
      var values: [String: String] = [:]
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let sign = part.firstIndex(of: "=") else { return nil }
        let (key, value) = (String(part[..<sign]), String(part[part.index(after: sign)...]))
        guard keys.contains(key), !value.isEmpty, values.updateValue(value, forKey: key) == nil else {
          return nil
        }
      }
      return values
    } describe: { values in
      values.isEmpty ? nil : values.keys.sorted().map { "\($0)=\(values[$0]!)" }.joined(separator: ",")
    }
  }
}

/// "a, b or c".
func oneOf(_ names: [String]) -> String {
  guard let last = names.last, names.count > 1 else { return names.first ?? "" }
  return names.dropLast().joined(separator: ", ") + " or " + last
}
