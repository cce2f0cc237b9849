internal import CSodium
internal import ThrongCore

/// The file of a stage: what a run has worked out up to there, by column.
///
/// Numbers are little-endian.
///
///     offset   bytes   what
///     0        8       "THRSTAGE"
///     8        4       1, the revision of this layout
///     12       4       c, the number of columns
///     16       32      the key of the stage: see ``Stage``
///     48       16      random; begins every nonce of the file
///     64       8 c     how many bytes each column has
///     64+8c    …       the columns in order, each cut into chunks of 1 MiB of which the last is what is left, and may
///                      have no byte where the column has none; each chunk is stored as its ciphertext, which is as
///                      long, and a tag of 16 bytes
///
/// A chunk is sealed by XChaCha20-Poly1305 of libsodium under a key that is derived from the secret of the workspace. Its nonce
/// is the random beginning and the number of the chunk in the file in 8 bytes; the header, up to the first chunk, is
/// authenticated with it. So the tags are a checksum of every byte: what is torn, mixed from two files, changed or of
/// another stage is no file at all; and without the secret it says how much there is and nothing else. Keyed hashes alone
/// would not do: how often each comes, and beside which others, spells words out as in any simple substitution.
enum StageFile {
  static let magic = Array("THRSTAGE".utf8)
  static let revision: UInt32 = 1
  static let chunkBytes = 1 << 20
  static let tagBytes = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
  static let fixedBytes = 64

  /// Chunks of a column; at least one, so that the header is always vouched for.
  static func chunks(_ bytes: Int) -> Int { max(1, Workers.blockCount(bytes, blockSize: chunkBytes)) }

  /// Where a column of so many bytes ends that begins at `start`; nil where that is past all numbers.
  static func end(of bytes: Int, from start: Int) -> Int? {
    guard bytes <= Int.max - chunkBytes else { return nil }
    let (tags, isLong) = chunks(bytes).multipliedReportingOverflow(by: tagBytes)
    let (sealed, isLonger) = bytes.addingReportingOverflow(tags)
    let (end, isLongest) = start.addingReportingOverflow(sealed)
    return isLong || isLonger || isLongest ? nil : end
  }

  static func header(of columns: [any StageColumn], key: [UInt8]) -> [UInt8] {
    var header = magic
    header.append(number: revision)
    header.append(number: UInt32(columns.count))
    header += key
    header += Secret.randomBytes().prefix(16)
    for column in columns { header.append(number: UInt64(column.byteCount)) }
    return header
  }

  static func nonce(_ header: [UInt8], chunk: Int) -> [UInt8] {
    var nonce = Array(header[48..<fixedBytes])
    nonce.append(number: UInt64(chunk))
    return nonce
  }

  /// Stores a stage: beside its place first, flushed, renamed, and the folder flushed. Whoever reads meets the file of before or
  /// the new one, whenever the power fails. O(bytes).
  ///
  /// - Throws: ``WorkspaceFailure``, and leaves no more room taken than before; ``StageDropped``.
  static func write(
    _ columns: [any StageColumn], of stage: Stage, sealedWith secret: [UInt8], in folder: String,
    files: some FileSystem, isDropped: () -> Bool
  ) throws {
    let path = "\(folder)/\(stage.fileName)"
    let draft = path + Stage.draftSuffix
    do {
      try fill(draft)
      try files.rename(draft, to: path)
      try files.flushFolder(folder)
    } catch {
      try? files.remove(draft)
      throw error
    }
    func fill(_ draft: String) throws {
      let file = try files.create(draft)
      defer { files.close(file) }
      let header = header(of: columns, key: stage.key)
      try files.write(header, to: file)
      var number = 0
      for column in columns {
        for chunk in 0..<chunks(column.byteCount) {
          if isDropped() { throw StageDropped() }
          let start = chunk * chunkBytes
          let bytes = try column.bytes(start..<min(column.byteCount, start + chunkBytes))
          var sealed = [UInt8](repeating: 0, count: bytes.count + tagBytes)
          _ = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed, nil, bytes, UInt64(bytes.count), header, UInt64(header.count), nil,
            nonce(header, chunk: number), secret)
          try files.write(sealed, to: file)
          number += 1
        }
      }
      try files.flush(file)
    }
  }
}

/// A stage that nobody needs any more while it is written.
struct StageDropped: Error {}

extension [UInt8] {
  mutating func append(number: some FixedWidthInteger & UnsignedInteger) {
    for i in 0..<number.bitWidth / 8 { append(UInt8(truncatingIfNeeded: number >> (8 * i))) }
  }

  /// The little-endian number of `count` bytes at `offset`.
  func number(at offset: Int, bytes count: Int) -> UInt64 {
    (0..<count).reduce(0) { $0 | UInt64(self[offset + $1]) << UInt64(8 * $1) }
  }
}
