/// How the run was set, for the reader of a release.
///
/// State settings **as asked for**, never as derived from the data: a number of clusters chosen from the number
/// of conversations would tell the unbounded size of the log, so an automatic choice is nil. No path, no host,
/// no time of day: the same input, secret and settings give the same bytes.
package struct RunFacts: Sendable {
  /// Version of Throng.
  package var version: String
  /// Name of the input format, such as `messages`.
  package var format: String
  package var seed: UInt64
  /// Base clusters asked for; nil: chosen automatically.
  package var clusters: Int?
  /// Clusters per level asked for, coarse to fine; nil: chosen automatically.
  package var levels: [Int]?
  /// What the numbers of ``levels`` count: `counts`, `gaps` or `sizes`.
  package var levelsBy: String
  /// Dimensions kept by the reduction; 0: no reduction.
  package var dimensions: Int
  /// Hashed columns of the vectoriser.
  package var columns: Int
  /// Largest share of unusable records at which the run would still have gone on.
  package var maximumBadShare: Double
  /// `SOURCE_DATE_EPOCH` in Unix seconds, where the operator set it.
  package var sourceDateEpoch: Int64?

  package init(
    version: String, format: String, seed: UInt64, clusters: Int?, levels: [Int]?,
    levelsBy: String = "counts",
    dimensions: Int,
    columns: Int,
    maximumBadShare: Double, sourceDateEpoch: Int64?
  ) {
    self.version = version
    self.format = format
    self.seed = seed
    self.clusters = clusters
    self.levels = levels
    self.levelsBy = levelsBy
    self.dimensions = dimensions
    self.columns = columns
    self.maximumBadShare = maximumBadShare
    self.sourceDateEpoch = sourceDateEpoch
  }

  /// All of it as bytes, to tell whether two runs were set alike.
  var digested: [UInt8] {
    let levels = levels.map { $0.map(String.init).joined(separator: ",") } ?? "-"
    let parts = [
      version, format, "\(seed)", clusters.map(String.init) ?? "-", levels, levelsBy, "\(dimensions)",
      "\(columns)",
    ]
    return Array(parts.joined(separator: "\n").utf8)
  }

  /// - Throws: ``PrivacyFailure/invalidFact(name:)`` for a string that is more than a name.
  func validate() throws {
    for (name, value) in [("version", version), ("format", format), ("levels_by", levelsBy)] {
      let plain = value.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "+"):
          true
        default: false
        }
      }
      if !plain || value.isEmpty || value.utf8.count > 40 { throw PrivacyFailure.invalidFact(name: name) }
    }
  }
}
