import Foundation
import Testing
import ThrongCore
import ThrongPrivacy
import ThrongRelease

/// `explorer.html` as bytes, and in a real browser.
@Suite struct ExplorerTests {
  private func page(_ release: Release) throws -> String {
    let scratch = try Scratch()
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(release)
    return try scratch.text("out/explorer.html")
  }

  /// What stands between the tags of the `occurrence`-th element that begins so.
  private func content(of opening: String, _ closing: String, in page: String) throws -> String {
    let start = try #require(page.firstRange(of: opening)?.upperBound)
    let end = try #require(page[start...].firstRange(of: closing)?.lowerBound)
    return String(page[start..<end])
  }

  @Test func thePolicyAllowsTheOneScriptAndTheOneStyle() throws {
    let page = try page(Example.release(words: Example.hostile))
    let policy = try content(of: "http-equiv=\"Content-Security-Policy\" content=\"", "\"", in: page)
    func hash(_ text: String) -> String { Data(Digest.sha256(Array(text.utf8))).base64EncodedString() }
    let script = try content(of: "<script>", "</script>", in: page)
    let style = try content(of: "<style>", "</style>", in: page)
    #expect(
      policy.split(separator: "; ") == [
        "default-src 'none'", "script-src 'sha256-\(hash(script))'", "style-src 'sha256-\(hash(style))'",
        "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'",
      ])
    // Nothing in the page asks for anything, and nothing in it is run but by that script.
    let data = try content(of: "id=\"release\">", "</script>", in: page)
    let shell = [script, style, data].reduce(page) { $0.replacing($1, with: "") }
    for part in ["src=", "@import", "url(", " onclick", " onload", "javascript:", " style="] {
      #expect(!shell.contains(part) && !style.contains(part), "\(part)")
    }
    for part in [
      "fetch(", "XMLHttpRequest", "import(", "eval(", "innerHTML", "localStorage", "document.cookie",
    ] {
      #expect(!script.contains(part), "\(part)")
    }
  }

  @Test func dataCannotLeaveTheirElement() throws {
    let words = [
      "</script><script>alert(1)</script>", "<!--<script>", "]]>", "line\u{2028}para\u{2029}", "&lt;",
    ]
    let page = try page(Example.release(words: words))
    let data = try content(of: "id=\"release\">", "</script>", in: page)
    for character in ["<", ">", "&", "\u{2028}", "\u{2029}"] { #expect(!data.contains(character)) }
    let json = try #require(try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
    #expect(try Set(#require(json["words"] as? [String])) == Set(words))
  }

  @Test func theSameReleaseGivesTheSameBytes() throws {
    let release = try ExplorerExample(branching: [3, 2], hasFacets: true, hasPlaces: true).release()
    #expect(try page(release) == page(release))
  }

  /// A thousand topics with a dozen terms each and seven cells of facets each.
  @Test func aThousandTopicsTakeLessThan500KB() throws {
    let release = try ExplorerExample(
      branching: [10, 10, 9], word: { "word \($0) of this" }, hasFacets: true, hasPlaces: true
    ).release()
    #expect(release.clusters.count == 1 + 10 + 100 + 900)
    #expect(release.facetCells.count > 2_000)
    let size = try page(release).utf8.count
    #expect(size < 500_000, "\(size)")
  }

  /// Drives Chromium once for every check of Tests/Explorer/check.py.
  @Test(.enabled(if: Chromium.isThere, "no Chromium here: the explorer is not tested in a browser"))
  func itWorksInARealBrowser() throws {
    let scratch = try Scratch()
    let hostile =
      Example.hostile + [
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)",
        "<!--", "line\u{2028}separator", "👩‍👩‍👧‍👦 family", "שלום עולם", String(repeating: "long ", count: 100),
        String(repeating: "W", count: 500), "constructor", "__proto__", "&amp;",
      ]
    let releases: [(String, Release)] = [
      ("rich", try ExplorerExample(branching: [5, 4, 2], hasFacets: true, hasPlaces: true).release()),
      ("hostile", try Example.release(words: hostile)),
      ("large", try ExplorerExample(branching: [20, 16]).release()),
      ("alone", try ExplorerExample(branching: []).release()),
      ("noised", try ExplorerExample(branching: [4, 3], policy: .differential).release()),
    ]
    for (name, release) in releases {
      try BundleWriter(directory: "\(scratch.path)/\(name)", force: false).write(release)
    }
    let (status, output) = try shell("/usr/bin/env", ["python3", Chromium.checks, scratch.path])
    #expect(status == 0, "\(output)")
    struct Result: Decodable {
      let check: String
      let failure: String?
    }
    let results = try JSONDecoder().decode(
      [Result].self, from: Data(output.split(separator: "\n").last.map { Array($0.utf8) } ?? []))
    #expect(results.count >= 17)
    for result in results { #expect(result.failure == nil, "\(result.check)") }
  }
}

/// The browser that the explorer is tried in.
enum Chromium {
  /// The driver and its checks.
  static let checks = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Explorer/check.py").path

  static var isThere: Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium", "chromium-browser", "google-chrome"].contains { name in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
  }
}
