package import ThrongCore

extension TruncatedSVD {
  /// Decomposes `a`. O((entries · 2 + (rows + columns) · width) · width · (powerIterations + 1)) time for a
  /// width of components + oversampling, O((rows + columns) · width + entries) memory.
  ///
  /// - Throws: ``LinearAlgebraFailure`` for parameters out of range, entries that are not finite, or a LAPACK
  ///   that fails; ``Interrupted``.
  package static func fit(_ a: CSRMatrix, parameters: Parameters = Parameters(), workers: Workers) throws
    -> TruncatedSVD
  {
    try parameters.check()
    try a.checkFinite(workers: workers)
    guard a.columns > 0 else {
      throw LinearAlgebraFailure.parameter(
        name: "components", reason: "cannot be found in a matrix without columns; no term was kept")
    }
    var fitted = a
    if let sample = parameters.sampleRows, sample < a.rows {
      fitted = a.selectingRows(sampledRows(sample, of: a.rows, seed: parameters.seed))
    }
    let most = min(fitted.rows, fitted.columns)
    let wanted = min(parameters.components, most)
    let width = min((wanted + parameters.oversampling + 15) / 16 * 16, most)
    guard width > 0 else { return TruncatedSVD(zeroOfColumns: a.columns) }

    let transposed = try fitted.transposed(workers: workers)
    let start = try randomSigns(rows: a.columns, columns: width, seed: parameters.seed, workers: workers)
    var range = try fitted.multiplied(by: start, workers: workers)
    var shift = 0.0
    for round in 0..<parameters.powerIterations {
      // One orthonormalisation per round, on the row side: AAᵀ squares the spread of the singular values
      // within the width, which for data of this kind floats bear well.
      let gram = try range.gram(workers: workers)
      if round > 0 {
        // Of AAᵀ − shift within the range. Any shift up to half the least eigenvalue wanted is safe.
        let least = max(0, try leastEigenvalue(gram, order: width)).squareRoot()
        if least > shift { shift = (least + shift) / 2 }
      }
      let basis = try range.orthonormalizedOnce(gram: gram, workers: workers)
      range = try fitted.multiplied(
        by: transposed.multiplied(by: basis, workers: workers), workers: workers)
      let step = Float(shift)
      for i in range.values.indices { range.values[i] -= step * basis.values[i] }
    }
    let basis = try range.orthonormalized(workers: workers)
    // (QᵀA)ᵀ, columns × width: its left singular vectors are the right ones of A.
    let projected = try transposed.multiplied(by: basis, workers: workers)
    let (squares, rotation) = try symmetricEigen(projected.gram(workers: workers), order: width)
    let values = squares.map { max($0, 0).squareRoot() }
    // Directions this far below the first are rounding of the floats, not data.
    let kept = values.prefix(wanted).prefix { $0 > 1e-5 * values[0] }.count
    guard kept > 0 else { return TruncatedSVD(zeroOfColumns: a.columns) }
    var scaled = Matrix(rows: width, columns: kept)
    for i in 0..<width {
      for j in 0..<kept { scaled[i, j] = Float(rotation[i * width + j] / values[j]) }
    }
    let right = try projected.multiplied(by: scaled, workers: workers)
    return TruncatedSVD(
      singularValues: values.prefix(kept).map(Float.init), right: right.withLargestEntriesPositive())
  }

  /// Of a matrix of zeros: one component of no weight, so that what follows has a column to work with.
  private init(zeroOfColumns columns: Int) {
    var right = Matrix(rows: columns, columns: 1)
    right[0, 0] = 1
    self.init(singularValues: [0], right: right)
  }

  /// `count` of `0..<rows` in rising order, each subset equally likely (Knuth, algorithm 3.4.2 S). O(rows).
  static func sampledRows(_ count: Int, of rows: Int, seed: UInt64) -> [Int] {
    var random = RandomSource(seed: seed, stream: 1)
    var chosen: [Int] = []
    chosen.reserveCapacity(count)
    for row in 0..<rows where random.below(rows - row) < count - chosen.count { chosen.append(row) }
    return chosen
  }

  /// Independent fair signs. They find the range as well as Gaussian directions do in practice, and 64 of
  /// them come from one word. Each block of rows has a random stream of its own.
  private static func randomSigns(rows: Int, columns: Int, seed: UInt64, workers: Workers) throws -> Matrix {
    let blockSize = 4096
    let signs: [Float] = try unsafe parallelArray(
      count: rows, stride: columns, blockSize: blockSize, workers: workers
    ) { out, range in
      var random = RandomSource(seed: seed, stream: 2 + UInt64(range.lowerBound / blockSize))
      var word: UInt64 = 0
      for i in 0..<range.count * columns {
        word = i % 64 == 0 ? random.next() : word >> 1
        unsafe (out + i).initialize(to: word & 1 == 0 ? 1 : -1)
      }
    }
    return Matrix(rows: rows, columns: columns, values: signs)
  }
}

extension TruncatedSVD.Parameters {
  fileprivate func check() throws {
    func need(_ holds: Bool, _ name: String, _ reason: String) throws {
      if !holds { throw LinearAlgebraFailure.parameter(name: name, reason: reason) }
    }
    try need(components >= 1, "components", "must be at least 1, and is \(components)")
    try need(oversampling >= 0, "oversampling", "must not be negative, and is \(oversampling)")
    try need(powerIterations >= 0, "powerIterations", "must not be negative, and is \(powerIterations)")
    try need(sampleRows ?? 1 >= 1, "sampleRows", "must be at least 1, and is \(sampleRows ?? 0)")
  }
}

extension Matrix {
  /// Each column with the sign that makes its entry of largest magnitude (the first, of several) positive.
  fileprivate consuming func withLargestEntriesPositive() -> Matrix {
    var extreme = [Float](repeating: 0, count: columns)
    for i in 0..<rows {
      for j in 0..<columns where abs(self[i, j]) > abs(extreme[j]) { extreme[j] = self[i, j] }
    }
    for i in 0..<rows {
      for j in 0..<columns where extreme[j] < 0 { self[i, j] = -self[i, j] }
    }
    return self
  }
}
