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
    var range = try fitted.sketched(width: width, seed: parameters.seed, workers: workers)
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
      range = try transposed.gramMultiplied(by: basis, transposed: fitted, workers: workers)
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
    return try TruncatedSVD(
      singularValues: values.prefix(kept).map(Float.init),
      right: right.withLargestEntriesPositive(workers: workers))
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

extension CSRMatrix {
  /// Matrices of fewer columns are multiplied by signs in every place.
  private static let leastColumns = 4096
  /// Signs in a row of S else: so few find the range as well as dense ones do (Tropp et al. 2017, arXiv 1609.00048, section 3.9),
  /// and are worked out where they are needed.
  private static let signs = 8

  /// A·S, `rows` × `width`: S has independent fair signs, one in each of ``signs`` blocks of a row, whose places are
  /// random, too. O(entries · signs); the same result for any number of threads.
  fileprivate func sketched(width: Int, seed: UInt64, workers: Workers) throws -> Matrix {
    let signs = columns < Self.leastColumns ? width : min(Self.signs, width)
    let blocks = (0..<signs).map { k in
      (first: k * width / signs, count: UInt64((k + 1) * width / signs - k * width / signs))
    }
    let key = RandomSource.mix(seed)
    let values: [Float] = try unsafe parallelArray(
      count: rows, stride: width, blockSize: 256, workers: workers
    ) { out, range in
      unsafe out.initialize(repeating: 0, count: range.count * width)
      for row in range {
        let sum = unsafe out + (row - range.lowerBound) * width
        for entry in rowOffsets[row]..<rowOffsets[row + 1] {
          let value = self.values[entry]
          var state = key ^ RandomSource.mix(UInt64(columnIndices[entry]) &+ 1)
          var word: UInt64 = 0
          for k in 0..<signs {
            // Sixteen bits for each: fifteen of the place, one of the sign.
            if k & 3 == 0 {
              state &+= 0x9E37_79B9_7F4A_7C15
              word = RandomSource.mix(state)
            }
            let at = blocks[k].first + Int(((word & 0x7FFF) * blocks[k].count) >> 15)
            unsafe sum[at] += word & 0x8000 == 0 ? value : -value
            word >>= 16
          }
        }
      }
    }
    return Matrix(rows: rows, columns: width, values: values)
  }
}

extension Matrix {
  /// Each column with the sign that makes its entry of largest magnitude (the first, of several) positive.
  fileprivate consuming func withLargestEntriesPositive(workers: Workers) throws -> Matrix {
    let (columns, signs) = (columns, try signsOfLargestEntries(workers: workers))
    try unsafe values.withParallelBlocks(count: rows, blockSize: 4096, workers: workers) { x, range in
      for i in range {
        for j in 0..<columns { unsafe x[i * columns + j] *= signs[j] }
      }
    }
    return self
  }

  private func signsOfLargestEntries(workers: Workers) throws -> [Float] {
    let extremes = try workers.mapBlocks(count: rows, blockSize: 4096) { _, range in
      var extreme = [Float](repeating: 0, count: columns)
      for i in range {
        for j in 0..<columns where abs(values[i * columns + j]) > abs(extreme[j]) {
          extreme[j] = values[i * columns + j]
        }
      }
      return extreme
    }
    return (0..<columns).map { j in
      extremes.reduce(Float(0)) { abs($1[j]) > abs($0) ? $1[j] : $0 } < 0 ? -1 : 1
    }
  }
}
