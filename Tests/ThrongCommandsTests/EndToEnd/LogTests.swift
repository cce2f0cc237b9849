import Foundation
import Testing
import ThrongCommands

extension EndToEnd {
  /// What is said on standard error: as text and as JSON, and never a word of a conversation.
  @Suite struct LogTests {
    private static let forms = ["text", "json"]

    /// One line of `--log-format json`.
    private struct Line: Decodable {
      let time: String
      let level: String
      let stage: String?
      let message: String
      let fields: [String: Value]
    }

    private enum Value: Decodable {
      case number(Double), text(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
          self = .number(number)
        } else {
          self = .text(try container.decode(String.self))
        }
      }

      var number: Double? { if case .number(let value) = self { value } else { nil } }
    }

    private func lines(_ outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation) throws -> [Line]
    {
      try outcome.messages.split(separator: "\n").map { line in
        let entry = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
        #expect(entry.time.hasSuffix("Z") && entry.time.count == 24, sourceLocation: sourceLocation)
        #expect(["debug", "info", "warning", "error"].contains(entry.level), sourceLocation: sourceLocation)
        return entry
      }
    }

    /// Words that stand in every field of a log, in bad records and in names of people, and in no file name.
    private func planted(_ road: Road) throws -> String {
      var log = Log()
      for (i, line) in Log(300, users: 100).lines.enumerated() {
        log.lines.append(
          line.replacing(#""user":"u"#, with: #""user":"\#(Log.canary)-"#)
            .replacing("number", with: "\(Log.canary) number")
            .replacing(#""id":"c"#, with: #""plan":"\#(Log.canary)\#(i % 3)","id":"\#(Log.canary)-"#))
      }
      for bad in BadInputTests.badLines {
        log.lines.insert(String(decoding: bad.bytes, as: UTF8.self), at: 100)
      }
      return try road.put(log)
    }

    @Test(arguments: forms) func noWordOfAConversationIsLogged(form: String) throws {
      try withRoad { road in
        let log = try planted(road)
        let tail = ["-v", "--log-format", form]
        let facets = ["--facet", "plan", "--max-bad", "50"]
        let one = try road.put(
          [UInt8](Log(40, users: 1).text.replacing("u0", with: Log.canary).utf8), "one.jsonl")
        let letter = try road.put(Array("\(Log.canary)\n{\(Log.canary)}\n".utf8), "letter")
        for (arguments, code) in [
          (road.arguments([log], Road.small + facets), 0),
          (road.arguments([log], Road.small + facets + ["-n"], out: "dry"), 0),
          (road.arguments([log], Road.small, out: "strict") + ["--max-bad", "0"], 3),
          (road.arguments([one], Road.small, out: "one"), 4),
          (road.arguments([letter], Road.small, out: "letter2"), 3),
          (road.arguments([log], Road.small + ["--facet", "messages", "--max-bad", "50"], out: "list"), 3),
          (["inspect", log, "--max-bad", "50"], 0), (["inspect", letter], 3),
          (["evaluate", log, "--label", "plan", "--max-bad", "50"], 0),
          (["evaluate", log, "--label", "nothing", "--max-bad", "50"], 3),
          (["audit", road.path("out"), "--against", log, "--max-bad", "50"], 0),
          (["audit", road.path("none")], 3),
        ] as [([String], Int32)] {
          let outcome = road.command(arguments + tail)
          #expect(outcome.code == code, "\(arguments): \(outcome.messages)")
          #expect(!outcome.messages.isEmpty)
          outcome.expectDiscretion()
          if form == "json" { _ = try lines(outcome) }
        }
      }
    }

    @Test func aLogOfObjectsSaysWhatTextSays() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        let text = road.run(log, Road.small + ["-v"], out: "text")
        let json = try lines(road.run(log, Road.small + ["-v", "--log-format", "json"], out: "json"))
        let said = text.messages.split(separator: "\n").map { $0.dropFirst("throng: ".count) }
        // All but the durations of the last words.
        #expect(said.count == json.count && json.count > 20)
        for (line, entry) in zip(said, json) where !line.contains("seconds:") && !line.hasPrefix("done in") {
          #expect(line == entry.message)
        }
        let read = try #require(json.first { $0.stage == "read" && $0.message.contains("done") })
        #expect(read.fields["done"]?.number == Double(road.bytes("log.jsonl").count))
        #expect(read.fields["seconds"]?.number == 0)
        for words in [
          "throng \(Version.current) on 2 threads", "300 conversations, 3 facets", "base clusters in a tree",
        ] {
          #expect(json.contains { $0.level == "debug" && $0.message.contains(words) }, "\(words)")
        }
        // Details are for those who ask.
        let plain = road.run(log, out: "plain")
        #expect(!plain.messages.contains("base clusters in a tree"))
        #expect(plain.messages.split(separator: "\n").count < said.count)
      }
    }

    @Test func errorsAreObjectsForWhoeverWantsJSON() throws {
      try withRoad { road in
        let none = road.path("none.jsonl")
        for (arguments, code) in [
          (["inspect", none, "--json"], 3), (["inspect", "--json"], 2),
          (["run", none, "--nonsense", "--json"], 2),
          (["run", "--json", none], 2), (["audit", "--json", none], 3),
          (["ledger", "show", none, "--json"], 2),
          (["evaluate", none, "--label", "x", "--json"], 3), (["help", "--json", "nonsense"], 2),
          (["run", none, "--nonsense", "--log-format=json"], 2),
          (["man", "--log-format", "json", "--format", "x"], 2),
        ] as [([String], Int32)] {
          let outcome = road.command(arguments)
          #expect(outcome.code == code && outcome.output.isEmpty, "\(arguments)")
          let last = try #require(try lines(outcome).last)
          #expect(last.level == "error" && last.fields["exit_code"]?.number == Double(code), "\(arguments)")
        }
        // After the dashes it is the name of a file.
        #expect(road.command(["inspect", "--", "--json"]).messages.hasPrefix("throng: error: "))
      }
    }

    @Test func aTerminalKeepsNothingButWhatVerboseAsksFor() {
      for isVerbose in [false, true] {
        let bench = Bench(isAnimated: true)
        var messages = MessageOptions()
        messages.verbose = isVerbose
        bench.console.speak(messages, failsInJSON: false)
        bench.console.report(stage: "read", done: 5, total: 10)
        bench.console.report(stage: "weigh", done: 1, total: nil)
        bench.console.endProgress()
        let erase = "\r\u{1B}[K"
        #expect(
          bench.messages.text.contains(erase + "throng: read: done, 5 in under 0.1 s\n") == isVerbose)
        #expect(bench.messages.text.hasSuffix(isVerbose ? "in under 0.1 s\n" : erase))
      }
      // Objects are never drawn over.
      let bench = Bench(isAnimated: true)
      var messages = MessageOptions()
      messages.logFormat = .json
      bench.console.speak(messages, failsInJSON: false)
      bench.console.report(stage: "read", done: 5, total: 10)
      bench.console.endProgress()
      #expect(bench.messages.lines.count == 2 && !bench.messages.text.contains("\r"))
    }

    @Test func colourOnDemand() {
      for (color, isColored) in [(MessageOptions.Color.auto, false), (.always, true), (.never, false)] {
        let bench = Bench()
        var messages = MessageOptions()
        messages.color = color
        bench.console.speak(messages, failsInJSON: false)
        bench.console.warn("w")
        #expect(bench.messages.text.contains("\u{1B}[") == isColored)
      }
      let bench = Bench(isAnimated: true)
      #expect(bench.run("inspect --color=never") == 2)
      #expect(!bench.messages.text.contains("\u{1B}["))
    }
  }
}
