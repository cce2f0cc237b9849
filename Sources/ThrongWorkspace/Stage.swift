package import ThrongCore

/// A point of a run at which what was worked out can be kept: a name, and a key that says what it was worked out from.
///
/// The key is an HMAC-SHA-256 over the program's version, the digest of the input, every setting that matters up to here, and
/// the key of the stage before. So a file with that key holds what a run would work out again, whichever run wrote it; and
/// nobody without the secret can tell from it whether a log they know was the input.
package struct Stage: Sendable {
  package let name: String
  let key: [UInt8]
  let store: StageStore

  static let suffix = ".stage"
  static let draftSuffix = ".partial"

  init(_ name: String, parts: [[UInt8]], store: StageStore) {
    self.name = name
    self.store = store
    var bytes: [UInt8] = []
    for part in [Array(name.utf8)] + parts {
      // With their lengths: no two lists of parts are one row of bytes.
      bytes.append(number: UInt64(part.count))
      bytes += part
    }
    key = store.secret.mac(bytes, for: "workspace stage")
  }

  var fileName: String { "\(name)-\(Digest.hexadecimal(key.prefix(8)))\(Self.suffix)" }

  /// The stage that follows from this one and these settings.
  package func then(_ name: String, _ settings: String...) -> Stage { then(name, settings: settings) }

  fileprivate func then(_ name: String, settings: [String]) -> Stage {
    Stage(name, parts: [key] + settings.map { Array($0.utf8) }, store: store)
  }

  /// What an earlier run has kept of this stage; nil where there is nothing whole, or nothing is resumed.
  ///
  /// - Throws: what `restore` does but for ``StageDamage``, of which the operator is warned.
  package func load<Value>(workers: Workers, _ restore: (inout StageReader) throws -> Value) throws -> Value?
  {
    try store.load(self, workers: workers, restore)
  }

  /// Keeps the columns that `columns` adds, behind the back of whoever goes on with them.
  package func save(_ columns: (inout StageWriter) -> Void) {
    var writer = StageWriter()
    columns(&writer)
    store.save(writer.columns, of: self)
  }
}

extension Stage? {
  /// The stage that follows; none where nothing is kept.
  package func then(_ name: String, _ settings: String...) -> Stage? {
    map { $0.then(name, settings: settings) }
  }

  /// What was kept of the stage, or else what `make` makes, which is kept; without a stage just that.
  package func value<Value>(
    workers: Workers, restore: (inout StageReader) throws -> Value,
    store: (Value, inout StageWriter) -> Void, make: () throws -> Value
  ) throws -> Value {
    guard let self else { return try make() }
    if let kept = try self.load(workers: workers, restore) { return kept }
    let value = try make()
    self.save { store(value, &$0) }
    return value
  }
}
