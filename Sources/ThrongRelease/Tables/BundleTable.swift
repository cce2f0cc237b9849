/// A table of the bundle: once described, every representation writes it from here.
package struct BundleTable: Sendable {
  package struct Column: Sendable {
    package enum Kind: Sendable { case text, integer, real }

    package let name: String
    package let kind: Kind
    /// Whether a cell may be ``Value/null``.
    package var isOptional = false
    /// Smallest value that the gate lets through, for representations that can state it.
    package var minimum: Int?
    package let summary: String
  }

  package enum Value: Sendable, Equatable {
    case null
    case text(String)
    case integer(Int)
    case real(Double)

    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    init(_ real: Double?) { self = real.map { .real($0) } ?? .null }
    init(_ integer: Int?) { self = integer.map { .integer($0) } ?? .null }
  }

  package let name: String
  package let summary: String
  package let columns: [Column]
  /// Names of the columns that identify a row; the first is always `release_id`, so that bundles can be stacked.
  package let primaryKey: [String]
  /// Names of columns that readers filter by.
  package let indexed: [String]
  /// One value per column, of the column's kind.
  package let rows: [[Value]]
}
