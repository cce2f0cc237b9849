import Foundation

extension FuzzTarget {
  /// The shipped hard inputs in the order of the names of their files; of bundles also the files of a healthy one.
  package func corpus() -> [[UInt8]] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("corpus/\(rawValue)").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let shipped = names.sorted().compactMap { FileManager.default.contents(atPath: "\(folder)/\($0)") }
      .map { [UInt8]($0) }
    if self != .bundle { return shipped }
    return shipped
      + HealthyBundle.names.enumerated().compactMap { at, name in
        HealthyBundle.shared.whole[name].map { [UInt8(0x61 + at)] + $0 }
      }
  }
}
