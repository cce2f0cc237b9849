import Foundation
import Testing
import ThrongCore
import ThrongSynthesis

/// The files under `Corpora/` are what the generator writes for 3,000 conversations of seed 1.
/// `THRONG_RECORD=1` writes them anew.
@Suite struct ShippedCorpusTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Corpora")

  @Test func filesAreWhatTheGeneratorWrites() throws {
    let made = try Corpus.bytes(conversations: 3000, seed: 1)
    let log = Self.folder.appending(path: "assistant-log.jsonl")
    let truth = Self.folder.appending(path: "assistant-log.truth.jsonl")
    if ProcessInfo.processInfo.environment["THRONG_RECORD"] == "1" {
      try Data(made.log).write(to: log)
      try Data(made.truth).write(to: truth)
    }
    #expect(Digest.sha256([UInt8](try Data(contentsOf: log))) == Digest.sha256(made.log))
    #expect(Digest.sha256([UInt8](try Data(contentsOf: truth))) == Digest.sha256(made.truth))
    #expect(made.log.count < 3_500_000)
  }
}
