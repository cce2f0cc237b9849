internal import Foundation
internal import Throng
internal import ThrongCore
internal import ThrongIngest

/// The lists of conversations that a study marks for people to look at.
///
/// They stay in the private workspace of the run, readable by its owner only: positions in the log and no text, the
/// study's own words about the lane, and a log of who had a list shown when. Nothing of it reaches a bundle; how many
/// conversations a lane has is said by a statistic of the study, through the gate, or not at all.
extension PipelineEngine {
  private static let access = "review-access.jsonl"
  private static func file(_ lane: String) -> String { "review-\(lane).jsonl" }

  /// Writes the lists of a run, or takes those of an earlier one away.
  func queue(
    _ corpus: PreparedCorpus, study plan: StudyPlan, reader: ConversationReader, workspace: Workspace,
    in context: CommandContext
  ) throws {
    for (at, lane) in plan.study.lanes.enumerated() {
      let marks = (corpus.trace?.marks ?? []).filter { $0.lane == at }
      guard !marks.isEmpty else {
        workspace.remove(Self.file(lane.name))
        continue
      }
      let lines = try marks.map { mark in
        try JSONText.encode(ReviewItem(input: reader.inputs[mark.source], position: mark.line))
      }
      let path = try workspace.write(
        Array((lines.joined(separator: "\n") + "\n").utf8), to: Self.file(lane.name))
      try note("written", lane: lane.name, count: marks.count, workspace: workspace, in: context)
      context.console.note(
        "review lane '\(lane.name)': \(Quantity.count(marks.count, "conversation")) listed in \(path)")
    }
  }

  /// `throng study FILE --review LANE`.
  func review(
    _ name: String, of study: Study, run: RunOptions, in context: CommandContext
  ) throws -> ExitCode {
    let names = study.lanes.map(\.name)
    guard names.contains(name) else {
      let meant = Suggestion.closest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
      throw UsageFailure(command: "study", .conflict("the study has no review lane '\(name)'\(meant)"))
    }
    guard let place = run.work ?? run.output else {
      throw UsageFailure(command: "study", .missingFlag("--work", placeholder: "DIR"))
    }
    let workspace = Workspace(path: run.work, besides: place)
    guard let data = FileManager.default.contents(atPath: "\(workspace.path)/\(Self.file(name))") else {
      context.console.note(
        "the list of '\(name)' is empty, or its study was not run with the workspace \(workspace.path)")
      return .done
    }
    let count = data.count { $0 == UInt8(ascii: "\n") }
    // Noted before it is shown: what was seen is in the log, whatever comes after.
    try note("shown", lane: name, count: count, workspace: workspace, in: context)
    try context.console.write([UInt8](data))
    return .done
  }

  private func note(
    _ what: String, lane: String, count: Int, workspace: Workspace, in context: CommandContext
  ) throws {
    let entry = ReviewAccess(
      action: what, conversations: count, lane: lane, time: Date().formatted(.iso8601), user: Int(getuid()))
    try workspace.append(Array((try JSONText.encode(entry) + "\n").utf8), to: Self.access)
  }
}

private struct ReviewItem: Encodable {
  let input: String
  /// Line of JSON Lines or element of an array, from 1.
  let position: Int
}

private struct ReviewAccess: Encodable {
  let action: String
  let conversations: Int
  let lane: String
  let time: String
  let user: Int
}
