import ThrongPrivacy

/// What the figures of the report show, from shown numbers only.
enum ReportFigures {
  private static let maximumBars = 15
  private static let maximumNodes = 40

  /// The largest topics with the intervals of their shares, and the tree of the largest.
  static func topics(_ release: Release) -> [String] {
    let top = release.clusters.filter { $0.level == 1 }.sorted {
      ($1.conversations, $0.path.utf8.count) < ($0.conversations, $1.path.utf8.count)
    }
    if top.isEmpty { return [] }
    let bars = BarFigure(
      title: "The largest topics",
      description: "Shares of all counted conversations"
        + (release.rules.differential == nil ? ", from rounded counts" : "")
        + "; the thin line is the 95 % interval."
        + (top.count > maximumBars ? " \(maximumBars) of \(Visible.count(top.count)) are drawn." : ""),
      bars: top.prefix(maximumBars).map { cluster in
        .init(
          label: cluster.label, share: cluster.share,
          range: min(cluster.shareLow, cluster.shareHigh)...max(cluster.shareLow, cluster.shareHigh),
          value: Visible.percent(cluster.share))
      })
    return [bars.figure.markup] + tree(release)
  }

  /// Drawn only where it says more than the bars: with topics below topics.
  private static func tree(_ release: Release) -> [String] {
    guard release.clusters.contains(where: { $0.level > 1 }) else { return [] }
    let bySize = release.clusters.indices.sorted {
      (release.clusters[$1].conversations, $0) < (release.clusters[$0].conversations, $1)
    }
    // The larger ones whose parents are drawn.
    var drawn: Set<String> = []
    for at in [0] + bySize where drawn.count < maximumNodes {
      let cluster = release.clusters[at]
      if cluster.parentID.map({ drawn.contains($0) }) ?? true { drawn.insert(cluster.id) }
    }
    let kept = release.clusters.filter { drawn.contains($0.id) }
    var index: [String: Int] = [:]
    for (at, cluster) in kept.enumerated() { index[cluster.id] = at }
    let figure = TreeFigure(
      title: "The tree of topics",
      description: "What lies below a topic is part of it."
        + (kept.count < release.clusters.count
          ? " The largest are drawn, \(kept.count) of \(Visible.count(release.clusters.count)); all are listed below."
          : ""),
      nodes: kept.map { cluster in
        .init(
          label: cluster.label, parent: cluster.parentID.flatMap { index[$0] }, share: cluster.share,
          value: Visible.count(cluster.conversations))
      })
    return [figure.figure.markup]
  }

  /// All conversations and the largest topics by the finest period that still can be drawn.
  static func overTime(_ release: Release) -> [String] {
    let cells = Period.cells(of: release)
    let root = release.clusters[0]
    let lengths = [("day", 1), ("week", 7), ("month", 31), ("quarter", 92), ("year", 366)]
    for (name, days) in lengths {
      let own = cells.filter { $0.period.name == name }
      let starts = Set(own.map(\.period.startUnix)).sorted()
      guard starts.count > 1, starts.count <= 120 else { continue }
      let labels = Dictionary(own.map { ($0.period.startUnix, $0.cell.value) }) { first, _ in first }
      var values: [String: [Int: Int]] = [:]
      for (period, cell) in own {
        values[cell.clusterID, default: [:]][period.startUnix] = cell.conversations
      }
      func series(_ cluster: Release.Cluster) -> LineFigure.Series {
        .init(
          label: cluster.label, values: starts.map { values[cluster.id]?[$0].map { Double($0) } })
      }
      func figure(_ title: String, _ clusters: [Release.Cluster]) -> String {
        LineFigure(
          title: title,
          description: "Where a line is broken, nothing is shown: too few people, or none at all.",
          moments: starts.map { .init(label: labels[$0] ?? "", time: $0) },
          longestStep: days * 86_400, series: clusters.map(series),
          format: { Visible.count(Int($0.rounded())) }
        ).figure.markup
      }
      let top = release.clusters.filter { $0.level == 1 && values[$0.id] != nil }
      return (values[root.id] == nil ? [] : [figure("Conversations by \(name)", [root])])
        + (top.isEmpty
          ? [] : [figure("Topics by \(name)", Array(top.prefix(LineFigure.maximumSeries)))])
    }
    return []
  }

  /// Where the counted conversations are shown.
  static func withheld(_ release: Release) -> [String] {
    let accounts = release.accounts
    let all = max(1, accounts.counted)
    func bar(_ label: String, _ count: Int) -> BarFigure.Bar {
      let share = Double(count) / Double(all)
      return .init(
        label: label, share: share, range: nil, value: "\(Visible.count(count)), \(Visible.percent(share))")
    }
    return [
      BarFigure(
        title: "How fine the view is",
        description:
          "Of the counted conversations, those in topics that are not divided further, and those that are "
          + "counted in a larger topic only.",
        bars: [
          bar("In topics that are not divided further", accounts.inLeaves),
          bar("In a larger topic only: withheld below it, or lost to rounding", accounts.rolledUp),
        ]
      ).figure.markup
    ]
  }
}
