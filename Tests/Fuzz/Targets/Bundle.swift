import Foundation
import ThrongAudit
import ThrongCommands
import ThrongCore

/// The first byte chooses a file of a healthy little bundle; the rest takes its place.
func auditBundle(_ input: [UInt8]) {
  let base = HealthyBundle.shared
  let name = HealthyBundle.names[choice(input.first, of: HealthyBundle.names.count)]
  let path = "\(base.path)/\(name)"
  try! Data(input.dropFirst()).write(to: URL(fileURLWithPath: path))
  defer {
    try! base.files[name].map { try Data($0).write(to: URL(fileURLWithPath: path)) }
      ?? FileManager.default.removeItem(atPath: path)
  }
  do {
    let audit = try Audit(bundle: base.path, previous: [base.original])
    let report = try audit.report(against: base.log, workers: Workers(threads: 1), progress: SilentProgress())
    precondition(!report.findings.isEmpty)
    _ = audit.unknownWords()
  } catch let error as any ThrongFailure {
    precondition(!error.message.isEmpty)
  } catch {
    preconditionFailure("an error that is nobody's")
  }
}

/// A bundle that the program made of a planted log, and a few files that no bundle has.
final class HealthyBundle: Sendable {
  static let shared = HealthyBundle()

  /// In the order of their letters, so that new names come last.
  static let names = [
    "release.json", "release.schema.json", "release.sqlite", "report.md", "report.html", "explorer.html",
    "SHA256SUMS",
    "datapackage.json", "metadata.json", "schema.postgres.sql", "metrics.prom", "lineage.jsonl",
    "tables/clusters.csv",
    "tables/clusters.jsonl", "tables/cluster_facets.csv", "tables/cluster_terms.jsonl", "stray.bin",
  ]

  /// Where files are replaced, without those that are long and that few others refer to.
  let path: String
  /// As it was written.
  let original: String
  /// What lies in ``path``.
  let files: [String: [UInt8]]
  let log = FewWords()

  private init() {
    let scratch = Scratch.shared.path
    (path, original) = ("\(scratch)/bundle", "\(scratch)/original")
    _ = Scratch.shared.write(1...32, as: "secret")
    Self.throng("synthesize --conversations 1000 --seed 7 --output \(scratch)/planted.jsonl")
    Self.throng(
      "run \(scratch)/planted.jsonl --out \(original) --secret-file \(scratch)/secret --ledger none --clusters 6 "
        + "--facet plan --facet .language --threads 1")
    var files: [String: [UInt8]] = [:]
    for name in FileManager.default.enumerator(atPath: original)! {
      let name = name as! String
      guard let content = FileManager.default.contents(atPath: "\(original)/\(name)") else { continue }
      files[name] = [UInt8](content)
      if ["explorer.html", "release.sqlite", "report.html"].contains(name) { continue }
      let copy = URL(fileURLWithPath: "\(path)/\(name)")
      try! FileManager.default.createDirectory(
        at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
      try! content.write(to: copy)
    }
    whole = files
    self.files = files.filter { !["explorer.html", "release.sqlite", "report.html"].contains($0.key) }
  }

  /// The files of ``original``: what a fuzzer begins with.
  let whole: [String: [UInt8]]

  private static func throng(_ line: String) {
    let sink = Discard()
    let console = Console(
      output: sink, messages: sink,
      style: Console.Style(isAnimated: false, isColored: false, columns: { 80 }),
      clocks: Console.Clocks(now: { 0 }))
    let context = CommandContext(console: console, environment: [:], processors: 1)
    let code = ThrongCommand.run(
      line.split(separator: " ").map { String($0) }, in: context, engine: PipelineEngine())
    precondition(code == 0, "throng \(line): exit \(code)")
  }

  private struct Discard: OutputSink {
    func write(_ bytes: [UInt8]) throws(CommandFailure) {}
  }
}

/// A log of two records, so that bundles are searched for what it says.
struct FewWords: AuditLog {
  let fields = ["plan"]

  func read<Partial: Sendable>(
    workers: Workers, process: @Sendable (borrowing AuditBlock) throws -> Partial,
    merge: (Partial) throws -> Void
  ) throws {
    let texts = [
      "my secret word is quixotry and the mail ann@example.org",
      "ten words in a row that nobody else would ever write so",
    ]
    let bytes = texts.flatMap { Array($0.utf8) } + Array("pro".utf8)
    let first = texts[0].utf8.count, second = first + texts[1].utf8.count
    let plan = second..<bytes.count
    try merge(
      try process(
        AuditBlock(
          bytes: bytes,
          records: [
            .init(line: 1, id: nil, user: nil, texts: [0..<first], fields: [plan]),
            .init(line: 2, id: nil, user: plan, texts: [first..<second], fields: [nil]),
          ])))
  }
}

enum BundleWords {
  static let all = [
    "{", "}", "[", "]", "\"", ",", ":", "null", "true", "0", "-1", "1e308", "1000000000000",
    "9223372036854775807", "\"rules\":",
    "\"clusters\":", "\"parent_id\":", "\"cluster_id\":", "\"n_users\":", "\"maximum_per_user\":",
    "\"rounded_to\":",
    "\"cluster_facets\":", "\"facets\":", "\"parts\":", "\"$ref\":\"#/$defs/a\"", "\"anyOf\":", "\"$defs\":",
    "\r\n", "\n",
    "\\u0041", "\\x41", "\\u{110000}", "%41", "&#65;", "&amp;", "c29tZSBiYXNlNjQgdGV4dA==",
    "616263646566676869", "a\u{0}b\u{0}",
    "<main>", "<style>", "</script>", "SQLite format 3\u{0}", "CREATE TABLE throng.\"", "\\copy '",
    "throng_cluster_users", "(c1)", "**",
  ]
}
