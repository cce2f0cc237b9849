extension TopicSource {
  /// The topics in the order of the truth.
  static let all = [
    account, billing, orders, coding, cooking, travel, career, wellbeing, home, spanish, german, french,
    chinese, japanese,
  ]
}
