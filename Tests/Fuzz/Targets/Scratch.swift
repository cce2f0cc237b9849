import Foundation
import Synchronization

/// Files for readers that want a path. In `TMPDIR`, gone when the process ends as it should.
final class Scratch: Sendable {
  static let shared = Scratch()
  let path: String

  private init() {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("throng-fuzz-\(getpid())").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: Scratch.shared.path) }
  }

  /// Writes a file; answers where.
  func write(_ bytes: some Collection<UInt8>, as name: String) -> String {
    let file = "\(path)/\(name)"
    try! Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}
