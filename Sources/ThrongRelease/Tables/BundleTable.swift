/// A table of the bundle: once described, every representation writes it from here.
package struct BundleTable: Sendable {
  package struct Column: Sendable {
    /// A `date` is a text such as `2026-01-31`.
    package enum Kind: Sendable { case text, integer, real, date }

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

  /// Columns whose values are those of columns of a table that is written before, or of this one.
  package struct Reference: Sendable {
    package let columns: [String]
    package let table: String
    package let to: [String]
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
  package var references: [Reference] = []
}

extension BundleTable.Reference {
  static let release = Self(columns: ["release_id"], table: "release", to: ["release_id"])
  static let cluster = Self(
    columns: ["release_id", "cluster_id"], table: "clusters", to: ["release_id", "cluster_id"])
  static let parent = Self(
    columns: ["release_id", "parent_id"], table: "clusters", to: ["release_id", "cluster_id"])
  static let facet = Self(
    columns: ["release_id", "facet"], table: "facets", to: ["release_id", "facet"])
}
