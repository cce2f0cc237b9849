import ThrongCore
import ThrongText

private let secret = Secret(bytes: Array(1...32))!

/// The first byte chooses settings; 0xFF parts messages, 0xFE documents. The shortcuts must give what the loops byte by
/// byte give, and of UTF-8 every spelling is UTF-8.
func countTerms(_ input: [UInt8]) {
  let flags = choice(input.first, of: 16)
  var settings = TextSettings()
  settings.bigrams = flags & 1 == 0
  settings.redacts = flags & 2 == 0
  settings.discountsQuotations = flags & 4 == 0
  settings.dropsFunctionWords = flags & 8 == 0
  if flags & 12 == 12 { (settings.maximumTokenBytes, settings.maximumDigits) = (5, 2) }
  let documents = input.dropFirst().split(separator: 0xFE, omittingEmptySubsequences: false).map {
    $0.split(separator: 0xFF, omittingEmptySubsequences: false).map { Array($0) }
  }
  func block(_ usesShortcuts: Bool) -> FeatureBlock {
    let analyzer = try! TextAnalyzer(settings: settings, secret: secret, usesShortcuts: usesShortcuts)
    for document in documents {
      analyzer.begin()
      for message in document { try! analyzer.append(message.span) }
      try! analyzer.endDocument()
    }
    return analyzer.finish()
  }
  let (fast, slow) = (block(true), block(false))
  precondition(
    fast.terms == slow.terms && fast.counts == slow.counts && fast.offsets == slow.offsets, "other terms")
  precondition(
    fast.identityTerms == slow.identityTerms && fast.vocativeTerms == slow.vocativeTerms
      && fast.contentHashes == slow.contentHashes, "other identities")
  let isText = documents.joined().allSatisfy { String(validating: $0, as: UTF8.self) != nil }
  for i in fast.terms.indices {
    let spelling = fast.spelling(i)
    precondition(
      spelling == slow.spelling(i) && fast.words(i) == slow.words(i) && fast.isQuoted(i) == slow.isQuoted(i),
      "another spelling")
    precondition(!isText || String(validating: spelling, as: UTF8.self) != nil, "a spelling that is no UTF-8")
  }
}

/// Both ways of the redactor, and what it promises of its answer.
func redact(_ input: [UInt8]) {
  var (fast, slow) = (Redactor(), Redactor(usesFilters: false))
  fast.redact(input.span)
  slow.redact(input.span)
  precondition(fast.spans == slow.spans && fast.output == slow.output, "the filters change what is found")
  precondition(fast.identities == slow.identities && fast.vocative == slow.vocative, "other identities")
  var end = 0
  for span in fast.spans {
    precondition(span.range.lowerBound >= end && !span.range.isEmpty, "spans overlap, or are empty")
    end = span.range.upperBound
  }
  precondition(end <= input.count, "a span behind the end")
  for range in fast.identities {
    precondition(
      fast.spans.contains {
        $0.range.lowerBound <= range.lowerBound && range.upperBound <= $0.range.upperBound
      },
      "an identity that stays in the text")
  }
  let markers = fast.output.count { RedactionClass(marker: $0) != nil }
  precondition(markers == fast.spans.count, "a marker that was forged, or is missing")
  let isText = String(validating: input, as: UTF8.self) != nil
  precondition(!isText || String(validating: fast.output, as: UTF8.self) != nil, "text became no text")
}

enum TextWords {
  static let all = [
    "word", "Don't", "e-mail", "C++", ".net", "node.js", "U.S.A.", "3.1", "l'école", "Straße", "北京大学", "データ",
    "สวัสดี",
    "한국어", "😀", "👩‍👩‍👧", "\u{301}", "\u{200B}", "\u{FDFA}", "ﬃ", "İ", "\n", "\n\n", "\r\n", "> ", "JB> ", ": ",
    "-- \n", "\u{0E}",
    "\u{7F}", "\u{0}", "ann@example.org", "@lee_k", "https://a.example/?q=1", "192.0.2.1", "2001:db8::1",
    "4111 1111 1111 1111", "GB29 NWBK 6016 1331 9268 19", "+1 202-555-0143", "2024-01-31",
    "From: Ann <a@b.example>\n",
    "In article <a7@b.example> ", " writes:\n", "Thanks,\nLee\n", "a at b dot com", "sk-A1b2C3d4E5f6G7h8I9j0",
    "-----BEGIN KEY-----", "NY 14226", "31 years old", "0x52908400098527886E0Ae", "the ", "und ", "que ",
  ]
}
