internal import ThrongCore

/// Attack 1 (R1, R3, R4, R6): what can be worked out about cells that nobody printed.
///
/// **The attacker** has the bundle and knows what its rules say: counts are rounded down to a stated multiple, a user has
/// at most m conversations, U ≤ N ≤ m·U, max U_child ≤ U_parent ≤ Σ U_child, children and a rest make up a cluster, the
/// values of a facet make up a cluster and are divided among its children, two facets are the margins of their cross.
/// Least and largest value of every cell follow by linear programming (Fischetti and Salazar 2000,
/// doi:10.1007/s101070050051).
///
/// **Success**: a cell that surely is not empty is pinned to one number of conversations, or surely has fewer users or
/// conversations than its threshold; or a printed cell is below it. A cell that may be empty is no success: nobody can
/// tell from the bundle that there is anything. Those are counted apart.
///
/// Pure trees have a closed form (``CellSystem/propagate()``, exact there). With facets it narrows the bounds first;
/// then GLPK solves for those cells that it has not cleared and that no solution so far shows to be large enough, over
/// a whole facet where it has at most ``maximumUnknowns``, else family by family.
struct LinearAttack {
  /// What was found of all targets.
  struct Outcome: Sendable {
    var withheld = 0
    var pinned = 0
    var belowThreshold = 0
    /// Bounded below the threshold, though perhaps empty.
    var belowOrEmpty = 0
    var solved = 0
    var unsolved = 0
    var byKind: [CellSystem.Target.Kind: Int] = [:]
    /// R5, for coalitions of one and of two.
    var coalition = [0, 0]
    var contradictions = 0
  }

  static let maximumUnknowns = 3_000
  private let published: Published
  private let workers: Workers

  /// - Parameter tables: the release, and the tables of its study.
  static func run(_ tables: [Published], workers: Workers) throws -> [Finding] {
    guard !tables[0].rules.isNoised else {
      return [.linearProgramme, .coalition].map {
        .notTried($0, "the counts carry noise, so they bound nothing; the noise is the defence")
      }
    }
    var (outcome, tooSmall) = (Outcome(), 0)
    for table in tables {
      let attack = LinearAttack(published: table, workers: workers)
      outcome.add(try attack.outcome())
      tooSmall += attack.tooSmall
    }
    return [finding(outcome, tooSmall: tooSmall), coalition(outcome)]
  }

  /// Solves one system for the tree and one for each facet, in parallel.
  func outcome() throws -> Outcome {
    let (values, users) = (published.values, published.cellUserRanges)
    let plain = published.facets.indices.filter { published.facets[$0].parts.isEmpty }
    let crosses = published.facets.indices.filter { published.facets[$0].parts.count == 2 }
    let jobs: [[Int]] = [[]] + (plain + crosses).map { [$0] }
    let outcomes = try workers.mapBlocks(count: jobs.count, blockSize: 1) { job, _ -> Outcome in
      var system = CellSystem()
      let tree = system.addTree(published)
      guard let facet = jobs[job].first else { return try solve(&system, usesGLPK: false) }
      // The tree alone is another job's.
      system.targets = []
      let parts = published.facets[facet].parts
      if parts.isEmpty {
        system.addFacet(facet, values: values[facet], users: users, published: published, tree: tree)
      } else {
        let margins = parts.map { part in
          (
            values: values[part],
            unknowns: system.addFacet(
              part, values: values[part], users: users, published: published, tree: tree)
          )
        }
        system.targets = []
        system.addCross(facet, parts: margins[0], margins[1], users: users, published: published)
      }
      return try solve(&system, usesGLPK: true)
    }
    return outcomes.reduce(into: Outcome()) { $0.add($1) }
  }

  // MARK: - Solving

  private func solve(_ system: inout CellSystem, usesGLPK: Bool) throws -> Outcome {
    var outcome = Outcome()
    guard system.propagate() else {
      outcome.contradictions = 1
      return outcome
    }
    if usesGLPK {
      if system.unknownCount <= Self.maximumUnknowns {
        try sharpen(&system, system.targets.indices.map { $0 }, families: nil, &outcome)
      } else {
        let byFamily = Dictionary(grouping: system.targets.indices, by: { system.targets[$0].cluster })
        for (cluster, targets) in byFamily.sorted(by: { $0.key < $1.key }) {
          let families = Set([cluster] + published.clusters[cluster].children)
          try sharpen(&system, targets, families: families, &outcome)
        }
      }
    }
    for target in system.targets { outcome.count(target, system) }
    return outcome
  }

  /// Narrows the bounds of the targets that propagation alone does not show to be large enough.
  private func sharpen(
    _ system: inout CellSystem, _ targets: [Int], families: Set<Int>?, _ outcome: inout Outcome
  ) throws {
    // Without anything sure to be in it a cell gives nothing away, whatever its upper bound.
    func isOpen(_ target: CellSystem.Target) -> Bool {
      system.upper[target.conversations] > 0
        && system.lower[target.conversations] < system.upper[target.conversations]
    }
    let open = targets.filter { isOpen(system.targets[$0]) }
    guard !open.isEmpty else { return }
    let programme = LinearProgramme(system, families: families)
    guard programme.unknowns.count <= Self.maximumUnknowns else {
      outcome.unsolved += open.count
      return
    }
    let place = Dictionary(
      uniqueKeysWithValues: programme.unknowns.enumerated().map { ($0.element, $0.offset) })
    var (mayBeEmpty, isLarge) = (Set<Int>(), Set<Int>())
    func learn(_ solution: [Double]) {
      guard !solution.isEmpty else { return }
      for at in open {
        let target = system.targets[at]
        guard let c = place[target.conversations], let u = place[target.users] else { continue }
        if solution[c] < 0.5 { mayBeEmpty.insert(at) }
        if solution[c] > Double(target.minimumConversations) - 0.5,
          solution[u] > Double(target.minimumUsers) - 0.5
        {
          isLarge.insert(at)
        }
      }
    }
    for at in open {
      try workers.cancellation.check()
      let target = system.targets[at]
      // A cell that may be empty, or that may be large and is not pinned, is no success.
      if !mayBeEmpty.contains(at) {
        guard let least = programme.optimum(of: target.conversations, isMaximum: false) else {
          outcome.unsolved += 1
          continue
        }
        outcome.solved += 1
        learn(least.solution)
        if least.value < 0.5 { continue }
        system.tighten(target.conversations, to: least.value...Double.infinity)
        // What may be large is no success, but for two users who know their own part of it; nor for them where enough others
        // must be there. Which solution comes first must not matter, so how few it may be is asked of every cell.
        if system.lower[target.users] < Double(target.minimumUsers),
          let fewest = programme.optimum(of: target.users, isMaximum: false)
        {
          learn(fewest.solution)
          system.tighten(target.users, to: (fewest.value - 1e-6).rounded(.up)...Double.infinity)
        }
        if isLarge.contains(at), system.lower[target.users] >= Double(target.minimumUsers) { continue }
        for unknown in [target.conversations, target.users] {
          guard let most = programme.optimum(of: unknown, isMaximum: true) else { continue }
          learn(most.solution)
          system.tighten(unknown, to: 0...most.value)
        }
        confirm(target, programme, &system)
      }
    }
  }

  /// Solves again in rational arithmetic what floating point says is a success.
  private func confirm(_ target: CellSystem.Target, _ programme: LinearProgramme, _ system: inout CellSystem)
  {
    guard programme.unknowns.count <= 1_000,
      let least = programme.optimum(of: target.conversations, isMaximum: false, isExact: true)
    else { return }
    if least.value < 0.5 { system.forget(target.conversations) }
  }

  // MARK: - Findings

  /// Printed cells that are smaller than their threshold.
  private var tooSmall: Int {
    let rules = published.rules
    func isSmall(_ users: Int, _ conversations: Int, _ bounds: Published.Bounds?, _ least: (Int, Int)) -> Bool
    {
      guard let bounds else { return users < least.0 || conversations < least.1 }
      // What a printed count leaves may be nothing, which is no cell.
      guard conversations > 0 || bounds.conversations.lowerBound > 0 else { return false }
      return bounds.users.upperBound < Double(least.0) || bounds.conversations.upperBound < Double(least.1)
    }
    return published.clusters.count {
      isSmall($0.users, $0.conversations, $0.bounds, (rules.minimumUsers, rules.minimumConversations))
    }
      + published.cells.count {
        isSmall(
          $0.users, $0.conversations, $0.bounds, (rules.minimumFacetUsers, rules.minimumFacetConversations))
      }
  }

  private static func finding(_ outcome: Outcome, tooSmall: Int) -> Finding {
    let successes = outcome.pinned + outcome.belowThreshold + tooSmall
    var lines: [String] = []
    if tooSmall > 0 {
      lines.append("\(tooSmall) printed cells are below the threshold that the rules state (R1)")
    }
    if outcome.pinned > 0 {
      lines.append("\(outcome.pinned) cells that were withheld are known exactly, and are not empty (R4)")
    }
    if outcome.belowThreshold > 0 {
      lines.append(
        "\(outcome.belowThreshold) cells that were withheld surely hold somebody, and fewer than the threshold (R4)"
      )
    }
    for kind in CellSystem.Target.Kind.allCases where outcome.byKind[kind] ?? 0 > 0 {
      lines.append("of these, of kind \(kind.rawValue): \(outcome.byKind[kind]!)")
    }
    if outcome.contradictions > 0 {
      lines.append(
        "the counts contradict each other in \(outcome.contradictions) tables, so that nothing follows there")
    }
    return Finding(
      .linearProgramme, successes > 0 || outcome.contradictions > 0 ? .broken : .withstood,
      success: Success("cells recovered or below the threshold", count: successes, of: outcome.withheld),
      figures: [
        "withheld_cells": Double(outcome.withheld), "pinned": Double(outcome.pinned),
        "below_threshold": Double(outcome.belowThreshold),
        "below_threshold_or_empty": Double(outcome.belowOrEmpty),
        "solved_by_glpk": Double(outcome.solved), "not_solved": Double(outcome.unsolved),
        "printed_below_threshold": Double(tooSmall), "contradictions": Double(outcome.contradictions),
      ], lines: lines)
  }

  private static func coalition(_ outcome: Outcome) -> Finding {
    let lines = zip(["one user", "two users"], outcome.coalition).filter { $0.1 > 0 }.map { who, count in
      "\(who) of \(count) withheld cells can tell that others are in it, and fewer than the threshold"
    }
    return Finding(
      .coalition, outcome.coalition.allSatisfy { $0 == 0 } ? .withstood : .broken,
      success: Success(
        "cells betrayed to a coalition", count: outcome.coalition.reduce(0, +), of: outcome.withheld),
      figures: ["to_one_user": Double(outcome.coalition[0]), "to_two_users": Double(outcome.coalition[1])],
      lines: lines)
  }
}

extension LinearAttack.Outcome {
  fileprivate mutating func add(_ other: LinearAttack.Outcome) {
    withheld += other.withheld
    pinned += other.pinned
    belowThreshold += other.belowThreshold
    belowOrEmpty += other.belowOrEmpty
    solved += other.solved
    unsolved += other.unsolved
    byKind.merge(other.byKind, uniquingKeysWith: +)
    coalition = zip(coalition, other.coalition).map(+)
    contradictions += other.contradictions
  }

  /// What the bounds of a target amount to.
  fileprivate mutating func count(_ target: CellSystem.Target, _ system: CellSystem) {
    let (low, high) = (system.lower[target.conversations], system.upper[target.conversations])
    let mostUsers = min(system.upper[target.users], high)
    guard high > 0 else { return }
    withheld += 1
    let isSmall = high < Double(target.minimumConversations) || mostUsers < Double(target.minimumUsers)
    if low > 0, isSmall {
      belowThreshold += 1
      byKind[target.kind, default: 0] += 1
    } else if low > 0, low == high {
      pinned += 1
      byKind[target.kind, default: 0] += 1
    } else if isSmall {
      belowOrEmpty += 1
    }
    for members in 1...2 {
      coalition[members - 1] +=
        isBetrayed(
          to: members, target, low, high, fewestUsers: system.lower[target.users], mostUsers,
          m: system.maximumPerUser) ? 1 : 0
    }
  }

  /// R5: whether `members` users who know their own conversations in the cell can tell that others are there, and that
  /// these are fewer than k less themselves. They may hold anything up to m conversations each: who holds what is in no
  /// bundle, so this asks whether any coalition could.
  private func isBetrayed(
    to members: Int, _ target: CellSystem.Target, _ low: Double, _ high: Double, fewestUsers: Double,
    _ mostUsers: Double, m: Int
  ) -> Bool {
    // Others surely are enough where so many users are, whoever the coalition is.
    guard fewestUsers < Double(target.minimumUsers) else { return false }
    // The more they hold, the fewer the others can be; but something must surely be left.
    let own = min(Double(members * m), low - 1)
    guard own >= Double(members) else { return false }
    let others = min(high - own, mostUsers - Double(members))
    return others < Double(target.minimumUsers - members)
  }
}
