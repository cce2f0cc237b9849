import Foundation
import Testing

/// `out.work/quarantine.json`, read as a stranger would.
struct Quarantine: Decodable {
  struct Source: Decodable {
    let index: Int
    let name: String
    let faults: [String: [Int]]
  }

  let read: Int
  let kept: Int
  let quarantined: Int
  let kinds: [String: Int]
  let sources: [Source]

  /// Reads the file, and expects what holds of every one: its counts add up, it is private, it has no text.
  init(_ road: Road, folder: String = "out.work", sourceLocation: SourceLocation = #_sourceLocation) throws {
    let path = "\(folder)/quarantine.json"
    self = try JSONDecoder().decode(Quarantine.self, from: Data(road.bytes(path)))
    #expect(read == kept + quarantined, sourceLocation: sourceLocation)
    #expect(quarantined == kinds.values.reduce(0, +), sourceLocation: sourceLocation)
    let listed = sources.flatMap { $0.faults.values.map(\.count) }.reduce(0, +)
    #expect(quarantined == listed, sourceLocation: sourceLocation)
    #expect(road.mode(path) == 0o600 && road.mode(folder) == 0o700, sourceLocation: sourceLocation)
    #expect(!road.text(path).contains(Log.canary), sourceLocation: sourceLocation)
  }

  /// Expects these lines of the one input.
  func expect(read: Int, _ faults: [String: [Int]], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(self.read == read, sourceLocation: sourceLocation)
    #expect(sources.count == 1, sourceLocation: sourceLocation)
    #expect(sources.first?.faults == faults, sourceLocation: sourceLocation)
  }
}
