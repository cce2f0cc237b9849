internal import ThrongCore

/// What can go wrong in a factorisation. Shapes that do not fit are a programmer's mistake and trap.
package enum LinearAlgebraFailure: ThrongFailure, Equatable {
  /// A NaN or an infinity in this row (counted from 0).
  case notFinite(row: Int)
  /// A parameter that no run can use.
  case parameter(name: String, reason: String)
  /// LAPACK gave up: the routine and its `info`.
  case lapack(routine: String, info: Int)

  package var message: String {
    switch self {
    case .notFinite(let row):
      "row \(row) of a matrix holds a NaN or an infinity; remove or repair that row"
    case .parameter(let name, let reason):
      "\(name) \(reason)"
    case .lapack(let routine, let info):
      "LAPACK's \(routine) failed with info \(info); check the BLAS and LAPACK that the system provides"
    }
  }

  package var exitStatus: Int32 {
    switch self {
    case .notFinite, .lapack: ExitCode.internalFailure.rawValue
    case .parameter: ExitCode.usage.rawValue
    }
  }
}
