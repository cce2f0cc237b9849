/// Faces typed with marks, brought to a few kinds: `:)` and `=-]` are one.
enum Emoticon: UInt64, CaseIterable {
  case smile, grin, wink, frown, cry, tongue, unsure, surprise, kiss, heart, brokenHeart

  var hash: UInt64 { (Word.seed ^ (0xF000_0000 + rawValue)) &* Word.prime }

  /// The emoticon that begins at `i` with an ASCII mark and stands by itself, and its length.
  static func read(_ text: Span<UInt8>, _ i: Int) -> (Emoticon, Int)? {
    let first = text[i]
    guard first == 0x3A || first == 0x3B || first == 0x3D || first == 0x3C,
      i == 0 || text[i - 1] <= 0x20 || text[i - 1] >= 0x80
    else { return nil }
    var at = i + 1
    if first == 0x3C {
      if text.byte(at) == 0x33, isEnd(text, at + 1) { return (.heart, 2) }
      if text.byte(at) == 0x2F, text.byte(at + 1) == 0x33, isEnd(text, at + 2) { return (.brokenHeart, 3) }
      return nil
    }
    // ' is a tear, - o ^ are noses.
    let hasTear = text.byte(at) == 0x27
    if hasTear { at += 1 }
    if text.byte(at) == 0x2D || text.byte(at) == 0x5E || (text.byte(at) == 0x6F && isMouth(text.byte(at + 1)))
    {
      at += 1
    }
    let mouth = text.byte(at)
    at += 1
    // A mouth is often repeated.
    while text.byte(at) == mouth, mouth == 0x29 || mouth == 0x28 || mouth == 0x44 { at += 1 }
    guard isEnd(text, at) else { return nil }
    let length = at - i
    let isWink = first == 0x3B
    switch mouth {
    case 0x29, 0x5D, 0x7D, 0x3E: return hasTear ? (.smile, length) : (isWink ? .wink : .smile, length)
    case 0x44: return (.grin, length)
    case 0x28, 0x5B, 0x7B, 0x63, 0x3C: return (hasTear ? .cry : .frown, length)
    case 0x50, 0x70: return (.tongue, length)
    case 0x2F, 0x5C, 0x7C, 0x53: return (.unsure, length)
    case 0x4F, 0x6F, 0x30: return (.surprise, length)
    case 0x2A: return (.kiss, length)
    case 0x33: return (.smile, length)
    default: return nil
    }
  }

  private static func isMouth(_ byte: UInt8) -> Bool {
    byte == 0x29 || byte == 0x28 || byte == 0x44 || byte == 0x50
  }

  private static func isEnd(_ text: Span<UInt8>, _ i: Int) -> Bool {
    guard i < text.count else { return true }
    switch text[i] {
    case 0...0x20, 0x21, 0x22, 0x29, 0x2C, 0x2E, 0x3F, 0x80...: return true
    default: return false
    }
  }
}
