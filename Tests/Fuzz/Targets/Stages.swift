import Foundation
import ThrongCore
import ThrongWorkspace

/// The file of a stage in the private folder of a run. The first byte says what becomes of a healthy one: another takes its
/// place ('a'), bytes are overwritten ('b') or put in place of all that follows ('c'), from a place on that the next two
/// bytes give. It is read as it was, or not at all.
func readStage(_ input: [UInt8]) {
  let healthy = HealthyStage.shared
  let rest = Array(input.dropFirst(3))
  let place =
    input.dropFirst().prefix(2).reversed().reduce(0) { $0 << 8 | Int($1) } % (healthy.bytes.count + 1)
  var bytes = healthy.bytes
  switch choice(input.first, of: 3) {
  case 0: bytes = Array(input.dropFirst())
  case 1: bytes.replaceSubrange(place..<min(bytes.count, place + rest.count), with: rest)
  default: bytes.replaceSubrange(place..., with: rest)
  }
  try! Data(bytes).write(to: URL(fileURLWithPath: healthy.path))
  let found = try! healthy.load()
  precondition(found == nil || bytes == healthy.bytes, "a damaged stage was believed")
  precondition(found != nil || bytes != healthy.bytes, "a healthy stage was not believed")
  precondition(found == nil || found == HealthyStage.columns, "a stage became another")
}

/// A stage that was kept: three columns, one of them empty, and more than one chunk.
private final class HealthyStage: Sendable {
  static let shared = HealthyStage()
  struct Columns: Equatable {
    var numbers: [UInt64]
    var lists: [[UInt16]]
    var none: [Float]
  }
  static let columns = Columns(numbers: (0..<200_000).map { $0 }, lists: [[1, 2], [], [3]], none: [])

  let path: String
  let bytes: [UInt8]
  private let stage: Stage

  private init() {
    let folder = "\(Scratch.shared.path)/work"
    try! FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let store = StageStore(
      folder: folder, secret: Secret(bytes: Array(1...32))!, version: "fuzz", resumes: true, report: { _ in })
    stage = store.stage("read", parts: [[1]])
    stage.save { writer in
      writer.append(Self.columns.numbers)
      writer.append(lists: Self.columns.lists)
      writer.append(Self.columns.none)
    }
    store.flush()
    path = "\(folder)/\(store.kept[0])"
    bytes = [UInt8](FileManager.default.contents(atPath: path)!)
  }

  func load() throws -> Columns? {
    try stage.load(workers: Workers(threads: 1)) { reader in
      Columns(
        numbers: try reader.next(UInt64.self), lists: try reader.nextLists(UInt16.self),
        none: try reader.next(Float.self))
    }
  }
}
