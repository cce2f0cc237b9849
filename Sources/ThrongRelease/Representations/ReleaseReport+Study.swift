import ThrongPrivacy

/// What a study found, in the report.
extension ReleaseReport {
  static let studyHeading = "What the study found"

  /// Empty without a study.
  static func study(_ release: Release) -> [String] {
    if release.funnel.isEmpty, release.statistics.isEmpty, release.trendPoints.isEmpty { return [] }
    return [
      "## \(studyHeading)\n", funnel(release) + statistics(release) + trends(release) + studyLimits(release),
    ]
  }

  private static func funnel(_ release: Release) -> String {
    if release.funnel.isEmpty { return "" }
    return "| step | users | conversations |\n|---|---:|---:|\n"
      + release.funnel.map {
        "| \(Visible.markdown($0.step)) | \(Visible.count($0.users)) | \(Visible.count($0.conversations)) |\n"
      }.joined() + "\n"
  }

  private static func statistics(_ release: Release) -> String {
    if release.statistics.isEmpty { return "" }
    return "| figure | segment | value | estimate | 95 % interval | users | conversations |\n"
      + "|---|---|---|---:|---:|---:|---:|\n"
      + release.statistics.map { row in
        let segment = row.against.isEmpty ? row.segment : "\(row.segment) less \(row.against)"
        return
          "| \(Visible.markdown(row.name)) | \(Visible.markdown(segment)) | \(Visible.markdown(row.value)) "
          + "| \(row.estimate) | \(row.low) to \(row.high) | \(Visible.count(row.users)) "
          + "| \(Visible.count(row.conversations)) |\n"
      }.joined() + "\n"
  }

  private static func trends(_ release: Release) -> String {
    let own = release.trends.filter { $0.pAdjusted < 0.05 }
    if own.isEmpty { return "" }
    return "Series whose course is more than chance, once corrected for their number (Holm, 5 %):\n\n"
      + "| series | of | value | odds per period | 95 % interval |\n|---|---|---|---:|---:|\n"
      + own.map {
        "| \(Visible.markdown($0.name)) | \(Visible.markdown($0.segment)) | \(Visible.markdown($0.value)) "
          + "| \($0.growth) | \($0.growthLow) to \($0.growthHigh) |\n"
      }.joined() + "\n"
  }

  private static func studyLimits(_ release: Release) -> String {
    """
    Figures stand on what words were found, not on what was meant. Intervals come from resampling users and know of no \
    other uncertainty: not of a rule or a classifier that errs. Each figure was moved by a secret draw and rounded to a grain that \
    no single user can be seen through, and its interval widened for it. A figure, a step or a period that is missing may be \
    withheld or empty.

    """
  }
}
