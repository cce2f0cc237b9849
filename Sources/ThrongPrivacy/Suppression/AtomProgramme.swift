internal import CGLPK

/// What an outsider can work out about one atom: the linear programme over all that is shown.
///
/// Variables are the atoms that are not empty, each at least what its two largest users hold (they know their own: R5);
/// for each shown set the atoms in it add up to its count. The true counts solve it, so it always has a solution.
@safe final class AtomProgramme {
  private let problem: OpaquePointer
  private let sets: [Int]

  /// - Parameters:
  ///   - counts: of each atom.
  ///   - floors: the least that each atom may hold.
  ///   - sets: numbers of the shown sets, and for each the atoms in it.
  init(counts: [Int], floors: [Int], sets: [(number: Int, atoms: [Int])]) {
    _ = glp_term_out(GLP_OFF)
    self.sets = sets.map(\.number)
    unsafe problem = glp_create_prob()
    unsafe glp_set_obj_dir(problem, GLP_MAX)
    unsafe glp_add_cols(problem, Int32(counts.count))
    for atom in counts.indices {
      unsafe glp_set_col_bnds(problem, Int32(atom + 1), GLP_LO, Double(floors[atom]), 0)
    }
    var (rows, columns, values): ([Int32], [Int32], [Double]) = ([0], [0], [0])
    // Everything, though no set may say so: an outsider knows how many there are at most.
    let all = [(number: -1, atoms: Array(counts.indices))]
    unsafe glp_add_rows(problem, Int32(sets.count + 1))
    for (row, set) in (sets + all).enumerated() {
      let sum = Double(set.atoms.reduce(0) { $0 + counts[$1] })
      unsafe glp_set_row_bnds(problem, Int32(row + 1), GLP_FX, sum, sum)
      for atom in set.atoms {
        rows.append(Int32(row + 1))
        columns.append(Int32(atom + 1))
        values.append(1)
      }
    }
    unsafe glp_load_matrix(problem, Int32(values.count - 1), rows, columns, values)
  }

  deinit { unsafe glp_delete_prob(problem) }

  /// The most that an atom can hold for all that is shown, and the sets that keep it from more. Where the solver gives up, nothing
  /// is promised: 0, and no set. Each call starts where the last one ended.
  func most(_ atom: Int) -> (count: Double, binding: [Int]) {
    let columns = unsafe glp_get_num_cols(problem)
    for column in 1...columns { unsafe glp_set_obj_coef(problem, column, column == Int32(atom + 1) ? 1 : 0) }
    var settings = glp_smcp()
    unsafe glp_init_smcp(&settings)
    settings.msg_lev = GLP_MSG_OFF
    settings.it_lim = 20_000
    guard unsafe glp_simplex(problem, &settings) == 0 else { return (0, []) }
    switch unsafe glp_get_status(problem) {
    case GLP_OPT:
      let binding = sets.indices.filter { row in
        let dual = unsafe glp_get_row_dual(problem, Int32(row + 1))
        return abs(dual) > 1e-9
      }
      return (unsafe glp_get_obj_val(problem), binding.map { sets[$0] })
    case GLP_UNBND: return (.infinity, [])
    default: return (0, [])
    }
  }
}
