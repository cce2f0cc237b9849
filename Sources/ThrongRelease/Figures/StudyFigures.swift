import ThrongPrivacy

/// The drawings of a study, from shown numbers only: in `figures/` of the bundle, and in the printed report.
struct StudyFigures: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    for (name, figure) in Self.all(release) {
      try folder.write(Array(figure.document.utf8), to: "figures/\(name).svg")
    }
  }

  private static let maximumBars = 24
  private static let topicsPerSegment = 4

  /// By the name of its file, in the order of the report; none without a study.
  static func all(_ release: Release) -> [(name: String, figure: Figure)] {
    let own =
      funnel(release) + shares(release) + rates(release) + means(release) + topics(release) + trends(release)
    // Two names of a study may be one as names of files.
    return own.enumerated().map { at, entry in
      (own[..<at].contains { $0.0 == entry.0 } ? "\(entry.0)-\(at)" : entry.0, entry.1)
    }
  }

  /// What may stand in the name of a file: of the name of a statistic, its letters and digits.
  private static func fileName(_ kind: String, _ name: String) -> String {
    let plain = name.lowercased().unicodeScalars.map { scalar -> String in
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? String(scalar) : "-"
    }.joined()
    return "\(kind)-" + plain.split(separator: "-").joined(separator: "-")
  }

  /// Each once, in the order of their first mention.
  private static func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  private static func funnel(_ release: Release) -> [(String, Figure)] {
    guard let first = release.funnel.first, release.funnel.count > 1 else { return [] }
    let all = Double(max(1, first.conversations))
    let figure = BarFigure(
      title: "The screen",
      description:
        "Conversations that each step left, of each user only so many as count. Steps that took out too few are not told.",
      bars: release.funnel.map { step in
        let share = Double(step.conversations) / all
        return .init(
          label: step.step, share: share, range: nil,
          value: "\(Visible.count(step.conversations)), \(Visible.percent(share))")
      })
    return [("funnel", figure.figure)]
  }

  private static func bar(_ label: String, _ row: Release.Statistic) -> BarFigure.Bar {
    .init(
      label: label, share: row.estimate, range: row.low...row.high,
      value:
        "\(Visible.percent(row.estimate)) (\(Visible.percent(row.low)) to \(Visible.percent(row.high)))")
  }

  /// Shares of all conversations: those that are asked of yes or no in one drawing, and a drawing for each facet of
  /// several values.
  private static func shares(_ release: Release) -> [(String, Figure)] {
    let own = release.statistics.filter { $0.statistic == "share" && $0.segment == "all" }
    let flags = own.filter { $0.value == "yes" }
    var figures: [(String, Figure)] = []
    if !flags.isEmpty {
      let figure = BarFigure(
        title: "Shares",
        description: "Of all conversations that were kept; the thin line is the 95 % interval over users.",
        bars: flags.prefix(maximumBars).map { bar($0.name, $0) })
      figures.append(("shares", figure.figure))
    }
    for name in distinct(own.filter { $0.value != "yes" }.map(\.name)) {
      let figure = BarFigure(
        title: name,
        description:
          "Shares of all conversations with a value; the thin line is the 95 % interval over users.",
        bars: own.filter { $0.name == name }.prefix(maximumBars).map { bar($0.value, $0) })
      figures.append((fileName("shares", name), figure.figure))
    }
    return figures
  }

  /// Rates by segment, each with the commonest of its reasons where a statistic called `<name> reason` tells some.
  private static func rates(_ release: Release) -> [(String, Figure)] {
    let own = release.statistics.filter { $0.statistic == "share" && $0.value == "yes" }
    return distinct(own.map(\.name)).compactMap { name in
      let rows = own.filter { $0.name == name }
      guard rows.count > 1 else { return nil }
      let bars = rows.prefix(maximumBars).map { rate -> BarFigure.Bar in
        let reason = release.statistics.filter { $0.name == "\(name) reason" && $0.segment == rate.segment }
          .max { ($0.estimate, $1.value) < ($1.estimate, $0.value) }
        return bar(rate.segment + (reason.map { " · mostly: \($0.value)" } ?? ""), rate)
      }
      let figure = BarFigure(
        title: "\(name), by segment",
        description:
          "The thin line is the 95 % interval over users. A reason is told only where enough people met it.",
        bars: bars)
      return (fileName("rates", name), figure.figure)
    }
  }

  private static func means(_ release: Release) -> [(String, Figure)] {
    let own = release.statistics.filter { $0.statistic != "share" }
    func number(_ x: Double) -> String { (x > 0 ? "+" : "") + String(x) }
    return distinct(own.map(\.name)).map { name in
      let figure = IntervalFigure(
        title: name, description: "Dots are estimates, lines 95 % intervals over users.",
        rows: own.filter { $0.name == name }.prefix(maximumBars).map { row in
          .init(
            label: row.against.isEmpty ? row.segment : "\(row.segment) less \(row.against)",
            estimate: row.estimate, low: row.low, high: row.high,
            value: "\(number(row.estimate)) (\(number(row.low)) to \(number(row.high)))")
        }, format: number)
      return (fileName("means", name), figure.figure)
    }
  }

  /// The largest topics of each segment.
  private static func topics(_ release: Release) -> [(String, Figure)] {
    var clusters: [String: Release.Cluster] = [:]
    for cluster in release.clusters where cluster.level == 1 { clusters[cluster.id] = cluster }
    let bars = distinct(release.segmentCells.map(\.segment)).flatMap { name in
      release.segmentCells.filter { $0.segment == name && clusters[$0.clusterID] != nil }
        .sorted { ($1.conversations, $0.clusterID) < ($0.conversations, $1.clusterID) }
        .prefix(topicsPerSegment).map { cell in
          BarFigure.Bar(
            label: "\(name): \(clusters[cell.clusterID]!.label)", share: cell.share, range: nil,
            value: "\(Visible.percent(cell.share)), \(Visible.count(cell.conversations))")
        }
    }
    if bars.isEmpty { return [] }
    let figure = BarFigure(
      title: "Topics of each segment",
      description:
        "Shares of the segment's conversations, from rounded counts; the largest that may be shown.",
      bars: bars)
    return [("topics", figure.figure)]
  }

  private static func trends(_ release: Release) -> [(String, Figure)] {
    var figures: [(String, Figure)] = []
    for name in distinct(release.trendPoints.map(\.name)) {
      let series = release.trendPoints.filter { $0.name == name }
      for segment in distinct(series.map(\.segment)) {
        let own = series.filter { $0.segment == segment }
        let facet = own[0].period.contains("W") ? ".week" : ".month"
        let periods = Set(own.map(\.period)).sorted()
        let moments = periods.compactMap { name in
          Period(name, of: facet).map { LineFigure.Moment(label: name, time: $0.startUnix) }
        }
        guard moments.count == periods.count, periods.count > 1 else { continue }
        let figure = LineFigure(
          title: "\(name) by \(facet.dropFirst())" + (segment == "all" ? "" : ", \(segment)"),
          description:
            "Shares from rounded counts. Where a line is broken, nothing is shown: too few people, or none at all.",
          moments: moments, longestStep: (facet == ".week" ? 7 : 31) * 86_400,
          series: distinct(own.map(\.value)).prefix(LineFigure.maximumSeries).map { value in
            .init(
              label: value,
              values: periods.map { period in
                own.first { $0.value == value && $0.period == period }.map(\.share)
              })
          }, format: { Visible.percent($0) })
        figures.append((fileName("trend", segment == "all" ? name : "\(name) \(segment)"), figure.figure))
      }
    }
    return figures
  }
}
