/// Where a field lies in a record: a key, or keys joined by dots for objects within objects.
///
/// A key that ends in `[]` holds a list, of which the first element counts that has the rest: `turns[].user`. A key that
/// itself contains the dots is found first: `metadata.user` is the field of that name where there is one, else `user` of
/// `metadata`.
package struct FieldPath: Sendable, Equatable {
  private struct Step: Sendable, Equatable {
    let key: [UInt8]
    let isList: Bool
  }

  /// As the user wrote it.
  package let name: String
  private let whole: [UInt8]
  private let steps: [Step]

  /// - Parameter name: nil is given back where a key is empty.
  package init?(_ name: String) {
    self.name = name
    whole = Array(name.utf8)
    let list = Array("[]".utf8)
    steps = whole.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { key in
      let isList = key.suffix(2).elementsEqual(list)
      return Step(key: Array(isList ? key.dropLast(2) : key), isList: isList)
    }
    if steps.contains(where: \.key.isEmpty) { return nil }
  }

  /// The value in `record`, where there is one that is not null.
  package func find(in record: JSONValue) -> JSONValue? {
    if let value = record[whole], !value.isNull { return value }
    guard steps.count > 1 || steps[0].isList else { return nil }
    return find(in: record, from: 0)
  }

  private func find(in record: JSONValue, from first: Int) -> JSONValue? {
    var value = record
    for at in first..<steps.count {
      guard let next = value[steps[at].key] else { return nil }
      value = next
      guard steps[at].isList else { continue }
      guard let elements = value.elements else { return nil }
      for element in elements {
        if at + 1 == steps.count { return element.isNull ? nil : element }
        if let found = find(in: element, from: at + 1) { return found }
      }
      return nil
    }
    return value.isNull ? nil : value
  }
}
