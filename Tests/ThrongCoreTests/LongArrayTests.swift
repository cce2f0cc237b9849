import Foundation
import Testing
import ThrongCore

/// What memory is too small for, against an array that holds everything.
@Suite struct LongArrayTests {
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "long-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    return folder
  }

  private static func check<Element: BitwiseCopyable & Equatable & Sendable>(
    _ heldBytes: Int, _ element: (UInt64) -> Element
  ) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var random = RandomSource(seed: 5)
    var (plain, long) = (
      [Element](), LongArray<Element>(SpillPlan(folder: folder.path, heldBytes: heldBytes))
    )
    var buffer: [Element] = []
    for _ in 0..<200 {
      let more = (0..<random.below(300)).map { _ in element(random.next()) }
      plain += more
      try long.append(more)
      let start = random.below(plain.count + 1)
      let end = start + random.below(plain.count - start + 1)
      let same = try long.withElements(start..<end, &buffer) { found in
        found.count == end - start && found.indices.allSatisfy { found[$0] == plain[start + $0] }
      }
      #expect(same)
    }
    #expect(long.count == plain.count)
    #expect(long.isSpilled == (heldBytes < plain.count * MemoryLayout<Element>.stride))
    // Nobody finds a name of it.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(arguments: [0, 5000, .max]) func anyRangeIsWhatWasAppended(heldBytes: Int) throws {
    try Self.check(heldBytes) { $0 }
    try Self.check(heldBytes) { UInt16(truncatingIfNeeded: $0) }
    try Self.check(heldBytes) { Float($0 >> 40) }
  }

  /// What lies on the disk is read there as whoever takes the disk away does: behind the back of the file without a name.
  @Test func theDiskTellsNothing() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var long = LongArray<UInt64>(SpillPlan(folder: folder.path, heldBytes: 0))
    // The same element a million times: what hides least.
    try long.append([UInt64](repeating: 0x5EC2_E700_5EC2_E700, count: 1_000_000))
    #expect(long.isSpilled)
    let own = "/proc/self/fd"
    var stored = Data()
    for name in try FileManager.default.contentsOfDirectory(atPath: own) {
      let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(own)/\(name)")) ?? ""
      guard target.hasPrefix(folder.path), let file = FileHandle(forReadingAtPath: "\(own)/\(name)") else {
        continue
      }
      stored += try file.readToEnd() ?? Data()
    }
    #expect(stored.count == 8_000_000)
    // Each block of the cipher once: no two are alike, and nothing of the element is left.
    let blocks = stride(from: 0, to: 64_000, by: 8).map { stored[$0..<$0 + 8] }
    #expect(Set(blocks).count == blocks.count)
    #expect(!blocks.contains(Data([0x00, 0xE7, 0xC2, 0x5E, 0x00, 0xE7, 0xC2, 0x5E])))
  }

  @Test func aFolderThatIsNotThereIsAFailure() throws {
    var long = LongArray<UInt64>(SpillPlan(folder: "/nowhere/at/all", heldBytes: 800))
    try long.append(Array(0..<100))
    #expect(throws: SpillFailure.self) { try long.append(Array(0..<100)) }
    #expect(long.count == 100 && !long.isSpilled)
  }
}
