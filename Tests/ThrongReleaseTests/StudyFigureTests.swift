import Foundation
import FoundationXML
import Testing
import ThrongPrivacy
import ThrongRelease

/// A study in the bundle: tables, drawings, report.
@Suite struct StudyFigureTests {
  private func bundle() throws -> (Scratch, Release) {
    let scratch = try Scratch()
    let release = try Example.release(words: ["a", "b", "c", "d", "e", "f"], hasStudy: true)
    try BundleWriter(directory: scratch.path + "/out", force: false).write(release)
    return (scratch, release)
  }

  @Test func theExampleHasEverything() throws {
    let release = try Example.release(words: ["a", "b", "c", "d", "e", "f"], hasStudy: true)
    #expect(!release.funnel.isEmpty && !release.statistics.isEmpty && !release.trends.isEmpty)
    #expect(!release.trendPoints.isEmpty && !release.segmentCells.isEmpty)
    #expect(Set(release.statistics.map(\.statistic)) == ["share", "mean", "difference"])
    for row in release.statistics {
      #expect(row.low <= row.estimate && row.estimate <= row.high && row.step > 0)
      #expect(row.users >= release.rules.minimumFacetUsers)
    }
  }

  /// Each drawing is XML of its own that a strict parser takes, with a title and a description for who cannot see it.
  @Test func drawingsAreWellFormed() throws {
    let (scratch, _) = try bundle()
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out/figures").sorted()
    #expect(
      names == [
        "funnel.svg", "means-size.svg", "rates-third.svg", "shares.svg", "topics.svg", "trend-third.svg",
      ])
    for name in names {
      let data = Data(try scratch.bytes("out/figures/\(name)"))
      let parser = XMLParser(data: data)
      let counter = ElementCounter()
      parser.delegate = counter
      #expect(parser.parse(), "\(name)")
      #expect(
        counter.names["svg"] == 1 && counter.names["title", default: 0] >= 1 && counter.names["desc"] == 1)
      let text = String(decoding: data, as: UTF8.self)
      #expect(!text.contains("<script") && !text.contains("href"))
    }
  }

  private final class ElementCounter: NSObject, XMLParserDelegate {
    var names: [String: Int] = [:]
    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) { names[name, default: 0] += 1 }
  }

  @Test func theReportsTellTheFigures() throws {
    let (scratch, release) = try bundle()
    let report = try scratch.text("out/report.md")
    let page = try scratch.text("out/report.html")
    #expect(report.contains("## What the study found"))
    #expect(report.contains("\\=third") && page.contains("=third"))
    #expect(page.contains("The screen") && page.contains("Topics of each segment"))
    for row in release.statistics { #expect(report.contains("| \(row.estimate) |")) }
  }

  /// A name that a spreadsheet would run is led by an apostrophe, in these tables as in all.
  @Test func formulasAreNeutralised() throws {
    let (scratch, _) = try bundle()
    #expect(try scratch.text("out/tables/statistics.csv").contains(",'=third,"))
  }
}
