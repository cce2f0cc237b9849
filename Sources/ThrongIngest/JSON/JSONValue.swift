internal import CJSON

/// A value of the record being read.
///
/// Alive until its ``JSONParser`` parses the next record: a format looks at it inside its call and keeps bytes,
/// never values. Looking up a field is O(fields of the object), stepping through an array O(1) an element.
@safe package struct JSONValue {
  /// What a value is; numbers are not told apart.
  package enum Kind: Sendable, Equatable {
    case null, boolean, number, text, array, object
  }

  private let handle: cjson_value

  init(handle: cjson_value) { unsafe self.handle = handle }

  package var kind: Kind {
    switch unsafe cjson_kind_of(handle) {
    case cjson_boolean: .boolean
    case cjson_number: .number
    case cjson_text: .text
    case cjson_array: .array
    case cjson_object: .object
    default: .null
    }
  }

  package var isNull: Bool { kind == .null }

  /// The first field of that name; nil where this is no object or has no such field.
  package subscript(key: StaticString) -> JSONValue? {
    var found = unsafe cjson_value()
    guard unsafe cjson_find(handle, key.utf8Start, key.utf8CodeUnitCount, &found) else { return nil }
    return unsafe JSONValue(handle: found)
  }

  /// As above, for a name known only at run time.
  package subscript(key: [UInt8]) -> JSONValue? {
    var found = unsafe cjson_value()
    guard unsafe cjson_find(handle, key, key.count, &found) else { return nil }
    return unsafe JSONValue(handle: found)
  }

  /// The elements of an array; nil where this is none.
  package var elements: JSONElements? {
    var cursor = unsafe cjson_cursor()
    guard unsafe cjson_array_begin(handle, &cursor) else { return nil }
    return unsafe JSONElements(cursor: cursor)
  }

  /// The fields of an object; nil where this is none.
  package var fields: JSONFields? {
    var cursor = unsafe cjson_cursor()
    guard unsafe cjson_object_begin(handle, &cursor) else { return nil }
    return unsafe JSONFields(cursor: cursor)
  }

  /// Fields of an object; 0 where this is none. O(1).
  package var fieldCount: Int { unsafe cjson_count_fields(handle) }

  /// Whether two fields of this object bear the same name: then nobody knows which of them counts.
  package var repeatsKey: Bool { unsafe cjson_repeats_key(handle) }

  /// A whole number of the signed 64-bit range.
  package var integer: Int64? {
    var value: Int64 = 0
    return unsafe cjson_get_integer(handle, &value) ? value : nil
  }

  /// A whole number of the unsigned 64-bit range.
  package var unsigned: UInt64? {
    var value: UInt64 = 0
    return unsafe cjson_get_unsigned(handle, &value) ? value : nil
  }

  /// Any number, rounded where it is a whole number beyond 2⁵³.
  package var double: Double? {
    var value = 0.0
    return unsafe cjson_get_double(handle, &value) ? value : nil
  }

  package var boolean: Bool? {
    var value = false
    return unsafe cjson_get_boolean(handle, &value) ? value : nil
  }

  /// Calls `body` with the unescaped UTF-8 of a string; nil where this is none.
  package func withText<Result>(_ body: (Span<UInt8>) -> Result) -> Result? {
    var start: UnsafePointer<UInt8>?
    var count = 0
    guard unsafe cjson_get_text(handle, &start, &count) else { return nil }
    return unsafe body(Span(_unsafeStart: start!, count: count))
  }

  /// A string; nil where this is none. For keys and names, not for text.
  package var string: String? {
    withText { bytes in String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self) }
  }

  /// Whether this is the string `word`, given in lower-case letters, in upper or lower case.
  package func spells(_ word: StaticString) -> Bool { withText { $0.spells(word) } ?? false }

  /// Appends the UTF-8 of a string and gives where it lies; nil, and nothing appended, where this is no string.
  package func appendText(to bytes: inout [UInt8]) -> Range<Int>? {
    var start: UnsafePointer<UInt8>?
    var count = 0
    guard unsafe cjson_get_text(handle, &start, &count) else { return nil }
    let lower = bytes.count
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
    return lower..<bytes.count
  }
}

/// The elements of a JSON array, in order.
@safe package struct JSONElements: Sequence, IteratorProtocol {
  private var cursor: cjson_cursor

  init(cursor: cjson_cursor) { unsafe self.cursor = cursor }

  package mutating func next() -> JSONValue? {
    var element = unsafe cjson_value()
    guard unsafe cjson_array_next(&cursor, &element) else { return nil }
    return unsafe JSONValue(handle: element)
  }
}

/// The fields of a JSON object, in order.
@safe package struct JSONFields: Sequence, IteratorProtocol {
  private var cursor: cjson_cursor

  init(cursor: cjson_cursor) { unsafe self.cursor = cursor }

  package mutating func next() -> (name: String, value: JSONValue)? {
    var key: UnsafePointer<UInt8>?
    var count = 0
    var value = unsafe cjson_value()
    guard unsafe cjson_object_next(&cursor, &key, &count, &value) else { return nil }
    let name = unsafe String(decoding: UnsafeBufferPointer(start: key, count: count), as: UTF8.self)
    return unsafe (name, JSONValue(handle: value))
  }
}
