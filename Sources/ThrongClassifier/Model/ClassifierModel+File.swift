internal import Foundation
internal import ThrongCore
internal import ThrongLinearAlgebra

// The file: a line of magic, the length of a JSON header (8 bytes), the header, then columns (UInt32), idf and weights
// (Float), all little-endian, and the SHA-256 of all before it. The sum is against damage, not against a forger.

extension ClassifierModel {
  private static let magic = Array("throng classifier 1\n".utf8)
  /// What no honest header is longer than.
  private static let maximumHeader = 64 << 20
  package static let maximumClasses = 1000
  package static let maximumLabelBytes = 64

  private struct Header: Codable {
    var settings: Settings
    var classes: [String]
    var key: String
    var confusion: [Int]
    var columns: Int
  }

  /// The bytes of the file. O(columns · width).
  package func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let header = try encoder.encode(
      Header(
        settings: settings, classes: classes, key: Digest.hexadecimal(key), confusion: confusion,
        columns: columns.count))
    var bytes = Self.magic
    bytes.reserveCapacity(bytes.count + header.count + 4 * (2 * columns.count + weights.values.count) + 40)
    bytes.append(littleEndian: UInt64(header.count))
    bytes += header
    for column in columns { bytes.append(littleEndian: column) }
    for value in idf { bytes.append(littleEndian: value.bitPattern) }
    for value in weights.values { bytes.append(littleEndian: value.bitPattern) }
    return bytes + Digest.sha256(bytes)
  }

  /// Reads the bytes of a file, and trusts none of them.
  ///
  /// - Throws: ``ClassifierFailure/badModel(reason:)``.
  package init(decoding bytes: [UInt8]) throws {
    func bad(_ reason: String) -> ClassifierFailure { .badModel(reason: reason) }
    let magic = Self.magic
    guard bytes.count > magic.count + 40, bytes[..<magic.count].elementsEqual(magic) else {
      throw bad("it does not begin as one")
    }
    let body = bytes.count - 32
    guard Digest.sha256(Array(bytes[..<body])).elementsEqual(bytes[body...]) else {
      throw bad("its checksum is wrong")
    }
    var at = magic.count
    let length = bytes.littleEndian(UInt64.self, at: at)
    at += 8
    guard length <= Self.maximumHeader, at + Int(length) <= body else { throw bad("its header is cut short") }
    guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[at..<at + Int(length)])) else {
      throw bad("its header cannot be read")
    }
    at += Int(length)
    let (classes, columns) = (header.classes.count, header.columns)
    let width = classes == 2 ? 1 : classes
    guard (2...Self.maximumClasses).contains(classes), Set(header.classes).count == classes,
      header.classes.allSatisfy({ !$0.isEmpty && $0.utf8.count <= Self.maximumLabelBytes }),
      header.classes == header.classes.sorted()
    else { throw bad("its classes are not a list of short, different names") }
    guard (10...24).contains(header.settings.columnBits),
      (1...1 << header.settings.columnBits).contains(columns),
      header.confusion.count == classes * classes, header.confusion.allSatisfy({ $0 >= 0 && $0 < 1 << 40 }),
      !header.settings.roles.isEmpty
    else { throw bad("its settings are out of range") }
    guard let key = [UInt8](hexadecimal: header.key), key.count == 32 else { throw bad("its key is not one") }
    guard body - at == 4 * (2 * columns + (columns + 1) * width) else {
      throw bad("its tables have another length")
    }
    let numbers = stride(from: at, to: body, by: 4).map { bytes.littleEndian(UInt32.self, at: $0) }
    let indices = Array(numbers[..<columns])
    guard zip(indices, indices.dropFirst()).allSatisfy({ $0 < $1 }),
      indices[columns - 1] < 1 << header.settings.columnBits
    else { throw bad("its columns are not in order") }
    let values = numbers[columns...].map { Float(bitPattern: $0) }
    guard values.allSatisfy(\.isFinite) else { throw bad("it holds a weight that is no number") }
    self.init(
      settings: header.settings, classes: header.classes, key: key, confusion: header.confusion,
      columns: indices,
      idf: Array(values[..<columns]),
      weights: Matrix(rows: columns + 1, columns: width, values: Array(values[columns...])))
  }
}

extension [UInt8] {
  fileprivate mutating func append<Word: FixedWidthInteger>(littleEndian word: Word) {
    for shift in stride(from: 0, to: Word.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  fileprivate func littleEndian<Word: FixedWidthInteger>(_: Word.Type, at start: Int) -> Word {
    (0..<Word.bitWidth / 8).reduce(0) { $0 | Word(self[start + $1]) << (8 * $1) }
  }

  /// The bytes that lower-case hexadecimal digits stand for; nil where there are others.
  fileprivate init?(hexadecimal text: String) {
    let digits = text.utf8.map { digit -> UInt8? in
      switch digit {
      case 0x30...0x39: digit - 0x30
      case 0x61...0x66: digit - 0x57
      default: nil
      }
    }
    guard digits.count % 2 == 0, digits.allSatisfy({ $0 != nil }) else { return nil }
    self = stride(from: 0, to: digits.count, by: 2).map { digits[$0]! << 4 | digits[$0 + 1]! }
  }
}
