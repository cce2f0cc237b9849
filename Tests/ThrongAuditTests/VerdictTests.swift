import Testing
import ThrongAudit

@Suite struct VerdictTests {
  @Test func everyVerdictHasItsWordInTheReport() {
    #expect(Verdict(rawValue: "broken") == .broken)
    #expect(Verdict(rawValue: "not_tried") == .notTried)
    #expect(Verdict(rawValue: "fine") == nil)
  }
}
