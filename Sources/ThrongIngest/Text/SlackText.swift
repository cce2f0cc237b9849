/// The words of a Slack message: references to people go, links keep their label, references to characters are resolved.
enum SlackText {
  /// Appends the text of `message`. O(bytes).
  static func append(_ message: Span<UInt8>, to bytes: inout [UInt8]) {
    var at = 0
    while at < message.count {
      let byte = message[at]
      if byte == UInt8(ascii: "<"), let end = close(message, from: at) {
        appendReference(message.extracting(at + 1..<end), to: &bytes)
        at = end + 1
      } else if byte == UInt8(ascii: "&"), let (scalar, next) = CharacterReference.read(message, at: at) {
        HTMLText.append(scalar, to: &bytes)
        at = next
      } else {
        bytes.append(byte)
        at += 1
      }
    }
  }

  /// What lies between the angle brackets: `@U…` and `!here` are nobody's words, `#C…|name` and a link are their label.
  private static func appendReference(_ body: Span<UInt8>, to bytes: inout [UInt8]) {
    guard body.count > 0 else { return }
    if body[0] == UInt8(ascii: "@") || body[0] == UInt8(ascii: "!") { return }
    var label = 0
    while label < body.count, body[label] != UInt8(ascii: "|") { label += 1 }
    if label < body.count {
      append(body.extracting(label + 1..<body.count), to: &bytes)
    } else if body[0] != UInt8(ascii: "#") {
      for i in 0..<body.count { bytes.append(body[i]) }
    }
  }

  private static func close(_ text: Span<UInt8>, from start: Int) -> Int? {
    var at = start + 1
    while at < text.count, text[at] != UInt8(ascii: ">") {
      if text[at] == UInt8(ascii: "<") || text[at] == 0x0a { return nil }
      at += 1
    }
    return at < text.count ? at : nil
  }
}
