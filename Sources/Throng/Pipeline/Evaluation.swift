internal import Glibc
package import ThrongCore
internal import ThrongClustering

/// How well clusters agree with labels: numbers only, nothing of the text.
package struct Evaluation: Sendable, Encodable {
  package let n: Int
  package let clusters: Int
  package let labels: Int
  package let nmi: Double
  package let ari: Double
  package let accuracy: Double
  package let vMeasure: Double
  package let purity: Double
  package let seconds: Seconds
  package let peakRSSBytes: Int

  package struct Seconds: Sendable, Encodable {
    let read: Double
    let vectorise: Double
    let reduce: Double
    let cluster: Double
    let total: Double
  }

  enum CodingKeys: String, CodingKey {
    case n, clusters, labels, nmi, ari, accuracy
    case vMeasure = "v_measure"
    case purity, seconds
    case peakRSSBytes = "peak_rss_bytes"
  }

  /// Scores `assignments` against the labels of `corpus`.
  package init(of assignments: [Int32], clusters: Int, in corpus: PreparedCorpus, clock: StageClock) {
    n = corpus.count
    self.clusters = clusters
    labels = corpus.labelCount
    nmi = Validity.nmi(corpus.labels, assignments)
    ari = Validity.adjustedRand(corpus.labels, assignments)
    accuracy = Validity.matchedAccuracy(corpus.labels, assignments)
    vMeasure = Validity.vMeasure(corpus.labels, assignments)
    purity = Validity.purity(corpus.labels, assignments)
    seconds = Seconds(
      read: clock["read"], vectorise: clock["vectorise"], reduce: clock["reduce"], cluster: clock["cluster"],
      total: clock.total)
    peakRSSBytes = Self.peakRSS()
  }

  /// The largest resident set of this process so far, in bytes.
  package static func peakRSS() -> Int {
    var usage = rusage()
    guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
    return usage.ru_maxrss * 1024
  }
}
