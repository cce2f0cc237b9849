internal import CText

/// Snowball stems, by which a label sees that two words are inflections of one.
///
/// Not thread-safe. Stems are for comparison, not for display: "policies" gives "polici".
@safe package final class Stemmer {
  private let handle: OpaquePointer?

  /// - Parameter language: an ISO 639-1 code, as "en". Where Snowball has no algorithm for it, each word is
  ///   its own stem.
  package init(language: String) { unsafe handle = throng_stemmer_create(language) }

  deinit { unsafe throng_stemmer_destroy(handle) }

  /// The stem of a folded word, as bytes.
  package func stem(_ word: ArraySlice<UInt8>) -> [UInt8] {
    guard let handle = unsafe handle else { return Array(word) }
    var count = 0
    var stem: UnsafePointer<UInt8>?
    let done = unsafe word.withUnsafeBufferPointer {
      unsafe throng_stemmer_stem(handle, $0.baseAddress, $0.count, &stem, &count)
    }
    guard done, let stem = unsafe stem else { return Array(word) }
    return unsafe Array(UnsafeBufferPointer(start: stem, count: count))
  }

  /// The stem of a folded word.
  package func stem(_ word: String) -> String {
    String(decoding: stem(Array(word.utf8)[...]), as: UTF8.self)
  }
}
