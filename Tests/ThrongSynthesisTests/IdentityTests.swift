import Foundation
import Testing
import ThrongSynthesis

/// Planted identities are well-formed, come from reserved ranges, and stand exactly where the truth says.
@Suite struct IdentityTests {
  private let corpus: Corpus

  private static let made = Result { try Corpus(conversations: 5000, seed: 12) }

  init() throws { corpus = try Self.made.get() }

  private let email = /[a-z.0-9]+@(mail\.)?example\.(com|org|net)/
  private let phone = /(\(\d{3}\) 555-01\d\d|\+1 \d{3} 555 01\d\d|\d{3}-555-01\d\d|07700 900\d{3})/
  private let card = /\b4000[ -]?00\d\d[ -]?\d{4}[ -]?\d{4}/
  private let iban = /(DE|ES|GB)\d\d[ ]?(0000|TEST)[0-9 ]+/
  private let address = /(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}|2001:db8::\d/
  private let handle = /(^|[^a-z.0-9])@[a-z]+_?\d\d/

  /// Classes that a text holds, found by expressions of our own.
  private func classes(in text: String) -> Set<String> {
    var found = Set<String>()
    if text.contains("@"), text.contains(email) { found.insert("email") }
    if text.contains("555") || text.contains("07700"), text.contains(phone) { found.insert("phone") }
    if text.contains("4000"), text.contains(card) { found.insert("card") }
    if text.contains("000") || text.contains("TEST"), text.contains(iban) { found.insert("iban") }
    if text.contains(address) { found.insert("ip") }
    if text.contains("@"), text.contains(handle) { found.insert("handle") }
    return found
  }

  private func texts(of kind: String) -> [String] {
    corpus.pairs.filter { $0.1.pii.contains(kind) }.map(\.0.request)
  }

  @Test func truthNamesWhatTheTextHolds() {
    var counts: [String: Int] = [:]
    for (conversation, truth) in corpus.pairs {
      #expect(classes(in: conversation.request) == Set(truth.pii).subtracting(["name"]))
      for kind in truth.pii { counts[kind, default: 0] += 1 }
    }
    for kind in ["email", "phone", "card", "iban", "ip", "handle", "name"] {
      #expect(counts[kind, default: 0] > 25, "\(kind)")
    }
    let share = Double(corpus.truth.count { !$0.pii.isEmpty }) / Double(corpus.truth.count)
    #expect(share > 0.08 && share < 0.25)
  }

  @Test func cardsPassLuhn() throws {
    var seen = 0
    for match in texts(of: "card").flatMap({ $0.matches(of: card) }) {
      let digits = match.output.compactMap(\.wholeNumberValue)
      #expect(digits.count == 16)
      // From the right, every second digit is doubled and its digits added.
      let sum = digits.reversed().enumerated().map { at, digit in
        at % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10
      }.reduce(0, +)
      #expect(sum % 10 == 0)
      seen += 1
    }
    #expect(seen > 25)
  }

  @Test func ibansLeaveOneModulo97() throws {
    var seen = 0
    for match in texts(of: "iban").flatMap({ $0.matches(of: iban) }) {
      let number = match.output.0.filter { $0 != " " }
      let lengths = ["DE": 22, "ES": 24, "GB": 22]
      #expect(number.count == lengths[String(number.prefix(2))])
      // ISO 13616: the first four characters go to the end, A is 10, and the number leaves 1.
      let rotated = number.dropFirst(4) + number.prefix(4)
      let rest = rotated.reduce(0) { rest, character in
        character.isLetter
          ? (rest * 100 + Int(character.asciiValue!) - 55) % 97
          : (rest * 10 + character.wholeNumberValue!) % 97
      }
      #expect(rest == 1)
      seen += 1
    }
    #expect(seen > 25)
  }

  /// Nothing that looks like an address leads to somebody: only reserved domains and networks occur.
  @Test func nothingPointsOutsideTheReservedRanges() {
    for conversation in corpus.conversations {
      for match in conversation.text.matches(of: /[A-Za-z0-9._]+@([A-Za-z0-9.-]+\.[a-z]+)/) {
        #expect(
          match.output.1.hasSuffix("example.com") || match.output.1.hasSuffix("example.org")
            || match.output.1.hasSuffix("example.net"))
      }
      for match in conversation.text.matches(of: /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/) {
        #expect(String(match.output).contains(address))
      }
    }
  }
}
