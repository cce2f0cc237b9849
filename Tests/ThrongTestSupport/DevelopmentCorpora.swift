import Foundation

/// The development corpora, which lie outside the repository.
///
/// Looked for in `THRONG_CORPORA`, then in `../shared/corpora` from the package's root. A test that needs one
/// is enabled by ``path(_:)`` being non-nil, and names what it skipped where it is nil.
package enum DevelopmentCorpora {
  /// The path of `<name>.jsonl.zst`, or nil where the corpora are absent.
  package static func path(_ name: String) -> String? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folders: [String?] = [
      ProcessInfo.processInfo.environment["THRONG_CORPORA"],
      root.deletingLastPathComponent().appendingPathComponent("shared/corpora").path,
    ]
    for folder in folders.compactMap({ $0 }) {
      let path = "\(folder)/\(name).jsonl.zst"
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    return nil
  }
}
