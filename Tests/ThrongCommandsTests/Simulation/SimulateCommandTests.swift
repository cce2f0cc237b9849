import Foundation
import Testing
import ThrongAudit
import ThrongCommands

/// `throng audit --simulate`.
@Suite struct SimulateCommandTests {
  @Test func rerunsAreReportedBesideTheOtherAttacks() throws {
    try withRoad { road in
      let log = try road.put(Log(160, users: 40))
      #expect(road.run(log).code == 0)
      let outcome = road.command(
        ["audit", road.path("out"), "--against", log, "--simulate", "1", "--json"])
      let report = try JSONDecoder().decode(AuditReport.self, from: Data(outcome.output.utf8))
      let simulated = report.findings.filter {
        [.membership, .poisoning, .oracle, .dictionary].contains($0.attack)
      }
      #expect(simulated.count == 4 && simulated.allSatisfy { $0.verdict != .notTried })
      #expect(simulated.last?.verdict == .withstood)
      outcome.expectDiscretion()
    }
  }

  @Test(arguments: [
    (["--simulate", "3"], "--against"), (["--simulate", "3", "--against", "-"], "once"),
    (["--simulate", "0", "--against", "x"], "--simulate"),
  ]) func whatCannotBeRerunIsRefused(flags: [String], says: String) throws {
    try withRoad { road in
      road.command(["audit", road.path("out")] + flags).expectError(2, says)
    }
  }

  @Test func aFolderWithoutRulesIsNoBundle() throws {
    try withRoad { road in
      try road.put(Log(4, users: 2))
      let outcome = road.command(
        ["audit", road.folder, "--against", road.path("log.jsonl"), "--simulate", "1"])
      outcome.expectError(3)
    }
  }
}
