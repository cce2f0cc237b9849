/// The terms of a block of documents, as counts by document, and how the block's terms are spelled.
///
/// Private: it holds spellings of terms that perhaps one person used. They go no further than
/// ``TermTable/merge(_:users:workers:)``, which copies those that enough users share.
package struct FeatureBlock: Sendable {
  /// Documents + 1 offsets into `terms` and `counts`.
  package internal(set) var offsets: [Int] = [0]
  /// Keyed hashes of each document's distinct terms, ascending within the document.
  package internal(set) var terms: [UInt64] = []
  /// How often the document uses the term, at most 65,535.
  package internal(set) var counts: [UInt16] = []
  /// For each of `terms` a place where it is spelled; quoted where their document uses it in quotations only, which is no
  /// vote of its author. See ``TermLocation``.
  var locations: [UInt64] = []
  /// The folded words of all documents in UTF-8, each followed by a space.
  var spellings: [UInt8] = []
  /// Documents + 1 offsets into `identityTerms`.
  package internal(set) var identityOffsets: [Int] = [0]
  /// Hashes of the words, and pairs of words, seen as part of an identity: a name beside an address or in an
  /// attribution, a mail local part, a handle. Distinct and ascending within the document.
  package internal(set) var identityTerms: [UInt64] = []
  /// Documents + 1 offsets into `vocativeTerms`.
  package internal(set) var vocativeOffsets: [Int] = [0]
  /// Hashes of the words that begin a message as one calls somebody: "ann_lee: …". Distinct and ascending within the
  /// document.
  package internal(set) var vocativeTerms: [UInt64] = []
  /// A keyed hash of each document's redacted, normalised text.
  package internal(set) var contentHashes: [UInt64] = []

  package init() {}

  package var documents: Int { offsets.count - 1 }

  /// How the term at a position in `terms` is spelled; the words of a pair are parted by a space.
  package func spelling(_ position: Int) -> ArraySlice<UInt8> {
    spellings[TermLocation(bits: locations[position]).range]
  }

  /// Of how many words it is, 1 or 2.
  package func words(_ position: Int) -> Int { Int(TermLocation(bits: locations[position]).words) }

  /// Whether its document uses it in quotations only.
  package func isQuoted(_ position: Int) -> Bool { TermLocation(bits: locations[position]).isQuoted }
}
