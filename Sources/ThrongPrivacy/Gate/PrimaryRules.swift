/// R1 and the dominance part of R2: may this set of records be shown on its own?
///
/// **Why R1.** A figure about fewer than k people is a figure about each of them to whoever knows the others.
/// **Why dominance.** In a cell whose count is mostly one user's, the count is that user's; and the second largest,
/// who knows its own part, can subtract it.
///
/// **Closed under disjoint union.** If two disjoint sets pass, so does their union: U and N only grow;
/// the two largest users of the union hold at most the sum of what the two largest of each part hold; and the rest
/// outside them is at least the sum of the rests. So atoms that pass (R3) make everything pass that can be put
/// together from them. The brute-force test of R3 relies on no such argument and checks every combination.
struct PrimaryRules {
  let policy: Policy
  let defences: Defences
  /// k of R1 in force: those of clusters, or of facet cells.
  let minimumUsers: Int
  let minimumConversations: Int
  /// R9, where the policy asks for it.
  let gap: ThresholdGap?

  /// The rules for clusters.
  init(policy: Policy, defences: Defences, gap: ThresholdGap?) {
    self.init(
      policy: policy, defences: defences, gap: gap, minimumUsers: policy.minimumUsers,
      minimumConversations: policy.minimumConversations)
  }

  /// The rules for cells of facets.
  static func facets(policy: Policy, defences: Defences, gap: ThresholdGap?) -> PrimaryRules {
    PrimaryRules(
      policy: policy, defences: defences, gap: gap, minimumUsers: policy.minimumFacetUsers,
      minimumConversations: policy.minimumFacetConversations)
  }

  private init(
    policy: Policy, defences: Defences, gap: ThresholdGap?, minimumUsers: Int, minimumConversations: Int
  ) {
    self.policy = policy
    self.defences = defences
    self.gap = gap
    self.minimumUsers = minimumUsers
    self.minimumConversations = minimumConversations
  }

  /// The first rule that the cell fails, or nil where it may be shown.
  func failure(of cell: Cell) -> PrivacyFailure.Rule? {
    if defences.contains(.minimumUsers), !hasEnoughUsers(cell) {
      return .users(minimum: minimumUsers, gap: gap?.largest ?? 0)
    }
    if defences.contains(.minimumConversations), cell.conversations < minimumConversations {
      return .conversations(minimum: minimumConversations)
    }
    if defences.contains(.dominance) {
      let topTwo = cell.largest + cell.second
      if 100 * (cell.conversations - topTwo) < policy.dominancePercent * cell.largest
        || 100 * topTwo > policy.twoUserPercent * cell.conversations
      {
        return .dominance(percent: policy.dominancePercent, twoUserPercent: policy.twoUserPercent)
      }
    }
    return nil
  }

  private func hasEnoughUsers(_ cell: Cell) -> Bool {
    guard let gap else { return cell.users >= minimumUsers }
    return gap.passes(users: cell.users, threshold: minimumUsers, digest: cell.digest)
  }

  /// R5: whether k conversations remain where any two users take their own out.
  func withstandsPair(conversations: Int, pair: Int) -> Bool {
    !defences.contains(.coalitions) || conversations - pair >= minimumConversations
  }

  /// The rules for a part of something that is itself that far from the whole: by the triangle inequality, what keeps
  /// these is within t of the whole.
  func closer(by distance: Double) -> PrimaryRules {
    var policy = policy
    policy.tCloseness = max(0, policy.tCloseness - distance)
    return PrimaryRules(
      policy: policy, defences: defences, gap: gap, minimumUsers: minimumUsers,
      minimumConversations: minimumConversations)
  }

  /// Whether the cell may be shown. An empty cell is never shown, whatever is switched off.
  func pass(_ cell: Cell) -> Bool { cell.conversations > 0 && failure(of: cell) == nil }
}

/// How counts are shown: rounded down, so that one record more or less is rarely seen and every figure is a lower bound.
struct Rounding {
  let to: Int

  init(policy: Policy, defences: Defences) { self.init(to: policy.roundTo, defences: defences) }

  init(to: Int, defences: Defences) { self.to = defences.contains(.rounding) ? to : 1 }

  /// `count` rounded down, but not below the threshold it has passed, which is public anyway.
  func shown(_ count: Int, threshold: Int) -> Int { max(min(threshold, count), count / to * to) }
}
