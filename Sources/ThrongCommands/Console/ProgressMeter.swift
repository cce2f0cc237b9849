package import ThrongCore

/// How far each stage is, and when it is time to say so.
///
/// A value without a clock or an output of its own: the console passes the time in and writes what comes back.
package struct ProgressMeter: Sendable {
  /// How progress is shown.
  package enum Form: Sendable {
    /// One line that is drawn again and again, for a terminal.
    case animated
    /// Lines that stay, for a log: one when a stage starts, one when it ends, few between.
    case lines
  }

  /// Seconds between two drawings of an animated line: ten a second at most.
  package static let animationInterval = 0.1
  /// Seconds between two lines of a stage.
  package static let lineInterval = 5.0
  /// A rate over less time than this says nothing.
  private static let leastElapsed = 0.25

  /// Something to show.
  package struct Line: Sendable, Equatable {
    /// How far a stage is.
    package enum Event: String, Sendable {
      case started, running, done, stopped
    }

    package let stage: String
    package let event: Event
    /// What follows the stage's name: "50%, 6.3 MB/s, 5 s left".
    package let rest: String
    package let done: Int
    package let total: Int?
    package let seconds: Double

    /// The line for a person.
    package var text: String { "\(stage): \(rest)" }

    /// The same for a terminal, with a bar of twenty places where the end is known.
    package func drawn(withBar hasBar: Bool) -> String {
      guard hasBar, let total, total > 0 else { return text }
      let filled = min(20, max(0, 20 * done / total))
      let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled)
      return "\(stage) [\(bar)] \(rest)"
    }

    /// The numbers for a program.
    var fields: [String: LogValue] {
      var fields: [String: LogValue] = [
        "event": .text(event.rawValue), "done": .count(done), "seconds": .number(seconds),
      ]
      if let total { fields["total"] = .count(total) }
      return fields
    }

    /// Whether the stage has ended.
    package var isEnd: Bool { event == .done || event == .stopped }
  }

  private struct Stage: Sendable {
    let name: String
    var began: Double
    var firstDone: Int
    var done: Int
    var total: Int?
    let unit: ProgressUnit
    var shown: Double
    var ended = false

    /// It has said nothing but that it began.
    var isUncounted: Bool { done == 0 && (total ?? 0) == 0 }
  }

  private let form: Form
  private var stages: [Stage] = []
  private var current: Int?

  package init(form: Form) {
    self.form = form
  }

  /// Takes a report of `stage` at `now` seconds; returns what to show for it, oldest first: a line to draw over
  /// the last one (animated) or lines to add.
  package mutating func report(
    stage name: String, done: Int, total: Int?, unit: ProgressUnit = .none, at now: Double
  ) -> [Line] {
    var shown: [Line] = []
    let known = stages.firstIndex { $0.name == name }
    let index = known ?? stages.count
    if current != index { shown += end(at: now) }
    current = index
    if known == nil {
      stages.append(
        Stage(name: name, began: now, firstDone: done, done: done, total: total, unit: unit, shown: now))
      return shown + [
        form == .animated
          ? line(stages[index], at: now) : line(stages[index], .started, "started", at: now)
      ]
    }
    if done < stages[index].done {
      // The stage begins anew, as in a second restart: the rate must not see the jump back.
      stages[index].began = now
      stages[index].firstDone = done
    }
    stages[index].done = done
    stages[index].total = total
    let interval = form == .animated ? Self.animationInterval : Self.lineInterval
    let isComplete = form == .animated && done == total
    if now - stages[index].shown >= interval || isComplete || !shown.isEmpty {
      stages[index].shown = now
      if form == .animated || shown.isEmpty { shown.append(line(stages[index], at: now)) }
    }
    return shown
  }

  /// Ends the current stage; returns the line that says so, once for each stage.
  package mutating func end(at now: Double, isComplete: Bool = true) -> [Line] {
    guard let index = current else { return [] }
    current = nil
    guard !stages[index].ended else { return [] }
    stages[index].ended = true
    let stage = stages[index]
    let time = Quantity.duration(now - stage.began)
    let (end, preposition) = isComplete ? ("done", "in") : ("stopped", "after")
    let extent = stage.isUncounted ? "" : (isComplete ? ", " : " at ") + Self.amount(stage.done, stage.unit)
    return [line(stage, isComplete ? .done : .stopped, "\(end)\(extent) \(preposition) \(time)", at: now)]
  }

  /// So many units: "63 MB", "1 iteration", "1,000".
  private static func amount(_ count: Int, _ unit: ProgressUnit) -> String {
    switch unit {
    case .none: Quantity.count(count)
    case .bytes: Quantity.bytes(Double(count))
    case .conversations: Quantity.count(count, "conversation")
    case .iterations: Quantity.count(count, "iteration")
    }
  }

  private func line(_ stage: Stage, _ event: Line.Event, _ rest: String, at now: Double) -> Line {
    Line(
      stage: stage.name, event: event, rest: rest, done: stage.done, total: stage.total,
      seconds: now - stage.began)
  }

  private func line(_ stage: Stage, at now: Double) -> Line {
    if stage.isUncounted { return line(stage, .started, "started", at: now) }
    let elapsed = now - stage.began
    let rate = elapsed >= Self.leastElapsed ? Double(stage.done - stage.firstDone) / elapsed : 0
    var parts: [String] = []
    if let total = stage.total, total > 0 {
      parts.append("\(min(100, 100 * stage.done / total))%")
    } else {
      parts.append(Self.amount(stage.done, stage.unit))
    }
    if rate > 0 {
      parts.append("\(stage.unit == .bytes ? Quantity.bytes(rate) : Quantity.short(rate))/s")
      if let total = stage.total, total > stage.done {
        parts.append("\(Quantity.duration((Double(total - stage.done) / rate).rounded(.up))) left")
      }
    }
    return line(stage, .running, parts.joined(separator: ", "), at: now)
  }
}
