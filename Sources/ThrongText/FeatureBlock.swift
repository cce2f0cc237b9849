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
  /// Positions in `terms`, ascending, of those that their document uses in quotations only: no votes of its author.
  package internal(set) var quotations: [Int] = []
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

  /// Hashes of the block's distinct terms, ascending.
  package internal(set) var spellingHashes: [UInt64] = []
  /// Terms + 1 offsets into `spellings`.
  package internal(set) var spellingOffsets: [Int] = [0]
  /// Folded UTF-8; the words of a bigram are parted by a space.
  package internal(set) var spellings: [UInt8] = []
  /// 1 or 2 words.
  package internal(set) var spellingWords: [UInt8] = []

  package init() {}

  package var documents: Int { offsets.count - 1 }
}
