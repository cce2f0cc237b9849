/// Check digits of numbers that carry them.
enum Checksum {
  /// The Luhn test of payment cards, false for a number of one repeated digit.
  static func luhn(_ digits: ArraySlice<UInt8>) -> Bool {
    var sum = 0
    for (k, digit) in digits.reversed().enumerated() {
      let weighted = k & 1 == 0 ? Int(digit) : Int(digit) * 2
      sum += weighted > 9 ? weighted - 9 : weighted
    }
    return sum % 10 == 0 && digits.contains { $0 != digits.first }
  }

  /// ISO 7064 mod 11,10, of the German tax identification number.
  static func mod1110(_ digits: ArraySlice<UInt8>) -> Bool {
    var product = 10
    for digit in digits.dropLast() {
      let sum = (Int(digit) + product) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return (11 - product) % 10 == Int(digits.last ?? 0)
  }

  /// ISO 7064 mod 11-2, of the Chinese resident identity number; `last` is 10 for "X".
  static func mod112(_ digits: ArraySlice<UInt8>, last: Int) -> Bool {
    (digits.reduce(0) { ($0 + Int($1)) * 2 % 11 } + last) % 11 == 1
  }

  /// The check letter of a Spanish DNI or NIE number, as an ASCII capital.
  static func dniLetter(_ number: Int) -> UInt8 {
    "TRWAGMYFPDXBNJZSQVHLCKE".utf8.dropFirst(number % 23).first!
  }

  /// The two check digits of a Brazilian CPF.
  static func cpf(_ digits: ArraySlice<UInt8>) -> Bool {
    let digits = Array(digits)
    guard digits.count == 11, digits.contains(where: { $0 != digits[0] }) else { return false }
    for length in [9, 10] {
      let sum = (0..<length).reduce(0) { $0 + Int(digits[$1]) * (length + 1 - $1) }
      guard sum * 10 % 11 % 10 == Int(digits[length]) else { return false }
    }
    return true
  }

  /// ISO 7064 mod 97-10 of an IBAN given as bytes of digits and letters without separators.
  static func iban(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = 0
    for b in bytes.dropFirst(4) + bytes.prefix(4) {
      if ASCII.isDigit(b) {
        rest = (rest * 10 + Int(b & 15)) % 97
      } else {
        rest = (rest * 100 + Int(ASCII.lower(b)) - 0x61 + 10) % 97
      }
    }
    return rest == 1
  }

  /// Whether the weighted sum of the digits is a multiple of `modulus`; false where all are zero.
  static func weighted(_ digits: ArraySlice<UInt8>, _ weights: [Int], modulus: Int) -> Bool {
    zip(digits, weights).reduce(0) { $0 + Int($1.0) * $1.1 } % modulus == 0 && digits.contains { $0 != 0 }
  }

  /// Verhoeff's scheme over the dihedral group of ten elements, of the Indian Aadhaar number.
  static func verhoeff(_ digits: ArraySlice<UInt8>) -> Bool {
    func product(_ a: Int, _ b: Int) -> Int {
      switch (a < 5, b < 5) {
      case (true, true): return (a + b) % 5
      case (true, false): return 5 + (a + b - 5) % 5
      case (false, true): return 5 + (a - 5 - b + 5) % 5
      case (false, false): return (a - b + 5) % 5
      }
    }
    // The permutation (1 5 8 9 4 2 7 0)(3 6), applied once more at each place.
    let next = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      var value = Int(digit)
      for _ in 0..<place % 8 { value = next[value] }
      sum = product(sum, value)
    }
    return sum == 0
  }

  /// A Turkish identity number: the tenth digit follows from odd and even places, the eleventh from all.
  static func turkish(_ digits: ArraySlice<UInt8>) -> Bool {
    let d = digits.map(Int.init)
    guard d.count == 11, d[0] != 0 else { return false }
    let odd = d[0] + d[2] + d[4] + d[6] + d[8]
    let even = d[1] + d[3] + d[5] + d[7]
    return (odd * 7 - even + 100) % 10 == d[9] && (odd + even + d[9]) % 10 == d[10]
  }

  /// A Norwegian birth number: two digits with weights of their own, modulo 11.
  static func norwegian(_ digits: ArraySlice<UInt8>) -> Bool {
    weighted(digits.prefix(10), [3, 7, 6, 1, 8, 9, 4, 5, 2, 1], modulus: 11)
      && weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], modulus: 11)
  }

  /// A Belgian national number: 97 minus the rest of nine digits, with a 2 before for those born since 2000.
  static func belgian(_ digits: ArraySlice<UInt8>) -> Bool {
    let d = digits.reduce(0) { $0 * 10 + Int($1) }
    let (number, check) = (d / 100, d % 100)
    return 97 - number % 97 == check || 97 - (2_000_000_000 + number) % 97 == check
  }

  /// Weights 1 and 3 in turns from the last digit, as in an article number: the Swiss social insurance number.
  static func ean(_ digits: ArraySlice<UInt8>) -> Bool {
    digits.reversed().enumerated().reduce(0) { $0 + Int($1.element) * ($1.offset % 2 == 0 ? 1 : 3) } % 10 == 0
  }
}
