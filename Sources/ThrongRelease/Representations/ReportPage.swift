import Foundation
import ThrongCore
import ThrongPrivacy

/// `report.html`: the report as a page to print, with figures. It needs no network and runs no script; a policy of its
/// own (`Content-Security-Policy`) allows nothing but its style.
struct ReportPage: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    try folder.write(Array(Self.text(release).utf8), to: "report.html")
  }

  static func text(_ release: Release) -> String {
    let body = MarkdownPage(ReleaseReport.text(release)).markup(
      figures: [
        "What people talk about": ReportFigures.topics(release),
        ReleaseReport.studyHeading: StudyFigures.all(release).map(\.figure.markup),
        "Who talks, by facets": ReportFigures.overTime(release),
        "What was withheld, and what that does to the view": ReportFigures.withheld(release),
      ])
    let digest = Data(Digest.sha256(Array(style.utf8))).base64EncodedString()
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Release \(release.id)</title>
      <style>\(style)</style>
      </head>
      <body>
      <main>
      \(body)</main>
      </body>
      </html>

      """
  }

  private static let style = """

    :root { color-scheme: light dark; --ink: #1d1f24; --quiet: #5d636f; --rule: #d9dce2; --bar: #0072b2; --soft: #e7eef5; --page: #ffffff; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e8eaee; --quiet: #a3a9b5; --rule: #3a3f49; --bar: #56b4e9; --soft: #22303c; --page: #16181d; }
    }
    body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
    main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; line-height: 1.25; font-weight: 600; }
    h2 { font-size: 1.15rem; font-weight: 600; margin: 2.5rem 0 0.75rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
    ul { padding-left: 1.2rem; }
    li { margin: 0.2rem 0; }
    code { font: 0.92em ui-monospace, monospace; background: var(--soft); padding: 0.1em 0.3em; }
    table { border-collapse: collapse; width: 100%; font-size: 0.92rem; margin: 1rem 0; }
    th, td { text-align: left; padding: 0.3rem 0.6rem 0.3rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
    th { font-weight: 600; }
    td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    figure { margin: 1.5rem 0; break-inside: avoid; }
    figcaption { color: var(--quiet); font-size: 0.86rem; margin-top: 0.4rem; }
    svg { display: block; width: 100%; height: auto; font: 13px system-ui, sans-serif; }
    \(Figure.style)
    @media print {
      :root { --ink: #000; --quiet: #444; --rule: #bbb; --bar: #0072b2; --soft: #eee; --page: #fff; }
      body { font-size: 10.5pt; }
      main { max-width: none; padding: 0; }
      h2 { break-after: avoid; }
      tr { break-inside: avoid; }
    }

    """
}
