package import ThrongCore

/// Attacks 6 and 7: accounts planted around a victim, in a random place of the log and under a fresh secret in each trial, and
/// whether the victim's rare fact shows in any byte of the bundle; against the same with the victim away.
///
/// 5, 10, 24 and 49 accounts are poisoning; k − 1 are the threshold oracle, for which one user more makes k.
package struct Poisoning: Sendable {
  package var planting: Planting
  package var accounts: Int
  /// Conversations of each account.
  package var each = 2
  package var trials: Int
  package var seed: UInt64

  package init(_ planting: Planting, accounts: Int, trials: Int, seed: UInt64) {
    self.planting = planting
    self.accounts = accounts
    self.trials = trials
    self.seed = seed
  }

  /// Runs two releases for each trial.
  ///
  /// - Parameter records: the log without any planted conversation; at least one with three words.
  /// - Throws: what the oracle throws; `Interrupted`.
  package func run(_ oracle: some ReleaseOracle, records: [SimulatedRecord], workers: Workers) throws
    -> Advantage
  {
    let kit = PlantingKit(records)
    let victims = records.indices.filter { PlantingKit.words(of: records[$0].text).count >= 3 }
    precondition(!victims.isEmpty, "nobody says enough to be a victim")
    let seen = try workers.mapBlocks(count: trials, blockSize: 1) { trial, _ in
      var random = RandomSource(seed: seed, stream: UInt64(trial))
      let fact = PlantingKit.fact(&random)
      let at = victims[random.below(victims.count)]
      let planted = kit.planted(
        accounts, each: each, around: records[at], fact: fact, as: planting, &random)
      let victim = kit.victim(records[at], fact: fact, &random)
      // Away is the conversation, not the fact alone: the attacker asks whether it is there.
      var (with, without) = (records, records)
      with[at] = victim
      without.remove(at: at)
      with += planted
      without += planted
      with.shuffle(using: &random)
      without.shuffle(using: &random)
      return (
        try oracle.release(with, secret: random.secret())?.shows(fact) ?? false,
        try oracle.release(without, secret: random.secret())?.shows(fact) ?? false
      )
    }
    return Advantage(
      present: Proportion(hits: seen.count { $0.0 }, of: trials),
      absent: Proportion(hits: seen.count { $0.1 }, of: trials))
  }
}
