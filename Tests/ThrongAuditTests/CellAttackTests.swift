import Foundation
import Testing
import ThrongAudit
import ThrongCore
import ThrongPrivacy

@Suite struct CellAttackTests {
  /// A parent of two topics, with a few people more who are in neither.
  private func crowd(left: Int) -> Crowd {
    var crowd = Crowd(topics: ["clay kiln glaze pottery", "sail mast harbour anchor"])
    crowd.parents += [1, 1]
    crowd.records.removeAll { $0.leaf == 1 }
    crowd.add(users: 60, leaf: 3, words: "clay kiln glaze pottery stove")
    crowd.add(users: 70, leaf: 4, words: "clay kiln glaze pottery wheel")
    crowd.add(users: left, leaf: 1, words: "clay kiln glaze pottery")
    return crowd
  }

  /// R3 off: eight people are what is left of a cluster after its children, and subtraction gives them away.
  @Test func whatIsLeftIsFoundWithoutR3() throws {
    for (defences, isBroken) in [(Defences.all, false), (Defences.all.subtracting(.atoms), true)] {
      try withBundle(crowd(left: 8), defences: defences) { bundle in
        let finding = try bundle.audit()[.linearProgramme]
        #expect((finding.verdict == .broken) == isBroken, "\(finding)")
        #expect(finding.figures["below_threshold"] == (isBroken ? 1 : 0))
      }
    }
  }

  /// Rounding off: even a large rest is known to a head.
  @Test func whatIsLeftIsPinnedWithoutRounding() throws {
    for (defences, isBroken) in [(Defences.all, false), (Defences.all.subtracting(.rounding), true)] {
      var crowd = crowd(left: 48)
      // Numbers that are no multiples of five.
      crowd.add(users: 3, leaf: 3, words: "clay kiln glaze pottery stove")
      try withBundle(crowd, defences: defences) { bundle in
        let finding = try bundle.audit()[.linearProgramme]
        #expect((finding.verdict == .broken) == isBroken, "\(finding)")
        #expect((finding.figures["pinned"]! > 0) == isBroken)
      }
    }
  }

  /// R1 off: a printed cell is too small to begin with.
  @Test func smallClustersAreFoundWithoutR1() throws {
    var crowd = Crowd(topics: Crowd.topics)
    crowd.parents.append(0)
    crowd.add(users: 20, leaf: 4, words: "tiny topic")
    for (defences, isBroken) in [
      (Defences.all, false), (Defences.all.subtracting([.minimumUsers, .minimumConversations]), true),
    ] {
      // The writer of the database refuses such a cell too, so this stays in memory.
      let finding = try Audit.attackCells(
        ofDocument: crowd.release(defences: defences).json(readable: false), workers: Workers(threads: 1))[0]
      #expect((finding.verdict == .broken) == isBroken, "\(finding)")
      #expect((finding.figures["printed_below_threshold"]! > 0) == isBroken)
    }
  }

  /// R5: whoever is in such a rest subtracts their own conversations and knows how few the others are.
  @Test func coalitionsLearnOfOthersWithoutR3() throws {
    for (defences, isBroken) in [(Defences.all, false), (Defences.all.subtracting(.atoms), true)] {
      try withBundle(crowd(left: 8), defences: defences) { bundle in
        let finding = try bundle.audit()[.coalition]
        #expect((finding.verdict == .broken) == isBroken, "\(finding)")
        #expect(finding.figures["to_one_user"] == (isBroken ? 1 : 0))
        #expect(finding.figures["to_two_users"] == (isBroken ? 1 : 0))
      }
    }
  }

  /// Users of a parent who have nothing in its child could be counted by subtraction, whatever R3 says of records.
  @Test func peopleOutsideOfAChildAreNotCounted() throws {
    func crowd(more: Int) -> Crowd {
      var crowd = Crowd(topics: Crowd.topics)
      crowd.parents += [1]
      let people = crowd.records.filter { $0.leaf == 1 }
      for record in people { crowd.add(user: record.user, leaf: 4, words: "clay kiln stove", turn: 2) }
      crowd.add(users: more, leaf: 1, words: "clay kiln glaze pottery")
      return crowd
    }
    // 60 people and 66: between one and nine of them have nothing in the child.
    try withBundle(crowd(more: 6), defences: .all.subtracting(.absentUsers)) { bundle in
      let report = try bundle.audit()
      #expect(report.broken == [.differencing])
    }
    try withBundle(crowd(more: 6)) { bundle in
      let report = try bundle.audit()
      #expect(report.broken == [])
    }
    try withBundle(crowd(more: 40)) { bundle in
      let report = try bundle.audit()
      #expect(report.broken == [])
    }
  }

  @Test func twoBundlesOfNearlyTheSameLogAreSubtracted() throws {
    let topics = [
      "amber apple", "birch bronze", "cedar copper", "daisy denim", "elm emerald", "fern flint",
    ]
    let scratch = try Scratch()
    let before = Crowd(topics: topics)
    let first = try Bundle(try before.release(), in: scratch, name: "first")
    #expect(try first.audit()[.overTime].verdict == .notTried)
    #expect(try first.audit(previous: [first])[.overTime].verdict == .withstood)

    var after = before
    after.add(users: 6, leaf: 2, words: topics[1])
    let second = try Bundle(try after.release(), in: scratch, name: "second")
    let finding = try second.audit(previous: [first])[.overTime]
    #expect(finding.verdict == .broken)
    #expect(finding.figures["overlapping"] == 1)

    // Another month: the same topics, sizes as chance has them.
    var other = Crowd(topics: topics)
    for (topic, more) in [31, 5, 58, 22, 0, 44].enumerated() where more > 0 {
      other.add(users: more, leaf: topic + 1, words: topics[topic])
    }
    let third = try Bundle(try other.release(), in: scratch, name: "third")
    #expect(try third.audit(previous: [first])[.overTime].verdict == .withstood)
  }
}

@Suite struct CellSystemTests {
  /// Handbook example: rows 7, 3 and 3 + 3, columns 9 and 7; the two printed cells are the last row's.
  @Test func theGoldenTable() throws {
    var system = CellSystem()
    let cells = (0..<2).map { _ in (0..<2).map { _ in system.unknown() } }
    func known(_ value: Double) -> Int { system.unknown(value...value) }
    let last = [known(3), known(3)]
    for (row, total) in zip(cells, [7.0, 3]) { system.state(known(total), isSumOf: row, family: 0) }
    for (column, total) in [9.0, 7].enumerated() {
      system.state(known(total), isSumOf: cells.map { $0[column] } + [last[column]], family: 0)
    }
    let isConsistent = system.propagate()
    #expect(isConsistent)
    let programme = LinearProgramme(system)
    for exact in [false, true] {
      #expect(programme.optimum(of: cells[0][0], isMaximum: false, isExact: exact)?.value == 3)
      #expect(programme.optimum(of: cells[0][0], isMaximum: true, isExact: exact)?.value == 6)
    }
    #expect((system.lower[cells[0][0]], system.upper[cells[0][0]]) == (3, 6))
  }

  @Test func whatCannotBeIsNoticed() {
    var system = CellSystem()
    let (a, b) = (system.unknown(4...6), system.unknown(0...3))
    system.state(b, isSumOf: [a], family: 0)
    let isConsistent = system.propagate()
    #expect(!isConsistent)
  }

  /// On trees the closed form gives the same bounds as GLPK; 300 random trees, conversations and users.
  @Test func theClosedFormAgreesWithGLPKOnTrees() throws {
    var random = RandomSource(seed: 11)
    var narrow = 0
    for trial in 0..<300 {
      var system = CellSystem()
      // True sizes of a random tree, printed rounded down to five.
      let count = 2 + random.below(6)
      let parents = (0..<count).map { $0 == 0 ? nil : random.below($0) as Int? }
      var sizes = (0..<count).map { _ in random.below(60) }
      for node in (1..<count).reversed() { sizes[parents[node]!] += sizes[node] }
      let unknowns = sizes.map { size in
        let shown = Double(size / 5 * 5)
        return system.unknown(shown...shown + 4)
      }
      var rests: [Int] = []
      for node in 0..<count {
        let children = (0..<count).filter { parents[$0] == node }
        if children.isEmpty { continue }
        let rest = system.unknown()
        rests.append(rest)
        system.state(unknowns[node], isSumOf: children.map { unknowns[$0] } + [rest], family: node)
      }
      let programme = LinearProgramme(system)
      let isConsistent = system.propagate()
      #expect(isConsistent)
      for rest in rests {
        let least = try #require(programme.optimum(of: rest, isMaximum: false)?.value)
        let most = try #require(programme.optimum(of: rest, isMaximum: true)?.value)
        #expect((system.lower[rest], system.upper[rest]) == (least, most), "trial \(trial)")
        if least > 0 { narrow += 1 }
      }
    }
    #expect(narrow > 100)
  }
}
