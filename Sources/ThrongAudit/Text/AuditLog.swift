package import ThrongCore

/// The log that a bundle is held against, as an audit reads it: once, in blocks, by whichever reader the caller has.
///
/// The module knows no format of logs, so that it shares nothing with the pipeline that it checks.
package protocol AuditLog: Sendable {
  /// Calls `process` for each block, on up to `workers.threads` threads, and `merge` with its answers in order.
  ///
  /// - Throws: why the log cannot be read, what either threw, or `Interrupted`.
  func read<Partial: Sendable>(
    workers: Workers, process: @Sendable (borrowing AuditBlock) throws -> Partial,
    merge: (Partial) throws -> Void
  ) throws

  /// Names of the record fields in ``AuditBlock/Record/fields``; those that no record has may be among them.
  var fields: [String] { get }
}

/// Some records of a log. Private: never printed, gone when `process` returns.
package struct AuditBlock: Sendable {
  package struct Record: Sendable {
    /// Position among all records of the block's input.
    package let line: Int
    package let id: Range<Int>?
    package let user: Range<Int>?
    /// The texts of the record, whoever wrote them.
    package let texts: [Range<Int>]
    /// Values of ``AuditLog/fields``; nil where the record has none.
    package let fields: [Range<Int>?]

    package init(
      line: Int, id: Range<Int>?, user: Range<Int>?, texts: [Range<Int>], fields: [Range<Int>?] = []
    ) {
      self.line = line
      self.id = id
      self.user = user
      self.texts = texts
      self.fields = fields
    }
  }

  /// UTF-8, which all ranges point into.
  package let bytes: [UInt8]
  package let records: [Record]

  package init(bytes: [UInt8], records: [Record]) {
    self.bytes = bytes
    self.records = records
  }
}
