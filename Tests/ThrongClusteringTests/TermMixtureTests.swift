import Foundation
import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private let twoThreads = Workers(threads: 2)

/// Rows of topics that have ten words of their own each and share a hundred, with what is known about them.
private struct Planted {
  var rows: CSRMatrix
  var truth: [Int32]
  /// The truth, with a third of the rows put anywhere.
  var start: [Int32]
  /// One per topic: neighbours have neighbouring numbers.
  var centroids: Matrix
  var unit: [Float]

  /// - Parameter length: words of row `i`.
  init(topics: Int, rows count: Int, seed: UInt64, length: (Int) -> Int = { 4 + $0 % 9 }) {
    var random = RandomSource(seed: seed)
    let columns = topics * 10 + 100
    unit = (0..<columns).map { _ in Float(0.5 + random.uniform()) }
    var (offsets, indices, values) = ([0], [UInt32](), [Float]())
    truth = (0..<count).map { Int32($0 % topics) }
    for row in 0..<count {
      var uses: [Int: Float] = [:]
      for _ in 0..<length(row) {
        let word =
          random.below(2) == 0 ? topics * 10 + random.below(100) : Int(truth[row]) * 10 + random.below(10)
        uses[word, default: 0] += 1
      }
      let scale = Float(0.1 + random.uniform())
      for (word, number) in uses.sorted(by: { $0.key < $1.key }) {
        indices.append(UInt32(word))
        values.append(number * unit[word] * scale)
      }
      offsets.append(values.count)
    }
    rows = CSRMatrix(
      rows: count, columns: columns, rowOffsets: offsets, columnIndices: indices, values: values)
    start = truth.map { random.below(3) == 0 ? Int32(random.below(topics)) : $0 }
    centroids = Matrix(rows: topics, columns: 1, values: (0..<topics).map(Float.init))
  }

  func refined(_ parameters: TermMixture.Parameters = .init(), workers: Workers = twoThreads) throws
    -> [Int32]
  {
    try TermMixture.refine(
      rows, labels: start, unit: unit, centroids: centroids, parameters: parameters, workers: workers
    ).labels
  }
}

/// The same mixture, word for word from its definition: dense, in double, without logarithms of ratios.
private func naive(_ x: Planted, _ parameters: TermMixture.Parameters) -> [Int32] {
  let (n, words, k) = (x.rows.rows, x.rows.columns, x.centroids.rows)
  var uses = [[Double]](repeating: [Double](repeating: 0, count: words), count: n)
  for row in 0..<n {
    for p in x.rows.entries(ofRow: row) {
      let word = Int(x.rows.columnIndices[p])
      uses[row][word] = Double(x.rows.values[p] / x.unit[word])
    }
    let least = uses[row].filter { $0 > 0 }.min() ?? 1
    for word in 0..<words { uses[row][word] /= least }
  }
  let background = (0..<words).map { word in uses.reduce(0) { $0 + $1[word] } }
  let total = background.reduce(0, +)
  var shares = x.start.map { label in (0..<k).map { Int32($0) == label ? 1.0 : 0 } }
  for _ in 0..<parameters.rounds {
    let likelihoods = (0..<k).map { cluster in
      let sums = (0..<words).map { word in
        (0..<n).reduce(0) { $0 + shares[$1][cluster] * uses[$1][word] }
          + parameters.smoothing * total / Double(k) * background[word] / total
      }
      let whole = sums.reduce(0, +)
      return sums.map { $0 / whole }
    }
    for row in 0..<n {
      let length = uses[row].reduce(0, +)
      let temper = min(1, parameters.evidence / length)
      let scores = likelihoods.map { likelihood in
        temper * (0..<words).reduce(0) { $0 + (uses[row][$1] > 0 ? uses[row][$1] * log(likelihood[$1]) : 0) }
      }
      let kept = scores.map { score in
        let share = exp(score - scores.max()!)
        return share > 0.02 ? share : 0
      }
      shares[row] = kept.map { $0 / kept.reduce(0, +) }
    }
  }
  return shares.map { row in Int32(row.firstIndex(of: row.max()!)!) }
}

@Suite struct TermMixtureTests {
  @Test(arguments: [2, 6, 30]) func plantedTopicsAreFound(topics: Int) throws {
    let planted = Planted(topics: topics, rows: topics * 60, seed: 3)
    let before = Validity.matchedAccuracy(planted.truth, planted.start)
    let after = Validity.matchedAccuracy(planted.truth, try planted.refined())
    #expect(before < 0.85 && after > 0.95, "\(before) \(after)")
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>) func itIsTheMixtureOfTheDefinition(seed: UInt64) throws {
    let planted = Planted(topics: 5, rows: 80, seed: seed)
    var parameters = TermMixture.Parameters()
    parameters.rounds = Int(seed % 3) + 1
    parameters.evidence = seed % 2 == 0 ? 5 : 100
    #expect(try planted.refined(parameters) == naive(planted, parameters))
  }

  @Test func theSameAtAnyNumberOfThreads() throws {
    let planted = Planted(topics: 90, rows: 5000, seed: 8)
    let one = try planted.refined(workers: Workers(threads: 1))
    #expect(try planted.refined(workers: twoThreads) == one)
    #expect(try planted.refined(workers: Workers(threads: 5)) == one)
    #expect(one != planted.start)
  }

  /// Rows that were put near their topic come home; those put out of reach cannot.
  @Test func rowsAreScoredAgainstClustersNearTheirOwn() throws {
    var planted = Planted(topics: 40, rows: 2400, seed: 5)
    planted.start = planted.truth.enumerated().map { row, topic in
      row / 40 % 5 > 0 ? topic : row / 40 % 2 == 0 ? (topic + 20) % 40 : topic ^ 1
    }
    var parameters = TermMixture.Parameters()
    parameters.candidates = 8
    let found = try planted.refined(parameters)
    func recovered(_ isChosen: (Int) -> Bool) -> Double {
      let chosen = found.indices.filter(isChosen)
      return Double(chosen.filter { found[$0] == planted.truth[$0] }.count) / Double(chosen.count)
    }
    #expect(recovered { $0 / 40 % 10 == 5 } > 0.9)
    #expect(recovered { $0 / 40 % 10 == 0 } == 0)
    #expect(recovered { $0 / 40 % 5 > 0 } > 0.95)
  }

  /// A third of the rows is twenty times as long as the others.
  @Test func longRowsSpeakNoLouderThanTheEvidence() throws {
    let planted = Planted(topics: 6, rows: 600, seed: 4)
    var doubled = planted
    // Numbers of words, not their scale, are what counts.
    doubled.rows = CSRMatrix(
      rows: planted.rows.rows, columns: planted.rows.columns, rowOffsets: planted.rows.rowOffsets,
      columnIndices: planted.rows.columnIndices,
      values: planted.rows.values.enumerated().map { $0.element * 8 })
    #expect(try doubled.refined() == planted.refined())
    let long = Planted(topics: 6, rows: 600, seed: 4, length: { $0 % 3 == 0 ? 120 : 6 })
    #expect(Validity.matchedAccuracy(long.truth, try long.refined()) > 0.93)
  }

  /// A cluster that nobody is in has no words, and draws nobody in; rows without words stay where they are.
  @Test func whatIsEmptyStaysAsItIs() throws {
    var planted = Planted(topics: 5, rows: 300, seed: 6)
    planted.start = planted.start.map { $0 == 3 ? 4 : $0 }
    planted.rows = planted.rows.selectingRows(Array(0..<planted.rows.rows)).with(emptyRows: 2)
    planted.start += [3, 1]
    let found = try planted.refined()
    #expect(found.suffix(2) == [3, 1])
    #expect(!found.dropLast(2).contains(3))
  }

  @Test func aRowOfWeightTwoIsTwoRows() throws {
    var planted = Planted(topics: 4, rows: 200, seed: 7)
    let weights = (0..<200).map { Float($0 % 2 + 1) }
    let weighted = try TermMixture.refine(
      planted.rows, labels: planted.start, unit: planted.unit, centroids: planted.centroids, weights: weights,
      workers: twoThreads
    ).labels
    let twice = (0..<200).filter { $0 % 2 == 1 }
    planted.rows = planted.rows.selectingRows(Array(0..<200) + twice)
    planted.start += twice.map { planted.start[$0] }
    #expect(try Array(planted.refined().prefix(200)) == weighted)
    #expect(weighted != planted.start)
  }

  /// What was fitted tells rows that it has not seen as it tells those that it has.
  @Test(arguments: [5, 200]) func otherRowsAreToldByWhatWasLearned(topics: Int) throws {
    let planted = Planted(topics: topics, rows: 40 * topics, seed: 8)
    let fitted = try TermMixture.refine(
      planted.rows, labels: planted.start, unit: planted.unit, centroids: planted.centroids,
      workers: twoThreads)
    let again = try fitted.labels(of: planted.rows, near: fitted.labels, workers: Workers(threads: 1))
    let same = zip(again, fitted.labels).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
    // A row whose cluster moved to another neighbourhood is scored against other candidates.
    #expect(same * 100 >= planted.start.count * (topics == 5 ? 100 : 90))
    #expect(try fitted.labels(of: planted.rows, near: planted.start, workers: twoThreads) != planted.start)
  }

  @Test func nothingToTellApartChangesNothing() throws {
    var planted = Planted(topics: 3, rows: 30, seed: 9)
    planted.rows = CSRMatrix(
      rows: 30, columns: planted.rows.columns, rowOffsets: [Int](repeating: 0, count: 31), columnIndices: [],
      values: [])
    #expect(try planted.refined() == planted.start)
    var single = Planted(topics: 1, rows: 30, seed: 9)
    single.start = [Int32](repeating: 0, count: 30)
    #expect(try single.refined() == single.start)
  }
}

extension CSRMatrix {
  fileprivate func with(emptyRows: Int) -> CSRMatrix {
    CSRMatrix(
      rows: rows + emptyRows, columns: columns,
      rowOffsets: rowOffsets + [Int](repeating: values.count, count: emptyRows), columnIndices: columnIndices,
      values: values)
  }
}
