internal import CKernels
internal import CLinearAlgebra
internal import Foundation
internal import Synchronization

/// Which BLAS the loader found, for reports and benchmarks, and its one global setting.
package struct BLASProvider: Sendable {
  /// `OpenBLAS` or `reference`.
  package let name: String
  /// The provider's own description, such as `OpenBLAS 0.3.21 DYNAMIC_ARCH Haswell`; empty where it has none.
  package let version: String
  /// The provider's kernels in use, such as `Haswell`; empty where it has none.
  package let core: String
  /// Slow: the plain Fortran routines.
  package let isReference: Bool
  /// LAPACK solved a 2 × 2 eigenproblem correctly when asked.
  package let lapackWorks: Bool

  /// Found at first use.
  package static let current = BLASProvider.detect()

  /// Keeps BLAS from starting threads of its own: parallelism is ours, and a product's bits must not depend
  /// on how a library splits it. Every product of this module calls it first; O(1) after the first call.
  package static func useOneThread() { _ = oneThread }

  private static let oneThread: Void = {
    typealias SetThreads = @convention(c) (Int32) -> Void
    guard let symbol = unsafe symbol("openblas_set_num_threads") else { return }
    unsafe unsafeBitCast(symbol, to: SetThreads.self)(1)
  }()

  /// Addresses that the buffers of so many products at once would take beyond those reserved; memory only as far as they are used.
  package static func addresses(ofBuffers count: Int) -> Int {
    current.isReference ? 0 : max(0, count - reserved.withLock { $0 }) << 27
  }

  /// Takes the buffers of so many products at once, for good: where OpenBLAS gets none later, it asks without end.
  package static func reserveBuffers(_ count: Int) {
    // Of the addresses nothing is read.
    typealias Allocate = @convention(c) (Int32) -> UInt
    typealias Free = @convention(c) (UInt) -> Void
    guard let allocate = unsafe symbol("blas_memory_alloc"), let free = unsafe symbol("blas_memory_free")
    else { return }
    let buffers = (0..<count).map { _ in unsafe unsafeBitCast(allocate, to: Allocate.self)(0) }
    for buffer in buffers { unsafe unsafeBitCast(free, to: Free.self)(buffer) }
    reserved.withLock { $0 = max($0, count) }
  }

  private static let reserved = Mutex(0)

  /// Starts the program once more with what OpenBLAS reads before `main` and never again: kernels that fit, where it chose others,
  /// and no threads of its own. Returns where nothing is to be done or the system does not let it.
  ///
  /// - Parameter addressesAreScarce: its threads would ask for buffers without end, and the end of the process wait for them.
  package static func restartIfNeeded(addressesAreScarce: Bool) {
    guard text(of: "openblas_get_corename") != nil else { return }
    var settings: [(variable: String, value: String)] = []
    if let core = fittingCore { settings.append(("OPENBLAS_CORETYPE", core)) }
    if addressesAreScarce { settings.append(("OPENBLAS_NUM_THREADS", "1")) }
    settings.removeAll { unsafe getenv($0.variable) != nil }
    // Started by a loader that was named, the program would have to be named to it again.
    guard !settings.isEmpty,
      let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
      path.split(separator: "/").last?.hasPrefix("ld-") == false
    else { return }
    for setting in settings { unsafe setenv(setting.variable, setting.value, 1) }
    unsafe execv(path, CommandLine.unsafeArgv)
    for setting in settings { unsafe unsetenv(setting.variable) }
  }

  private static func detect() -> BLASProvider {
    useOneThread()
    let config = text(of: "openblas_get_config")
    return BLASProvider(
      name: config == nil ? "reference" : "OpenBLAS", version: config ?? "",
      core: text(of: "openblas_get_corename") ?? "", isReference: config == nil, lapackWorks: tryLAPACK())
  }

  /// The kernels that OpenBLAS should be told to use, where it is too old to know this processor and took those of
  /// twenty years ago, at a fifth of the speed; nil where it found its own.
  package static var fittingCore: String? {
    fittingCore(
      insteadOf: text(of: "openblas_get_corename") ?? "", instructionSets: ck_instruction_sets())
  }

  /// What to use instead of kernels that know no AVX, on a processor with AVX-512 (3) or AVX2 (2).
  package static func fittingCore(insteadOf core: String, instructionSets: Int32) -> String? {
    guard ["Prescott", "Core2", "Generic"].contains(core) else { return nil }
    return instructionSets == 3 ? "SkylakeX" : instructionSets == 2 ? "Haswell" : nil
  }

  private static func symbol(_ name: String) -> UnsafeMutableRawPointer? {
    // A nil handle is RTLD_DEFAULT: every library of the process.
    unsafe dlsym(nil, name)
  }

  private static func text(of function: String) -> String? {
    typealias GetText = @convention(c) () -> UnsafePointer<CChar>?
    guard let symbol = unsafe symbol(function),
      let text = unsafe unsafeBitCast(symbol, to: GetText.self)()
    else { return nil }
    return unsafe String(cString: text).trimmingCharacters(in: .whitespaces)
  }

  /// [[2, 1], [1, 2]] has the eigenvalues 1 and 3.
  private static func tryLAPACK() -> Bool {
    var matrix = [2.0, 1, 1, 2]
    var eigenvalues = [0.0, 0]
    let info = unsafe LAPACKE_dsyevd(
      LAPACK_ROW_MAJOR, Int8(UInt8(ascii: "N")), Int8(UInt8(ascii: "L")), 2, &matrix, 2, &eigenvalues)
    return info == 0 && abs(eigenvalues[0] - 1) < 1e-12 && abs(eigenvalues[1] - 3) < 1e-12
  }
}
