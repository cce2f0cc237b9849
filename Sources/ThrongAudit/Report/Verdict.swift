/// What an attack on a bundle found.
package enum Verdict: String, Sendable, Codable {
  /// The attack learned nothing that a release must not tell.
  case withstood
  /// The attack succeeded.
  case broken
  /// The attack could not be tried, for example because it needs the input.
  case notTried = "not_tried"
}
