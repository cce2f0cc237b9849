/// A property of conversations that the operator asked to be counted: a metadata field, or something computed.
///
/// Private, like the ``CandidateTree`` that holds it. A value is text of the log, so it is shown only in cells that pass
/// the gate's rules for facets.
package struct CandidateFacet: Sendable {
  /// A plain name, as the operator wrote it: public.
  package let name: String
  /// The distinct values. In ascending order of meaning where ``isOrdered``, else in any order.
  package let values: [String]
  /// Index into ``values`` of each record; −1 where the record states none.
  package let valueOfRecord: [Int32]
  /// Whether the values have an order, such as levels or months (R7 then takes the cumulative distance).
  package let isOrdered: Bool
  /// Whether to know the value of a person would hurt that person: R7 applies.
  package let isSensitive: Bool

  /// Indices outside of `values` are a programmer's mistake and stop the process. O(records).
  package init(
    name: String, values: [String], valueOfRecord: [Int32], isOrdered: Bool = false, isSensitive: Bool = false
  ) {
    precondition(valueOfRecord.allSatisfy { $0 >= -1 && Int($0) < values.count }, "every value is listed")
    self.name = name
    self.values = values
    self.valueOfRecord = valueOfRecord
    self.isOrdered = isOrdered
    self.isSensitive = isSensitive
  }
}
