/// A table of the bundle: once described, every representation writes it from here.
struct BundleTable: Sendable {
  struct Column: Sendable {
    enum Kind: Sendable { case text, integer, real }

    let name: String
    let kind: Kind
    /// Whether a cell may be ``Value/null``.
    var isOptional = false
    /// Smallest value that the gate lets through, for representations that can state it.
    var minimum: Int?
    let summary: String
  }

  enum Value: Sendable, Equatable {
    case null
    case text(String)
    case integer(Int)
    case real(Double)

    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    init(_ integer: Int?) { self = integer.map { .integer($0) } ?? .null }
  }

  let name: String
  let summary: String
  let columns: [Column]
  /// Names of the columns that identify a row; the first is always `release_id`, so that bundles can be stacked.
  let primaryKey: [String]
  /// Names of columns that readers filter by.
  let indexed: [String]
  /// One value per column, of the column's kind.
  let rows: [[Value]]
}
