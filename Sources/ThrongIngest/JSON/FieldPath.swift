/// Where a field lies in a record: a key, or keys joined by dots for objects within objects.
///
/// A key that itself contains the dots is found first: `metadata.user` is the field of that name where there is
/// one, else `user` of `metadata`.
package struct FieldPath: Sendable, Equatable {
  /// As the user wrote it.
  package let name: String
  private let whole: [UInt8]
  private let keys: [[UInt8]]

  /// - Parameter name: nil is given back where a key is empty.
  package init?(_ name: String) {
    self.name = name
    whole = Array(name.utf8)
    keys = whole.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
    if keys.contains(where: \.isEmpty) { return nil }
  }

  /// The value in `record`, where there is one that is not null.
  package func find(in record: JSONValue) -> JSONValue? {
    if let value = record[whole], !value.isNull { return value }
    guard keys.count > 1 else { return nil }
    var value = record
    for key in keys {
      guard let next = value[key] else { return nil }
      value = next
    }
    return value.isNull ? nil : value
  }
}
