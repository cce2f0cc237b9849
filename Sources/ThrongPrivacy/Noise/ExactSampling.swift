/// Exact coins and dice: the ground on which every noise of this module stands (R10).
///
/// **Aims**, in order: the probabilities are exactly those stated; nothing overflows; memory is constant; speed.
/// **No floats.** A sampler that rounds has outputs that some inputs can reach and their neighbours cannot, and who
/// looks at the last bits sees which input it was (Mironov 2012, doi:10.1145/2382196.2382264). So a probability is
/// a fraction of two whole numbers or exp(−x) of such a fraction, and is met exactly, given fair bits.
///
/// After Canonne, Kamath and Steinke 2020, arXiv 2004.00010, algorithm 1. The time taken depends on what is drawn: these are
/// for a program that publishes once, not for a server that answers queries against the clock.
package enum ExactSampling {
  /// A fraction, not negative. `denominator` is above 0.
  package struct Fraction: Sendable, Hashable {
    package let numerator: UInt128
    package let denominator: UInt128

    package init(_ numerator: UInt128, _ denominator: UInt128 = 1) {
      precondition(denominator > 0, "a fraction has a denominator")
      self.numerator = numerator
      self.denominator = denominator
    }

    /// The nearest Double, for planning and reports only.
    package var value: Double { Double(numerator) / Double(denominator) }
  }

  /// Uniform in 0..<bound, by rejection: under two tries on average. Any `bound` from 1 to 2¹²⁸ − 1.
  package static func uniform(
    below bound: UInt128, using generator: inout some RandomNumberGenerator
  ) -> UInt128 {
    precondition(bound > 0)
    let bits = UInt128.bitWidth - (bound - 1).leadingZeroBitCount
    let mask = bits == UInt128.bitWidth ? UInt128.max : (1 << UInt128(bits)) - 1
    while true {
      var draw = UInt128(truncatingIfNeeded: generator.next() as UInt64)
      if bits > 64 { draw |= UInt128(generator.next() as UInt64) << 64 }
      draw &= mask
      if draw < bound { return draw }
    }
  }

  /// True with probability `p`, which is at most 1.
  package static func bernoulli(
    _ p: Fraction, using generator: inout some RandomNumberGenerator
  ) -> Bool {
    precondition(p.numerator <= p.denominator, "a probability is at most 1")
    return uniform(below: p.denominator, using: &generator) < p.numerator
  }

  /// True with probability exp(−`x`), for any fraction `x`: no sum or product of its parts is ever taken.
  ///
  /// Whole units first, each a coin of exp(−1); the loop ends at the first that fails, so that a huge `x` costs no more
  /// than a small one. Expected O(1).
  package static func bernoulliExp(
    minus x: Fraction, using generator: inout some RandomNumberGenerator
  ) -> Bool {
    let (whole, rest) = x.numerator.quotientAndRemainder(dividingBy: x.denominator)
    var units = whole
    while units > 0 {
      if !bernoulliExpOfUnit(Fraction(1), using: &generator) { return false }
      units -= 1
    }
    return bernoulliExpOfUnit(Fraction(rest, x.denominator), using: &generator)
  }

  /// True with probability exp(−`x`) for `x` in 0...1: the number of successes in a row of coins x/1, x/2, x/3, …
  /// is even. The coin x/k is two coins, x and 1/k, so that no product can overflow.
  private static func bernoulliExpOfUnit(
    _ x: Fraction, using generator: inout some RandomNumberGenerator
  ) -> Bool {
    var k: UInt128 = 1
    while bernoulli(x, using: &generator), uniform(below: k, using: &generator) == 0 { k += 1 }
    return k & 1 == 1
  }
}
