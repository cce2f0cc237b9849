/// Attack 2b: the one whom somebody does not know of a group.
///
/// **The attacker** knows all users of a segment but one, and what each of them counts for, works out what a mean or a share would
/// be with the last one at either end of the range, and looks which of the two is printed. A figure that is rounded to a grain g
/// from an unknown place on parts two values at a distance d with probability d/g at most.
/// **Success**: a figure that one user, with as many conversations as count, moves by more than a quarter of the grain that it
/// states. O(figures²).
enum SinglingOut {
  static func run(_ published: Published) -> Finding {
    let figures = published.study.figures
    guard !figures.isEmpty else {
      return .notTried(.singlingOut, "the bundle has no figures of a study")
    }
    let bound = Double(published.rules.maximumPerUser)
    func influence(_ figure: PublishedStudy.Figure, of conversations: Int) -> Double {
      (figure.range.upperBound - figure.range.lowerBound) * bound / Double(max(1, conversations))
    }
    var (found, largest) = (0, 0.0)
    for figure in figures {
      var moved = influence(figure, of: figure.conversations)
      if figure.kind == "difference" {
        // Each of the two moves; where only the smaller is known, no more is sure.
        let parts = [figure.segment, figure.against].compactMap { segment in
          figures.first { $0.name == figure.name && $0.kind != "difference" && $0.segment == segment }
        }
        if parts.count == 2 { moved = parts.reduce(0) { $0 + influence($1, of: $1.conversations) } }
      }
      let advantage = figure.step > 0 ? moved / figure.step : 1
      largest = max(largest, advantage)
      if advantage > 0.25 + 1e-9 { found += 1 }
    }
    return Finding(
      .singlingOut, found > 0 ? .broken : .withstood,
      success: Success("figures that show one user", count: found, of: figures.count),
      figures: ["largest_advantage": largest],
      lines: found > 0 ? ["\(found) figures are less rounded than one user moves them, four times over"] : [])
  }
}
