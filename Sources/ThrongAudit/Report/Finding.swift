/// How far an attack came, as one number.
package struct Success: Sendable, Codable, Equatable {
  /// What ``value`` counts or measures, in words: "withheld cells bounded below the threshold".
  package var measure: String
  package var value: Double
  /// Ends of the 95 % interval of ``value``, where it is an estimate.
  package var low: Double?
  package var high: Double?
  /// Trials that ``value`` was estimated from, or cases that it was counted among.
  package var trials: Int?
  /// What guessing gives, or the same attack without the defence, where that is known.
  package var baseline: Double?

  package init(
    _ measure: String, _ value: Double, low: Double? = nil, high: Double? = nil, trials: Int? = nil,
    baseline: Double? = nil
  ) {
    self.measure = measure
    self.value = value
    self.low = low
    self.high = high
    self.trials = trials
    self.baseline = baseline
  }

  /// A count among so many.
  package init(_ measure: String, count: Int, of total: Int? = nil) {
    self.init(measure, Double(count), trials: total)
  }
}

/// What came of one attack.
///
/// An audit may itself be passed on: nothing in here may hold a word of the input or a name from the bundle. It says
/// in which file, at which byte, of what kind and how often.
package struct Finding: Sendable, Codable, Equatable {
  package var attack: Attack
  package var verdict: Verdict
  package var success: Success?
  /// Further numbers, by names in `snake_case`.
  package var figures: [String: Double]
  /// Sentences for people: what was found and where, or why the attack was not tried.
  package var lines: [String]

  package init(
    _ attack: Attack, _ verdict: Verdict, success: Success? = nil, figures: [String: Double] = [:],
    lines: [String] = []
  ) {
    self.attack = attack
    self.verdict = verdict
    self.success = success
    self.figures = figures
    self.lines = lines
  }

  /// An attack that could not be tried, and what it needs.
  package static func notTried(_ attack: Attack, _ reason: String) -> Finding {
    Finding(attack, .notTried, lines: [reason])
  }
}

/// Everything an audit found.
package struct AuditReport: Sendable, Codable, Equatable {
  /// Id of the release as the bundle states it; empty where it states none that looks like one.
  package var releaseID: String
  /// In the order of ``Attack``.
  package var findings: [Finding]

  package init(releaseID: String, findings: [Finding]) {
    self.releaseID = releaseID
    self.findings = findings
  }

  /// Whether an attack succeeded.
  package var isBroken: Bool { findings.contains { $0.verdict == .broken } }

  enum CodingKeys: String, CodingKey {
    case releaseID = "release_id"
    case findings = "attacks"
  }
}
