internal import CText

/// Snowball stems, by which a label sees that two words are inflections of one.
///
/// Not thread-safe. Stems are for comparison, not for display: "policies" gives "polici".
@safe package final class Stemmer {
  private let handle: OpaquePointer

  /// - Parameter language: an ISO 639-1 code, as "en". Nil where Snowball has no algorithm for it.
  package init?(language: String) {
    guard let handle = unsafe throng_stemmer_create(language) else { return nil }
    unsafe self.handle = handle
  }

  deinit { unsafe throng_stemmer_destroy(handle) }

  /// The stem of a folded word, as bytes; the word itself where memory ran out.
  package func stem(_ word: ArraySlice<UInt8>) -> [UInt8] {
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
