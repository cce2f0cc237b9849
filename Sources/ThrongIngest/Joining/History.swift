/// One conversation out of calls that each repeat what was said before.
///
/// A call that begins as the conversation does is a later state of it, or an earlier one: the longer counts, at the same
/// length the later. A call that begins with what was said last goes on from there, as where old messages are cut off. A call
/// that does neither says something new, and follows. Instructions (``Role/system``) do not tell calls apart: all
/// conversations with one product begin with the same.
struct History {
  private let bytes: [UInt8]
  private var instructions: [ConversationBlock.Message] = []
  private var said: [ConversationBlock.Message] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var messages: [ConversationBlock.Message] { instructions + said }

  /// Adds a call; calls come in the order of time. O(messages² · bytes) at worst, O(bytes) where nothing is cut off.
  mutating func add(_ piece: Piece) {
    let time = piece.time == .min ? nil : Timestamp.floor(piece.time, by: 1_000_000)
    let call = piece.messages.filter { $0.role != .system }
    let system = piece.messages.filter { $0.role == .system }
    if !system.isEmpty { instructions = system }
    func dated(_ message: ConversationBlock.Message) -> ConversationBlock.Message {
      ConversationBlock.Message(role: message.role, text: message.text, time: message.time ?? time)
    }
    let common = zip(said, call).prefix { agree($0, $1) }.count
    if common > 0 {
      // Messages that are known keep the time at which they were first seen.
      if call.count >= said.count { said = Array(said[..<common]) + call[common...].map(dated) }
      return
    }
    let repeated = stride(from: min(said.count, call.count), to: 0, by: -1).first { count in
      zip(said.suffix(count), call).allSatisfy { agree($0, $1) }
    }
    said += call[(repeated ?? 0)...].map(dated)
  }

  private func agree(_ a: ConversationBlock.Message, _ b: ConversationBlock.Message) -> Bool {
    a.role == b.role && bytes[a.text] == bytes[b.text]
  }
}
