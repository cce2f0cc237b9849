internal import Foundation
package import ThrongCore

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

/// Why there is nothing to explore.
enum ExplorerFailure: ThrongFailure {
  case nothingThere(path: String)
  /// A file, or a folder without a release.
  case notABundle(path: String)
  /// A bundle of a version that wrote no explorer, or one from which it was removed.
  case noExplorer(path: String)
  /// The file is not the one that was released.
  case changed(path: String)

  var message: String {
    switch self {
    case .nothingThere(let path): "there is nothing at \(path); name the folder that 'throng run --out' wrote"
    case .notABundle(let path):
      "\(path) is not a release bundle: it is no folder with release.json and SHA256SUMS; name the folder that "
        + "'throng run --out' wrote"
    case .noExplorer(let path):
      "the bundle \(path) has no explorer.html; an earlier version wrote it, or it was removed: run again to get one"
    case .changed(let path):
      "\(path)/explorer.html is not the file that was released, so it is not opened; get the bundle again, or see what "
        + "'throng audit' says of it"
    }
  }

  var exitStatus: Int32 {
    switch self {
    case .nothingThere, .notABundle: ExitCode.usage.rawValue
    case .noExplorer, .changed: ExitCode.inputUnusable.rawValue
    }
  }
}

/// The page of a bundle, and the browser that shows it.
enum Explorer {
  static let file = "explorer.html"

  /// The absolute path of a bundle's explorer, which is the one that was released.
  ///
  /// - Throws: ``ExplorerFailure``.
  static func page(of bundle: String) throws(ExplorerFailure) -> String {
    let folder = URL(fileURLWithPath: bundle).standardizedFileURL.path
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
      throw .nothingThere(path: bundle)
    }
    guard isFolder.boolValue, FileManager.default.fileExists(atPath: "\(folder)/release.json"),
      let sums = FileManager.default.contents(atPath: "\(folder)/SHA256SUMS")
    else { throw .notABundle(path: bundle) }
    guard let page = FileManager.default.contents(atPath: "\(folder)/\(file)") else {
      throw .noExplorer(path: bundle)
    }
    let line = "\(Digest.hexadecimal(Digest.sha256([UInt8](page))))  \(file)"
    guard String(decoding: sums, as: UTF8.self).split(separator: "\n").contains(line[...]) else {
      throw .changed(path: bundle)
    }
    return "\(folder)/\(file)"
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
