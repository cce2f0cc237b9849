internal import ThrongClustering
internal import ThrongLinearAlgebra
internal import ThrongWorkspace

extension Clustering {
  /// Columns: the cluster of each conversation; conversations without a direction; rows and columns of the centroids, and their
  /// values by row. Stage `clusters`.
  func store(into columns: inout StageWriter) {
    columns.append(assignments)
    columns.append(emptyRows)
    centroids.store(into: &columns)
  }

  /// - Throws: `StageDamage`.
  init(count: Int, from columns: inout StageReader) throws {
    assignments = try columns.next()
    emptyRows = try columns.next()
    centroids = try Matrix(rows: nil, from: &columns)
    let clusters = Int32(centroids.rows)
    guard assignments.count == count, assignments.allSatisfy({ (0..<clusters).contains($0) }),
      emptyRows.allSatisfy({ (0..<count).contains($0) })
    else { throw StageDamage() }
  }
}

extension Matrix {
  /// Columns: rows and columns; values by row. Of dense rows at unit length this is stage `rows`.
  func store(into columns: inout StageWriter) {
    columns.append([rows, self.columns])
    columns.append(values)
  }

  /// - Parameter rows: how many there have to be.
  /// - Throws: `StageDamage`.
  init(rows: Int?, from columns: inout StageReader) throws {
    let shape = try columns.numbers(2)
    let values = try columns.next(Float.self)
    let (count, isTooLarge) = shape[0].multipliedReportingOverflow(by: shape[1])
    guard shape.allSatisfy({ $0 >= 0 }), !isTooLarge, count == values.count,
      rows.map({ $0 == shape[0] }) ?? true
    else { throw StageDamage() }
    self.init(rows: shape[0], columns: shape[1], values: values)
  }
}

extension ReleasePipeline.Model {
  /// Columns: the parent of each node of the tree, −1 for the root; the deepest node of each base cluster, and of each
  /// conversation; the group of near-copies of each. Stage `model`.
  func store(into columns: inout StageWriter) {
    columns.append(tree.nodes.map { $0.parent ?? -1 })
    columns.append(tree.nodeOfBaseCluster)
    columns.append(nodeOfRecord)
    columns.append(templates)
  }

  /// - Throws: `StageDamage`.
  init(count: Int, from columns: inout StageReader) throws {
    let parents = try columns.next(Int.self)
    tree = TopicTree(
      nodes: parents.map { TopicTree.Node(parent: $0 < 0 ? nil : $0) }, nodeOfBaseCluster: try columns.next())
    nodeOfRecord = try columns.next()
    templates = try columns.next()
    let nodes = Int32(parents.count)
    guard parents.first == -1, parents.indices.dropFirst().allSatisfy({ (0..<$0).contains(parents[$0]) }),
      (tree.nodeOfBaseCluster + nodeOfRecord).allSatisfy({ (0..<nodes).contains($0) }),
      nodeOfRecord.count == count, templates.count == count
    else { throw StageDamage() }
  }
}
