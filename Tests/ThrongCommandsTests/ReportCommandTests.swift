import Foundation
import Testing
import ThrongCommands
import ThrongCore

/// `throng report` prints what was sealed, and nothing that was changed since.
@Suite struct ReportCommandTests {
  private func bundle(in folder: String, report: String) throws {
    let sum = Digest.hexadecimal(Digest.sha256(Array(report.utf8)))
    try Data(report.utf8).write(to: URL(fileURLWithPath: "\(folder)/report.md"))
    try Data("\(sum)  report.md\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/SHA256SUMS"))
  }

  @Test func theSealedReportIsPrinted() throws {
    try withTemporaryFolder { folder in
      try bundle(in: folder, report: "# Release\n\nText.\n")
      let bench = Bench()
      #expect(bench.run("report \(folder)", engine: PipelineEngine()) == 0)
      #expect(bench.output.text == "# Release\n\nText.\n" && bench.messages.text.isEmpty)
    }
  }

  @Test func whatWasChangedOrIsMissingIsNot() throws {
    try withTemporaryFolder { folder in
      try bundle(in: folder, report: "# Release\n")
      for (line, reason) in [
        ("report \(folder) --format html", "it has no report.html"),
        ("report \(folder)/none", "it has no SHA256SUMS"),
      ] {
        let bench = Bench()
        #expect(bench.run(line, engine: PipelineEngine()) == 3 && bench.messages.text.contains(reason))
      }
      try Data("# Release 2\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/report.md"))
      let bench = Bench()
      #expect(bench.run("report \(folder)", engine: PipelineEngine()) == 3 && bench.output.text.isEmpty)
      #expect(bench.messages.text.contains("was changed"))
    }
  }

  @Test func aPasswordInAnAddressIsNotRepeated() {
    // Refused before anything is read: the log is not even there.
    for address in ["postgres://a:s3cret@h/d", "s3cret"] {
      let bench = Bench()
      let line = "run no-log.jsonl --out out --to \(address) --to postgres://b:s3cret@h/d"
      #expect(bench.run(line, engine: PipelineEngine()) == 2)
      #expect(
        !bench.messages.text.contains("s3cret") && bench.messages.text.contains("password")
          || address == "s3cret")
    }
  }
}
