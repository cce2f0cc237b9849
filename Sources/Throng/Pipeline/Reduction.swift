internal import ThrongCore
internal import ThrongLinearAlgebra
internal import ThrongWorkspace

/// The sparse rows that clusters are made from in fewer dimensions.
struct Reduction: Sendable {
  /// At unit length.
  var rows: Matrix
  /// Columns × dimensions: what takes other rows there; nil where there are none.
  let factor: Matrix?

  init(
    of words: CSRMatrix, atMost sampleRows: Int, dimensions: Int, seed: UInt64, keepsFactor: Bool,
    workers: Workers
  ) throws {
    var parameters = TruncatedSVD.Parameters()
    parameters.components = dimensions
    parameters.seed = seed
    parameters.sampleRows = words.rows > sampleRows ? sampleRows : nil
    let svd = try TruncatedSVD.fit(words, parameters: parameters, workers: workers)
    rows = try svd.transform(words, workers: workers).normalizingRows(workers: workers)
    factor = keepsFactor ? svd.right : nil
  }

  /// Columns: those of the rows, and of the factor where there is one. Stage `rows`.
  func store(into columns: inout StageWriter) {
    rows.store(into: &columns)
    factor?.store(into: &columns)
  }

  /// - Throws: `StageDamage`.
  init(of words: CSRMatrix, keepsFactor: Bool, from columns: inout StageReader) throws {
    rows = try Matrix(rows: words.rows, from: &columns)
    factor = keepsFactor ? try Matrix(rows: words.columns, from: &columns) : nil
    guard factor.map({ $0.columns == rows.columns }) ?? true else { throw StageDamage() }
  }
}
