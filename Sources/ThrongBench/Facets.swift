import Foundation
import ThrongFacets
import ThrongText

/// facets sentiment|language|taxonomy TEXTS OUT [TAXONOMY.json5]: what a facet finds in texts that a NUL byte ends each, one line
/// a text in OUT: a score, a language and whether it is reliable, or a topic's name. Says processor seconds and speed of one core,
/// the median of five passes after one without a clock.
func benchmarkFacets(_ arguments: [String]) throws {
  guard arguments.count >= 3 else {
    throw BenchFailure("facets: sentiment|language|taxonomy TEXTS OUT [TAXONOMY.json5]")
  }
  let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: arguments[1])))
  var texts: [Range<Int>] = []
  var start = 0
  for i in bytes.indices where bytes[i] == 0 {
    texts.append(start..<i)
    start = i + 1
  }
  var lines: [String] = []
  let pass: (_ record: Bool) throws -> Void
  var scanner = WordScanner()
  switch arguments[0] {
  case "sentiment":
    var scorer = SentimentScorer()
    pass = { record in
      for text in texts {
        scanner.scan(bytes.span.extracting(text))
        let score = scorer.score(bytes.span.extracting(text), scanner)
        if record { lines.append("\(score)") }
      }
    }
  case "language":
    var detector = LanguageDetector()
    pass = { record in
      for text in texts {
        detector.begin()
        detector.append(bytes.span.extracting(text))
        let found = detector.detect()
        if record { lines.append("\(found.code) \(found.isReliable ? 1 : 0)") }
      }
    }
  case "taxonomy":
    guard arguments.count == 4 else { throw BenchFailure("facets taxonomy: TEXTS OUT TAXONOMY.json5") }
    let facet = TaxonomyFacet(name: "topic", try Taxonomy(file: arguments[3]))
    var reader = facet.makeReader()
    pass = { record in
      for text in texts {
        scanner.scan(bytes.span.extracting(text))
        try reader.read(bytes.span.extracting(text), words: scanner.words.span, side: .human)
        let value = try reader.finish()
        if record { lines.append("\(value.number)\t\(facet.title(of: value.level))") }
      }
    }
  default: throw BenchFailure("facets: knows sentiment, language and taxonomy")
  }
  try pass(true)
  try lines.map { $0 + "\n" }.joined().write(toFile: arguments[2], atomically: true, encoding: .utf8)
  let seconds = try (0..<5).map { _ in
    let before = ProcessUsage.seconds
    try pass(false)
    return ProcessUsage.seconds - before
  }.sorted()[2]
  print(
    """
    {"texts": \(texts.count), "bytes": \(bytes.count), "seconds": \(seconds), \
    "megabytes_per_second": \(Double(bytes.count) / 1e6 / seconds), "lexicon": \(SentimentScorer.lexiconSize)}
    """)
}
