/// Attack 4 without a log (R14): what looks like somebody's address or number, whoever's it is.
///
/// **The attacker** has the bundle alone. **Success**: a mail address, an IPv4 address, a link that is not one of the
/// fixed texts', or a number of nine and more digits that is no count or setting of the release. In every encoding
/// that ``Fragments`` knows. O(bytes).
enum Patterns {
  static func run(_ files: BundleFiles, _ published: Published, fragments: [Fragment]) -> Finding {
    let numbers = Vocabulary(published, files: files).numbers
    var (found, lines): ([String: Int], [String]) = ([:], [])
    for fragment in fragments {
      let bytes = fragment.bytes
      func note(_ kind: String, at: Int) {
        found[kind, default: 0] += 1
        if lines.count < 20 {
          lines.append(
            "\(files.shownName(files.files[fragment.file].name)), \(fragment.kind.rawValue), byte "
              + "\(fragment.offset(at)): \(kind.replacing("_", with: " "))")
        }
      }
      for at in bytes.indices {
        if bytes[at] == UInt8(ascii: "@"), isAddress(bytes, at) { note("mail_address", at: at) }
        if bytes[at] == UInt8(ascii: ":"), isLink(bytes, at) { note("link", at: at) }
      }
      var scanner = WordScanner(0..<bytes.count)
      while let word = scanner.next(in: bytes.span) {
        guard word.isDigits else { continue }
        if isIPv4(bytes, word) { note("network_address", at: word.start) }
        guard !LongNumber.continues(bytes.span, from: word.end, to: bytes.count) else { continue }
        let digits = bytes[max(0, word.end - 40)..<word.end].reversed().prefix { $0 != 0x0A && $0 != 0x2C }
        guard digits.count(where: { (0x30...0x39).contains($0) }) >= 9 else { continue }
        let long = LongNumber.ending(bytes.span, at: word.end, from: 0, least: 9)
        if long.contains(where: { !numbers.contains($0) }) { note("long_number", at: word.start) }
      }
    }
    let total = found.values.reduce(0, +)
    return Finding(
      .patterns, total > 0 ? .broken : .withstood, success: Success("patterns of identities", count: total),
      figures: found.mapValues { Double($0) }, lines: lines)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }

  /// Letters before the sign, and behind it a name with a dot and at least two letters after that.
  private static func isAddress(_ bytes: [UInt8], _ at: Int) -> Bool {
    guard at > 0, isName(bytes[at - 1]) else { return false }
    var (end, lastDot) = (at + 1, -1)
    while end < bytes.count, isName(bytes[end]) || bytes[end] == 0x2E || bytes[end] == 0x2D {
      if bytes[end] == 0x2E { lastDot = end }
      end += 1
    }
    guard lastDot > at + 1 else { return false }
    return bytes[lastDot + 1..<end].count { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A } >= 2
  }

  /// Hosts that the fixed texts of a release name.
  private static let hosts = [
    "json-schema.org/", "www.w3.org/", "specs.frictionlessdata.io/", "datapackage.org/", "openlineage.io/",
    "doi.org/",
    "arxiv.org/", "github.com/OpenLineage/",
  ].map { Array($0.utf8) }

  private static func isLink(_ bytes: [UInt8], _ at: Int) -> Bool {
    guard at >= 3, at + 3 < bytes.count, bytes[at + 1] == 0x2F, bytes[at + 2] == 0x2F, isName(bytes[at - 1])
    else {
      return false
    }
    return !hosts.contains { bytes[(at + 3)...].starts(with: $0) }
  }

  private static func isIPv4(_ bytes: [UInt8], _ first: Word) -> Bool {
    guard first.start == 0 || bytes[first.start - 1] != 0x2E else { return false }
    var at = first.start
    for part in 0..<4 {
      let start = at
      while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
      guard let value = Int(String(decoding: bytes[start..<at].prefix(4), as: UTF8.self)), value < 256 else {
        return false
      }
      if part < 3 {
        guard at < bytes.count, bytes[at] == 0x2E else { return false }
        at += 1
      }
    }
    return at == bytes.count || bytes[at] != 0x2E
  }
}
