import Foundation
import Synchronization
import ThrongCore
import ThrongWorkspace

/// A folder of its own, gone with the test.
final class Folder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("throng-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  func bytes(_ name: String) -> [UInt8] {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { [UInt8]($0) } ?? []
  }

  func put(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }
}

/// A store and what it said.
final class Bench: Sendable {
  static let secret = Secret(bytes: Array(1...32))!
  static let workers = Workers(threads: 2)
  let store: StageStore
  private let said: Said

  private final class Said: Sendable {
    let events = Mutex<[StageStore.Event]>([])
  }

  init(
    _ folder: Folder, secret: Secret = Bench.secret, version: String = "1", resumes: Bool = true,
    files: any FileSystem = DiskFileSystem()
  ) {
    let said = Said()
    self.said = said
    store = StageStore(
      folder: folder.path, secret: secret, version: version, resumes: resumes, files: files
    ) { event in
      said.events.withLock { $0.append(event) }
    }
  }

  var damaged: Int { said.events.withLock { $0.count { if case .damaged = $0 { true } else { false } } } }
  var notKept: Int { said.events.withLock { $0.count { if case .notKept = $0 { true } else { false } } } }

  var stage: Stage { store.stage("numbers", parts: [[1, 2]]) }

  /// Stores a value in three columns, of which one is empty.
  func save(_ value: UInt8) {
    stage.save {
      $0.append([value, value])
      $0.append([UInt64]())
      $0.append([Int(value)])
    }
    store.flush()
  }

  func load() throws -> UInt8? {
    try stage.load(workers: Self.workers) { columns in
      let bytes = try columns.next(UInt8.self)
      let none = try columns.next(UInt64.self)
      let number = try columns.numbers(1)
      guard bytes.count == 2, none.isEmpty, Int(bytes[0]) == number[0] else { throw StageDamage() }
      return bytes[1]
    }
  }
}
