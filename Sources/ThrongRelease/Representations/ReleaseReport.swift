import ThrongPrivacy

/// `report.md`: the release for a person to read, with what it leaves out and what it does not promise.
struct ReleaseReport: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    try folder.write(Array(Self.text(release).utf8), to: "report.md")
  }

  static func text(_ release: Release) -> String {
    [
      ["# Release \(release.id)\n", opening(release), "## What people talk about\n", tree(release)],
      study(release), facets(release),
      [
        "## What was withheld, and what that does to the view\n", withheld(release) + coverage(release),
        "## Rules\n", rules(release) + facetRules(release),
        "## What is not promised\n", limits(release), "## How the run was set\n", settings(release.run),
      ],
    ].joined().joined(separator: "\n")
  }

  private static func opening(_ release: Release) -> String {
    if let differential = release.rules.differential { return noisedOpening(release, differential) }
    let root = release.clusters[0]
    let users = isByUser(release) ? " of at least \(Visible.count(root.users)) users" : ""
    return """
      At least \(Visible.count(root.conversations)) conversations\(users) in \
      \(Visible.count(release.clusters.count)) topics, the whole included. Every count below is a lower bound: it is \
      rounded down to a multiple of \(release.rules.roundedTo). Shares are of all counted conversations and come from \
      rounded counts; the interval is the 95 % score interval, taking users and not conversations for the sample.

      """
  }

  private static func tree(_ release: Release) -> String {
    release.clusters.map { cluster in
      let users = isByUser(release) ? "\(Visible.count(cluster.users)) users, " : ""
      let interval =
        cluster.parentID == nil
        ? "" : " (\(Visible.percent(cluster.shareLow)) to \(Visible.percent(cluster.shareHigh)))"
      let terms =
        cluster.terms.isEmpty ? "" : "; \(cluster.terms.map(Visible.markdown).joined(separator: ", "))"
      return String(repeating: "  ", count: cluster.level)
        + "- **\(Visible.markdown(cluster.label))** (\(cluster.id)): \(users)"
        + "\(Visible.count(cluster.conversations)) conversations, \(Visible.percent(cluster.share))\(interval)"
        + "\(noisedIntervals(cluster, isByUser: isByUser(release)))\(terms)\n"
    }.joined()
  }

  private static func withheld(_ release: Release) -> String {
    let accounts = release.accounts
    let rolledUp = release.clusters.filter { $0.rolledUp > 0 }
    var text = """
      | conversations, \(release.rules.differential == nil ? "at least" : "about") | |
      |---:|---|
      | \(Visible.count(accounts.read)) | read |
      | \(Visible.count(accounts.quarantined)) | unusable records |
      | \(Visible.count(accounts.screenedOut)) | screened out |
      | \(Visible.count(accounts.kept)) | kept |
      | \(Visible.count(accounts.beyondBound)) | beyond the bound per user, not counted |
      | \(Visible.count(accounts.counted)) | counted |
      | \(Visible.count(accounts.inLeaves)) | in topics that are not divided further |
      | \(Visible.count(accounts.rolledUp)) | in a topic, but in none of the topics below it |

      A 0 does not mean that there were none: it is also what is said where the number may not be stated.

      """
    if isByUser(release) {
      text += """
        Unusable records have no known users, so their number never is; the run would have stopped at more than \
        \(Visible.percent(release.run.maximumBadShare)) of them.

        """
    }
    text += "\n"
    text += """
      A topic with too few people behind it is withheld, and so is a topic from which such a one could be worked out by \
      subtraction. Nothing here tells one from the other. Their conversations are counted in the topic above:


      """
    text += rolledUp.map { "- \(Visible.markdown($0.label)) (\($0.id)): \(Visible.count($0.rolledUp))\n" }
      .joined()
    if rolledUp.isEmpty { text += "- nowhere, as far as rounded counts tell\n" }
    text += """

      So rare topics are missing from this view, and the common ones look more common than they are. What few people \
      talk about may matter most; its absence here says nothing about it. Rounding alone can make up a few of these \
      conversations.

      """
    return text
  }

  private static func rules(_ release: Release) -> String {
    let rules = release.rules
    if let differential = rules.differential { return noisedRules(release, differential) }
    let people = isByUser(release) ? "users" : "conversations, each taken for a person of its own"
    return """
      Policy `\(rules.policy)`.

      - A topic is shown only with at least \(rules.minimumUsers) different \(people) and at least \
      \(rules.minimumConversations) conversations (R1). What is left of a topic after those below it obeys the same (R3).\(gap(rules))
      - \(isByUser(release) ? "At most \(rules.maximumPerUser) conversations of a user count. " : "")\
      No topic is shown of which two hold more than \(rules.twoUserPercent) %, or in which all others together have \
      less than \(rules.dominancePercent) % of what the largest has (R2).
      - A word or phrase is shown for a topic only if at least \(rules.minimumTermUsers) \
      \(isByUser(release) ? "users" : "conversations") of the topic used it, and never if it was seen as part of an \
      identity (R8).
      - Changing withheld conversations only changes nothing here (R13).

      """
  }

  private static func limits(_ release: Release) -> String {
    let unit =
      isByUser(release)
      ? "- One person with several accounts counts several times."
      : "- The input named no users: one person who held many conversations counts as many."
    let first =
      release.rules.differential.map { "- Not under the guarantee above: \($0.excludes)." }
        ?? """
        - Thresholds are not differential privacy: somebody who controls nearly all accounts of a topic, or compares this \
        release with another of nearly the same conversations, can learn about the others.
        """
    return """
      \(first)
      \(unit)
      - A diagnosis or a conviction is not an identity: that people talk about it can be shown, and somebody may be known \
      to be among them.
      - Labels are words that occur often, not a judgement of what is meant.

      """
  }

  private static func settings(_ run: Release.Run) -> String {
    let levels = run.levels.map { $0.map { String($0) }.joined(separator: ", ") }
    var text = """
      - Throng \(Visible.markdown(run.throngVersion)), input format \(Visible.markdown(run.format)), seed \(run.seed)
      - base clusters asked for: \(run.clusters.map { String($0) } ?? "automatic"); levels: \(levels.map { "\($0) (\(run.levelsBy))" } ?? "automatic")
      - hashed columns: \(run.columns); reduced to \(run.dimensions == 0 ? "nothing less" : "\(run.dimensions) dimensions")

      """
    if let created = run.createdAt { text += "- as of \(created)\n" }
    return text
  }

  static func isByUser(_ release: Release) -> Bool { release.rules.unit == "user" }
}
