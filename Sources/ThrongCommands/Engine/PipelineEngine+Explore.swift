internal import Foundation
package import ThrongCore
internal import ThrongRelease

extension PipelineEngine {
  /// `throng explore`.
  package func explore(_ options: ExploreOptions, in context: CommandContext) throws -> ExitCode {
    let bundle = options.bundles[0]
    let page = try Explorer.page(of: bundle)
    let opened = options.opens && Explorer.open(page, environment: context.environment)
    if options.json {
      try context.console.print(
        JSONText.encode(ExploreReport(bundle: bundle, explorer: page, opened: opened)))
    } else {
      try context.console.print(page)
    }
    if options.opens, !opened { context.console.note("open it in any browser; it needs no network") }
    return .done
  }
}

/// What `throng explore --json` prints.
private struct ExploreReport: Encodable {
  let bundle: String
  let explorer: String
  let opened: Bool
}

/// The page of a bundle, and the browser that shows it.
enum Explorer {
  static let file = "explorer.html"

  /// The absolute path of a bundle's explorer, which is the one that was released.
  ///
  /// - Throws: `ReleaseFailure`.
  static func page(of bundle: String) throws -> String {
    _ = try BundleReader.file(file, of: bundle)
    return "\(URL(fileURLWithPath: bundle).standardizedFileURL.path)/\(file)"
  }

  /// Hands the page to the desktop, if there is one, and does not wait for the browser; whether that worked.
  static func open(_ page: String, environment: [String: String]) -> Bool {
    let desktops = ["DISPLAY", "WAYLAND_DISPLAY"]
    guard desktops.contains(where: { environment[$0]?.isEmpty == false }) else { return false }
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    guard
      let opener = folders.map({ "\($0)/xdg-open" }).first(where: FileManager.default.isExecutableFile)
    else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: opener)
    process.arguments = [page]
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    // xdg-open is back at once, with what it found out.
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
