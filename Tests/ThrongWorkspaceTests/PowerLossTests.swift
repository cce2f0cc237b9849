import Synchronization
import Testing
import ThrongWorkspace

/// The order in which a stage reaches the disk.
@Suite struct PowerLossTests {
  /// Notes what was asked of it, but for what it is told to forget.
  private final class RecordingFileSystem: FileSystem {
    enum Operation {
      case create(String, Int32)
      case write(Int32, [UInt8])
      case flush(Int32)
      case rename(String, String)
      case flushFolder
      case remove(String)

      var isFlush: Bool { if case .flush = self { true } else { false } }
      var isFlushFolder: Bool { if case .flushFolder = self { true } else { false } }
    }

    private let log = Mutex<[Operation]>([])
    var operations: [Operation] { log.withLock { $0 } }

    private func note(_ operation: Operation) { log.withLock { $0.append(operation) } }

    func create(_ path: String) -> Int32 {
      let file = Int32(operations.count)
      note(.create(name(path), file))
      return file
    }
    func write(_ bytes: [UInt8], to file: Int32) { note(.write(file, bytes)) }
    func flush(_ file: Int32) { note(.flush(file)) }
    func close(_ file: Int32) {}
    func rename(_ path: String, to target: String) { note(.rename(name(path), name(target))) }
    func flushFolder(_ path: String) { note(.flushFolder) }
    func remove(_ path: String) { note(.remove(name(path))) }

    private func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }
  }

  /// All that a disk may hold where the power fails behind some operations.
  ///
  /// Names change on the disk in the order in which they were changed, up to some point behind the last flush of the
  /// folder. Of bytes that were not flushed a beginning may be there, or room for all of them without any.
  private func disks(
    after operations: ArraySlice<RecordingFileSystem.Operation>, before: [String: [UInt8]]
  ) -> [[String: [UInt8]]] {
    var contents: [Int32: (flushed: Int, bytes: [UInt8])] = [:]
    // File numbers by name, as of each change of names; those of before are negative.
    var old: [Int32: [UInt8]] = [:]
    var names: [String: Int32] = [:]
    for (at, file) in before.enumerated() {
      names[file.key] = -1 - Int32(at)
      old[-1 - Int32(at)] = file.value
    }
    var states = [names]
    for operation in operations {
      switch operation {
      case .create(let name, let file):
        contents[file] = (0, [])
        names[name] = file
        states.append(names)
      case .write(let file, let bytes): contents[file]!.bytes += bytes
      case .flush(let file): contents[file]!.flushed = contents[file]!.bytes.count
      case .rename(let name, let target):
        names[target] = names.removeValue(forKey: name)
        states.append(names)
      case .flushFolder: states = [names]
      case .remove(let name):
        names[name] = nil
        states.append(names)
      }
    }
    return states.flatMap { names in
      (0..<4).map { variant in
        names.mapValues { file in
          guard let (flushed, bytes) = contents[file] else { return old[file]! }
          let rest = bytes.count - flushed
          let kept = Array(bytes[..<flushed])
          switch variant {
          case 0: return kept
          case 1: return Array(bytes[..<(flushed + rest / 2)])
          case 2: return kept + [UInt8](repeating: 0, count: rest)
          default: return bytes
          }
        }
      }
    }
  }

  /// What readers find, by the number of operations done when the power failed; nil is nothing, and damage is counted.
  private func findings(
    old: UInt8?, without isForgotten: (RecordingFileSystem.Operation) -> Bool = { _ in false }
  ) throws -> (found: [Set<UInt8?>], damaged: Int) {
    let folder = try Folder()
    if let old { Bench(folder).save(old) }
    let before = Dictionary(uniqueKeysWithValues: folder.names.map { ($0, folder.bytes($0)) })
    let recorder = RecordingFileSystem()
    Bench(folder, files: recorder).save(2)
    let operations = recorder.operations.filter { !isForgotten($0) }
    var found: [Set<UInt8?>] = []
    var damaged = 0
    for count in 0...operations.count {
      var here: Set<UInt8?> = []
      for disk in disks(after: operations[..<count], before: before) {
        let folder = try Folder()
        for (name, bytes) in disk { try folder.put(bytes, name) }
        let reader = Bench(folder)
        here.insert(try reader.load())
        damaged += reader.damaged
      }
      found.append(here)
    }
    return (found, damaged)
  }

  @Test(arguments: [nil, 1] as [UInt8?]) func aReaderMeetsTheOldOrTheNew(old: UInt8?) throws {
    let (found, damaged) = try findings(old: old)
    // Create, header, three columns, flush, rename, flush of the folder.
    #expect(found.count == 9)
    #expect(damaged == 0)
    #expect(found[..<7].allSatisfy { $0 == [old] })
    #expect(found[7] == [old, 2])
    #expect(found[8] == [2])
  }

  @Test func withoutTheFlushAFileIsTorn() throws {
    // The twin: the name is on the disk before what it names. It is found out, and the old one is gone.
    let (found, damaged) = try findings(old: 1) { $0.isFlush }
    #expect(damaged > 0)
    #expect(found.last == [nil, 2])
  }

  @Test func withoutTheFlushOfTheFolderNothingIsCertain() throws {
    let (found, damaged) = try findings(old: 1) { $0.isFlushFolder }
    #expect(damaged == 0)
    #expect(found.last == [1, 2])
  }

  /// Fails one operation as a full disk does, and does the others.
  private final class FullDisk: FileSystem {
    private let left: Mutex<Int>
    private let disk = DiskFileSystem()

    init(after count: Int) { left = Mutex(count) }

    private func pass() throws(WorkspaceFailure) {
      let isFull = left.withLock {
        $0 -= 1
        return $0 == -1
      }
      if isFull { throw .system(28) }
    }
    func create(_ path: String) throws(WorkspaceFailure) -> Int32 {
      try pass()
      return try disk.create(path)
    }
    func write(_ bytes: [UInt8], to file: Int32) throws(WorkspaceFailure) {
      try pass()
      try disk.write(bytes, to: file)
    }
    func flush(_ file: Int32) throws(WorkspaceFailure) {
      try pass()
      try disk.flush(file)
    }
    func close(_ file: Int32) { disk.close(file) }
    func rename(_ path: String, to target: String) throws(WorkspaceFailure) {
      try pass()
      try disk.rename(path, to: target)
    }
    func flushFolder(_ path: String) throws(WorkspaceFailure) {
      try pass()
      try disk.flushFolder(path)
    }
    func remove(_ path: String) throws(WorkspaceFailure) { try disk.remove(path) }
  }

  @Test(arguments: 0..<8) func aFullDiskCostsAStageAndNoMore(operations: Int) throws {
    let folder = try Folder()
    Bench(folder).save(1)
    let full = Bench(folder, files: FullDisk(after: operations))
    full.save(2)
    #expect(full.notKept == 1)
    // The last operation makes certain what the rename has done.
    #expect(try Bench(folder).load() == (operations == 7 ? 2 : 1))
    #expect(folder.names.count == 1, "no draft takes room")
  }
}
