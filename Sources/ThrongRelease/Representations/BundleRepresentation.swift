package import ThrongPrivacy

/// One way to write a release: a file or a few. Adding one is adding a type that conforms, and naming it in
/// ``BundleWriter/representations``.
package protocol BundleRepresentation: Sendable {
  /// Writes the files of this representation; the same release gives the same bytes.
  ///
  /// - Parameters:
  ///   - tables: the tables of `release`.
  ///   - folder: the bundle in the making.
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws
}

/// `release.json`: everything, one document.
struct ReleaseDocument: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    try folder.write(release.json(readable: true) + [UInt8(ascii: "\n")], to: "release.json")
  }
}
