import ThrongPrivacy

extension ReleaseSchema {
  /// The parts of a release that a study adds.
  static func study(_ rules: Release.Rules) -> String {
    let users = "{ \"type\": \"integer\", \"minimum\": \(rules.minimumFacetUsers) }"
    let conversations = "{ \"type\": \"integer\", \"minimum\": \(rules.minimumFacetConversations) }"
    let text = "{ \"type\": \"string\", \"minLength\": 1 }"
    let (number, share) = ("{ \"type\": \"number\" }", "{ \"$ref\": \"#/$defs/share\" }")
    let positive = "{ \"type\": \"number\", \"exclusiveMinimum\": 0 }"
    let odds = "{ \"type\": \"number\", \"minimum\": 0 }"
    return [
      list(
        "funnel", "What each step of a study's screen left. A missing step says nothing.",
        [
          ("position", "{ \"type\": \"integer\", \"minimum\": 0 }"), ("step", text),
          ("n_users", "{ \"type\": \"integer\", \"minimum\": \(rules.minimumUsers) }"),
          ("n_conversations", "{ \"type\": \"integer\", \"minimum\": \(rules.minimumConversations) }"),
        ]),
      list(
        "statistics", "Figures of a study with 95 % intervals. A missing figure says nothing.",
        [
          ("name", text), ("statistic", "{ \"enum\": [\"share\", \"mean\", \"difference\"] }"),
          ("segment", text),
          ("against", "{ \"type\": \"string\" }"), ("facet", text), ("value", "{ \"type\": \"string\" }"),
          ("estimate", number), ("low", number), ("high", number), ("step", positive), ("range_low", number),
          ("range_high", number), ("sensitive", "{ \"type\": \"boolean\" }"), ("n_users", users),
          ("n_conversations", conversations), ("method", text),
        ]),
      list(
        "trends", "The course of each series, worked out from its shown counts.",
        [
          ("name", text), ("segment", text), ("value", text), ("growth", odds), ("growth_low", odds),
          ("growth_high", odds), ("p", share), ("p_adjusted", share),
          ("changes", "{ \"type\": \"array\", \"items\": \(text) }"),
        ]),
      list(
        "trend_points", "The counts behind the trends of a study. A missing period says nothing.",
        [
          ("name", text), ("segment", text), ("facet", text), ("value", text), ("period", text),
          ("n_conversations", conversations), ("n_total", conversations), ("share", share),
        ]),
      list(
        "segment_topics", "A study's segments in its topics. A missing cell says nothing.",
        [
          ("segment", text), ("sensitive", "{ \"type\": \"boolean\" }"),
          ("cluster_id", "{ \"type\": \"string\", \"pattern\": \"^c[0-9]+$\" }"),
          ("n_users", users), ("n_conversations", conversations), ("share", share),
        ]),
    ].joined(separator: ",\n")
  }

  private static func list(_ name: String, _ description: String, _ members: [(String, String)]) -> String {
    let required = members.map { "\"\($0.0)\"" }.joined(separator: ", ")
    let properties = members.map { "          \"\($0.0)\": \($0.1)" }.joined(separator: ",\n")
    return """
          "\(name)": {
            "description": "\(description)",
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [\(required)],
              "properties": {
      \(properties)
              }
            }
          }
      """
  }
}
