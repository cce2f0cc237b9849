import FoundationEssentials
import ThrongCore

/// Reads a file of a bundle that was written before, if it still is what was written.
package enum BundleReader {
  /// - Throws: ``ReleaseFailure/unreadable(path:reason:)`` where there is no such file, or `SHA256SUMS` says another sum.
  package static func file(_ name: String, of bundle: String) throws(ReleaseFailure) -> [UInt8] {
    func fail(_ reason: String) -> ReleaseFailure { .unreadable(path: bundle, reason: reason) }
    guard let sums = FileManager.default.contents(atPath: "\(bundle)/SHA256SUMS") else {
      throw fail("it has no SHA256SUMS")
    }
    guard let bytes = FileManager.default.contents(atPath: "\(bundle)/\(name)").map({ [UInt8]($0) }) else {
      throw fail("it has no \(name)")
    }
    let line = "\(Digest.hexadecimal(Digest.sha256(bytes)))  \(name)"
    guard String(decoding: sums, as: UTF8.self).split(separator: "\n").contains(where: { $0 == line }) else {
      throw fail("\(name) is not what SHA256SUMS says; it was changed after it was released")
    }
    return bytes
  }
}
