import FoundationEssentials
import CExplorer
import ThrongCore
import ThrongPrivacy

/// `explorer.html`: the release to look at, in one file that asks for nothing else.
///
/// The page is the same in every bundle but for the data, which stand in it as JSON that no browser runs. Its policy
/// allows the one script and the one style that are in it, by their SHA-256, and nothing from anywhere; and no string may
/// become markup.
struct ExplorerPage: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    try folder.write(Self.html(release), to: "explorer.html")
  }

  /// O(clusters + facet cells).
  static func html(_ release: Release) throws -> [UInt8] {
    let (before, after) = frame
    return before + escaped(try ExplorerData(release).json()) + after
  }

  /// What stands before and behind the data, with style, script and policy in their places.
  private static let frame: (before: [UInt8], after: [UInt8]) = {
    let style = unsafe bytes(throng_explorer_style())
    let script = unsafe bytes(throng_explorer_script())
    let policy = """
      default-src 'none'; script-src 'sha256-\(base64(Digest.sha256(script)))'; \
      style-src 'sha256-\(base64(Digest.sha256(style)))'; base-uri 'none'; form-action 'none'; \
      require-trusted-types-for 'script'
      """
    let parts = [
      ("@POLICY@", Array(policy.utf8)), ("@STYLE@", style), ("@RELEASE@", []), ("@SCRIPT@", script),
    ]
    var (rest, out): ([UInt8], [[UInt8]]) = (unsafe bytes(throng_explorer_page()), [])
    for (mark, part) in parts {
      let place = rest.firstRange(of: Array(mark.utf8))!
      out += [Array(rest[..<place.lowerBound]), part]
      rest = Array(rest[place.upperBound...])
    }
    return (Array(out[..<5].joined()), Array(out[5...].joined()) + rest)
  }()

  private static func bytes(_ part: throng_explorer_part) -> [UInt8] {
    unsafe [UInt8](UnsafeBufferPointer(start: part.bytes, count: part.count))
  }

  /// As a policy spells a digest.
  private static func base64(_ digest: [UInt8]) -> String {
    Data(digest).base64EncodedString()
  }

  /// JSON that can stand in a script element: neither `</script>` nor `<!--` nor what some readers take for a line end.
  ///
  /// These characters are only ever part of strings in JSON, where an escape means the same.
  static func escaped(_ json: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(json.count + json.count / 64)
    var at = 0
    while at < json.count {
      switch json[at] {
      case UInt8(ascii: "<"): out += "\\u003C".utf8
      case UInt8(ascii: ">"): out += "\\u003E".utf8
      case UInt8(ascii: "&"): out += "\\u0026".utf8
      case 0xE2 where at + 2 < json.count && json[at + 1] == 0x80 && (json[at + 2] | 1) == 0xA9:
        out += (json[at + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8
        at += 2
      default: out.append(json[at])
      }
      at += 1
    }
    return out
  }
}
