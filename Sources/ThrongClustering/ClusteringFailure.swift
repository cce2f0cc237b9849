internal import ThrongCore

/// What can be wrong with what clustering is given. Rows are counted from 0.
package enum ClusteringFailure: ThrongFailure, Equatable {
  /// A NaN or an infinity in this row.
  case notFinite(row: Int)
  /// A weight that is not a positive finite number.
  case weight(row: Int)
  /// Fewer rows than clusters.
  case tooFewRows(rows: Int, clusters: Int)
  /// More points than a distance matrix is made for.
  case tooManyPoints(points: Int, limit: Int)
  /// More centroids, each of so many columns, than memory is set aside for (a number of bytes).
  case centroidsTooLarge(clusters: Int, columns: Int, limit: Int)
  /// A parameter that no run can use.
  case parameter(name: String, reason: String)

  package var message: String {
    switch self {
    case .notFinite(let row):
      "row \(row) holds a NaN or an infinity; remove or repair that row"
    case .weight(let row):
      "the weight of row \(row) is not a positive finite number; remove the row or correct the weight"
    case .tooFewRows(let rows, let clusters):
      "\(rows) rows cannot form \(clusters) clusters; ask for fewer clusters or give more rows"
    case .tooManyPoints(let points, let limit):
      "\(points) points are too many for a linkage that needs all distances (at most \(limit)); "
        + "use mean-square, ward or complete, or fewer base clusters"
    case .centroidsTooLarge(let clusters, let columns, let limit):
      "\(clusters) centroids of \(columns) columns would take more than \(limit >> 30) GiB; ask for fewer "
        + "clusters, hash into fewer columns, drop more of the rare ones, or reduce the rows to fewer dimensions"
    case .parameter(let name, let reason):
      "\(name) \(reason)"
    }
  }

  package var exitStatus: Int32 {
    switch self {
    case .notFinite, .weight: ExitCode.internalFailure.rawValue
    case .tooFewRows, .tooManyPoints, .centroidsTooLarge, .parameter: ExitCode.usage.rawValue
    }
  }
}
