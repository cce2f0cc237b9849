/// A word of a message as facets read it: hashed, with what its letters and its surroundings look like.
///
/// Not the tokenizer's terms: these keep function words, capitals and marks, which say how somebody speaks, and their hashes are
/// not keyed, because they are compared with words of ours or of the operator and are gone with the message.
package struct Word: BitwiseCopyable, Sendable {
  /// How the letters look.
  package struct Shape: OptionSet, BitwiseCopyable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// At least two letters, all capital.
    package static let capitals = Shape(rawValue: 1)
    /// A letter thrice or more in a row: "soooo".
    package static let stretched = Shape(rawValue: 2)
    /// An emoji or an emoticon.
    package static let symbol = Shape(rawValue: 4)
    /// Has a small letter.
    package static let small = Shape(rawValue: 8)
    /// Ends in 's, which is not part of the hash: "it's", "Ann's".
    package static let possessive = Shape(rawValue: 16)
  }

  /// What stands between the word before and this one.
  package struct Gap: OptionSet, BitwiseCopyable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// . ! ? or the end of a line, or the beginning of the message.
    package static let sentence = Gap(rawValue: 1)
    /// Another mark: , ; : – ( ) and so on; always set with ``sentence``.
    package static let clause = Gap(rawValue: 2)
    /// A question mark.
    package static let question = Gap(rawValue: 4)
    /// A quotation mark.
    package static let quote = Gap(rawValue: 8)
    /// The end of a line; always set with ``sentence``.
    package static let line = Gap(rawValue: 16)
  }

  /// FNV-1a over the small letters; runs of three or more equal letters count as two.
  package var hash: UInt64
  /// First byte in the message.
  package var start: UInt32
  /// Bytes, with a possessive ending.
  package var length: UInt16
  package var shape: Shape
  /// What stands before it.
  package var gap: Gap
  /// Exclamation marks between the word before and this one.
  package var exclamations: UInt8

  /// The hash of a word as ``WordScanner`` reads it, which has to be one word.
  package static func hash(_ word: String) -> UInt64 {
    var scanner = WordScanner()
    scanner.scan(Array(word.utf8).span)
    precondition(scanner.words.count == 1, "one word: \(word)")
    return scanner.words[0].hash
  }
}
