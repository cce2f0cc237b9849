/// What a study wants to say of the conversations of a ``CandidateTree``: private, like the tree. Names are the study's own,
/// never text of a log; ``Gate/release(_:accounting:terms:labeller:facts:workers:ledger:)`` decides what of it is shown.
package struct CandidateStudy: Sendable {
  /// A part of what is kept. Segments may overlap.
  package struct Segment: Sendable {
    let name: String
    let holds: [Bool]
    let isSensitive: Bool

    /// - Parameters:
    ///   - holds: for each record.
    ///   - isSensitive: whether to know of a person that it holds them would hurt that person: R7.
    package init(name: String, holds: [Bool], isSensitive: Bool = false) {
      self.name = name
      self.holds = holds
      self.isSensitive = isSensitive
    }
  }

  /// Something that conversations have or have not.
  package struct Measure: Sendable {
    enum Kind: Sendable {
      /// Names, and an index of each record or −1.
      case values([String], [Int32])
      /// A number of each record, NaN for none, all within the range; and the level of each, −1 for none.
      case numbers([Float], ClosedRange<Double>, levels: [Int32])
    }

    let name: String
    let facet: String
    let kind: Kind
    /// Values whose shares are wanted.
    package let asked: [Int]
    let isOrdered: Bool
    let isSensitive: Bool

    /// - Parameter asked: indices of the values whose shares are wanted; nil: all.
    package init(
      name: String, facet: String, values: [String], valueOfRecord: [Int32], asked: [Int]? = nil,
      isOrdered: Bool = false, isSensitive: Bool = false
    ) {
      precondition(valueOfRecord.allSatisfy { $0 >= -1 && Int($0) < values.count }, "every value is listed")
      self.name = name
      self.facet = facet
      kind = .values(values, valueOfRecord)
      self.asked = asked ?? Array(values.indices)
      self.isOrdered = isOrdered
      self.isSensitive = isSensitive
    }

    /// - Parameters:
    ///   - range: public; numbers outside of it are taken for its ends, so that nobody weighs more than it is wide.
    ///   - levels: ranges of the numbers in ascending order, which R7 looks at; −1 for none.
    package init(
      name: String, facet: String, numbers: [Float], range: ClosedRange<Double>, levels: [Int32],
      isSensitive: Bool = false
    ) {
      self.name = name
      self.facet = facet
      let (low, high) = (Float(range.lowerBound), Float(range.upperBound))
      kind = .numbers(numbers.map { $0.isFinite ? min(high, max(low, $0)) : .nan }, range, levels: levels)
      asked = []
      isOrdered = true
      self.isSensitive = isSensitive
    }

    /// The values by name; nil for numbers.
    package var valueNames: [String]? { if case .values(let names, _) = kind { names } else { nil } }

    /// Whether a record has a value.
    func isKnown(_ record: Int) -> Bool {
      switch kind {
      case .values(_, let values): values[record] >= 0
      case .numbers(let numbers, _, _): numbers[record].isFinite
      }
    }
  }

  /// Numbers index ``segments`` and ``measures``; segment 0 is everything.
  package enum Request: Sendable {
    /// The share of each value, or the mean, in each of the segments.
    case level(measure: Int, segments: [Int])
    /// How much the first segment's is above the second's; of a measure with values, the share of that one.
    case difference(measure: Int, value: Int?, first: Int, second: Int)
    /// The share of each value in each period.
    case trend(measure: Int, segments: [Int], periods: Periods)
  }

  /// Periods of equal name lengths, in the order of time.
  package struct Periods: Sendable {
    /// `week` or `month`.
    let unit: String
    let names: [String]
    let ofRecord: [Int32]

    package init(unit: String, names: [String], ofRecord: [Int32]) {
      self.unit = unit
      self.names = names
      self.ofRecord = ofRecord
    }
  }

  /// What a screen left, step by step.
  package struct Funnel: Sendable {
    /// What the steps are called.
    let steps: [String]
    /// For each conversation read its user, and the step that took it out; `steps.count` where none did.
    let users: [UInt32]
    let leftAt: [UInt8]
    /// Keyed hash of each of these users.
    let userKeys: [UInt64]

    package init(steps: [String], users: [UInt32], leftAt: [UInt8], userKeys: [UInt64]) {
      precondition(users.count == leftAt.count && steps.count < 255)
      precondition(users.allSatisfy { Int($0) < userKeys.count }, "every user has a key")
      self.steps = steps
      self.users = users
      self.leftAt = leftAt
      self.userKeys = userKeys
    }
  }

  let name: String
  let segments: [Segment]
  let measures: [Measure]
  let requests: [Request]
  let funnel: Funnel?
  /// Resamples of users behind an interval.
  let resamples: Int

  /// - Parameter segments: without the segment of everything, which is number 0.
  package init(
    name: String, segments: [Segment], measures: [Measure], requests: [Request], funnel: Funnel?,
    records: Int, resamples: Int = 1000
  ) {
    self.name = name
    self.segments = [Segment(name: "all", holds: Array(repeating: true, count: records))] + segments
    precondition(measures.allSatisfy { $0.recordCount == records }, "a measure has a value for each record")
    self.measures = measures
    self.requests = requests
    self.funnel = funnel
    self.resamples = resamples
  }
}

extension CandidateStudy.Measure {
  fileprivate var recordCount: Int {
    switch kind {
    case .values(_, let values): values.count
    case .numbers(let numbers, _, _): numbers.count
    }
  }
}
