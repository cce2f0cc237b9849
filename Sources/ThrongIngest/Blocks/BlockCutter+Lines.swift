internal import Glibc

extension BlockCutter {
  /// JSON Lines: a record is a line with anything but white space in it.
  mutating func advanceLines() -> Bool {
    while scanned < count {
      guard let start = open else {
        let byte = bytes[scanned]
        if isBlank(byte) {
          if byte == UInt8(ascii: "\n") { line += 1 }
          scanned += 1
          if scanned >= blockBytes { return true }
        } else {
          open = scanned
        }
        continue
      }
      guard let end = newline() else {
        scanned = count
        return false
      }
      scanned = end + 1
      closeRecord(start: start, end: end)
      if scanned >= blockBytes { return true }
    }
    return false
  }

  /// The first line feed not looked at.
  private func newline() -> Int? {
    unsafe bytes.withUnsafeBytes { raw in
      let start = unsafe raw.baseAddress! + scanned
      guard let found = unsafe memchr(start, CInt(UInt8(ascii: "\n")), count - scanned) else { return nil }
      return unsafe scanned + (UnsafeRawPointer(found) - start)
    }
  }
}
