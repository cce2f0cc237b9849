internal import ThrongCore

/// Kinds of personal data that are planted, all from ranges reserved for examples and tests.
enum IdentityClass: Int, CaseIterable, Sendable {
  case email, phone, card, iban, ip, handle, name

  /// The name in the truth.
  var name: String { "\(self)" }

  /// The list of sentences around it.
  var list: String { "\(self)-sentence" }

  /// Out of 100, where people give identities of every class.
  static let serviceWeights = [32, 20, 8, 8, 6, 8, 18]
  /// Out of 100, elsewhere.
  static let casualWeights = [30, 0, 0, 0, 0, 30, 40]

  static func draw(_ weights: [Int], _ random: inout RandomSource) -> IdentityClass {
    var at = random.below(100)
    for kind in allCases {
      at -= weights[kind.rawValue]
      if at < 0 { return kind }
    }
    return .name
  }
}

/// Writes identities digit by digit.
enum Identity {
  /// RFC 2606 domains.
  static func email(_ random: inout RandomSource, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "a") + UInt8(random.below(26)))
    if random.below(2) == 0 { out.append(UInt8(ascii: ".")) }
    Spelling.append(Invention.rank(&random), of: .surname, capitalised: false, to: &out)
    if random.below(3) == 0 { digits(2, &random, to: &out) }
    let domains: [StaticString] = ["@example.com", "@example.org", "@example.net", "@mail.example.com"]
    append(domains[random.below(domains.count)], to: &out)
  }

  /// The 555-01xx numbers of North America and Ofcom's 07700 900xxx.
  static func phone(_ random: inout RandomSource, to out: inout [UInt8]) {
    let form = random.below(4)
    if form == 3 {
      append("07700 900", to: &out)
      return digits(3, &random, to: &out)
    }
    let area = 201 + random.below(780)
    switch form {
    case 0:
      append("(", to: &out)
      decimal(area, to: &out)
      append(") 555-01", to: &out)
    case 1:
      append("+1 ", to: &out)
      decimal(area, to: &out)
      append(" 555 01", to: &out)
    default:
      decimal(area, to: &out)
      append("-555-01", to: &out)
    }
    digits(2, &random, to: &out)
  }

  /// Sixteen digits in the range 4000 00 that payment providers keep for tests, closed by Luhn's check digit.
  static func card(_ random: inout RandomSource, to out: inout [UInt8]) {
    var number: [UInt8] = [4, 0, 0, 0, 0, 0]
    for _ in 0..<9 { number.append(UInt8(random.below(10))) }
    var sum = 0
    for (offset, digit) in number.enumerated() {
      let doubled = offset % 2 == 0 ? Int(digit) * 2 : Int(digit)
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    number.append(UInt8((10 - sum % 10) % 10))
    let separator: UInt8? = [UInt8(ascii: " "), UInt8(ascii: "-"), nil][random.below(3)]
    for (offset, digit) in number.enumerated() {
      if offset > 0, offset % 4 == 0, let separator { out.append(separator) }
      out.append(0x30 + digit)
    }
  }

  /// A German, Spanish or British number at a bank that does not exist, with its mod-97 check digits (ISO 13616).
  static func iban(_ random: inout RandomSource, to out: inout [UInt8]) {
    let forms: [(country: StaticString, bank: StaticString, digits: Int)] = [
      ("DE", "00000000", 10), ("ES", "0000", 16), ("GB", "TEST", 14),
    ]
    let form = forms[random.below(forms.count)]
    var account: [UInt8] = []
    append(form.bank, to: &account)
    digits(form.digits, &random, to: &account)
    var country: [UInt8] = []
    append(form.country, to: &country)
    let check = 98 - remainder97(account + country + Array("00".utf8))
    let number = country + [0x30 + UInt8(check / 10), 0x30 + UInt8(check % 10)] + account
    let isGrouped = random.below(2) == 0
    for (offset, byte) in number.enumerated() {
      if isGrouped, offset > 0, offset % 4 == 0 { out.append(UInt8(ascii: " ")) }
      out.append(byte)
    }
  }

  private static func remainder97(_ text: [UInt8]) -> Int {
    text.reduce(0) { rest, byte in
      byte < 0x3A ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte - 0x41) + 10) % 97
    }
  }

  /// RFC 5737 and RFC 3849 documentation addresses.
  static func address(_ random: inout RandomSource, to out: inout [UInt8]) {
    let networks: [StaticString] = ["192.0.2.", "198.51.100.", "203.0.113.", "2001:db8::"]
    let network = random.below(networks.count)
    append(networks[network], to: &out)
    decimal(1 + random.below(network == 3 ? 9 : 254), to: &out)
  }

  static func handle(_ random: inout RandomSource, to out: inout [UInt8]) {
    append("@", to: &out)
    Spelling.append(Invention.rank(&random), of: .surname, capitalised: false, to: &out)
    if random.below(2) == 0 { append("_", to: &out) }
    digits(2, &random, to: &out)
  }

  static func digits(_ count: Int, _ random: inout RandomSource, to out: inout [UInt8]) {
    for _ in 0..<count { out.append(0x30 + UInt8(random.below(10))) }
  }

  /// `value` ≥ 0 in decimal.
  static func decimal(_ value: Int, to out: inout [UInt8]) {
    if value >= 10 { decimal(value / 10, to: &out) }
    out.append(0x30 + UInt8(value % 10))
  }

  static func append(_ text: StaticString, to out: inout [UInt8]) {
    unsafe out.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
