import ThrongPrivacy

/// What the report says of facets, from shown numbers only.
extension ReleaseReport {
  /// Rows of a table and values of a topic at most; the tables of the bundle hold the rest.
  private static let maximumRows = 12
  private static let maximumValues = 4

  /// The root's values, and where topics differ from it; empty without facets.
  static func facets(_ release: Release) -> [String] {
    if release.facets.isEmpty { return [] }
    return ["## Who talks, by facets\n", overview(release), standingOut(release)]
  }

  private static func overview(_ release: Release) -> String {
    let root = release.facetCells.filter { $0.clusterID == release.clusters[0].id }
    let isByUser = release.rules.unit == "user"
    var text = """
      \(release.rules.differential == nil ? "Counts of facet values are rounded down to a multiple of "
        + "\(release.rules.facetsRoundedTo)" : "Counts of facet values carry noise, which the tables give in ranges"); \
      shares are of the conversations of the topic. A value that is not listed may be rare, withheld, or not there at all.

      | facet | value |\(isByUser ? " users |" : "") conversations | share |
      |---|---|\(isByUser ? "---:|" : "")---:|---:|

      """
    for facet in release.facets {
      var cells = root.filter { $0.facet == facet.name }
      let name = Visible.markdown(facet.name)
      if cells.isEmpty { text += "| \(name) | none shown |\(isByUser ? " |" : "") | |\n" }
      // Values with an order keep it; of others the frequent ones come first.
      if !facet.isOrdered { cells.sort { ($1.conversations, $0.value) < ($0.conversations, $1.value) } }
      for cell in cells.prefix(maximumRows) {
        text += "| \(name) | \(Visible.markdown(cell.value)) |"
        if isByUser { text += " \(Visible.count(cell.users)) |" }
        text += " \(Visible.count(cell.conversations)) | \(Visible.percent(cell.share)) |\n"
      }
      if cells.count > maximumRows {
        text += "| \(name) | and \(cells.count - maximumRows) more |\(isByUser ? " |" : "") | |\n"
      }
    }
    return text
  }

  /// Values of the topics below the root whose share is half as large again as in all conversations, or at most two thirds
  /// of it, by more than rounding can make up.
  private static func standingOut(_ release: Release) -> String {
    let root = release.clusters[0]
    var shares: [String: [String: Double]] = [:]
    for cell in release.facetCells where cell.clusterID == root.id {
      shares[cell.facet, default: [:]][cell.value] = cell.share
    }
    let plain = Set(release.facets.filter { $0.parts.isEmpty }.map(\.name))
    var cells: [String: [Release.FacetCell]] = [:]
    for cell in release.facetCells where plain.contains(cell.facet) {
      cells[cell.clusterID, default: []].append(cell)
    }
    var lines = ""
    for cluster in release.clusters where cluster.level == 1 {
      let slack = 2 * Double(release.rules.facetsRoundedTo) / Double(cluster.conversations)
      let found = (cells[cluster.id] ?? []).compactMap { cell -> (cell: Release.FacetCell, all: Double)? in
        guard let all = shares[cell.facet]?[cell.value], all > 0, abs(cell.share - all) > slack,
          cell.share >= 1.5 * all || 1.5 * cell.share <= all
        else { return nil }
        return (cell, all)
      }.sorted { abs($1.cell.share - $1.all) < abs($0.cell.share - $0.all) }
      if found.isEmpty { continue }
      let values = found.prefix(maximumValues).map { cell, all in
        "\(Visible.markdown(cell.facet)) \(Visible.markdown(cell.value)) \(Visible.percent(cell.share)) "
          + "(\(Visible.percent(all)))"
      }
      lines += "- **\(Visible.markdown(cluster.label))** (\(cluster.id)): \(values.joined(separator: ", "))\n"
    }
    if lines.isEmpty { lines = "- none, as far as rounded counts tell\n" }
    return """
      Top topics in which a value is much more or much less frequent than in all conversations (in brackets):

      \(lines)
      """
  }

  /// How what no topic at the bottom shows differs from what one shows; empty without facets.
  static func coverage(_ release: Release) -> String {
    let facets = release.facets.filter { facet in
      facet.parts.isEmpty && release.coverage.contains { $0.facet == facet.name && $0.rolledUp > 0 }
    }
    if facets.isEmpty { return "" }
    var text = """

      Of the conversations with a value that is shown of all, this share has which value, in topics that are not divided \
      further and elsewhere. Elsewhere is what was withheld there, lies in a larger topic, or is lost to rounding.

      | facet | value | in the topics | elsewhere |
      |---|---|---:|---:|

      """
    for facet in facets {
      var rows = release.coverage.filter { $0.facet == facet.name }
      let count = rows.count
      if count > maximumRows {
        let kept = rows.map { abs($0.shareReleased - $0.shareRolledUp) }.sorted(by: >)[maximumRows - 1]
        rows = Array(rows.filter { abs($0.shareReleased - $0.shareRolledUp) >= kept }.prefix(maximumRows))
      }
      let name = Visible.markdown(facet.name)
      for row in rows {
        text += "| \(name) | \(Visible.markdown(row.value)) | \(Visible.percent(row.shareReleased)) | "
        text += "\(Visible.percent(row.shareRolledUp)) |\n"
      }
      if count > rows.count { text += "| \(name) | and \(count - rows.count) that differ less | | |\n" }
    }
    return text
  }

  /// The rules for facets; empty without facets.
  static func facetRules(_ release: Release) -> String {
    if release.facets.isEmpty { return "" }
    let rules = release.rules
    let people =
      rules.unit == "user" ? "different users" : "conversations, each taken for a person of its own,"
    var text = """
      - A value of a facet is shown for a topic only with at least \(rules.minimumFacetUsers) \(people) and at least \
      \(rules.minimumFacetConversations) conversations (R1); and so must be the rest of the topic (R6) and what is left of \
      the value after the topics below (R3), unless they are empty. More is withheld where what is missing could \
      else be bounded below these numbers by an outsider, or by two users who know their own conversations (R4, R5).
      - Values that are or hold an address, a number, a handle or the like are never shown, whoever shares them (R14).

      """
    let sensitive = release.facets.filter(\.isSensitive).map { Visible.markdown($0.name) }
    if !sensitive.isEmpty {
      text += """
        - Sensitive: \(sensitive.joined(separator: ", ")). Shown for a topic only with two values or more, at least as mixed \
        as \(rules.lDiversity) equal ones, and with a distance of at most \(rules.tCloseness) from all conversations (R7).

        """
    }
    return text
  }
}
