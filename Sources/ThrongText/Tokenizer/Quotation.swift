/// Lines that repeat what somebody else wrote, as mail and news programs mark them.
///
/// They help to tell what a conversation is about, but they are not the words of its author: forty replies to one post
/// repeat one person's words forty times. So a term is kept for labels only where k users wrote it themselves (R8); in
/// the label of a cluster it then counts for everybody who takes it up.
///
/// Does not find: quotations without marks, and what somebody pastes from elsewhere.
enum Quotation {
  /// Letters of a quoted person's initials before the mark, at most: "JB> ".
  private static let longestInitials = 4

  /// Whether the line from `start` is marked: by '>', '|' or '}', or by ':' before a space, after spaces and
  /// perhaps initials before '>'.
  @inline(__always) static func begins(_ text: Span<UInt8>, at start: Int) -> Bool {
    var i = start
    while i < text.count, ASCII.isBlank(text[i]) { i += 1 }
    guard i < text.count else { return false }
    switch text[i] {
    case 0x3E, 0x7C, 0x7D: return true
    case 0x3A: return ASCII.isBlank(text.at(i + 1))
    default: break
    }
    let initials = i
    while i < text.count, i - initials <= longestInitials, ASCII.isLetter(text[i]) { i += 1 }
    return i > initials && i - initials <= longestInitials && text.at(i) == 0x3E
  }
}
