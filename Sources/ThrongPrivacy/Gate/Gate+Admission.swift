extension Gate {
  /// Asks about all records together, before there is a tree: what ``release(_:accounting:terms:labeller:facts:workers:)``
  /// would refuse in the end need not be clustered first.
  ///
  /// Passing promises nothing; the release is gated from the beginning.
  ///
  /// - Parameters:
  ///   - users: dense user index of each record.
  ///   - recordKeys: keyed hash of each record.
  ///   - userKeys: keyed hash of each user, or none.
  ///   - isCountable: as of a ``CandidateTree``.
  /// - Throws: ``PrivacyFailure/refused(_:policy:)`` where the root may not be shown.
  ///
  /// O(records).
  package func admit(
    users: [UInt32], recordKeys: [UInt64], userKeys: [UInt64] = [], isCountable: [Bool] = []
  ) throws {
    // The differential tier refuses by noised counts only, or the refusal would tell exact ones.
    if policy.differential != nil { return }
    let count = users.count
    let root = CandidateTree(
      parents: [nil], leafOfRecord: Array(repeating: 0, count: count), userOfRecord: users,
      recordKeys: recordKeys, termRows: (Array(repeating: 0, count: count + 1), []), termCount: 0,
      userKeys: userKeys, isCountable: isCountable)
    let counted = CountedRecords(root, policy: policy, defences: defences)
    let gap = ThresholdGap(root, policy: policy, defences: defences, noise: sticky)
    _ = try Suppression(
      tree: root, counted: counted, rules: PrimaryRules(policy: policy, defences: defences, gap: gap),
      rounding: Rounding(policy: policy, defences: defences)
    ).publish()
  }
}
