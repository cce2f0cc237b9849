import Testing
import ThrongFacets

@Suite struct FacetPlanTests {
  private func failure(
    _ requests: [FacetRequest], _ crosses: [(String, String)] = []
  ) -> FacetFailure? {
    do {
      _ = try FacetPlan(requests, crosses: crosses)
      return nil
    } catch { return error as? FacetFailure }
  }

  @Test func computedFacetsAreNoFields() throws {
    let plan = try FacetPlan(
      [FacetRequest("plan"), FacetRequest(".turns"), FacetRequest("level", order: ["low", "high"])],
      crosses: [("level", "plan")])
    #expect(plan.fields == ["plan", "level"])
    #expect([0, 1, 2].map(plan.isOrdered) == [false, true, true])
    #expect(plan.crosses.map(\.0) == [0] && plan.crosses.map(\.1) == [2])
  }

  @Test func refusals() {
    let plan = FacetRequest("plan")
    #expect(failure([plan, plan]) == .namedTwice("plan"))
    #expect(failure([FacetRequest("")]) == .badName(""))
    #expect(failure([FacetRequest("a * b")]) == .badName("a * b"))
    #expect(failure([FacetRequest("a\u{1B}[2J")]) == .badName("a\u{1B}[2J"))
    #expect(failure([FacetRequest(".turn")]) == .unknownComputed(".turn", known: ComputedFacets.names))
    #expect(failure([FacetRequest(".turns", order: ["1", "2"])]) == .computedOrder(".turns"))
    #expect(failure([FacetRequest("l", order: ["low", " low"])]) == .repeatedOrder("l", position: 2))
    #expect(failure([FacetRequest("l", order: ["low", ""])]) == .badOrder("l", position: 2))
    #expect(failure([FacetRequest("l", order: ["a@b.org", "c"])]) == .badOrder("l", position: 1))
    #expect(failure([plan], [("plan", "plan")]) == .badCross("plan,plan"))
    #expect(failure([plan], [("plan", "tier")]) == .unknownFacet(flag: "--cross", name: "tier"))
    let both = [plan, FacetRequest("tier")]
    #expect(failure(both, [("plan", "tier"), ("tier", "plan")]) == .badCross("tier,plan"))
    #expect(failure(both, [("plan", "tier")]) == nil)
  }
}
