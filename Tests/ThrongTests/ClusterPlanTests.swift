import Testing
import Throng
import ThrongCore

@Suite struct ClusterPlanTests {
  private func plan(
    _ conversations: Int, counted: Int? = nil, conversationsAtLeast: Int = 50, usersAtLeast: Int = 25,
    clusters: Int? = nil, levels: [Int]? = nil
  ) -> ClusterPlan {
    ClusterPlan(
      conversations: conversations, counted: counted ?? conversations,
      minimumConversations: conversationsAtLeast, minimumUsers: usersAtLeast, clusters: clusters,
      levels: levels)
  }

  /// 2,900 / 100 = 29 clusters, and 1.8·√29 = 9.7 at the top: less than one more level apart.
  @Test func aSmallLogHasTwoLevels() {
    let plan = plan(3000, counted: 2900)
    #expect(plan.levels == [10, 29])
    #expect(plan.baseChoices == 21...43)
  }

  /// min(45,000, 4·√4,500,000 = 8,485.3); √√(8,485 / 20) = 4.538 from level to level.
  @Test func aLargeLogHasLevelsOfARatioOfAboutFour() {
    #expect(plan(4_500_000).levels == [20, 91, 412, 1870, 8485])
  }

  /// 1,000 conversations a cluster under the public policy.
  @Test func thePolicySetsTheSizeOfAClusterWhereItAsksForMore() {
    #expect(plan(3000, counted: 2900, conversationsAtLeast: 500, usersAtLeast: 250).levels == [3])
    #expect(plan(3000, counted: 2900, conversationsAtLeast: 500, usersAtLeast: 250).baseChoices == nil)
    #expect(plan(30_000, conversationsAtLeast: 2, usersAtLeast: 500).baseClusters == 30)
  }

  @Test func thereIsAlwaysACluster() {
    #expect(plan(1, counted: 1).levels == [1])
    #expect(plan(40, counted: 10).levels == [1])
  }

  /// 1.8·√40 = 11.4 above 40.
  @Test func askedForClustersAreTakenAsTheyAre() {
    #expect(plan(3000, clusters: 40).levels == [11, 40])
    #expect(plan(3000, clusters: 40).baseChoices == nil)
    #expect(plan(30, clusters: 40).baseClusters == 30)
  }

  @Test func askedForLevelsAreSortedAndEndInTheBase() {
    #expect(plan(3000, levels: [100, 10, 10, 0]).levels == [10, 100])
    #expect(plan(3000, clusters: 60, levels: [5]).levels == [5, 60])
    #expect(plan(70, levels: [10, 100]).levels == [10, 70])
    #expect(plan(3000, levels: [10, 100]).baseChoices == nil)
  }

  @Test func anotherBaseHasItsOwnLevels() {
    let plan = plan(3000, counted: 2900)
    #expect(plan.levels(base: 29) == [10, 29])
    #expect(plan.levels(base: 40) == [11, 40])
  }

  /// Every cluster of the plan, and of every choice, could have the gate's minimum if all were of one size.
  @Test(arguments: 1...200 as ClosedRange<UInt64>) func neverMoreThanTheGateCouldLetThrough(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let conversations = 1 + random.below(1 << (1 + random.below(22)))
    let counted = 1 + random.below(conversations)
    let (least, users) = (2 + random.below(600), 2 + random.below(600))
    let plan = plan(conversations, counted: counted, conversationsAtLeast: least, usersAtLeast: users)
    let base = plan.baseClusters
    #expect(base == 1 || base * max(least, users) <= counted)
    #expect(zip(plan.levels, plan.levels.dropFirst()).allSatisfy(<))
    #expect(plan.levels.allSatisfy { $0 >= 1 })
    if let choices = plan.baseChoices {
      #expect(choices.contains(base) && choices.upperBound * max(least, users) <= counted)
    }
    // About geometric: no step is twice another, but for rounding.
    let ratios = zip(plan.levels, plan.levels.dropFirst()).map { Double($1) / Double($0) }
    if let least = ratios.min(), let most = ratios.max() { #expect(most < 1.35 * least) }
  }
}
