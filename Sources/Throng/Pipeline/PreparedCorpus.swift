package import ThrongIngest
package import ThrongText

/// All conversations of a log as sparse features, with who held each: what is left when the text is gone.
///
/// Private: nothing of it may leave but through the gate.
package struct PreparedCorpus: Sendable {
  package var features = Features()
  /// Dense user index of each conversation.
  package var users: [UInt32] = []
  package var userCount = 0
  /// Keyed hash of each conversation's user, id and words.
  package var recordKeys: [UInt64] = []
  /// Index into ``labelCount`` labels of each conversation; empty unless a label field was asked for.
  package var labels: [Int32] = []
  package var labelCount = 0
  /// Terms that enough users used; nil unless a release is to be made.
  package var dictionary: TermDictionary?
  package var report: ReadReport
  /// Kept conversations left out because no role that counts said a word, or by label.
  package var screenedOut = 0

  package var count: Int { users.count }
}
