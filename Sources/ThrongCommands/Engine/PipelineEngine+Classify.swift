internal import Foundation
internal import Throng
internal import ThrongClassifier
package import ThrongCore
internal import ThrongIngest
internal import ThrongLinearAlgebra

extension PipelineEngine {
  /// `throng classify`: positions, classes and chances, for their owner only.
  package func classify(_ options: ClassifyOptions, in context: CommandContext) throws -> ExitCode {
    let console = context.console
    let workers = try context.workers(threads: options.process.threads)
    if let path = options.predictions { try OutputFile.check(path, replacing: options.force) }
    let model = try ClassifierModel(decoding: EngineFailure.model(at: options.model))
    let workspace = options.work.map { Workspace(path: $0, besides: $0) }
    try workspace?.check()
    let reader = try ConversationReader(
      inputs: options.inputs, settings: options.input.readSettings(requiresUser: false, fields: []),
      cancellation: context.cancellation)
    console.note(reader.summary)
    if options.dryRun {
      var rehearsal = Rehearsal("classify")
      rehearsal.read(reader)
      if let path = options.predictions {
        try rehearsal.write(file: path, what: "private answers", replacing: options.force)
      }
      if let path = options.work { rehearsal.write(path, what: "private work folder", extends: true) }
      try rehearsal.tell(json: options.json, on: console)
      return .done
    }
    try workspace?.prepareIfAsked()
    let log = try ClassifiedLog(
      reader, roles: model.roles, text: model.text, secret: model.secret, fields: .init(), workers: workers,
      progress: console)
    console.endProgress()
    let chances = try model.applied.chances(of: log.features, workers: workers)
    let answers = log.positions.indices.map { chances.likeliest(row: $0) }
    let unsure = answers.count { Double($0.chance) < options.abstain }
    console.note(
      "\(Quantity.count(log.count, "conversation")) classified, \(Quantity.count(unsure)) without an answer at "
        + "\(options.abstain); \(Quantity.count(log.leftOut)) left out, \(Quantity.count(log.quarantined)) set aside"
    )
    if let path = options.predictions {
      var lines = "input,position,class,chance\n"
      for (position, answer) in zip(log.positions, answers) {
        let name = Double(answer.chance) < options.abstain ? "" : model.classes[answer.label]
        lines +=
          "\(CSVField.text(reader.inputs[Int(position.source)])),\(position.line),\(CSVField.text(name)),"
          + "\(Self.rounded(answer.chance))\n"
      }
      var file = try OutputFile(path, replacing: options.force)
      try file.write(Array(lines.utf8)[...])
      try file.commit()
      console.note("\(path) speaks of single conversations: keep it private")
    }
    if let workspace {
      try list(options, answers: answers, log: log, reader: reader, in: workspace, context: context)
    }
    return .done
  }

  /// The conversations whose answer is nearest to the threshold, nearest first, and a note of who had them listed.
  private func list(
    _ options: ClassifyOptions, answers: [(label: Int, chance: Float)], log: ClassifiedLog,
    reader: ConversationReader, in workspace: Workspace, context: CommandContext
  ) throws {
    let distances = answers.map { abs(Double($0.chance) - options.abstain) }
    let nearest = answers.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(options.review)
    let lines = try nearest.map { row in
      try JSONText.encode(
        ReviewedConversation(
          input: reader.inputs[Int(log.positions[row].source)], position: Int(log.positions[row].line),
          chance: Self.rounded(answers[row].chance), threshold: options.abstain))
    }
    let name = ((options.model as NSString).lastPathComponent as NSString).deletingPathExtension
    let path = try workspace.write(Array(lines.joined(separator: "\n").utf8), to: "review-\(name).jsonl")
    let entry = ReviewNote(
      action: "written", conversations: nearest.count, lane: name, time: Date().formatted(.iso8601),
      user: Int(getuid()))
    try workspace.append(Array((try JSONText.encode(entry) + "\n").utf8), to: "review-access.jsonl")
    context.console.note("\(Quantity.count(nearest.count, "conversation")) to look at are listed in \(path)")
  }

  private static func rounded(_ chance: Float) -> Double { (Double(chance) * 10_000).rounded() / 10_000 }
}

private struct ReviewedConversation: Encodable {
  let input: String
  /// Line of JSON Lines or element of an array, from 1.
  let position: Int
  let chance: Double
  let threshold: Double
}

private struct ReviewNote: Encodable {
  let action: String
  let conversations: Int
  let lane: String
  let time: String
  let user: Int
}

/// Text in a field of CSV (RFC 4180).
private enum CSVField {
  static func text(_ value: String) -> String {
    value.contains { ",\"\r\n".contains($0) } ? "\"\(value.replacing("\"", with: "\"\""))\"" : value
  }
}
