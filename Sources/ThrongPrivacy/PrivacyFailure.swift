import ThrongCore

/// Why there is no release. No case carries a count, a term or an id from the input.
package enum PrivacyFailure: ThrongFailure, Equatable {
  /// The rules that the whole corpus can fail.
  package enum Rule: Sendable, Equatable {
    /// `gap`: the most that R9 asks for above the minimum.
    case users(minimum: Int, gap: Int = 0)
    case conversations(minimum: Int)
    /// The differential tier: what counts is the number with its noise.
    case noisedUsers(minimum: Int)
    case dominance(percent: Int, twoUserPercent: Int)
  }

  /// All conversations together do not pass a rule, so nothing can be shown. `policy` is its name.
  case refused(Rule, policy: String)
  /// A threshold makes no sense.
  case invalidPolicy(setting: String, requirement: String)
  /// Read, quarantined, screened out and kept do not add up: a defect of the pipeline.
  case accountsDoNotAddUp
  /// The labeller named a term that R8 does not let through for that node, or answered for other nodes.
  case labellerOverstepped
  /// A run fact is not a short plain name, so it might carry something out.
  case invalidFact(name: String)

  package var message: String {
    switch self {
    case .refused(let rule, let policy):
      let reason =
        switch rule {
        case .users(let minimum, let gap):
          "fewer than \(minimum) different users are behind the conversations"
            + (gap > 0 ? ", or at most \(gap - 1) more, where a secret draw decides" : "")
        case .noisedUsers(let minimum): "with noise there are fewer than \(minimum) different users"
        case .conversations(let minimum): "fewer than \(minimum) conversations count"
        case .dominance(let percent, let two):
          "one or two users dominate the conversations (p = \(percent) %, at most \(two) % for two)"
        }
      let code = if case .dominance = rule { "R2" } else { "R1" }
      return "the gate refuses to release anything: \(reason) (rule \(code), policy \(policy)); "
        + "bring more input or state lower thresholds if the readers may see them"
    case .invalidPolicy(let setting, let requirement):
      return "\(setting) must be \(requirement)"
    case .accountsDoNotAddUp:
      return "internal error: conversations read, quarantined, screened out and kept do not add up; "
        + "nothing was released, please report this"
    case .labellerOverstepped:
      return
        "internal error: a label named a term that rule R8 withholds; nothing was released, please report this"
    case .invalidFact(let name):
      return
        "internal error: the run fact '\(name)' is not a plain name; nothing was released, please report this"
    }
  }

  package var exitStatus: Int32 {
    switch self {
    case .refused: ExitCode.refused.rawValue
    case .invalidPolicy: ExitCode.usage.rawValue
    case .accountsDoNotAddUp, .labellerOverstepped, .invalidFact: ExitCode.internalFailure.rawValue
    }
  }
}
