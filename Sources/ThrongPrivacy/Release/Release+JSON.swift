import FoundationEssentials
import ThrongCore

extension Release {
  /// The release as JSON in UTF-8: keys in alphabetical order, nothing escaped that need not be, so that one release
  /// has one spelling.
  ///
  /// - Parameter readable: with line breaks and indentation.
  package func json(readable: Bool) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if readable { encoder.outputFormatting.insert(.prettyPrinted) }
    return [UInt8](try encoder.encode(self))
  }

  /// The same release under the id of its content.
  func identified() throws -> Release {
    var release = self
    release.id = ""
    release.id = Digest.hexadecimal(Digest.sha256(try release.json(readable: false)).prefix(8))
    return release
  }
}
