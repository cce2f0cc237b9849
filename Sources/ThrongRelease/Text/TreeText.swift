package import ThrongPrivacy

/// The released tree as plain text for a terminal: counts in aligned columns, labels indented by depth.
///
/// Labels come last, so that wide characters cannot disturb a column.
package enum TreeText {
  /// Lines ending in a line feed: a heading, then one line per cluster.
  package static func render(_ release: Release) -> String {
    // Where conversations stand for persons, their number would only be there twice.
    let byUser = release.rules.unit == "user"
    let heading = (byUser ? ["users"] : []) + ["conversations", "share"]
    let rows = release.clusters.map { cluster in
      (byUser ? [Visible.count(cluster.users)] : [])
        + [Visible.count(cluster.conversations), Visible.percent(cluster.share)]
    }
    let widths = heading.indices.map { column in
      ([heading] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String], _ label: String) -> String {
      let padded = zip(cells, widths).map { cell, width in
        String(repeating: " ", count: width - cell.count) + cell
      }
      return padded.joined(separator: "  ") + "  " + label + "\n"
    }
    var text = line(heading, "topic")
    for (cluster, row) in zip(release.clusters, rows) {
      text += line(row, String(repeating: "  ", count: cluster.level) + Visible.text(cluster.label))
    }
    return text
  }
}
