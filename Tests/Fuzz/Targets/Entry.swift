import Foundation

/// The target that libFuzzer drives: `THRONG_FUZZ_TARGET` names it.
private let chosen: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["THRONG_FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError(
      "THRONG_FUZZ_TARGET names one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  return target
}()

/// What libFuzzer calls with every input, through a few lines of C.
@_cdecl("throng_fuzz_run") func runFuzzInput(_ start: UnsafePointer<UInt8>?, _ count: Int) {
  chosen.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
}

/// Writes the shipped inputs of the target into the folder `THRONG_FUZZ_SEEDS`, where that is given: what
/// libFuzzer begins with.
@_cdecl("throng_fuzz_begin") func beginFuzzing() {
  guard let folder = ProcessInfo.processInfo.environment["THRONG_FUZZ_SEEDS"] else { return }
  try! FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  for (number, bytes) in chosen.corpus().enumerated() {
    try! Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(number)"))
  }
}
