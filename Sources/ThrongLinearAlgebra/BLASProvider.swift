internal import CLinearAlgebra
internal import Foundation

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

  private static func detect() -> BLASProvider {
    useOneThread()
    let config = text(of: "openblas_get_config")
    return BLASProvider(
      name: config == nil ? "reference" : "OpenBLAS", version: config ?? "",
      core: text(of: "openblas_get_corename") ?? "", isReference: config == nil, lapackWorks: tryLAPACK())
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
