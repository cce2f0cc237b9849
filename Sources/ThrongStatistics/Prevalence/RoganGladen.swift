/// A share corrected for the errors of what found it (Rogan and Gladen 1978, doi 10.1093/oxfordjournals.aje.a112510).
///
/// The classifier was tried on `positives` of the class, of which it found `truePositives`, and on `negatives`, of which it
/// left `trueNegatives`; then it marked `marked` of `sampled` conversations. Right where its error rates are the same
/// there as here: a sample of another kind than the trial makes the corrected share wrong, however narrow its interval.
package struct RoganGladen: Sendable {
  package var sensitivity: Proportion
  package var specificity: Proportion
  package var apparent: Proportion

  package init(
    truePositives: Double, positives: Double, trueNegatives: Double, negatives: Double, marked: Double,
    sampled: Double
  ) {
    sensitivity = Proportion(truePositives, of: positives)
    specificity = Proportion(trueNegatives, of: negatives)
    apparent = Proportion(marked, of: sampled)
  }

  /// The corrected share, in 0...1; NaN where the classifier is no better than a coin.
  package var estimate: Double { Self.corrected(apparent.share, sensitivity.share, specificity.share) }

  /// The interval of Lang and Reiczigel (2014, doi 10.1016/j.prevetmed.2013.09.015), which counts the uncertainty of
  /// both error rates. For conversations that are independent; ``Prevalence`` counts users.
  package func interval(confidence: Double = 0.95) -> Interval {
    let z = Distributions.normalQuantile(0.5 + confidence / 2)
    guard apparent.trials > 0, sensitivity.trials > 0, specificity.trials > 0, estimate.isFinite else {
      return .undefined
    }
    let n = apparent.trials + z * z
    let ap = (apparent.successes + z * z / 2) / n
    let (m, k) = (sensitivity.trials + 2, specificity.trials + 2)
    let (se, sp) = ((sensitivity.successes + 1) / m, (specificity.successes + 1) / k)
    let gain = se + sp - 1
    guard gain > 0 else { return .undefined }
    let p = (ap + sp - 1) / gain
    let (varianceSe, varianceSp) = (se * (1 - se) / m, sp * (1 - sp) / k)
    let shift = 2 * z * z * (p * varianceSe - (1 - p) * varianceSp)
    let half =
      z * (ap * (1 - ap) / n + p * p * varianceSe + (1 - p) * (1 - p) * varianceSp).squareRoot() / gain
    return Interval(estimate, min(1, max(0, p + shift - half)), min(1, max(0, p + shift + half)))
  }

  static func corrected(_ apparent: Double, _ sensitivity: Double, _ specificity: Double) -> Double {
    let gain = sensitivity + specificity - 1
    return gain > 1e-9 ? min(1, max(0, (apparent + specificity - 1) / gain)) : .nan
  }
}
