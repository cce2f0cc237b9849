package import ThrongIngest

/// How text becomes rows of numbers.
package struct FeatureOptions: Sendable, Equatable {
  /// Whose messages count. What the product answers is not what people ask.
  package var roles: Set<Role> = [.human]
  /// Features are hashed into 2 to this many columns.
  package var columnBits = 18
  /// Whether pairs of neighbouring words are features too.
  package var bigrams = true
  /// Columns used by fewer distinct users are removed; nil chooses by the size of the corpus.
  package var minimumColumnUsers: Int?
  /// Dimensions kept by the truncated SVD; nil keeps the columns as they are.
  package var dimensions: Int? = 128

  package init() {}

  static let roleNames = Role.allCases.map { (name: "\($0)", value: $0) }

  static let flags: [Flag<FeatureOptions>] = [
    .value(
      "roles", "LIST", to: \.roles, .choices(roleNames),
      "Whose messages count: \(oneOf(roleNames.map(\.name))), or several joined by commas."),
    .value(
      "columns", "BITS", to: \.columnBits, .whole(10...24),
      "Features are hashed into 2 to the power of BITS columns, 10 to 24."),
    .toggle("no-bigrams", sets: \.bigrams, to: false, "Use single words only, no pairs of neighbours."),
    .value(
      "min-column-users", "N|auto", to: \.minimumColumnUsers, ValueParser.whole(1 ... .max).orNil("auto"),
      "Drop columns that fewer than N users use; auto goes by the size of the corpus."),
    .value(
      "dimensions", "N|off", to: \.dimensions, ValueParser.whole(2...4096).orNil("off"),
      "Dimensions kept by the truncated SVD; off clusters the hashed columns themselves."),
  ]
}
