internal import Foundation
package import ThrongCore

/// The ledger of releases (R12): an append-only, hash-chained SQLite file beside the bundles.
///
/// Private, readable by its owner alone: it holds neither text nor plain ids, and its keyed ids say nothing without the
/// secret of the workspace. See ``JointAtoms`` for what it decides.
package final class Ledger {
  /// The name it has in the folder of the bundles.
  package static let fileName = "throng-ledger.sqlite"

  private let file: LedgerFile
  private let keys: LedgerKeys

  /// Opens the ledger at `path`.
  ///
  /// - Parameter creates: makes it where there is none; else it is only read.
  /// - Throws: ``LedgerFailure``.
  package init(path: String, secret: Secret, creates: Bool) throws(LedgerFailure) {
    file = try LedgerFile(path: path, creates: creates)
    keys = LedgerKeys(secret)
  }

  /// Its releases, oldest first, once the whole chain was checked.
  ///
  /// - Throws: ``LedgerFailure/damaged(path:entry:reason:)`` for whatever was changed, removed or cut off.
  package func records() throws(LedgerFailure) -> [LedgerRecord] { Self.records(try file.rows(keys)) }

  /// Releases that were written with another secret, whose entries only their hashes vouch for.
  package func foreign(_ records: [LedgerRecord]) -> Int {
    records.count { $0.entry.secret != keys.fingerprint }
  }

  private static func records(_ rows: [LedgerRow]) -> [LedgerRecord] {
    var releases: [Int: String] = [:]
    for row in rows {
      if case .completed(let of, let release) = row.body { releases[of] = release }
    }
    return rows.compactMap { row in
      guard case .reserved(let entry) = row.body else { return nil }
      return LedgerRecord(
        number: row.number, entry: entry, release: releases[row.number],
        conversations: row.atoms.count / LedgerAtoms.itemBytes)
    }
  }

  /// Withholds of `published` what would betray something beside earlier releases, notes the rest, and returns it.
  ///
  /// The note is on disk before anything is written or drawn, so that a crash leaves it behind: it counts as a release.
  /// A run that is identical to an earlier one is compared with those before it only, and not noted again.
  ///
  /// - Throws: ``LedgerFailure``. O(records of all overlapping releases), times the rounds of withholding.
  func admit(
    _ published: PublishedTree, tree: CandidateTree, counted: CountedRecords, policy: Policy,
    defences: Defences,
    settings: [UInt8], session: LedgerSession
  ) throws(LedgerFailure) -> PublishedTree {
    var entry = LedgerEntry(
      time: session.time, firstDay: session.days?.lowerBound, lastDay: session.days?.upperBound,
      rules: .init(policy),
      secret: keys.fingerprint, digest: "", epsilon: session.epsilon, delta: session.delta)
    let first = atoms(published, tree: tree, counted: counted, policy: policy)
    entry.digest = digest(first, settings: settings, entry: entry)
    return try file.transaction { () throws(LedgerFailure) in
      let rows = try file.rows(keys)
      let known = Self.records(rows)
      // The same again with noise is a new draw, and spends again.
      let same =
        entry.epsilon > 0
        ? nil : known.first { $0.entry.secret == keys.fingerprint && $0.entry.digest == entry.digest }
      let before = same.map { same in known.filter { $0.number < same.number } } ?? known
      if let other = before.last(where: { $0.entry.secret != keys.fingerprint && $0.entry.mayOverlap(entry) })
      {
        throw .otherSecret(earlier: other.name)
      }
      var earlier: [JointAtoms.Earlier] = []
      for record in before where record.entry.secret == keys.fingerprint {
        guard let atoms = LedgerAtoms(bytes: rows[record.number - 1].atoms) else {
          throw .damaged(path: file.path, entry: record.number, reason: "its records cannot be read")
        }
        earlier.append(.init(name: record.name, rules: record.entry.rules, atoms: atoms))
      }
      let joint = JointAtoms(policy: policy, defences: defences, earlier: earlier, items: first.items)
      if let other = Array(zip(joint.names, joint.units)).last(where: { $0.1 != entry.rules.unit }) {
        throw .otherUnit(earlier: other.0)
      }
      try checkBudget(entry, overlapping: joint.names, of: before, limit: session.epsilonLimit)
      let (kept, atoms) = try withhold(
        published, joint: joint, defences: defences, tree: tree, counted: counted, policy: policy)
      if let same {
        session.row = same.release == nil ? same.number : nil
      } else {
        let row = try file.append(.reserved(entry), atoms: atoms.bytes, after: rows, keys)
        session.row = row.number
      }
      return kept
    }
  }

  /// Notes that the release of row `row` is written.
  func complete(_ row: Int, release: String) throws(LedgerFailure) {
    try file.transaction { () throws(LedgerFailure) in
      _ = try file.append(.completed(of: row, release: release), atoms: [], after: try file.rows(keys), keys)
    }
  }

  private func withhold(
    _ published: PublishedTree, joint: JointAtoms, defences: Defences, tree: CandidateTree,
    counted: CountedRecords,
    policy: Policy
  ) throws(LedgerFailure) -> (PublishedTree, LedgerAtoms) {
    var kept = published
    var atoms = atoms(kept, tree: tree, counted: counted, policy: policy)
    guard defences.contains(.ledger) else { return (kept, atoms) }
    while true {
      let faults = joint.faults(atoms.items)
      guard let fault = faults.first else { return (kept, atoms) }
      if let outside = faults.first(where: { $0.node == nil }) {
        // Records that only earlier releases hold: nothing that is withheld here changes them.
        throw .betrays(outside.rule, earlier: outside.earlier)
      }
      var nodes = Set(faults.compactMap { $0.node.map(Int.init) })
      nodes.remove(0)
      if nodes.isEmpty {
        let smallest = kept.nodes[0].children.min {
          (kept.nodes[$0].cell.conversations, $0) < (kept.nodes[$1].cell.conversations, $1)
        }
        guard let smallest else { throw .betrays(fault.rule, earlier: fault.earlier) }
        nodes = [smallest]
      }
      kept = kept.withholding(nodes)
      atoms = self.atoms(kept, tree: tree, counted: counted, policy: policy)
    }
  }

  private func checkBudget(
    _ entry: LedgerEntry, overlapping: [String], of records: [LedgerRecord], limit: Double?
  ) throws(LedgerFailure) {
    guard let limit, entry.epsilon > 0 else { return }
    let spent = records.filter { overlapping.contains($0.name) }.reduce(0) { $0 + $1.entry.epsilon }
    if spent + entry.epsilon > limit * (1 + 1e-9) {
      throw .budgetSpent(spent: spent, asked: entry.epsilon, limit: limit)
    }
  }

  private func atoms(
    _ published: PublishedTree, tree: CandidateTree, counted: CountedRecords, policy: Policy
  ) -> LedgerAtoms {
    LedgerAtoms(
      items: zip(counted.records, published.nodeOfRecord).map { record, node in
        let key = tree.recordKeys[Int(record)]
        let user =
          policy.unit == .conversation || tree.userKeys.isEmpty
          ? key : tree.userKeys[Int(tree.userOfRecord[Int(record)])]
        return keys.item(record: key, user: user, atom: node)
      })
  }

  /// The same for the same records in the same places, rules and settings, in any order of input.
  private func digest(_ atoms: LedgerAtoms, settings: [UInt8], entry: LedgerEntry) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let rules = [UInt8]((try? encoder.encode(entry.rules)) ?? Data())
    let budget = Array("\(entry.epsilon) \(entry.delta)".utf8)
    let bytes = [settings, rules, budget, atoms.bytes].flatMap { Digest.sha256($0) }
    return Digest.hexadecimal(keys.secret.mac(bytes, for: "ledger digest").prefix(16))
  }
}

/// One release on its way through the gate and the ledger.
package final class LedgerSession {
  let ledger: Ledger
  let days: ClosedRange<Int>?
  let time: Int64
  let epsilon: Double
  let delta: Double
  let epsilonLimit: Double?
  /// The row of its note, until it is completed.
  fileprivate var row: Int?

  /// - Parameters:
  ///   - days: days of the first and the last conversation since 1970-01-01.
  ///   - time: Unix seconds now.
  ///   - epsilon: what the release spends, reserved before it is computed; 0 outside the differential tier.
  ///   - epsilonLimit: what all releases of the same records may spend together.
  package init(
    ledger: Ledger, days: ClosedRange<Int>?, time: Int64, epsilon: Double = 0, delta: Double = 0,
    epsilonLimit: Double? = nil
  ) {
    self.ledger = ledger
    self.days = days
    self.time = time
    self.epsilon = epsilon
    self.delta = delta
    self.epsilonLimit = epsilonLimit
  }

  /// Notes that the bundle is written.
  package func complete(_ release: Release) throws(LedgerFailure) {
    if let row { try ledger.complete(row, release: release.id) }
    row = nil
  }
}
