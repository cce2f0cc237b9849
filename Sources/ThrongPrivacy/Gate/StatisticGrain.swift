internal import Foundation
internal import ThrongCore
internal import ThrongStatistics

/// How a figure of a study is shown: moved by a secret draw, and rounded to a grain that no single user can be seen through.
///
/// **What an outsider can do.** Somebody who knows all users of a group but one, and their values, subtracts them from a mean
/// times its count and has the last one's value; the threshold for users is no help, for k − 1 of k are known.
///
/// **The rule.** Of the n shown conversations a user holds m at most, and a value lies within a public width w, so one user
/// moves the mean by w·m/n at most. The grain is four times that, rounded up to a number that reads well. Before it is rounded the figure
/// is moved by a draw that is even over one grain and follows from the secret, the users and what is asked (R11): so where
/// the edges between two shown numbers lie, nobody knows, and repeating the run tells nothing. Two values of the one unknown user,
/// however far apart, then lead to the same shown number with probability 3/4 at least: what somebody who knows all
/// others gains over guessing is 1/4 at most, as with the gap of R9. Where the grain would be more than a quarter of the width, nothing is shown.
///
/// The interval is widened so that it still covers, and its two widths are rounded up to the same grain. Rounding after an even
/// draw errs by nothing on average and by g²/4 in the square at most, wherever the figure lies (it dithers), whatever the choice of users
/// errs by: the squares of 1.96 times both add up. It never errs by more than g, so no width grows by more.
///
/// What it does not protect against: figures of two groups that differ by one user: see ``SetFamily``; and what is true
/// of all of a group, which a share of 0 or 1 would say, and which is therefore withheld (R6).
///
/// Attack and twin: `StudyAttackTests`.
struct StatisticGrain {
  /// The grain itself.
  let step: Double

  /// The least grain for figures that one user moves by `influence` at most.
  ///
  /// - Parameter width: of the range of the values; nil is given back where the grain would swallow it.
  init?(influence: Double, width: Double, defences: Defences) {
    guard defences.contains(.grain) else {
      step = 0
      return
    }
    let least = 4 * influence
    let exponent = floor(log10(least))
    // Quotients of such numbers are the nearest to what they are written as; products are not.
    let power = pow(10, abs(exponent))
    let steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map { exponent < 0 ? $0 / power : $0 * power }
    step = steps.first { $0 >= least * (1 - 1e-12) } ?? steps.last!
    if step > width / 4 { return nil }
  }

  /// - Parameters:
  ///   - draw: the secret draw, 0 ≤ draw < 1.
  ///   - range: what the figure can be at all.
  func shown(_ interval: Interval, draw: Double, range: ClosedRange<Double>) -> Interval {
    guard step > 0 else { return interval }
    func clamped(_ x: Double) -> Double { min(range.upperBound, max(range.lowerBound, tidy(x))) }
    let estimate = ((interval.estimate + (draw - 0.5) * step) / step).rounded() * step
    func reach(_ distance: Double) -> Double {
      let grains = distance / step
      return min(grains + 1, (grains * grains + 1.96 * 1.96 / 4).squareRoot()).rounded(.up) * step
    }
    return Interval(
      clamped(estimate), clamped(estimate - reach(interval.estimate - interval.lower)),
      clamped(estimate + reach(interval.upper - interval.estimate)))
  }

  /// Without the last bits that a product of floating point leaves.
  private func tidy(_ x: Double) -> Double {
    let digits = max(0, Int((-log10(step)).rounded(.up)) + 1)
    let scale = pow(10, Double(min(15, digits)))
    // No negative zero, which would be printed as one.
    return (x * scale).rounded() / scale + 0
  }
}
