import Foundation
import Synchronization
import ThrongCore
import ThrongText

/// vectorise TEXTS [PASSES [THREADS [redact]]]: counts the hashed words and pairs of texts that a NUL byte ends each, in
/// blocks of about four megabytes as a reader makes them, after one pass without a clock. With `redact` personal data is removed first,
/// as in a run. Says seconds of the fastest and the median pass, and a digest of all that came out: the same for
/// the same text, whatever the speed.
func benchmarkVectorise(_ arguments: [String]) throws {
  let numbers = arguments.dropFirst().prefix(2).map { Int($0) ?? 0 }
  guard let path = arguments.first, numbers.allSatisfy({ $0 > 0 }), arguments.count <= 4,
    arguments.count < 4 || arguments[3] == "redact"
  else { throw BenchFailure("vectorise: TEXTS [PASSES [THREADS [redact]]]") }
  let passes = numbers.first ?? 5
  let workers = Workers(threads: numbers.count > 1 ? numbers[1] : 1)
  let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
  let blocks = try textBlocks(bytes, path: path)
  let settings = {
    var settings = TextSettings()
    settings.redacts = arguments.count > 3
    return settings
  }()
  let secret = Secret(bytes: Array(1...32))!

  let analyzers = TextAnalyzerPool(settings: settings, secret: secret)

  /// Calls `keep` with each block, in order; as many are worked on at once as there are threads.
  func pass(_ keep: (FeatureBlock) throws -> Void) throws {
    for first in stride(from: 0, to: blocks.count, by: workers.threads) {
      let wave = try workers.mapBlocks(count: min(workers.threads, blocks.count - first), blockSize: 1) {
        block, _ in
        try analyzers.withAnalyzer { analyzer in
          for text in blocks[first + block] {
            analyzer.begin()
            try analyzer.append(bytes.span.extracting(text))
            try analyzer.endDocument()
          }
          return analyzer.finish()
        }
      }
      try wave.forEach(keep)
    }
  }

  var digest: UInt64 = 0
  try pass { digest = RandomSource.mix(digest ^ summary(of: $0)) }
  var seconds: [(wall: Double, processor: Double)] = []
  var entries = 0
  for _ in 0..<passes {
    let (wall, processor) = (ContinuousClock.now, ProcessUsage.seconds)
    var features = Features()
    try pass { try features.append($0) }
    seconds.append(((ContinuousClock.now - wall) / .seconds(1), ProcessUsage.seconds - processor))
    entries = features.termCount
  }
  let walls = seconds.map(\.wall).sorted()
  let processors = seconds.map(\.processor).sorted()
  let output: [String: Any] = [
    "texts": blocks.reduce(0) { $0 + $1.count }, "bytes": bytes.count, "entries": entries,
    "digest": String(digest, radix: 16), "fastest": walls[0], "seconds": walls[walls.count / 2],
    "cpu": processors[processors.count / 2],
    "megabytes_per_second": Double(bytes.count) / 1e6 / walls[walls.count / 2],
    "peak_bytes": ProcessUsage.peakBytes,
  ]
  let json = try JSONSerialization.data(withJSONObject: output, options: [.sortedKeys])
  print(String(decoding: json, as: UTF8.self))
}

/// The texts of each block, as ranges of `bytes`.
private func textBlocks(_ bytes: [UInt8], path: String) throws -> [[Range<Int>]] {
  var blocks: [[Range<Int>]] = []
  var (start, blockStart) = (0, 0)
  for i in bytes.indices where bytes[i] == 0 {
    if blocks.isEmpty || start - blockStart >= 4 << 20 {
      blocks.append([])
      blockStart = start
    }
    blocks[blocks.count - 1].append(start..<i)
    start = i + 1
  }
  guard start == bytes.count else { throw BenchFailure("\(path): the last text has no end") }
  return blocks
}

/// A hash of what a block says, however it is laid out.
private func summary(of block: FeatureBlock) -> UInt64 {
  var digest: UInt64 = 0
  func add(_ number: UInt64) { digest = RandomSource.mix(digest &* 3 ^ number) }
  let quotations = block.terms.indices.filter(block.isQuoted)
  for offset in block.offsets + block.identityOffsets + block.vocativeOffsets + quotations {
    add(UInt64(offset))
  }
  for hash in block.terms + block.identityTerms + block.vocativeTerms + block.contentHashes { add(hash) }
  for count in block.counts { add(UInt64(count)) }
  // Each distinct term once, in no order.
  var spelled: UInt64 = 0
  var seen: Set<UInt64> = []
  for i in block.terms.indices where seen.insert(block.terms[i]).inserted {
    var hash = block.terms[i] &+ UInt64(block.words(i))
    for byte in block.spelling(i) { hash = RandomSource.mix(hash ^ UInt64(byte)) }
    spelled &+= hash
  }
  return RandomSource.mix(digest ^ spelled)
}
