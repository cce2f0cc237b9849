internal import Foundation

/// Something said on standard error: a line for a person, or an object for a program.
///
/// Neither form holds anything of a conversation: names of stages and fields are from the code, and values are numbers
/// or what the command line says.
package struct LogEntry: Sendable {
  package enum Level: String, Sendable {
    case debug, info, warning, error
  }

  package var level: Level
  package var message: String
  /// The stage that runs, if one does.
  package var stage: String?
  /// The numbers of the message, under names that stay.
  package var fields: [String: LogValue] = [:]

  /// One JSON object on one line, without its newline.
  ///
  /// - Parameter time: seconds since 1970.
  func json(time: Double) -> String {
    func quoted(_ value: some Encodable) -> String { (try? JSONText.encode(value)) ?? "null" }
    let date = Date(timeIntervalSince1970: time).formatted(
      Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    return "{\"time\":\(quoted(date)),\"level\":\(quoted(level.rawValue)),\"stage\":\(quoted(stage)),"
      + "\"message\":\(quoted(Console.printable(message))),\"fields\":\(quoted(fields))}"
  }
}

/// A value of a field of a log line.
package enum LogValue: Sendable, Encodable, ExpressibleByStringLiteral {
  case count(Int)
  case number(Double)
  case text(String)

  package init(stringLiteral value: String) { self = .text(value) }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .count(let value): try container.encode(value)
    case .number(let value): try container.encode((value * 1000).rounded() / 1000)
    case .text(let value): try container.encode(Console.printable(value))
    }
  }
}
