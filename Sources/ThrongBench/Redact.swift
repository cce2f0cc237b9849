import Foundation
import ThrongText

/// redact TEXTS [PASSES] [SPANS.jsonl]: redacts texts that a NUL byte ends each, on one core, after one pass without a
/// clock. Says seconds of the fastest and the median pass, and the spans and bytes of each class. Where a third
/// file is named, writes to it, for each text, a line with its spans as [class, first byte, end].
func benchmarkRedact(_ arguments: [String]) throws {
  guard let path = arguments.first, let passes = arguments.count > 1 ? Int(arguments[1]) : 5, passes > 0
  else { throw BenchFailure("redact: TEXTS [PASSES] [SPANS.jsonl]") }
  let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
  var texts: [Range<Int>] = []
  var start = 0
  for i in bytes.indices where bytes[i] == 0 {
    texts.append(start..<i)
    start = i + 1
  }
  guard start == bytes.count else { throw BenchFailure("\(path): the last text has no end") }
  var redactor = Redactor()
  var counts = [Int](repeating: 0, count: RedactionClass.allCases.count)
  var lengths = counts
  var lines = Data()
  for text in texts {
    redactor.redact(bytes.span.extracting(text))
    for span in redactor.spans {
      counts[Int(span.kind.rawValue)] += 1
      lengths[Int(span.kind.rawValue)] += span.range.count
    }
    guard arguments.count > 2 else { continue }
    let spans = redactor.spans.map { "[\"\($0.kind)\",\($0.range.lowerBound),\($0.range.upperBound)]" }
    lines += Data("[\(spans.joined(separator: ","))]\n".utf8)
  }
  if arguments.count > 2 { try lines.write(to: URL(fileURLWithPath: arguments[2])) }
  var seconds: [Double] = []
  var kept = 0
  for _ in 0..<passes {
    let before = ProcessUsage.seconds
    kept = 0
    for text in texts {
      redactor.redact(bytes.span.extracting(text))
      kept += redactor.output.count
    }
    seconds.append(ProcessUsage.seconds - before)
  }
  seconds.sort()
  let total = texts.reduce(0) { $0 + $1.count }
  var classes: [String: [String: Int]] = [:]
  for kind in RedactionClass.allCases where counts[Int(kind.rawValue)] > 0 {
    classes["\(kind)"] = ["spans": counts[Int(kind.rawValue)], "bytes": lengths[Int(kind.rawValue)]]
  }
  let output: [String: Any] = [
    "texts": texts.count, "bytes": total, "output": kept, "fastest": seconds[0],
    "median": seconds[seconds.count / 2],
    "megabytes_per_second": Double(total) / 1e6 / seconds[seconds.count / 2], "classes": classes,
  ]
  let json = try JSONSerialization.data(withJSONObject: output, options: [.sortedKeys])
  print(String(decoding: json, as: UTF8.self))
}
