internal import ThrongCore

/// Where each counted record of a release was published, under keyed ids: 14 bytes a record, sorted by record.
struct LedgerAtoms: Sendable, Equatable {
  struct Item: Sendable, Equatable, BitwiseCopyable {
    /// 48 bits of a keyed hash of the record.
    var record: UInt64
    /// 40 bits of a keyed hash of its user. Two users of one hash are counted once, so errors are on the safe side.
    var user: UInt64
    /// The deepest published node.
    var atom: UInt32
  }

  static let itemBytes = 14
  var items: [Item]

  init(items: [Item]) {
    self.items = items.sorted { ($0.record, $0.user, $0.atom) < ($1.record, $1.user, $1.atom) }
  }

  /// Nil where the bytes are no whole number of items.
  init?(bytes: [UInt8]) {
    guard bytes.count % Self.itemBytes == 0 else { return nil }
    items = []
    items.reserveCapacity(bytes.count / Self.itemBytes)
    for at in stride(from: 0, to: bytes.count, by: Self.itemBytes) {
      func number(_ from: Int, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(bytes[at + from + $1]) << UInt64(8 * $1) }
      }
      items.append(Item(record: number(0, 6), user: number(6, 5), atom: UInt32(number(11, 3))))
    }
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(items.count * Self.itemBytes)
    for item in items {
      for k in 0..<6 { bytes.append(UInt8(truncatingIfNeeded: item.record >> UInt64(8 * k))) }
      for k in 0..<5 { bytes.append(UInt8(truncatingIfNeeded: item.user >> UInt64(8 * k))) }
      for k in 0..<3 { bytes.append(UInt8(truncatingIfNeeded: item.atom >> UInt32(8 * k))) }
    }
    return bytes
  }
}

/// The keys that the ledger derives from the secret of the workspace.
struct LedgerKeys: Sendable {
  let secret: Secret
  let record: SipHash
  let user: SipHash
  /// Tells two secrets apart.
  let fingerprint: String

  init(_ secret: Secret) {
    self.secret = secret
    record = secret.hasher(for: "ledger record")
    user = secret.hasher(for: "ledger user")
    fingerprint = Digest.hexadecimal(secret.mac([], for: "ledger fingerprint").prefix(8))
  }

  func mac(_ bytes: [UInt8]) -> [UInt8] { secret.mac(bytes, for: "ledger chain") }

  func item(record key: UInt64, user: UInt64, atom: Int32) -> LedgerAtoms.Item {
    LedgerAtoms.Item(
      record: record.hash13(key, 0) & 0xFFFF_FFFF_FFFF, user: self.user.hash13(user, 0) & 0xFF_FFFF_FFFF,
      atom: UInt32(atom))
  }
}
