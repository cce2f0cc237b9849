internal import Foundation
package import ThrongCore

/// Attack 5: from a bundle alone, is one user among those it was made of?
///
/// For each of a sample of users the attacker imagines releases with and without all of the user's
/// conversations, and decides for whichever a real bundle resembles more. The numbers looked at: users,
/// conversations, clusters and terms of the bundle and what its accounts say, how many of the shown terms the user wrote, and how large the clusters are
/// that name such a term. They are weighed as a linear discriminant with independent variances would.
package struct Membership: Sendable {
  /// What the attacker knows.
  package enum Knowledge: String, Sendable, CaseIterable {
    /// Everything that the others may have written, of which each user is in the log with 90 %; not the secret.
    case outsider
    /// Every conversation of everybody else; not the secret.
    case everythingElse = "everything_else"
    /// That and the secret: then every byte can be compared.
    case secret
  }

  package var knowledge: Knowledge
  /// Users tried, each once.
  package var users: Int
  /// Releases imagined for each side.
  package var references = 4
  package var seed: UInt64

  package init(_ knowledge: Knowledge, users: Int, seed: UInt64) {
    self.knowledge = knowledge
    self.users = users
    self.seed = seed
  }

  /// - Parameter records: the log; of at least two users.
  /// - Returns: among trials with the user and without, how often the attacker says "with".
  /// - Throws: what the oracle throws; `Interrupted`.
  package func run(_ oracle: some ReleaseOracle, records: [SimulatedRecord], workers: Workers) throws
    -> Advantage
  {
    var random = RandomSource(seed: seed)
    var names = Set(records.map(\.user)).sorted()
    names.shuffle(using: &random)
    let targets = Array(names.prefix(users))
    let known = random.secret()
    let answers = try workers.mapBlocks(count: targets.count, blockSize: 1) { trial, _ in
      try ask(oracle, target: targets[trial], trial: trial, records: records, secret: known)
    }
    return Advantage(
      present: Proportion(hits: answers.count { $0.0 }, of: answers.count),
      absent: Proportion(hits: answers.count { $0.1 }, of: answers.count))
  }

  /// What the attacker says of a bundle with the target and of one without.
  private func ask(
    _ oracle: some ReleaseOracle, target: String, trial: Int, records: [SimulatedRecord], secret: [UInt8]
  ) throws -> (Bool, Bool) {
    var random = RandomSource(seed: seed, stream: UInt64(trial) + 1)
    let own = Set(
      records.filter { $0.user == target }.flatMap { PlantingKit.words(of: $0.text.lowercased()) })

    func release(with isIn: Bool) throws -> SimulatedBundle? {
      var kept: [String: Bool] = [:]
      let log = records.filter { record in
        if record.user == target { return isIn }
        guard knowledge == .outsider else { return true }
        if let decided = kept[record.user] { return decided }
        let stays = random.below(10) > 0
        kept[record.user] = stays
        return stays
      }
      return try oracle.release(log, secret: knowledge == .secret ? secret : random.secret())
    }

    if knowledge == .secret {
      let (with, without) = (try release(with: true), try release(with: false))
      // The same secret gives the same bytes: where they differ, the attacker is right both times; else it is a coin.
      let isTold = with.map { Self.bytes($0) } != without.map { Self.bytes($0) }
      let coin = random.below(2) == 0
      return isTold ? (true, false) : (coin, coin)
    }
    var sides: (with: [[Double]], without: [[Double]]) = ([], [])
    for _ in 0..<references {
      sides.with.append(Self.numbers(try release(with: true), own: own))
      sides.without.append(Self.numbers(try release(with: false), own: own))
    }
    let real = (
      Self.numbers(try release(with: true), own: own), Self.numbers(try release(with: false), own: own)
    )
    func says(_ numbers: [Double]) -> Bool {
      let score = Self.score(numbers, with: sides.with, without: sides.without)
      return score == 0 ? random.below(2) == 0 : score > 0
    }
    return (says(real.0), says(real.1))
  }

  private static func bytes(_ bundle: SimulatedBundle) -> [[UInt8]] { bundle.files.map(\.bytes) }

  /// Above 0 where `x` lies nearer to the references with the target. Numbers that never vary decide where they
  /// differ.
  private static func score(_ x: [Double], with: [[Double]], without: [[Double]]) -> Double {
    x.indices.reduce(0) { score, j in
      func mean(_ side: [[Double]]) -> Double { side.reduce(0) { $0 + $1[j] } / Double(side.count) }
      let (a, b) = (mean(with), mean(without))
      guard a != b else { return score }
      let squares =
        with.reduce(0) { $0 + ($1[j] - a) * ($1[j] - a) }
        + without.reduce(0) { $0 + ($1[j] - b) * ($1[j] - b) }
      let variance = squares / Double(with.count + without.count) + 1e-6
      return score + (x[j] - (a + b) / 2) * (a - b) / variance
    }
  }

  private struct Published: Decodable {
    struct Accounts: Decodable {
      let kept: Int
      let beyondBound: Int
      let inLeaves: Int

      enum CodingKeys: String, CodingKey {
        case kept
        case beyondBound = "beyond_bound"
        case inLeaves = "in_leaves"
      }
    }
    struct Cluster: Decodable {
      let users: Int
      let conversations: Int
      let terms: [String]

      enum CodingKeys: String, CodingKey {
        case users = "n_users"
        case conversations = "n_conversations"
        case terms = "top_terms"
      }
    }
    let accounts: Accounts
    let clusters: [Cluster]
  }

  private static func numbers(_ bundle: SimulatedBundle?, own: Set<String>) -> [Double] {
    guard let json = bundle?["release.json"],
      let release = try? JSONDecoder().decode(Published.self, from: Data(json)),
      let root = release.clusters.first
    else { return [Double](repeating: 0, count: 11) }
    let shown = Set(release.clusters.flatMap(\.terms))
    func isOwn(_ term: String) -> Bool { term.split(separator: " ").allSatisfy { own.contains(String($0)) } }
    let near = release.clusters.dropFirst().filter { $0.terms.contains(where: isOwn) }
    return [
      release.accounts.kept, release.accounts.beyondBound, release.accounts.inLeaves, root.users,
      root.conversations, release.clusters.count, shown.count,
      shown.count(where: isOwn), near.count, near.reduce(0) { $0 + $1.users },
      near.reduce(0) { $0 + $1.conversations },
    ].map(Double.init)
  }
}
