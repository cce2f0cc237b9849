import ThrongPrivacy

/// What the report says otherwise, or besides, where counts are noised or thresholds have a secret gap.
extension ReleaseReport {
  static func noisedOpening(_ release: Release, _ differential: Release.Differential) -> String {
    let root = release.clusters[0]
    let users = isByUser(release) ? " of about \(Visible.count(root.users)) users" : ""
    return """
      About \(Visible.count(root.conversations)) conversations\(users) in \
      \(Visible.count(release.clusters.count)) topics, the whole included. Every count below carries noise, and so does \
      the decision which topics are shown: (\(differential.epsilon), \(differential.delta))-differential privacy. \
      In brackets stand the ranges in which 95 % of such counts lie, of the conversations that counted. The noise was drawn for this \
      release alone: another run over the same conversations shows other numbers, spends as much again, and should not be \
      published beside this one.

      """
  }

  /// " [users 60 to 90, conversations 70 to 130]" where the cluster's counts are noised, else nothing.
  static func noisedIntervals(_ cluster: Release.Cluster, isByUser: Bool) -> String {
    func range(_ low: Int?, _ high: Int?) -> String? {
      guard let low, let high else { return nil }
      return "\(Visible.count(low)) to \(Visible.count(high))"
    }
    guard let conversations = range(cluster.conversationsLow, cluster.conversationsHigh) else { return "" }
    let users =
      isByUser ? range(cluster.usersLow, cluster.usersHigh).map { "users \($0), " } ?? "" : ""
    return " [\(users)conversations \(conversations)]"
  }

  /// R9 in a sentence, where thresholds have a gap.
  static func gap(_ rules: Release.Rules) -> String {
    rules.thresholdGap == 0
      ? ""
      : " Above each threshold of people a secret draw for those very people asks for 0 to "
        + "\(rules.thresholdGap) more, so that whether a topic or a word appears does not tell whether one person is "
        + "among them (R9). The counts of all conversations are lowered by a secret draw of at most "
        + "\(rules.totalGapPercent) % for the same reason."
  }

  static func noisedRules(_ release: Release, _ differential: Release.Differential) -> String {
    let rules = release.rules
    let mechanisms = differential.mechanisms.map { entry in
      "| \(Visible.markdown(entry.counts)) | \(entry.mechanism) | \(entry.epsilon) | \(short(entry.delta)) "
        + "| \(entry.sensitivity) | \(short(entry.scale)) | \(entry.threshold.map { Visible.count($0) } ?? "") |\n"
    }.joined()
    return """
      Policy `differential`: epsilon \(differential.epsilon), delta \(differential.delta).

      - Covered: \(differential.covers).
      - Of each user at most \(rules.maximumPerUser) conversations count, in at most \(differential.cellsPerUser) topics \
      that are not divided further; and at most \(differential.cellsPerUser) cells of a facet.
      - A topic is shown if its noised number of users reaches the threshold below, or if one below it is shown.
      - A word or phrase is shown for a topic only if at least \(rules.minimumTermUsers) users of the topic used it, and \
      never if it was seen as part of an identity (R8). This carries no noise.

      | counts | noise | epsilon | delta | one user changes | scale | threshold |
      |---|---|---:|---:|---:|---:|---:|
      \(mechanisms)
      """
  }

  /// Four significant digits are enough to check a split.
  private static func short(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    var factor = 1.0
    var scaled = value
    while scaled < 1000 {
      scaled *= 10
      factor *= 10
    }
    return "\(scaled.rounded() / factor)"
  }
}
