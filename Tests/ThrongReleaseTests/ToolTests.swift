import Foundation
import Testing
import ThrongPrivacy
import ThrongRelease

/// Scripts under `Tests/Tools`, run by the Python that `make tools` installs. Their expectations come from `release.json`
/// alone, worked out there.
enum Tools {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let python = "\(root)/.build/tools/bin/python"
  static let areInstalled = FileManager.default.isExecutableFile(atPath: python)

  /// What a script prints, by lines.
  static func run(_ script: String, _ arguments: String...) throws -> [String] {
    let result = try shell(python, ["-W", "ignore", "\(root)/Tests/Tools/\(script)"] + arguments)
    let lines = result.output.split(separator: "\n").map { String($0) }
    #expect(result.status == 0, "\(script): \(result.output.suffix(2000))")
    return lines
  }

  /// ``Example/hostile`` without what no tokenizer lets into a word, and text files cannot hold.
  static let hostile = Example.hostile.filter { !$0.contains("\u{0}") }

  /// A bundle with a time, months, facets and hostile labels.
  static func bundle(in scratch: Scratch, words: [String] = hostile) throws -> String {
    let path = "\(scratch.path)/out"
    try BundleWriter(directory: path, force: false).write(
      Example.release(words: words, created: 1_767_225_600))
    return path
  }
}

/// The bundle in the tools that its readers have.
@Suite(
  .enabled(if: Tools.areInstalled, "skipped: the tools are not installed; 'make tools' installs them"))
struct ToolTests {
  /// CSV, JSON Lines and SQLite by Python's own modules; CSV by pandas and DuckDB; Parquet by pyarrow.
  @Test func everyRepresentationSaysTheSame() throws {
    let scratch = try Scratch()
    let lines = try Tools.run("tables.py", Tools.bundle(in: scratch), scratch.path)
    #expect(lines.count == 1 && Int(lines.last ?? "") ?? 0 > 10_000, "\(lines.prefix(20))")
  }

  @Test func frictionlessValidates() throws {
    let scratch = try Scratch()
    #expect(
      try Tools.run("datapackage.py", Tools.bundle(in: scratch)) == [
        "every table True", "states k True", "too few users True", "no number True", "a stray key True",
        "a row twice True",
      ])
  }

  @Test func datasetteServes() throws {
    let scratch = try Scratch()
    let lines = try Tools.run("datasette_pages.py", Tools.bundle(in: scratch))
    #expect(lines.allSatisfy { $0.contains("True") }, "\(lines)")
    let queries = lines.filter { $0.hasPrefix("query ") }
    #expect(queries.count == 6 && queries.allSatisfy { !$0.hasSuffix(" 0") }, "\(queries)")
    #expect(lines.filter { $0.hasPrefix("facet ") }.count >= 5)
  }

  @Test func metricsAreStrictlyPrometheus() throws {
    let scratch = try Scratch()
    #expect(try Tools.run("metrics.py", Tools.bundle(in: scratch)) == [])
    let path = "\(scratch.path)/noised"
    try BundleWriter(directory: path, force: false).write(Example.release(policy: .differential))
    #expect(try Tools.run("metrics.py", path) == [])
  }

  private static let promtool = (try? shell("/bin/sh", ["-c", "command -v promtool"]).status) == 0

  @Test(.enabled(if: promtool, "skipped: promtool is not installed; metrics.py is as strict"))
  func promtoolAccepts() throws {
    let scratch = try Scratch()
    let path = try Tools.bundle(in: scratch)
    #expect(try shell("/bin/sh", ["-c", "promtool check metrics < '\(path)/metrics.prom'"]).status == 0)
  }

  @Test func lineageIsOpenLineage() throws {
    for words in [Tools.hostile, ["alone"]] {
      let scratch = try Scratch()
      #expect(try Tools.run("lineage.py", Tools.bundle(in: scratch, words: words)) == [])
    }
  }
}
