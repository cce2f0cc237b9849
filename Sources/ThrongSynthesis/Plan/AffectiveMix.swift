/// What an affective-use study is to find in a corpus: shares of types, changes of mood, answers that decline.
///
/// Every figure is a parameter, so the study's estimate can be held against it: see ``expectations``.
package struct AffectiveMix: Sendable, Equatable {
  /// A type of affective conversation.
  package struct Kind: Sendable, Equatable {
    /// As the truth and the shipped study name it.
    package let name: String
    /// Share of affective conversations that are of this type first.
    package let share: Double
    /// Expected level of the last three human messages less that of the first three, from −2 to 2.
    package let change: Double
    /// Share of its conversations in which the assistant declines.
    package let pushback: Double
    /// Reason for which it mostly does.
    package let reason: String
  }

  /// Share of affective conversations among all.
  package var share = 0.029
  /// Share of conversations that ask for texts about the same matters: to be screened out.
  package var contentShare = 0.02
  /// Share of affective conversations that are of the next type, too.
  package var overlap = 0.15
  /// Share of declining answers that give the type's own reason.
  package var reasonShare = 0.8
  /// Expected level of the first three human messages.
  package var opening = -0.1

  package static let kinds = [
    Kind(name: "advice", share: 0.34, change: 0.10, pushback: 0.06, reason: "plain"),
    Kind(name: "coaching", share: 0.22, change: 0.30, pushback: 0.04, reason: "capability"),
    Kind(name: "counselling", share: 0.20, change: 0.20, pushback: 0.15, reason: "professional"),
    Kind(name: "companionship", share: 0.14, change: 0.05, pushback: 0.08, reason: "capability"),
    Kind(name: "roleplay", share: 0.10, change: 0.00, pushback: 0.25, reason: "safety"),
  ]
  /// Reasons that other declining answers give.
  static let reasons = ["safety", "professional", "capability", "plain"]
  /// Human messages: shares of 1 to 10, and of 50 to 60.
  static let lengths: [(messages: ClosedRange<Int>, share: Double)] = [
    (1...1, 0.08), (2...2, 0.10), (3...3, 0.12), (4...4, 0.13), (5...5, 0.12), (6...6, 0.13), (7...7, 0.11),
    (8...8, 0.09), (9...10, 0.11), (50...60, 0.01),
  ]
  /// A roleplay counts from so many human messages.
  package static let leastRoleplay = 4

  package init() {}

  /// What a study of such a corpus finds but for chance, by type: its share of all that it keeps, the share of its
  /// conversations in which the assistant declines, and the change of mood.
  package struct Expectation: Sendable, Equatable {
    package let name: String
    package let share: Double
    package let pushback: Double
    package let change: Double
  }

  /// Types overlap, and roleplays of fewer than ``leastRoleplay`` human messages are screened out: both are reckoned in.
  package var expectations: [Expectation] {
    let long = Self.lengths.filter { $0.messages.lowerBound >= Self.leastRoleplay }.reduce(0) {
      $0 + $1.share
    }
    // Conversations by the type they are first and whether they are of the next, too, with the share that is kept.
    var groups: [(kinds: [Int], weight: Double)] = []
    for at in Self.kinds.indices {
      let next = (at + 1) % Self.kinds.count
      for (kinds, part) in [([at], 1 - overlap), ([at, next], overlap)] {
        let isRoleplay = kinds.contains { Self.kinds[$0].name == "roleplay" }
        groups.append((kinds, Self.kinds[at].share * part * (isRoleplay ? long : 1)))
      }
    }
    let kept = groups.reduce(0) { $0 + $1.weight }
    return Self.kinds.indices.map { at in
      let own = groups.filter { $0.kinds.contains(at) }
      let weight = own.reduce(0) { $0 + $1.weight }
      // Long ones are kept whatever they are, so a roleplay weighs in full where the mood has six messages to change.
      let all = own.map { group in
        (
          Self.kinds[group.kinds[0]],
          Self.kinds[group.kinds[0]].share * (group.kinds.count == 1 ? 1 - overlap : overlap)
        )
      }
      let sum = all.reduce(0) { $0 + $1.1 }
      return Expectation(
        name: Self.kinds[at].name, share: weight / kept,
        pushback: own.reduce(0) { $0 + $1.weight * Self.kinds[$1.kinds[0]].pushback } / weight,
        change: all.reduce(0) { $0 + $1.1 * $1.0.change } / sum)
    }
  }
}
