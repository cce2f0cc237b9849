internal import CGLPK

/// A ``CellSystem``, or the part of it that a family of rows speaks of, as a linear programme for GLPK.
///
/// One problem, many objectives: each solution starts from the basis of the one before.
@safe package final class LinearProgramme {
  /// Unknowns of the system, by column of the programme from 0.
  let unknowns: [Int]
  private let problem: OpaquePointer
  private let columnOf: [Int: Int32]

  /// - Parameter families: clusters whose rows take part; nil takes all.
  package init(_ system: CellSystem, families: Set<Int>? = nil) {
    var columnOf: [Int: Int32] = [:]
    var unknowns: [Int] = []
    var (rows, columns, factors): ([Int32], [Int32], [Double]) = ([0], [0], [0])
    var taken: [Int] = []
    for row in 0..<system.rowCount where families?.contains(Int(system.family[row])) ?? true {
      taken.append(row)
      for entry in system.starts[row]..<system.starts[row + 1] {
        let unknown = Int(system.columns[entry])
        if columnOf[unknown] == nil {
          unknowns.append(unknown)
          columnOf[unknown] = Int32(unknowns.count)
        }
        rows.append(Int32(taken.count))
        columns.append(columnOf[unknown]!)
        factors.append(system.factors[entry])
      }
    }
    self.unknowns = unknowns
    self.columnOf = columnOf
    _ = glp_term_out(GLP_OFF)
    unsafe problem = glp_create_prob()
    if !taken.isEmpty { _ = unsafe glp_add_rows(problem, Int32(taken.count)) }
    for (at, row) in taken.enumerated() {
      let (kind, low, high) = Self.bounds(system.rowLower[row], system.rowUpper[row])
      unsafe glp_set_row_bnds(problem, Int32(at + 1), kind, low, high)
    }
    if !unknowns.isEmpty { _ = unsafe glp_add_cols(problem, Int32(unknowns.count)) }
    for (at, unknown) in unknowns.enumerated() {
      let (kind, low, high) = Self.bounds(system.lower[unknown], system.upper[unknown])
      unsafe glp_set_col_bnds(problem, Int32(at + 1), kind, low, high)
    }
    unsafe glp_load_matrix(problem, Int32(rows.count - 1), rows, columns, factors)
  }

  deinit { unsafe glp_delete_prob(problem) }

  private static func bounds(_ low: Double, _ high: Double) -> (Int32, Double, Double) {
    switch (low > -.infinity, high < .infinity) {
    case (true, true): (low == high ? GLP_FX : GLP_DB, low, high)
    case (true, false): (GLP_LO, low, 0)
    case (false, true): (GLP_UP, 0, high)
    case (false, false): (GLP_FR, 0, 0)
    }
  }

  /// Whether an unknown takes part.
  func holds(_ unknown: Int) -> Bool { columnOf[unknown] != nil }

  /// The least or largest value of an unknown, as a whole number, and the solution that has it, by column; nil where
  /// there is none or GLPK gives up.
  ///
  /// - Parameter isExact: repeats the last step in rational arithmetic.
  package func optimum(
    of unknown: Int, isMaximum: Bool, isExact: Bool = false
  ) -> (value: Double, solution: [Double])? {
    guard let column = columnOf[unknown] else { return nil }
    unsafe glp_set_obj_dir(problem, isMaximum ? GLP_MAX : GLP_MIN)
    unsafe glp_set_obj_coef(problem, column, 1)
    defer { unsafe glp_set_obj_coef(problem, column, 0) }
    var settings = glp_smcp()
    unsafe glp_init_smcp(&settings)
    settings.msg_lev = GLP_MSG_OFF
    settings.tm_lim = 20_000
    var code = unsafe glp_simplex(problem, &settings)
    if code == 0, isExact { code = unsafe glp_exact(problem, &settings) }
    guard code == 0 else { return nil }
    switch unsafe glp_get_status(problem) {
    case GLP_OPT:
      let value = unsafe glp_get_obj_val(problem)
      let whole = isMaximum ? (value + 1e-6).rounded(.down) : (value - 1e-6).rounded(.up)
      return (whole, unknowns.indices.map { unsafe glp_get_col_prim(problem, Int32($0 + 1)) })
    case GLP_UNBND: return isMaximum ? (.infinity, []) : nil
    default: return nil
    }
  }
}
