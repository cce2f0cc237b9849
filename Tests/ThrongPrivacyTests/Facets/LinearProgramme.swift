import CGLPK

/// A small linear or integer programme, solved by GLPK.
@safe final class LinearProgramme {
  private let problem: OpaquePointer
  private var rowIndices: [Int32] = [0]
  private var columnIndices: [Int32] = [0]
  private var coefficients: [Double] = [0]
  private var isLoaded = false

  init(variables: Int) {
    _ = glp_term_out(GLP_OFF)
    unsafe problem = glp_create_prob()
    unsafe glp_add_cols(problem, Int32(variables))
    for at in 0..<variables { bound(at, at: 0...(.infinity)) }
  }

  deinit { unsafe glp_delete_prob(problem) }

  func bound(_ variable: Int, at range: ClosedRange<Double>) {
    let column = Int32(variable + 1)
    if range.lowerBound == range.upperBound {
      unsafe glp_set_col_bnds(problem, column, GLP_FX, range.lowerBound, range.lowerBound)
    } else if range.upperBound == .infinity {
      unsafe glp_set_col_bnds(problem, column, GLP_LO, range.lowerBound, 0)
    } else {
      unsafe glp_set_col_bnds(problem, column, GLP_DB, range.lowerBound, range.upperBound)
    }
  }

  func makeBinary(_ variable: Int) { unsafe glp_set_col_kind(problem, Int32(variable + 1), GLP_BV) }

  /// Σ of the terms lies in `range`.
  func require(_ terms: [(variable: Int, factor: Double)], in range: ClosedRange<Double>) {
    guard !terms.isEmpty else { return }
    let row = unsafe glp_add_rows(problem, 1)
    if range.lowerBound == range.upperBound {
      unsafe glp_set_row_bnds(problem, row, GLP_FX, range.lowerBound, range.lowerBound)
    } else if range.upperBound == .infinity {
      unsafe glp_set_row_bnds(problem, row, GLP_LO, range.lowerBound, 0)
    } else if range.lowerBound == -.infinity {
      unsafe glp_set_row_bnds(problem, row, GLP_UP, 0, range.upperBound)
    } else {
      unsafe glp_set_row_bnds(problem, row, GLP_DB, range.lowerBound, range.upperBound)
    }
    var merged: [Int: Double] = [:]
    for term in terms { merged[term.variable, default: 0] += term.factor }
    for (variable, factor) in merged.sorted(by: { $0.key < $1.key }) where factor != 0 {
      rowIndices.append(row)
      columnIndices.append(Int32(variable + 1))
      coefficients.append(factor)
    }
  }

  private func load() {
    guard !isLoaded else { return }
    isLoaded = true
    unsafe glp_load_matrix(
      problem, Int32(coefficients.count - 1), rowIndices, columnIndices, coefficients)
  }

  private func setObjective(_ terms: [(variable: Int, factor: Double)], maximize: Bool) {
    unsafe glp_set_obj_dir(problem, maximize ? GLP_MAX : GLP_MIN)
    let columns = unsafe glp_get_num_cols(problem)
    for column in 1...columns { unsafe glp_set_obj_coef(problem, column, 0) }
    for term in terms {
      let column = Int32(term.variable + 1)
      unsafe glp_set_obj_coef(problem, column, glp_get_obj_coef(problem, column) + term.factor)
    }
  }

  /// The extreme of Σ of the terms; nil where there is no solution, infinite where there is no bound.
  func extreme(of terms: [(variable: Int, factor: Double)], maximize: Bool) -> Double? {
    load()
    setObjective(terms, maximize: maximize)
    var settings = glp_smcp()
    unsafe glp_init_smcp(&settings)
    settings.msg_lev = GLP_MSG_OFF
    guard unsafe glp_simplex(problem, &settings) == 0 else { return nil }
    switch unsafe glp_get_status(problem) {
    case GLP_OPT: return unsafe glp_get_obj_val(problem)
    case GLP_UNBND: return maximize ? .infinity : -.infinity
    default: return nil
    }
  }

  /// The best value with every binary variable 0 or 1, and the variables; nil where none was found in time.
  func optimum(of terms: [(variable: Int, factor: Double)]) -> (value: Double, variables: [Double])? {
    load()
    setObjective(terms, maximize: true)
    var settings = unsafe glp_iocp()
    unsafe glp_init_iocp(&settings)
    unsafe settings.msg_lev = GLP_MSG_OFF
    unsafe settings.presolve = GLP_ON
    unsafe settings.tm_lim = 20_000
    guard unsafe glp_intopt(problem, &settings) == 0, unsafe glp_mip_status(problem) == GLP_OPT else {
      return nil
    }
    let count = unsafe glp_get_num_cols(problem)
    return (
      unsafe glp_mip_obj_val(problem), (1...count).map { unsafe glp_mip_col_val(problem, $0) }
    )
  }
}
