/// Puts the pieces of some parts together into conversations.
///
/// What comes out depends on the pieces alone, and not on how they were stored: conversations of a part stand in the order
/// in which their first pieces stood in the input.
struct Assembler {
  private let joining: Joining
  private let requiresUser: Bool
  private let blockBytes: Int
  /// Conversations, in blocks of about the size asked for.
  private(set) var blocks: [ConversationBlock] = []
  private(set) var faults: [Fault] = []
  /// Pieces that became part of another's conversation.
  private(set) var joined = 0

  init(joining: Joining, requiresUser: Bool, blockBytes: Int) {
    (self.joining, self.requiresUser, self.blockBytes) = (joining, requiresUser, blockBytes)
  }

  /// A conversation of some pieces.
  struct Draft {
    /// In order; the first one says where the conversation stood.
    var pieces: [Piece]
    var messages: [ConversationBlock.Message]
    var user: Range<Int>?
  }

  /// Adds the conversations of a part, which is all of its pieces. O(pieces · log(pieces) + bytes).
  mutating func add(part bytes: [UInt8]) {
    var pieces: [Piece] = []
    var at = 0
    while at < bytes.count { pieces.append(Piece(bytes.span, at: &at)) }
    pieces.sort { $0.hash != $1.hash ? $0.hash < $1.hash : Piece.stoodBefore($0, $1) }
    var groups: [ArraySlice<Piece>] = []
    var start = 0
    for i in pieces.indices where i + 1 == pieces.count || pieces[i + 1].hash != pieces[i].hash {
      groups.append(pieces[start...i])
      start = i + 1
    }
    groups.sort { Piece.stoodBefore($0.first!, $1.first!) }
    for group in groups {
      let drafts = drafts(of: Array(group), bytes)
      joined += group.count - drafts.count
      for draft in drafts { append(draft, bytes) }
    }
  }

  private func drafts(of pieces: [Piece], _ bytes: [UInt8]) -> [Draft] {
    switch joining {
    case .thread: [thread(pieces.sorted(by: Piece.wasBefore), bytes)]
    case .history: Self.byUser(pieces, bytes).map { history($0, bytes) }
    case .exchange: exchanges(pieces)
    }
  }

  private func thread(_ pieces: [Piece], _ bytes: [UInt8]) -> Draft {
    let user = pieces[0].user
    var messages: [ConversationBlock.Message] = []
    for piece in pieces {
      let isUser = piece.user.map { bytes[$0] } == user.map { bytes[$0] }
      messages += piece.messages.map { message in
        isUser || message.role != .human
          ? message : ConversationBlock.Message(role: .assistant, text: message.text, time: message.time)
      }
    }
    return Draft(pieces: pieces, messages: messages, user: user)
  }

  /// Pieces of one user each. Pieces that name nobody are the only user's, or stand for themselves where there are several.
  private static func byUser(_ pieces: [Piece], _ bytes: [UInt8]) -> [[Piece]] {
    var groups: [(user: ArraySlice<UInt8>, pieces: [Piece])] = []
    var unnamed: [Piece] = []
    for piece in pieces {
      guard let user = piece.user.map({ bytes[$0] }) else {
        unnamed.append(piece)
        continue
      }
      if let at = groups.firstIndex(where: { $0.user == user }) {
        groups[at].pieces.append(piece)
      } else {
        groups.append((user, [piece]))
      }
    }
    if unnamed.isEmpty { return groups.map(\.pieces) }
    if groups.count > 1 { return groups.map(\.pieces) + [unnamed] }
    return [(groups.first?.pieces ?? []) + unnamed]
  }

  private func history(_ all: [Piece], _ bytes: [UInt8]) -> Draft {
    let rank = all.map(\.rank).max()!
    let pieces = all.filter { $0.rank == rank }.sorted(by: Piece.wasBefore)
    var history = History(bytes)
    for piece in pieces { history.add(piece) }
    let user = pieces.lazy.compactMap(\.user).first ?? all.lazy.compactMap(\.user).first
    return Draft(pieces: pieces, messages: history.messages, user: user)
  }

  private func exchanges(_ pieces: [Piece]) -> [Draft] {
    let requests = pieces.filter { $0.rank == 0 }
    let replies = pieces.filter { $0.rank > 0 }
    return (0..<max(requests.count, replies.count)).map { i in
      let pair = [i < requests.count ? requests[i] : nil, i < replies.count ? replies[i] : nil]
        .compactMap { $0 }
      return Draft(
        pieces: pair, messages: pair.flatMap(\.messages), user: pair.lazy.compactMap(\.user).first)
    }
  }

  private mutating func append(_ draft: Draft, _ bytes: [UInt8]) {
    let first = draft.pieces[0]
    if draft.user == nil && requiresUser {
      faults.append(Fault(kind: .noUser, source: first.source, line: first.line))
      return
    }
    if blocks.last.map({ $0.bytes.count >= blockBytes }) ?? true { blocks.append(ConversationBlock()) }
    blocks[blocks.count - 1].append(draft, from: bytes)
  }
}

extension ConversationBlock {
  fileprivate mutating func append(_ draft: Assembler.Draft, from source: [UInt8]) {
    func copy(_ range: Range<Int>) -> Range<Int> {
      let lower = bytes.count
      bytes += source[range]
      return lower..<bytes.count
    }
    let start = messages.count
    for message in draft.messages {
      messages.append(Message(role: message.role, text: copy(message.text), time: message.time))
    }
    let first = draft.pieces[0]
    let fields = first.fields.indices.map { field in
      draft.pieces.lazy.compactMap { $0.fields[field] }.first.map(copy)
    }
    records.append(
      Record(
        source: first.source, line: first.line, id: first.id.map(copy), user: draft.user.map(copy),
        messages: start..<messages.count, createdAt: draft.pieces.lazy.compactMap(\.createdAt).min(),
        fields: fields))
  }
}
