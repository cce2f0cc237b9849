import Foundation
import Testing
import ThrongAudit

@Suite struct VerdictTests {
  @Test func everyVerdictHasItsWordInTheReport() {
    #expect(Verdict(rawValue: "broken") == .broken)
    #expect(Verdict(rawValue: "not_tried") == .notTried)
    #expect(Verdict(rawValue: "fine") == nil)
  }

  @Test func oneBrokenAttackBreaksTheReport() throws {
    var report = AuditReport(
      releaseID: "0123456789abcdef",
      findings: [Finding(.integrity, .withstood), .notTried(.canaries, "needs the input")])
    #expect(!report.isBroken)
    report.findings.append(
      Finding(.membership, .broken, success: Success("advantage", 0.4, low: 0.1, high: 0.7, trials: 40)))
    #expect(report.isBroken)
    let json = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(AuditReport.self, from: json) == report)
    #expect(String(decoding: json, as: UTF8.self).contains("\"release_id\""))
  }
}
