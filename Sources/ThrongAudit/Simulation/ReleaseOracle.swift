/// A conversation as an attacker imagines or plants it. Private: it is neither `Codable` nor printable.
package struct SimulatedRecord: Sendable {
  package var id: String
  package var user: String
  package var text: String

  package init(id: String, user: String, text: String) {
    self.id = id
    self.user = user
    self.text = text
  }
}

/// The files of a released bundle, by name.
package struct SimulatedBundle: Sendable {
  package let files: [(name: String, bytes: [UInt8])]

  package init(files: [(name: String, bytes: [UInt8])]) { self.files = files }

  package subscript(name: String) -> [UInt8]? { files.first { $0.name == name }?.bytes }

  /// Whether a plain word, in lower case, stands in any byte of any file, in whatever case.
  func shows(_ word: String) -> Bool {
    let needle = Array(word.utf8)
    return files.contains { file in
      let bytes = file.bytes.span
      guard bytes.count >= needle.count else { return false }
      outer: for start in 0...bytes.count - needle.count {
        for k in needle.indices {
          let byte = bytes[start + k]
          let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
          if folded != needle[k] { continue outer }
        }
        return true
      }
      return false
    }
  }
}

/// The system under attack, which an attack can only ask for releases. This module knows none of its code.
///
/// Reruns are what an outsider faces who can plant conversations but does not hold the secret, and more than that:
/// nobody outside can ask for as many as they like.
package protocol ReleaseOracle: Sendable {
  /// The bundle that a run over these conversations writes; nil where it refuses to release any.
  ///
  /// Called on several threads at once.
  /// - Parameter secret: 32 bytes.
  func release(_ records: [SimulatedRecord], secret: [UInt8]) throws -> SimulatedBundle?

  /// The keyed hashes of terms that a run holds in memory while it works: what a thief would find if a workspace kept them.
  func hashes(_ records: [SimulatedRecord], secret: [UInt8]) throws -> Set<UInt64>
}
