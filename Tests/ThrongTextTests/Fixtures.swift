import CCompression
import Foundation
import ThrongCore
import ThrongTestSupport
import ThrongText

/// Short ways to what the tests of this module all need.
enum Fixture {
  static let secret = Secret(bytes: Array(1...32))!
  /// Settings under which function words are terms too: for tests of what a word is.
  static let everyWord = {
    var settings = TextSettings()
    settings.dropsFunctionWords = false
    return settings
  }()
  static let otherSecret = Secret(bytes: Array(2...33))!

  /// A block with one document for each text, or for each list of messages.
  static func block(
    _ documents: [[String]], settings: TextSettings = everyWord, secret: Secret = secret
  ) throws -> FeatureBlock {
    try block(documents.map { $0.map { Array($0.utf8) } }, settings: settings, secret: secret)
  }

  /// The same of bytes, which need not be UTF-8; `usesShortcuts` as in ``TextAnalyzer``.
  static func block(
    _ documents: [[[UInt8]]], settings: TextSettings = everyWord, secret: Secret = secret,
    usesShortcuts: Bool = true
  ) throws -> FeatureBlock {
    let analyzer = try TextAnalyzer(settings: settings, secret: secret, usesShortcuts: usesShortcuts)
    for messages in documents {
      analyzer.begin()
      for message in messages { try analyzer.append(message.span) }
      try analyzer.endDocument()
    }
    return analyzer.finish()
  }

  /// How the terms of a block are spelled, by hash.
  static func spellings(_ block: FeatureBlock) -> [UInt64: String] {
    Dictionary(
      block.terms.indices.map { (block.terms[$0], String(decoding: block.spelling($0), as: UTF8.self)) },
      uniquingKeysWith: { first, second in
        precondition(first == second, "one hash, two spellings")
        return first
      })
  }

  /// Term counts of each document.
  static func counts(_ block: FeatureBlock) -> [[String: Int]] {
    let spellings = spellings(block)
    return (0..<block.documents).map { d in
      let range = block.offsets[d]..<block.offsets[d + 1]
      return Dictionary(
        uniqueKeysWithValues: range.map { (spellings[block.terms[$0]]!, Int(block.counts[$0])) })
    }
  }

  /// The terms of one text.
  static func terms(_ text: String, bigrams: Bool = true) throws -> Set<String> {
    var settings = everyWord
    settings.bigrams = bigrams
    return Set(counts(try block([[text]], settings: settings))[0].keys)
  }

  /// The objects of a development corpus, of which at most `limit`.
  static func corpus(_ name: String, limit: Int = .max) throws -> [[String: Any]] {
    guard let path = DevelopmentCorpora.path(name) else { return [] }
    let text = try decompress([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    return try text.split(separator: 0x0A).prefix(limit).map {
      try JSONSerialization.jsonObject(with: Data($0)) as! [String: Any]
    }
  }

  private static func decompress(_ packed: [UInt8]) throws -> [UInt8] {
    var out: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    let stream = unsafe ZSTD_createDStream()
    defer { unsafe ZSTD_freeDStream(stream) }
    unsafe packed.withUnsafeBytes { source in
      var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      while unsafe input.pos < input.size {
        let made = unsafe piece.withUnsafeMutableBytes { target in
          var output = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
          let code = unsafe ZSTD_decompressStream(stream, &output, &input)
          precondition(ZSTD_isError(code) == 0)
          return unsafe output.pos
        }
        out.append(contentsOf: piece[..<made])
      }
    }
    return out
  }
}
