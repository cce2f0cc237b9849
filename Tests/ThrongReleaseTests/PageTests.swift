import Foundation
import Testing
import ThrongPrivacy
import ThrongRelease

/// `report.html` and the periods behind its lines.
@Suite struct PageTests {
  private func page(_ release: Release) throws -> String {
    let scratch = try Scratch()
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(release)
    return try scratch.text("out/report.html")
  }

  @Test func thePageSaysWhatTheReportSays() throws {
    let page = try page(Example.release())
    for piece in [
      "<h2>What people talk about</h2>",
      "<li><strong>All conversations</strong> (c0): 90 users, 320 conversations, 100.0 %",
      "<ul>\n<li><strong>billing</strong> (c1): 90 users", "<td class=\"number\">320</td><td>counted</td>",
      "<h2>What is not promised</h2>", "Policy <code>custom</code>.", "<title>billing: 28.1 %</title>",
      "<svg viewBox=\"0,0,720,", "role=\"img\" aria-label=\"The largest topics\"", "Conversations by month",
      "default-src 'none'; style-src 'sha256-",
    ] { #expect(page.contains(piece), "\(piece)") }
    // Every list and table is closed, in its place.
    var open: [Substring] = []
    for piece in page.split(separator: "<").dropFirst() {
      let name = piece.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
      let isVoid = piece.contains("/>") || ["meta", "desc"].contains(name) || piece.hasPrefix("!")
      if name == "desc" || isVoid { continue }
      if piece.hasPrefix("/") { #expect(open.popLast() == name) } else { open.append(name) }
    }
    #expect(open.isEmpty)
  }

  /// February without January: the months are dots, and no line crosses what is not shown.
  @Test func linesBreakWhereNothingIsShown() throws {
    let page = try page(Example.release())
    #expect(page.contains(">2025-12</text>") && page.contains(">2026-02</text>"))
    #expect(!page.contains("<path") && page.contains("<title>All conversations, 2025-12: "))
  }

  @Test func noLabelBecomesMarkup() throws {
    let page = try page(Example.release(words: Example.hostile))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script"))
    #expect(page.contains("[click](javascript:alert(1))") && !page.contains("href"))
    #expect(page.contains("*bold*") && page.contains("`code`") && page.contains("a|b</td>"))
    #expect(page.contains("# heading") && !page.contains("<h1>heading") && page.contains("日本語"))
    for scalar in page.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format)
    }
  }

  /// ISO 8601's weeks by hand, where a year begins before or after the first of January.
  @Test(arguments: [
    (".day", "2026-02-28", "2026-02-28", 1_772_236_800), (".month", "2026-01", "2026-01-01", 1_767_225_600),
    (".quarter", "2025-Q4", "2025-10-01", 1_759_276_800), (".year", "1970", "1970-01-01", 0),
    (".week", "2026-W01", "2025-12-29", 1_766_966_400), (".week", "2020-W53", "2020-12-28", 1_609_113_600),
    (".week", "1970-W01", "1969-12-29", -259_200), (".month", "1969-12", "1969-12-01", -2_678_400),
  ]) func periodsBegin(facet: String, value: String, start: String, unix: Int) throws {
    let period = try #require(Period(value, of: facet))
    #expect(period.start == start && period.startUnix == unix && period.name == String(facet.dropFirst()))
  }

  @Test(arguments: [
    (".month", "2026-13"), (".month", "2026-1"), (".month", "2026"), (".month", "02026-01"),
    (".day", "2026-02-30"),
    (".quarter", "2026-Q5"), (".week", "2026-W54"), (".year", "26"), ("month", "2026-01"), ("plan", "2026"),
    (".turns", "1"), (".month", "２０２６-01"), (".hour", "10 h"), (".weekday", "Monday"),
  ]) func whatIsNoPeriodHasNoBeginning(facet: String, value: String) {
    #expect(Period(value, of: facet) == nil)
  }
}
