import Testing
import ThrongClassifier
import ThrongCore

@Suite struct FoldPlanTests {
  @Test func stratifiesWithoutUsers() throws {
    // 100 of class 0, 50 of class 1, 10 of class 2, each of a user of their own.
    let labels = (0..<160).map { Int32($0 < 100 ? 0 : $0 < 150 ? 1 : 2) }
    let plan = try FoldPlan(
      labels: labels, classes: 3, users: labels.indices.map { UInt32($0) }, count: 5, seed: 1)
    for fold in 0..<5 {
      let held = labels.indices.filter { plan.folds[$0] == fold }
      #expect((0..<3).map { k in held.count { labels[$0] == k } } == [20, 10, 2])
    }
    let other = try FoldPlan(
      labels: labels, classes: 3, users: labels.indices.map { UInt32($0) }, count: 5, seed: 2)
    #expect(other.folds != plan.folds)
  }

  @Test func usersStayTogether() throws {
    var random = RandomSource(seed: 3)
    let users = (0..<500).map { _ in UInt32(random.below(60)) }
    let labels = users.map { _ in Int32(random.below(4)) }
    let plan = try FoldPlan(labels: labels, classes: 4, users: users, count: 4, seed: 1)
    for user in Set(users) {
      #expect(Set(users.indices.filter { users[$0] == user }.map { plan.folds[$0] }).count == 1)
    }
    for fold in 0..<4 {
      let size = plan.folds.count { $0 == fold }
      #expect(size > 100 && size < 150)
    }
    #expect(plan.dividedClasses.isEmpty)
  }

  /// Origins 0 to 3 hold class 0 only; all of class 1 comes from origin 4.
  @Test func theOnlyHomeOfAClassIsDividedByUsers() throws {
    let groups = (0..<400).map { UInt32($0 % 5) }
    let labels = groups.map { Int32($0 == 4 ? 1 : 0) }
    let users = (0..<400).map { UInt32($0 / 10) }
    let plan = try FoldPlan(labels: labels, classes: 2, users: users, groups: groups, count: 5, seed: 1)
    #expect(plan.count == 4 && plan.dividedClasses == [1])
    for group in 0..<4 {
      let rows = groups.indices.filter { groups[$0] == group }
      #expect(Set(rows.map { plan.folds[$0] }).count == 1)
    }
    for fold in 0..<4 {
      let held = groups.indices.filter { plan.folds[$0] == fold && groups[$0] == 4 }
      #expect(held.count >= 16 && held.count <= 24)
      // The people of the divided group are strangers to the model, too.
      let trained = Set(groups.indices.filter { plan.folds[$0] != fold && groups[$0] == 4 }.map { users[$0] })
      #expect(trained.isDisjoint(with: held.map { users[$0] }))
    }
  }

  @Test func refusals() {
    let users: [UInt32] = [0, 1, 2, 3, 4, 5]
    // The only user of class 1 would be held out or trained on, never both.
    #expect(throws: ClassifierFailure.rareClass(position: 2, conversations: 2)) {
      try FoldPlan(labels: [0, 0, 0, 0, 1, 1], classes: 2, users: [0, 1, 2, 3, 4, 4], count: 2, seed: 1)
    }
    #expect(throws: ClassifierFailure.tooFewGroups(0)) {
      try FoldPlan(
        labels: [0, 1, 0, 0, 1, 1], classes: 2, users: users, groups: Array(repeating: 0, count: 6), count: 2,
        seed: 1)
    }
  }
}
