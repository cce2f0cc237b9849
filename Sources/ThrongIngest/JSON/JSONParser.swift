internal import CJSON

/// simdjson's parser with its buffers. One per worker: not Sendable.
@safe package final class JSONParser {
  /// Why bytes are no JSON document.
  package enum Failure: Error, Equatable {
    case invalid, invalidUTF8, noMemory
  }

  /// Bytes that must be readable behind every range given to ``parse(_:at:)``.
  package static var padding: Int { Int(cjson_padding) }

  private let handle: OpaquePointer

  package init() {
    guard let handle = unsafe cjson_parser_create() else { fatalError("out of memory") }
    unsafe self.handle = handle
  }

  deinit { unsafe cjson_parser_destroy(handle) }

  /// The document in `bytes[range]`. O(range); values of the document parsed before it are dead afterwards.
  ///
  /// - Precondition: ``padding`` bytes of any content lie behind `range`.
  package func parse(_ bytes: borrowing [UInt8], at range: Range<Int>) throws(Failure) -> JSONValue {
    precondition(range.lowerBound >= 0 && range.upperBound + Self.padding <= bytes.count)
    var root = unsafe cjson_value()
    let status = unsafe bytes.withUnsafeBufferPointer {
      unsafe cjson_parse(handle, $0.baseAddress! + range.lowerBound, range.count, &root)
    }
    switch status {
    case cjson_ok: return unsafe JSONValue(handle: root)
    case cjson_invalid_utf8: throw .invalidUTF8
    case cjson_no_memory: throw .noMemory
    default: throw .invalid
    }
  }
}
