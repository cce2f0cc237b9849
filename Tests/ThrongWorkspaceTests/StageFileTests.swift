import Foundation
import Testing
import ThrongCore
import ThrongWorkspace

@Suite struct StageFileTests {
  @Test(arguments: [1, 3]) func columnsComeBack(threads: Int) throws {
    let folder = try Folder()
    let bench = Bench(folder)
    // More than two chunks, one chunk to the byte, and one byte beyond.
    let long = (0..<300_000).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    let even = [UInt8](repeating: 7, count: 1 << 20)
    let odd = even + [9]
    let floats: [Float] = [0, -1.5, .infinity, .leastNonzeroMagnitude]
    let lists: [[UInt8]] = [[], [1, 2], [], [3]]
    bench.stage.save {
      $0.append(long)
      $0.append(even)
      $0.append(odd)
      $0.append(floats)
      $0.append(lists: lists)
      $0.append(lists: [[Int16]]())
    }
    bench.store.flush()
    let workers = Workers(threads: threads)
    let same = try bench.stage.load(workers: workers) { columns in
      let first = try columns.next(UInt64.self) == long && columns.next() == even && columns.next() == odd
      return try first && columns.next() == floats && columns.nextLists() == lists
        && columns.nextLists(Int16.self).isEmpty
    }
    #expect(same == true)
    // Whoever reads less, more or something else than was written is not believed.
    #expect(try bench.stage.load(workers: workers) { try $0.next(UInt64.self).count } == nil)
    #expect(
      try bench.stage.load(workers: workers) { columns in
        try (0..<20).map { _ in try columns.next(UInt8.self) }
      } == nil)
    #expect(bench.damaged == 2)
  }

  /// An array that is not in memory is stored as one that is, and read part by part: more than one part.
  @Test func longArraysComeBack() throws {
    let folder = try Folder()
    let bench = Bench(folder)
    let plain = (0..<9_000_000).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    let plan = SpillPlan(folder: nil, heldBytes: 1 << 20)
    var long = LongArray<UInt64>(plan)
    for start in stride(from: 0, to: plain.count, by: 1 << 20) {
      try long.append(plain[start..<min(plain.count, start + 1 << 20)])
    }
    #expect(long.isSpilled)
    let whole = long
    bench.stage.save {
      $0.append(whole)
      $0.append(LongArray<UInt16>(plan))
      $0.append([UInt8(7)])
    }
    bench.store.flush()
    let same = try bench.stage.load(workers: Workers(threads: 2)) { columns in
      try columns.next() == plain && columns.next(UInt16.self).isEmpty && columns.next() == [UInt8(7)]
    }
    #expect(same == true)
    let parts = try bench.stage.load(workers: Workers(threads: 2)) { columns in
      var (again, none, buffer) = (LongArray<UInt64>(plan), LongArray<UInt16>(plan), [UInt64]())
      try columns.next(into: &again)
      try columns.next(into: &none)
      let isSame = try again.withElements(0..<again.count, &buffer) { found in
        found.count == plain.count && found.indices.allSatisfy { found[$0] == plain[$0] }
      }
      return try isSame && none.count == 0 && columns.next() == [UInt8(7)]
    }
    #expect(parts == true)
  }

  @Test func everyByteIsVouchedFor() throws {
    let folder = try Folder()
    Bench(folder).save(5)
    let name = try #require(folder.names.first)
    let bytes = folder.bytes(name)
    // A header of 64 bytes and 3 lengths, 2 + 0 + 8 bytes and 3 tags.
    #expect(bytes.count == 64 + 24 + 10 + 48)
    func read(_ bytes: [UInt8]) throws -> (value: UInt8?, damaged: Int) {
      try folder.put(bytes, name)
      let bench = Bench(folder)
      return (try bench.load(), bench.damaged)
    }
    #expect(try read(bytes) == (5, 0))
    for at in bytes.indices {
      for bit in [0, 7] {
        var changed = bytes
        changed[at] ^= 1 << UInt8(bit)
        #expect(try read(changed) == (nil, 1), "byte \(at)")
      }
    }
    for count in bytes.indices { #expect(try read(Array(bytes[..<count])) == (nil, 1), "\(count) bytes") }
    #expect(try read(bytes + [0]) == (nil, 1))
    #expect(try read([UInt8](repeating: 0xFF, count: 200)) == (nil, 1))

    // Half of one file and half of another one of the same stage.
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
    Bench(folder).save(5)
    let other = folder.bytes(name)
    #expect(other != bytes)
    #expect(try read(Array(bytes[..<88]) + other[88...]) == (nil, 1))
  }

  @Test func nothingIsReadWithoutTheSecret() throws {
    let folder = try Folder()
    let bench = Bench(folder)
    let words = Array("compost tomato seedling".utf8)
    bench.stage.save { $0.append(words) }
    bench.store.flush()
    let name = try #require(folder.names.first)
    let bytes = folder.bytes(name)
    for start in 0...words.count - 4 {
      #expect(Data(bytes).range(of: Data(words[start..<start + 4])) == nil)
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)

    // Another secret looks for another file, and cannot read this one under that name.
    let stranger = Bench(folder, secret: Secret(bytes: Array(2...33))!)
    #expect(try stranger.load() == nil)
    #expect(stranger.damaged == 0)
    stranger.save(1)
    let theirs = try #require(folder.names.first { $0 != name })
    try folder.put(bytes, theirs)
    #expect(try stranger.load() == nil)
    #expect(stranger.damaged == 1)
  }

  @Test func aKeySaysWhatAStageIsMadeOf() throws {
    let folder = try Folder()
    let store = Bench(folder).store
    store.stage("a", parts: [[1, 2], [3]]).then("b", "x", "y").save { $0.append([1]) }
    store.flush()
    func isThere(_ stage: Stage) throws -> Bool {
      try stage.load(workers: Bench.workers) { try $0.next(Int.self) } != nil
    }
    #expect(try isThere(store.stage("a", parts: [[1, 2], [3]]).then("b", "x", "y")))
    for parts in [[[1], [2, 3]], [[1, 2, 3]], [[1, 2], [3], []], [[1, 2], [4]]] as [[[UInt8]]] {
      #expect(try !isThere(store.stage("a", parts: parts).then("b", "x", "y")))
    }
    #expect(try !isThere(store.stage("a", parts: [[1, 2], [3]]).then("b", "xy", "")))
    #expect(try !isThere(store.stage("a", parts: [[1, 2], [3]]).then("c", "x", "y")))
    #expect(try !isThere(store.stage("c", parts: [[1, 2], [3]]).then("b", "x", "y")))
    let newer = Bench(folder, version: "2").store
    #expect(try !isThere(newer.stage("a", parts: [[1, 2], [3]]).then("b", "x", "y")))
    let anew = Bench(folder, resumes: false).store
    #expect(try !isThere(anew.stage("a", parts: [[1, 2], [3]]).then("b", "x", "y")))
    #expect(anew.kept.count == 1 && !anew.resumes("b") && store.resumes("b") && !store.resumes("a"))
  }

  @Test func oneRunAtATime() throws {
    let folder = try Folder()
    do {
      let lock = try WorkspaceLock(folder.path)
      #expect(throws: WorkspaceFailure.inUse(path: folder.path)) { _ = try WorkspaceLock(folder.path) }
      withExtendedLifetime(lock) {}
    }
    _ = try WorkspaceLock(folder.path)
    #expect(folder.names.isEmpty)
  }

  @Test func clearingTakesStagesOnly() throws {
    let folder = try Folder()
    let bench = Bench(folder)
    bench.save(1)
    for name in ["quarantine.json", "other-0011.stage.partial", "old-0011.stage", "notes.partial"] {
      try folder.put([1], name)
    }
    bench.store.removeDrafts()
    #expect(folder.names.count == 4 && !folder.names.contains("other-0011.stage.partial"))
    bench.store.clear()
    #expect(folder.names == ["notes.partial", "quarantine.json"])
  }
}
