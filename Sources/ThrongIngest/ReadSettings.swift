/// What a log is read as.
package struct ReadSettings: Sendable {
  /// Name of a format; nil to detect it.
  package var format: String?
  /// Overrides of where things lie: keys `text`, `user`, `time`, `id`, `messages`, `role`; values are
  /// field paths with dots. With `messages` or `role`, `text` and `role` are fields of a message.
  package var mapping: [String: String]
  /// The field that names the user (`--user`); the same as `user` in ``mapping``.
  package var userField: String?
  /// Whether a record without a non-empty user is set aside.
  package var requiresUser: Bool
  /// Extra fields to keep of each record, as paths with dots. Strings, numbers and booleans.
  package var fields: [String]
  /// Whether an extra field that is a list or an object counts as missing; else its record is set aside.
  package var skipsUnusableFields: Bool
  /// Largest share of records that may be set aside, in 0...1.
  package var maximumBadShare: Double
  /// Decoded bytes after which a block ends with the record at hand.
  package var blockBytes: Int
  /// Bytes of the largest record that is held.
  package var maximumRecordBytes: Int
  /// Bytes of pieces held in memory while records are joined; beyond them they lie in a file without a name.
  package var heldBytes: Int

  package init(
    format: String? = nil, mapping: [String: String] = [:], userField: String? = nil,
    requiresUser: Bool = true, fields: [String] = [], skipsUnusableFields: Bool = false,
    maximumBadShare: Double = 0.01, blockBytes: Int = 4 << 20, maximumRecordBytes: Int = 64 << 20,
    heldBytes: Int = 64 << 20
  ) {
    self.format = format
    self.mapping = mapping
    self.userField = userField
    self.requiresUser = requiresUser
    self.fields = fields
    self.skipsUnusableFields = skipsUnusableFields
    self.maximumBadShare = maximumBadShare
    self.blockBytes = blockBytes
    self.maximumRecordBytes = maximumRecordBytes
    self.heldBytes = heldBytes
  }

  /// Whether the mapping says how messages are written.
  var mapsMessages: Bool { mapping["messages"] != nil || mapping["role"] != nil }

  /// - Throws: ``IngestFailure`` with exit 2.
  func validate() throws(IngestFailure) {
    guard maximumBadShare >= 0, maximumBadShare <= 1 else {
      throw .badSetting("the largest share of bad records must lie between 0 % and 100 % (--max-bad)")
    }
    guard blockBytes > 0, maximumRecordBytes > 0 else {
      throw .badSetting("the sizes of a block and of the largest record must be positive")
    }
  }
}
