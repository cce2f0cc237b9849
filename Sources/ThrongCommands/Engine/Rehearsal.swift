internal import Glibc
internal import Throng
internal import ThrongCore
internal import ThrongIngest

/// What a command would do, found out without doing it: the answer of `--dry-run`.
///
/// Whatever can be checked beforehand is checked as it is put in, by the code that would do it.
struct Rehearsal: Encodable {
  struct Input: Encodable {
    let path: String
    /// Nil of a stream.
    let bytes: Int?
  }

  struct Output: Encodable {
    /// What would become of it.
    enum Effect: String, Encodable {
      case made, replaced, extended
    }

    let path: String
    let what: String
    let effect: Effect
  }

  let command: String
  private(set) var reads: [Input] = []
  var memoryBytes: Int?
  /// Bytes that the files would take, at most about; nil where nobody can know.
  var diskBytes: Int?
  /// Bytes that are free where the first file would be.
  private(set) var freeBytes: Int?
  private(set) var writes: [Output] = []

  enum CodingKeys: String, CodingKey {
    case command, reads, writes
    case memoryBytes = "memory_bytes"
    case diskBytes = "disk_bytes"
    case freeBytes = "free_bytes"
  }

  init(_ command: String) {
    self.command = command
  }

  /// Inputs that a reader found readable and of a known format.
  mutating func read(_ reader: borrowing ConversationReader) {
    let paths = reader.inputs
    reads += paths.map { path in
      var status = stat()
      let isFile = unsafe path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      return Input(path: path, bytes: isFile ? Int(status.st_size) : nil)
    }
    memoryBytes = MemoryPlan(limit: nil, textBytes: reader.textBytes, threads: 1, dimensions: nil).need
  }

  /// A file that ``OutputFile`` would write.
  ///
  /// - Throws: ``CommandFailure``, as the writing would.
  mutating func write(file path: String, what: String, replacing: Bool) throws {
    try OutputFile.check(path, replacing: replacing)
    write(path, what: what)
  }

  /// Something that was checked to be writable.
  ///
  /// - Parameter extends: whether what is there is kept.
  mutating func write(_ path: String, what: String, extends: Bool = false) {
    let exists = unsafe access(path, F_OK) == 0
    writes.append(Output(path: path, what: what, effect: exists ? extends ? .extended : .replaced : .made))
    guard freeBytes == nil else { return }
    var name = path[...]
    while name.count > 1, name.hasSuffix("/") { name = name.dropLast() }
    let slash = name.lastIndex(of: "/")
    let folder = slash.map { $0 == name.startIndex ? "/" : String(name[..<$0]) } ?? "."
    var system = statvfs()
    if unsafe statvfs(folder, &system) == 0 {
      freeBytes = Int(
        clamping: UInt64(system.f_bavail).multipliedReportingOverflow(by: UInt64(system.f_frsize))
          .partialValue)
    }
  }

  /// A place beyond this machine's files, said without its address.
  mutating func send(_ what: String) {
    writes.append(Output(path: what, what: "rows of the release", effect: .extended))
  }

  /// Prints the answer, and warns where the disk is too small.
  func tell(json: Bool, on console: Console) throws {
    if let diskBytes, let freeBytes, diskBytes > freeBytes {
      console.warn(
        "about \(Quantity.bytes(Double(diskBytes))) would be written, and \(Quantity.bytes(Double(freeBytes))) are free "
          + "there; make room or write elsewhere")
    }
    if json { return try console.print(JSONText.encode(self)) }
    for line in lines { try console.print(line) }
  }

  private var lines: [String] {
    var lines = reads.map { input in
      "would read   \(input.path == "-" ? "standard input" : input.path)"
        + (input.bytes.map { ", \(Quantity.bytes(Double($0)))" } ?? "")
    }
    if let memoryBytes { lines.append("would need   about \(Quantity.bytes(Double(memoryBytes))) of memory") }
    if let diskBytes {
      let free = freeBytes.map { "; \(Quantity.bytes(Double($0))) are free" } ?? ""
      lines.append("would need   about \(Quantity.bytes(Double(diskBytes))) of disk at most\(free)")
    }
    lines += writes.map { "would write  \($0.path) (\($0.what), \($0.effect.rawValue))" }
    return lines.map { Console.printable($0) } + ["Nothing was written."]
  }
}

extension Flag {
  /// `-n, --dry-run`, of every command that writes.
  static func dryRun(_ path: Field<Options, Bool>) -> Flag {
    .toggle(
      "dry-run", short: "n", sets: path, to: true,
      "Say what would be read, needed and written, check what can be checked, and write nothing.")
  }
}
