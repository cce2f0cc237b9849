/// Why a record was set aside.
package enum FaultKind: UInt8, Error, Sendable, CaseIterable, Comparable {
  case invalidJSON, notAnObject, noText, noUser, invalidUTF8, recordTooLarge, nulBytes, truncatedStream
  case wrongFieldType, unknownRole, repeatedKey

  /// The name in `quarantine.json`.
  package var name: String {
    switch self {
    case .invalidJSON: "invalid_json"
    case .notAnObject: "not_an_object"
    case .noText: "no_text"
    case .noUser: "no_user"
    case .invalidUTF8: "invalid_utf8"
    case .recordTooLarge: "record_too_large"
    case .nulBytes: "nul_bytes"
    case .truncatedStream: "truncated_stream"
    case .wrongFieldType: "wrong_field_type"
    case .unknownRole: "unknown_role"
    case .repeatedKey: "repeated_key"
    }
  }

  /// In a few words, for a person.
  package var summary: String {
    switch self {
    case .invalidJSON: "not valid JSON"
    case .notAnObject: "not a JSON object"
    case .noText: "without text"
    case .noUser: "without a user"
    case .invalidUTF8: "not valid UTF-8"
    case .recordTooLarge: "too large"
    case .nulBytes: "with NUL bytes"
    case .truncatedStream: "cut off by a truncated or damaged input"
    case .wrongFieldType: "with a field of the wrong type"
    case .unknownRole: "with an unknown role"
    case .repeatedKey: "with two fields of the same name"
    }
  }

  package static func < (a: FaultKind, b: FaultKind) -> Bool { a.rawValue < b.rawValue }
}

/// A record that was set aside: why and where, never what it says.
package struct Fault: Sendable, Equatable {
  package let kind: FaultKind
  private let sourceIndex: UInt32
  /// Line of JSON Lines or element of a JSON array, from 1.
  package let line: Int

  /// Index of the input.
  package var source: Int { Int(sourceIndex) }

  package init(kind: FaultKind, source: Int, line: Int) {
    self.kind = kind
    sourceIndex = UInt32(source)
    self.line = line
  }
}

/// How many records were set aside, by kind.
package struct FaultCounts: Sendable, Equatable {
  private var counts = [Int](repeating: 0, count: FaultKind.allCases.count)

  package init() {}

  package internal(set) subscript(kind: FaultKind) -> Int {
    get { counts[Int(kind.rawValue)] }
    set { counts[Int(kind.rawValue)] = newValue }
  }

  package var total: Int { counts.reduce(0, +) }

  /// Such as `3 not valid JSON, 1 without text`; the most frequent kind first.
  package var summary: String {
    FaultKind.allCases.filter { self[$0] > 0 }.sorted { (self[$1], $0) < (self[$0], $1) }
      .map { "\(self[$0]) \($0.summary)" }.joined(separator: ", ")
  }
}
