internal import Foundation
package import Throng
package import ThrongCore
internal import ThrongIngest
internal import ThrongRelease

extension PipelineEngine {
  /// `throng study`: the file is checked as a whole before anything of the log is read.
  package func study(_ options: StudyOptions, in context: CommandContext) throws -> ExitCode {
    if options.printsSchema {
      try context.console.write(Array(Study.schema.utf8))
      return .done
    }
    let path = options.arguments[0]
    let study = try Self.naming(path) { try Study(path: path) }
    let run = try Self.naming(path) { try options.merged(with: study) }
    if let lane = options.review { return try review(lane, of: study, run: run, in: context) }
    let plan = try Self.naming(path) {
      try StudyPlan(study, standard: run.facets.addsStandard ? FacetOptions.standard : [])
    }
    if run.inputs.isEmpty {
      throw UsageFailure(
        command: "study", .conflict("no log is given, neither here nor as 'input.paths' of the study"))
    }
    if run.output == nil, !run.dryRun {
      throw UsageFailure(command: "study", .missingFlag("--out", placeholder: "DIR"))
    }
    let segments = study.segments.filter(\.isClustered)
    if run.dryRun || segments.isEmpty { return try carryOut(run, study: plan, in: context) }
    if run.inputs.contains("-") {
      throw UsageFailure(
        command: "study",
        .conflict(
          "segments that are clustered need the log once more, and standard input can be read once only"))
    }
    return try carryOut(run, study: plan, segments: segments, in: context)
  }

  /// The study, and then a bundle of topics for each of some segments, `DIR.NAME`.
  ///
  /// Each bundle is compared with all before it by the ledger (R12): every joint atom is empty, whole in one of them, or passes R1 and
  /// R2. Two trees of the same conversations hardly ever do, for the topics of one cut few people out of those of the other. So
  /// the whole is not divided, a conversation of several segments is clustered in the first of them, and none counts in a segment
  /// that does not count in the whole. A segment of which
  /// nothing can be shown is left out. Where nobody wants a ledger, one of the private folder serves.
  private func carryOut(
    _ options: RunOptions, study plan: StudyPlan, segments: [Study.Segment], in context: CommandContext
  ) throws -> ExitCode {
    var run = options
    var output = run.output![...]
    while output.count > 1, output.hasSuffix("/") { output = output.dropLast() }
    let outputs = segments.map { "\(output).\($0.name)" }
    // What would be refused hours later.
    for output in outputs {
      try BundleWriter(directory: output, force: run.force, resumes: run.resumes).check()
    }
    if run.ledger == "none" {
      let workspace = Workspace(path: run.work, besides: run.output!)
      run.ledger = try workspace.fresh(Workspace.segmentLedger)
    }
    (run.tree.clusters, run.tree.levels) = (1, nil)
    // Whoever resumes at a segment needs no other pass over the log for what is done.
    run.isPartOfMore = true
    var isWorthResuming = false
    defer {
      if !options.keepsWork, !isWorthResuming {
        for output in [run.output!] + outputs { Workspace(path: run.work, besides: output).clear() }
      }
    }
    let whole = WholeStudy()
    do {
      let code = try carryOut(run, study: plan, whole: whole, in: context)
      for (at, segment) in segments.enumerated() {
        var own = options
        own.isPartOfMore = true
        own.ledger = run.ledger
        own.output = outputs[at]
        own.facets.addsStandard = false
        context.console.note("segment '\(segment.name)': topics of its own, into \(outputs[at])")
        do {
          _ = try carryOut(
            own, study: try StudyPlan(plan.study.clustering(segment, after: segments[..<at]), standard: []),
            whole: whole, in: context)
        } catch let failure as any ThrongFailure where failure.exitStatus == ExitCode.refused.rawValue {
          context.console.warn("segment '\(segment.name)' has no bundle of its own: \(failure.message)")
        } catch EngineFailure.nothingLeft {
          context.console.warn("segment '\(segment.name)' has no bundle of its own: it is empty")
        }
      }
      return code
    } catch {
      isWorthResuming = !WorkSession.isHopeless(error)
      throw error
    }
  }

  /// Puts the file's path before what is wrong in it.
  private static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let failure as StudyFailure {
      if case .mistake = failure { throw StudyMistake(path: path, failure: failure) }
      throw failure
    }
  }
}

/// What the runs of one study have in common.
final class WholeStudy {
  /// The conversations that count in the whole; nil until it has been clustered.
  var counted: Counted?
  /// Places of the conversations that its screen kept, among which those of each segment are; nil until then, and
  /// where it has no screen.
  var kept: Set<UInt64>?
  /// What the log was when the first of them read it.
  private var digests: [[UInt8]]?

  /// Takes note of what a run has read; of a log that is another by now, a segment would look at the wrong places.
  ///
  /// - Throws: `IngestFailure.changed(input:)` where an earlier run read something else.
  func compare(_ report: ReadReport, of inputs: [String]) throws(IngestFailure) {
    guard let digests else { return digests = report.digests }
    guard digests != report.digests else { return }
    // A folder may hold more or fewer files by now.
    let same = zip(digests, report.digests).prefix { $0 == $1 }.count
    throw .changed(input: inputs[min(same, inputs.count - 1)])
  }

  struct Counted {
    let keys: Set<UInt64>
    /// Names them, for stages that follow from them.
    let digest: String

    init(_ keys: Set<UInt64>) {
      self.keys = keys
      let bytes = keys.sorted().flatMap { key in
        (0..<8).map { UInt8(truncatingIfNeeded: key >> (8 * $0)) }
      }
      digest = Digest.hexadecimal(Digest.sha256(bytes))
    }
  }
}

/// A mistake in a study file, as compilers say them: `path: line 3, column 5: …`.
private struct StudyMistake: ThrongFailure {
  let path: String
  let failure: StudyFailure

  var message: String { "\(path): \(failure.message)" }
  var exitStatus: Int32 { failure.exitStatus }
}

extension StudyOptions {
  /// The options of the run: defaults, over them the study's settings, over these the flags that were given.
  ///
  /// Settings of a study that are flags elsewhere pass the flags' own parsers, so both mean the same.
  ///
  /// - Throws: `StudyFailure` for a setting that its flag refuses; ``UsageFailure`` for settings that cannot hold together.
  package func merged(with study: Study) throws -> RunOptions {
    var options = StudyOptions()
    func apply(_ name: String, _ value: String, at node: StudyNode?) throws {
      // What every command takes, such as --quiet, is done already.
      guard let flag = StudyCommand.syntax.flags.first(where: { $0.name == name }) else { return }
      if !flag.apply(&options, value), let node {
        throw StudyFailure.mistake("'\(value)' is not \(flag.expected)", at: node.place)
      }
    }
    for section in ["input", "clusters", "privacy", "outputs"] {
      for member in study.root[section]?.members ?? [] {
        guard let setting = StudySetting(member, of: study) else { continue }
        try apply(setting.flag, setting.value, at: member.value)
      }
    }
    options.arguments = study.root["input"]?["paths"]?.strings.map(study.path) ?? []
    for (name, value) in given.values { try apply(name, value, at: nil) }
    if arguments.count > 1 { options.arguments = Array(arguments.dropFirst()) }
    options.run.inputs = options.arguments
    options.arguments = self.arguments
    if let reason = StudyCommand.syntax.check(options, given) { throw UsageFailure(command: "study", reason) }
    return options.run
  }
}

/// A setting of a study as the flag it is elsewhere.
private struct StudySetting {
  let flag: String
  let value: String

  /// nil for what is no flag.
  init?(_ member: StudyNode.Member, of study: Study) {
    flag = member.name.replacing("_", with: "-")
    switch (member.name, member.value.value) {
    case ("paths", _), ("resamples", _): return nil
    case ("out", .text(let path)), ("work", .text(let path)): value = study.path(path)
    case ("ledger", .text(let path)): value = path == "none" ? path : study.path(path)
    case ("map", .object(let members)):
      value = members.map { "\($0.name)=\($0.value.text!)" }.joined(separator: ",")
    case (_, .list(let list)):
      value = list.map { $0.text ?? Self.text($0.number!) }.joined(separator: ",")
    case (_, .text(let text)): value = text
    case (_, .number(let number)): value = Self.text(number)
    default: return nil
    }
  }

  private static func text(_ number: Double) -> String {
    number.rounded() == number ? String(Int(number)) : String(number)
  }
}
