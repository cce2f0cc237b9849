import Testing
import Throng

@Suite struct MemoryPlanTests {
  private func plan(_ limit: Int?, conversations: Int) -> MemoryPlan {
    MemoryPlan(limit: limit, textBytes: conversations * 1000, threads: 2, dimensions: 128)
  }

  @Test(arguments: [4_500_000, 20_000_000]) func aLimitThatCanBeKeptIsKept(conversations: Int) {
    let limit = conversations == 4_500_000 ? 8 << 30 : 20 << 30
    let kept = plan(limit, conversations: conversations)
    #expect(kept.need! <= limit)
    #expect(kept.samples == MemoryPlan().samples)
  }

  /// What changes a result is given up last.
  @Test func samplesAreMadeSmallerLast() {
    var isSmaller = false
    for limit in stride(from: 2_000_000_000, to: 300_000_000, by: -50_000_000) {
      let plan = plan(limit, conversations: 450_000)
      if plan.samples != MemoryPlan().samples {
        isSmaller = true
        #expect(!plan.usesBounds && plan.blockBytes < MemoryPlan().blockBytes)
      } else {
        #expect(!isSmaller)
      }
    }
    #expect(isSmaller)
  }

  @Test func manyClustersAreMadeFromEnough() {
    #expect(MemoryPlan().fittedRows(clusters: 10) == Clustering.fittedRows)
    #expect(MemoryPlan().fittedRows(clusters: 20_000) == 50 * 20_000)
    #expect(MemoryPlan().fittedRows(clusters: .max) == .max)
  }
}
