internal import Foundation
internal import ThrongCore

/// Styles and scripts of the pages and drawings of a release, which are the same in every release: known by their digests, they need not
/// be searched for what somebody wrote. Others are searched like everything else.
///
/// A test keeps the list whole: who changes such a text puts its new digest here, which is the one that the page's own
/// `Content-Security-Policy` names.
enum FixedTexts {
  static let digests = [
    // report.html
    "lopgtC6GN9W9RrxoifHKNPR9ZwNGhOB1ZwrDuwOjmdc=",
    // figures/*.svg
    "Kq+rmSFc/gnE4XcTyrJ57LNYwStKh1zCNQff2L/gNIQ=",
  ]

  private static let tags = ["style", "script"].map {
    (begin: Array("<\($0)>".utf8), end: Array("</\($0)>".utf8))
  }

  /// The bytes of a page with spaces for every text that is known. O(bytes).
  static func blanked(_ bytes: [UInt8]) -> [UInt8] {
    var out = bytes
    for (begin, end) in tags {
      for start in places(of: begin, in: bytes[...]).map({ $0 + begin.count }) {
        guard let stop = bytes[start...].indices.first(where: { bytes[$0...].starts(with: end) }) else {
          continue
        }
        let digest = Data(Digest.sha256(Array(bytes[start..<stop]))).base64EncodedString()
        if digests.contains(digest) {
          out.replaceSubrange(start..<stop, with: [UInt8](repeating: 0x20, count: stop - start))
        }
      }
    }
    return out
  }

  private static func places(of mark: [UInt8], in bytes: ArraySlice<UInt8>) -> [Int] {
    bytes.indices.filter { bytes[$0] == mark[0] && bytes[$0...].starts(with: mark) }
  }
}
