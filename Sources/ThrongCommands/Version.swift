/// The version that `throng --version` says.
package enum Version {
  package static let current = "0.1.0"
  /// The day of this version, for the manual page.
  static let date = "2026-11-26"
}
