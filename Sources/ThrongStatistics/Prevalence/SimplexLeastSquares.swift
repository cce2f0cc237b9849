/// The least-squares fit of a mixture: weights p ≥ 0 with sum 1 that bring Σ pᵢ·rowᵢ nearest to a target.
///
/// A primal active-set method: weights leave when they reach 0 and come back while that lowers the error, so it ends at
/// the optimum after finitely many solves (Nocedal and Wright 2006, chapter 16). O(count³) each, usually one.
struct SimplexLeastSquares {
  private let count: Int
  /// rows · rowsᵀ, and rows · target.
  private var gram: [Double]
  private var product: [Double]

  /// - Parameter rows: count × targets.count values.
  init(rows: [Double], targets: [Double], count: Int) {
    self.count = count
    let width = targets.count
    func dot(_ i: Int, _ other: (Int) -> Double) -> Double {
      (0..<width).reduce(0) { $0 + rows[i * width + $1] * other($1) }
    }
    gram = (0..<count).flatMap { i in (0..<count).map { j in dot(i) { rows[j * width + $0] } } }
    product = (0..<count).map { i in dot(i) { targets[$0] } }
  }

  /// nil where some mixtures cannot be told apart.
  func solution() -> [Double]? {
    var weights = [Double](repeating: 1 / Double(count), count: count)
    var free = Array(0..<count)
    for _ in 0..<10 * count {
      guard let (wanted, level) = minimum(over: free) else { return nil }
      // As far towards the minimum as no weight turns negative.
      var (step, blocked): (Double, Int?) = (1, nil)
      for (k, i) in free.enumerated() where wanted[k] < 0 {
        let reach = weights[i] / (weights[i] - wanted[k])
        if reach < step { (step, blocked) = (reach, i) }
      }
      for (k, i) in free.enumerated() { weights[i] += step * (wanted[k] - weights[i]) }
      if let blocked {
        weights[blocked] = 0
        free.removeAll { $0 == blocked }
        continue
      }
      // The one whose return would lower the error most.
      let returning = (0..<count).filter { !free.contains($0) }.map { i in
        (i, gain: product[i] - free.reduce(0) { $0 + gram[i * count + $1] * weights[$1] } - level)
      }.max { $0.gain < $1.gain }
      guard let returning, returning.gain > 1e-12 else { return weights }
      free.append(returning.0)
      free.sort()
    }
    return weights
  }

  /// The minimum over some of the weights, with sum 1 and any sign, and the multiplier of the sum. nil where the system
  /// has no one solution. Gaussian elimination with row exchanges.
  private func minimum(over free: [Int]) -> (weights: [Double], level: Double)? {
    let size = free.count + 1
    var rows = free.map { i in free.map { gram[i * count + $0] } + [1, product[i]] }
    rows.append(Array(repeating: 1, count: free.count) + [0, 1])
    for column in 0..<size {
      let pivot = (column..<size).max { abs(rows[$0][column]) < abs(rows[$1][column]) }!
      guard abs(rows[pivot][column]) > 1e-12 else { return nil }
      rows.swapAt(column, pivot)
      for row in column + 1..<size where rows[row][column] != 0 {
        let factor = rows[row][column] / rows[column][column]
        for k in column...size { rows[row][k] -= factor * rows[column][k] }
      }
    }
    var solution = [Double](repeating: 0, count: size)
    for row in (0..<size).reversed() {
      let known = (row + 1..<size).reduce(0) { $0 + rows[row][$1] * solution[$1] }
      solution[row] = (rows[row][size] - known) / rows[row][row]
    }
    return (Array(solution.dropLast()), solution[size - 1])
  }
}
