internal import Foundation
package import ThrongCore
package import ThrongLinearAlgebra

extension Projection {
  /// Points at most for ``neighbourEmbedding(_:perplexity:iterations:workers:)``: it looks at all pairs, again and again.
  package static let embeddingLimit = 2_000

  /// A plane on which near points lie near each other: t-SNE (van der Maaten and Hinton 2008, JMLR 9), exact, from the
  /// principal components, so that there is no random start. O(iterations · rows²) time, O(rows²) memory.
  ///
  /// - Parameters:
  ///   - points: rows × columns, at most ``embeddingLimit`` rows.
  ///   - perplexity: neighbours that count for each point; at most a third of the others are taken.
  /// - Returns: x and y of each row, about the origin. Fewer than four points get their principal components.
  /// - Throws: ``ClusteringFailure``; ``Interrupted``.
  package static func neighbourEmbedding(
    _ points: DoubleMatrix, perplexity: Double = 15, iterations: Int = 400, workers: Workers
  ) throws -> [(x: Double, y: Double)] {
    let n = points.rows
    guard n <= embeddingLimit else {
      throw ClusteringFailure.tooManyPoints(points: n, limit: embeddingLimit)
    }
    let start = try principal(points)
    guard n > 3 else { return start }
    let affinities = try affinities(points, perplexity: min(perplexity, Double(n - 1) / 3), workers: workers)
    let spread = start.reduce(0) { max($0, abs($1.x), abs($1.y)) }
    // Small, as the method asks; equal points get a little of their own, so that they can part.
    var place = start.enumerated().map { row, at in
      SIMD2(at.x, at.y) / max(spread, 1e-12) * 1e-2 + SIMD2(cos(Double(row)), sin(Double(row))) * 1e-4
    }
    var velocity = [SIMD2<Double>](repeating: .zero, count: n)
    var gain = [SIMD2<Double>](repeating: .one, count: n)
    let rate = max(10, Double(n) / 12)
    for iteration in 0..<iterations {
      let early = iteration < iterations / 4
      let gradient = try gradient(place, affinities, exaggeration: early ? 12 : 1, workers: workers)
      let momentum = early ? 0.5 : 0.8
      for i in 0..<n {
        for axis in 0..<2 {
          let same = (gradient[i][axis] > 0) == (velocity[i][axis] > 0)
          gain[i][axis] = max(0.01, same ? gain[i][axis] * 0.8 : gain[i][axis] + 0.2)
        }
        velocity[i] = velocity[i] * momentum - gradient[i] * gain[i] * rate
        place[i] += velocity[i]
      }
      let mean = place.reduce(.zero, +) / Double(n)
      for i in 0..<n { place[i] -= mean }
    }
    return place.map { ($0.x, $0.y) }
  }

  /// P of the method: symmetric, rows × rows, sums to 1.
  private static func affinities(_ points: DoubleMatrix, perplexity: Double, workers: Workers) throws
    -> [Double]
  {
    let n = points.rows
    let rows = try workers.mapBlocks(count: n, blockSize: 32) { _, range in
      range.map { row -> [Double] in
        let squares = points.distances(from: row, to: 0..<n).map { $0 * $0 }
        return conditional(squares, of: row, perplexity: perplexity)
      }
    }.flatMap { $0 }
    return (0..<n * n).map { at in
      max(1e-12, (rows[at / n][at % n] + rows[at % n][at / n]) / Double(2 * n))
    }
  }

  /// Shares that a Gaussian about `row` gives the others, as wide as the perplexity asks.
  private static func conditional(_ squares: [Double], of row: Int, perplexity: Double) -> [Double] {
    let nearest = squares.indices.reduce(Double.infinity) { $1 == row ? $0 : min($0, squares[$1]) }
    var (low, high, precision) = (0.0, Double.infinity, 1.0)
    var shares = squares
    for _ in 0..<64 {
      var (sum, moment) = (0.0, 0.0)
      for j in squares.indices {
        // Less the nearest, so that the largest share never vanishes.
        shares[j] = j == row ? 0 : exp(-(squares[j] - nearest) * precision)
        sum += shares[j]
        moment += shares[j] * (squares[j] - nearest)
      }
      let entropy = log(sum) + precision * moment / sum
      for j in shares.indices { shares[j] /= sum }
      if abs(entropy - log(perplexity)) < 1e-6 { break }
      if entropy > log(perplexity) {
        low = precision
        precision = high.isFinite ? (low + high) / 2 : precision * 2
      } else {
        high = precision
        precision = (low + high) / 2
      }
    }
    return shares
  }

  private static func gradient(
    _ place: [SIMD2<Double>], _ affinities: [Double], exaggeration: Double, workers: Workers
  ) throws -> [SIMD2<Double>] {
    let n = place.count
    let blocks = try workers.mapBlocks(count: n, blockSize: 64) { _, range in
      var sum = 0.0
      var (pull, push) = ([SIMD2<Double>](), [SIMD2<Double>]())
      for i in range {
        var (towards, away) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
        for j in 0..<n where j != i {
          let apart = place[i] - place[j]
          let near = 1 / (1 + (apart * apart).sum())
          sum += near
          towards += apart * (affinities[i * n + j] * near)
          away += apart * (near * near)
        }
        pull.append(towards)
        push.append(away)
      }
      return (sum, pull, push)
    }
    let sum = blocks.reduce(0) { $0 + $1.0 }
    return blocks.flatMap { block in
      zip(block.1, block.2).map { 4 * ($0 * exaggeration - $1 / sum) }
    }
  }
}
