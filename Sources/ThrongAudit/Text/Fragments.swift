/// A piece of a bundle as somebody might read it: the bytes of a file, or what an encoding in it stands for.
struct Fragment: Sendable {
  enum Kind: String, Sendable, CaseIterable {
    case raw = "as it is"
    case database = "a value of the database"
    case name = "the name of a file"
    case escaped = "behind escapes"
    case percent = "percent-encoded"
    case entities = "behind HTML entities"
    case base64 = "in base64"
    case hexadecimal = "in hexadecimal"
    case wide = "in UTF-16"
  }

  /// Index into the files of the bundle.
  let file: Int
  let kind: Kind
  let bytes: [UInt8]
  /// Where the first byte stands in the file, and how many bytes of the file one of these takes.
  let base: Int
  var step = 1.0

  /// About where a byte stands in the file.
  func offset(_ at: Int) -> Int { base + Int(Double(at) * step) }
}

/// Takes a bundle apart into ``Fragment``s.
enum Fragments {
  /// What can be read as it is comes first. O(bytes), for each of the encodings.
  static func all(_ files: BundleFiles, database: SQLiteFile?) -> [Fragment] {
    var (fragments, decodings): ([Fragment], [Fragment]) = ([], [])
    for (index, file) in files.files.enumerated() {
      fragments.append(Fragment(file: index, kind: .name, bytes: Array(file.name.utf8), base: 0))
      var raw = file.name == ExplorerFile.name ? ExplorerFile.telling(file.bytes) : file.bytes
      if file.name == "release.sqlite", let database {
        let values = Array(values(database).joined(separator: [0x0A]))
        // Their place is not known, only their file.
        fragments.append(Fragment(file: index, kind: .database, bytes: values, base: 0, step: 0))
        decodings += decoded(values, file: index).map { piece in
          Fragment(file: index, kind: piece.kind, bytes: piece.bytes, base: 0, step: 0)
        }
        raw = SQLiteResidue.of(file.bytes, roots: database.roots)
      } else if file.name.hasSuffix(".html") || file.name.hasSuffix(".svg") {
        raw = FixedTexts.blanked(raw)
      }
      decodings += decoded(raw, file: index)
      fragments.append(Fragment(file: index, kind: .raw, bytes: raw, base: 0))
    }
    return fragments + decodings
  }

  /// Every text that a database holds, definitions too.
  private static func values(_ database: SQLiteFile) -> [[UInt8]] {
    var values = Set(database.statements)
    for table in database.tables.values {
      for row in table.rows {
        for cell in row {
          switch cell {
          case .text(let text), .blob(let text): if !text.isEmpty { values.insert(text) }
          default: break
          }
        }
      }
    }
    return values.sorted { $0.lexicographicallyPrecedes($1) }
  }

  // MARK: - Encodings

  private static func decoded(_ bytes: [UInt8], file: Int) -> [Fragment] {
    var fragments: [Fragment] = []
    func add(_ kind: Fragment.Kind, _ found: [(bytes: [UInt8], base: Int)], step: Double) {
      for piece in found {
        fragments.append(Fragment(file: file, kind: kind, bytes: piece.bytes, base: piece.base, step: step))
      }
    }
    add(.escaped, pieces(bytes, holding: UInt8(ascii: "\\"), decode: unescaped), step: 1)
    add(.percent, pieces(bytes, holding: UInt8(ascii: "%"), decode: percentDecoded), step: 1)
    add(.entities, pieces(bytes, holding: UInt8(ascii: "&"), decode: entitiesDecoded), step: 1)
    add(.base64, base64(bytes), step: 4.0 / 3)
    add(.hexadecimal, hexadecimal(bytes), step: 2)
    add(.wide, wide(bytes), step: 2)
    return fragments
  }

  /// The stretches between line ends and quotes that hold a mark, decoded.
  private static func pieces(
    _ bytes: [UInt8], holding mark: UInt8, decode: (ArraySlice<UInt8>) -> [UInt8]
  ) -> [(bytes: [UInt8], base: Int)] {
    var pieces: [(bytes: [UInt8], base: Int)] = []
    var (start, holds) = (0, false)
    for at in 0...bytes.count {
      if at == bytes.count || bytes[at] < 0x20
        || bytes[at] == UInt8(ascii: "\"") && bytes[max(0, at - 1)] != 0x5C
      {
        if holds { pieces.append((decode(bytes[start..<at]), start)) }
        (start, holds) = (at + 1, false)
      } else if bytes[at] == mark {
        holds = true
      }
    }
    return pieces
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x37)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }

  /// The number that digits from `at` spell, at most `limit` of them, and how many there are.
  private static func number(
    _ bytes: ArraySlice<UInt8>, _ at: Int, radix: UInt32, limit: Int
  ) -> (value: UInt32, count: Int) {
    var (value, count): (UInt32, Int) = (0, 0)
    while count < limit, at + count < bytes.endIndex, let next = digit(bytes[at + count]), next < radix {
      value = value &* radix &+ next
      count += 1
    }
    return (value, count)
  }

  /// Backslash escapes of JSON, JavaScript, C and Markdown: `\n`, `\u0041`, `\u{41}`, `\x41`, `\-`.
  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var (at, high): (Int, UInt32) = (bytes.startIndex, 0)
    while at < bytes.endIndex {
      guard bytes[at] == 0x5C, at + 1 < bytes.endIndex else {
        out.append(bytes[at])
        at += 1
        continue
      }
      let letter = bytes[at + 1]
      at += 2
      switch letter {
      case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"):
        out.append(0x20)
      case UInt8(ascii: "x"), UInt8(ascii: "u"):
        let isBraced = at < bytes.endIndex && bytes[at] == UInt8(ascii: "{")
        let from = at + (isBraced ? 1 : 0)
        let (value, count) = number(
          bytes, from, radix: 16, limit: isBraced ? 6 : letter == UInt8(ascii: "x") ? 2 : 4)
        at = from + count + (isBraced ? 1 : 0)
        if value & 0xFC00 == 0xD800 {
          high = value
        } else {
          let isLow = value & 0xFC00 == 0xDC00 && high != 0
          let scalar = isLow ? 0x10000 + (high & 0x3FF) << 10 + value & 0x3FF : value
          out += Unicode.Scalar(scalar).map { Array(String($0).utf8) } ?? []
          high = 0
        }
      default: out.append(letter)
      }
    }
    return out
  }

  private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let (value, count) =
        bytes[at] == UInt8(ascii: "%") ? number(bytes, at + 1, radix: 16, limit: 2) : (0, 0)
      if count == 2 {
        out.append(UInt8(value))
        at += 3
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return out
  }

  private static let entities: [String: UInt8] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0x20,
  ]

  private static func entitiesDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var at = bytes.startIndex
    while at < bytes.endIndex {
      guard bytes[at] == UInt8(ascii: "&"),
        let end = bytes[at..<min(bytes.endIndex, at + 12)].firstIndex(of: UInt8(ascii: ";"))
      else {
        out.append(bytes[at])
        at += 1
        continue
      }
      let name = bytes[at + 1..<end]
      if name.first == UInt8(ascii: "#") {
        let isHexadecimal = name.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
        let (value, _) = number(
          bytes[..<end], at + (isHexadecimal ? 3 : 2), radix: isHexadecimal ? 16 : 10, limit: 8)
        out += Unicode.Scalar(value).map { Array(String($0).utf8) } ?? []
      } else if let byte = entities[String(decoding: name, as: UTF8.self)] {
        out.append(byte)
      } else {
        out += bytes[at...end]
      }
      at = end + 1
    }
    return out
  }

  // MARK: - Encodings without marks

  /// Shortest stretch of readable text that is taken for a decoding and not for chance.
  private static let shortest = 6

  /// Base64 may begin at any character of a run, since what was encoded need not begin at a multiple of three bytes.
  private static func base64(_ bytes: [UInt8]) -> [(bytes: [UInt8], base: Int)] {
    func value(_ byte: UInt8) -> UInt32? {
      switch byte {
      case 0x41...0x5A: UInt32(byte - 0x41)
      case 0x61...0x7A: UInt32(byte - 0x61) + 26
      case 0x30...0x39: UInt32(byte - 0x30) + 52
      case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
      default: nil
      }
    }
    var found: [(bytes: [UInt8], base: Int)] = []
    for run in runs(bytes, least: 8, where: { value($0) != nil }) {
      for skip in 0..<4 {
        var (out, word, bits): ([UInt8], UInt32, Int) = ([], 0, 0)
        for byte in bytes[run].dropFirst(skip) {
          word = word << 6 | value(byte)!
          bits += 6
          if bits >= 8 {
            bits -= 8
            out.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
          }
        }
        found += readable(out).map { (Array(out[$0]), run.lowerBound + skip + $0.lowerBound * 4 / 3) }
      }
    }
    return found
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> [(bytes: [UInt8], base: Int)] {
    var found: [(bytes: [UInt8], base: Int)] = []
    for run in runs(bytes, least: 12, where: { digit($0) != nil }) {
      for skip in 0..<2 {
        let out = stride(from: run.lowerBound + skip, to: run.upperBound - 1, by: 2).map { at in
          UInt8(digit(bytes[at])! << 4 | digit(bytes[at + 1])!)
        }
        found += readable(out).map { (Array(out[$0]), run.lowerBound + skip + 2 * $0.lowerBound) }
      }
    }
    return found
  }

  /// ASCII in UTF-16 of either order: every other byte is 0.
  private static func wide(_ bytes: [UInt8]) -> [(bytes: [UInt8], base: Int)] {
    var found: [(bytes: [UInt8], base: Int)] = []
    var at = 0
    while at + 2 * shortest <= bytes.count {
      var end = at
      while end + 1 < bytes.count, (0x20...0x7E).contains(bytes[end]), bytes[end + 1] == 0 { end += 2 }
      if end - at >= 2 * shortest {
        found.append((stride(from: at, to: end, by: 2).map { bytes[$0] }, at))
        at = end
      } else {
        at += 1
      }
    }
    return found
  }

  private static func runs(
    _ bytes: [UInt8], least: Int, where isPart: (UInt8) -> Bool
  ) -> [Range<Int>] {
    var (runs, start): ([Range<Int>], Int) = ([], 0)
    for at in 0...bytes.count where at == bytes.count || !isPart(bytes[at]) {
      if at - start >= least { runs.append(start..<at) }
      start = at + 1
    }
    return runs
  }

  /// Stretches of printable ASCII or of UTF-8 beyond it.
  private static func readable(_ bytes: [UInt8]) -> [Range<Int>] {
    var (ranges, start, at): ([Range<Int>], Int, Int) = ([], 0, 0)
    func close(_ end: Int) { if end - start >= shortest { ranges.append(start..<end) } }
    while at < bytes.count {
      let byte = bytes[at]
      let more = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC2 ? 1 : 0
      let isWhole = at + more < bytes.count && bytes[at + 1..<at + 1 + more].allSatisfy { $0 & 0xC0 == 0x80 }
      if (0x20...0x7E).contains(byte) || more > 0 && byte < 0xF5 && isWhole {
        at += 1 + more
      } else {
        close(at)
        at += 1
        start = at
      }
    }
    close(bytes.count)
    return ranges
  }
}
