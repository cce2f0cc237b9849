extension Composer {
  /// Appends the line of the truth for a conversation.
  mutating func describe(
    position: Int, subtopic: Grammar.Subtopic, group: Int?, identities: Int, affective: AffectiveTruth?
  ) {
    Identity.append("{\"id\":\"", to: &truth)
    Plan.append(id: plan.conversationID(position), prefix: UInt8(ascii: "c"), to: &truth)
    Identity.append("\",\"topic\":\"", to: &truth)
    truth.append(contentsOf: grammar.topics[subtopic.topic].id.utf8)
    Identity.append("\",\"subtopic\":\"", to: &truth)
    truth.append(contentsOf: subtopic.id.utf8)
    Identity.append("\",\"near_duplicate_of\":", to: &truth)
    if let group {
      Identity.append("\"g", to: &truth)
      Identity.decimal(group, to: &truth)
      Identity.append("\"", to: &truth)
    } else {
      Identity.append("null", to: &truth)
    }
    Identity.append(",\"pii\":[", to: &truth)
    var isFirst = true
    for kind in IdentityClass.allCases where identities & 1 << kind.rawValue != 0 {
      if !isFirst { truth.append(UInt8(ascii: ",")) }
      truth.append(UInt8(ascii: "\""))
      truth.append(contentsOf: kind.name.utf8)
      truth.append(UInt8(ascii: "\""))
      isFirst = false
    }
    Identity.append("],\"canaries\":[", to: &truth)
    if let canary {
      Identity.append("\"k", to: &truth)
      Identity.decimal(canary, to: &truth)
      Identity.append("\"", to: &truth)
    }
    Identity.append("]", to: &truth)
    if let affective { describe(affective) }
    Identity.append("}\n", to: &truth)
  }
}
