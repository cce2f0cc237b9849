import Testing
import ThrongCore
import ThrongFacets

/// A conversation in a test: messages as (side, text).
struct Talk {
  var messages: [(Side, String)]
  var time: Int64?
  var end: Int64?

  init(_ messages: [(Side, String)], at time: Int64? = nil, to end: Int64? = nil) {
    self.end = end
    self.messages = messages
    self.time = time
  }

  /// Human messages without answers.
  static func human(_ texts: String..., at time: Int64? = nil) -> Talk {
    Talk(texts.map { (.human, $0) }, at: time)
  }
}

/// The table of facets of these conversations, as preparation fills it.
func table(_ talks: [Talk], _ plan: FacetPlan, users: [UInt32]? = nil, copies: [UInt32] = []) throws
  -> FacetTable
{
  var reader = try FacetReader(plan, hasher: Secret(bytes: Array(1...32))!.hasher(for: "test"))
  for talk in talks {
    var facts = ConversationFacts(humanMessages: 0, textBytes: 0, createdAt: talk.time)
    facts.endedAt = talk.end
    for (side, text) in talk.messages {
      if side == .human { facts.humanMessages += 1 }
      if side == .assistant { facts.assistantMessages += 1 }
      facts.textBytes += text.utf8.count
      let bytes = Array(text.utf8)
      try reader.read(bytes.span, side: side)
    }
    try reader.add(fields: [], in: [UInt8]().span, facts: facts)
  }
  var table = FacetTable(plan)
  try table.append(reader.finish())
  table.complete(users: users ?? talks.indices.map { UInt32($0) }) { copies }
  return table
}

/// The titles of one facet in each conversation; nil where there is no value.
func titles(_ request: FacetRequest, _ talks: [Talk], users: [UInt32]? = nil, copies: [UInt32] = []) throws
  -> [String?]
{
  let table = try table(talks, FacetPlan([request]), users: users, copies: copies)
  return table.levels(0).map { $0 < 0 ? nil : table.title($0, of: 0) }
}

/// The numbers of one facet in each conversation.
func numbers(_ name: String, _ talks: [Talk], users: [UInt32]? = nil) throws -> [Float] {
  var plan = try FacetPlan([FacetRequest(name)])
  plan.keepsNumbers = true
  return try #require(try table(talks, plan, users: users).numbers(0))
}

extension WordScanner {
  /// The words of a text as they stand there.
  static func spell(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var scanner = WordScanner()
    scanner.scan(bytes.span)
    return scanner.words.map {
      String(decoding: bytes[Int($0.start)..<Int($0.start) + Int($0.length)], as: UTF8.self)
    }
  }

  static func words(_ text: String) -> [Word] {
    var scanner = WordScanner()
    scanner.scan(Array(text.utf8).span)
    return scanner.words
  }
}
