import ThrongCore

/// R9 outside the differential tier: a cell of U users is shown only if U ≥ k + G, where G, 0 to ``largest``, is drawn for
/// that very set of users and nobody knows it.
///
/// **Why.** With a plain threshold, k − 1 accounts of one's own around a victim make an oracle: the cell appears if
/// and only if the victim is in it. The gap goes upward only: k stays the floor, and nothing below it is ever shown.
///
/// **Why per set of users.** A gap that is one for a whole workspace can be measured, by planting cells of 25, 26, 27, …
/// accounts and looking which appear. One drawn per set tells nothing about any other set, and sticks (``StickyNoise``),
/// so that repeating the run tells nothing either. At U ≥ k + ``largest`` no draw can hide a cell, so further users
/// never do.
///
/// **Distribution.** P(G = g) ∝ exp(−|2g − w|/4) for g in 0...w, a geometric distribution around w/2, cut off on both sides
/// (see ``TruncatedGeometric``). Cells of n and n + 1 users are shown with probabilities a and b with b ≤ √e · a + P(G = 0), and
/// so are the complements. So k − 1 accounts of one's own see the victim's cell with probability P(G = 0) at most, and nobody who knows
/// all others tells n from n + 1 with an advantage over guessing above the largest P(G = g). For w = 8 these
/// are 3.7 % and 27.3 %; the mean gap is w/2.
///
/// Everything that compares users with a threshold takes part: clusters, what is left of them (R3), terms (R8), whose draw
/// hangs on the users of the cluster and on the term. The distribution is public and stated with the rules; the draws
/// are not.
///
/// What it does not protect against: somebody with k accounts or more in a cell, who has it shown at will; and the user
/// thresholds only have a gap, for a number of conversations is no number of people.
///
/// Attack and twin: `NoiseThresholdTests`.
package struct ThresholdGap: Sendable {
  /// w, the largest gap.
  let largest: Int
  /// ``StickyNoise`` digest of each user.
  let digests: [UInt128]
  private let noise: StickyNoise

  /// The gap that `policy` asks for, or nil where it asks for none. O(records).
  init?(_ tree: CandidateTree, policy: Policy, defences: Defences, noise: StickyNoise) {
    guard defences.contains(.randomisedThreshold), policy.thresholdGap > 0, policy.differential == nil else {
      return nil
    }
    largest = policy.thresholdGap
    self.noise = noise
    digests = tree.userDigests(unit: policy.unit, noise: noise)
  }

  /// The same gap for other users than a tree's, by their keys.
  func of(userKeys: [UInt64]) -> ThresholdGap {
    ThresholdGap(largest: largest, digests: userKeys.map(noise.digest), noise: noise)
  }

  private init(largest: Int, digests: [UInt128], noise: StickyNoise) {
    (self.largest, self.digests, self.noise) = (largest, digests, noise)
  }

  /// The draws of one set of users, whose digests add up to `digest`.
  func draws(of digest: UInt128) -> Draws { Draws(largest: largest, bits: noise.bits(for: digest)) }

  /// Whether `users` distinct users with the sum of digests `digest` reach `threshold` and the gap above it.
  func passes(users: Int, threshold: Int, digest: UInt128) -> Bool {
    if users < threshold || users - threshold >= largest { return users >= threshold }
    return draws(of: digest).passes(users: users, threshold: threshold, purpose: "")
  }

  /// What one set of users draws: a gap for itself, and one for each term used in it.
  struct Draws {
    let largest: Int
    let bits: StickyBits

    /// Whether `users` reach `threshold` and the gap above it.
    ///
    /// - Parameter purpose: how the term is spelled whose users these are; empty for the set itself.
    func passes(users: Int, threshold: Int, purpose: @autoclosure () -> String) -> Bool {
      if users < threshold || users - threshold >= largest { return users >= threshold }
      var bits = bits.stream(for: purpose())
      return users - threshold >= ThresholdGap.draw(largest: largest, using: &bits)
    }
  }

  /// One draw of G, exactly: uniform, then accepted with probability exp(−|2g − w|/4).
  package static func draw(largest: Int, using generator: inout some RandomNumberGenerator) -> Int {
    while true {
      let gap = Int(ExactSampling.uniform(below: UInt128(largest) + 1, using: &generator))
      let distance = UInt128((2 * gap - largest).magnitude)
      if ExactSampling.bernoulliExp(minus: .init(distance, 4), using: &generator) { return gap }
    }
  }
}

extension CandidateTree {
  /// ``StickyNoise`` digest of each user. O(records).
  func userDigests(unit: Policy.Unit, noise: StickyNoise) -> [UInt128] {
    if unit == .conversation { return recordKeys.map(noise.digest) }
    if !userKeys.isEmpty { return userKeys.map(noise.digest) }
    var digests = [UInt128](repeating: 0, count: Int(userOfRecord.max().map { $0 + 1 } ?? 0))
    for (user, key) in zip(userOfRecord, recordKeys) { digests[Int(user)] &+= noise.digest(of: key) }
    return digests
  }
}
