internal import ThrongCore

/// Which conversations are held out together.
///
/// Nobody is in training and test at once: all conversations of a user, or of a group such as an origin, are in one
/// fold, and each fold has about the same share of every class. Where all of a class lies in one group, that group cannot
/// be held out whole, or the class would be unknown: it is divided by users, while the other groups stay whole. So such a
/// class is tested among strangers of other groups, but among its own kind: the plan says how many classes that concerns.
package struct FoldPlan: Sendable, Equatable {
  /// The fold of each conversation.
  package private(set) var folds: [Int32]
  /// How many there are.
  package private(set) var count: Int
  /// Classes whose only group was divided by users.
  package private(set) var dividedClasses: [Int]

  /// Spreads whole units over the folds, the largest first, each to where its classes are rarest. O(units · folds ·
  /// classes of a unit + n log n).
  ///
  /// - Parameters:
  ///   - labels: the class of each conversation.
  ///   - users: its user, numbered densely.
  ///   - groups: its group, numbered densely; nil: users are the groups.
  ///   - count: folds wanted; fewer where there are fewer groups.
  /// - Throws: ``ClassifierFailure`` where a class would be unknown in some fold's training.
  package init(
    labels: [Int32], classes: Int, users: [UInt32], groups: [UInt32]? = nil, count wanted: Int, seed: UInt64
  ) throws {
    precondition(wanted >= 2 && users.count == labels.count && groups?.count ?? labels.count == labels.count)
    var (units, divided, whole) = (users, [Int](), wanted)
    if let groups {
      (units, divided, whole) = Self.units(labels: labels, classes: classes, users: users, groups: groups)
    }
    guard whole >= 2 else { throw ClassifierFailure.tooFewGroups(whole) }
    count = min(wanted, whole)
    dividedClasses = divided
    folds = Self.spread(units, labels: labels, classes: classes, folds: count, seed: seed)
    var met = [Set<Int32>](repeating: [], count: classes)
    var sizes = [Int](repeating: 0, count: classes)
    for (row, label) in labels.enumerated() {
      met[Int(label)].insert(folds[row])
      sizes[Int(label)] += 1
    }
    if let lone = met.firstIndex(where: { $0.count < 2 }) {
      throw ClassifierFailure.rareClass(position: lone + 1, conversations: sizes[lone])
    }
  }

  /// Groups, but users of those groups that are the only home of a class; and how many groups stay whole.
  private static func units(
    labels: [Int32], classes: Int, users: [UInt32], groups: [UInt32]
  ) -> (units: [UInt32], divided: [Int], whole: Int) {
    var home = [Int64](repeating: -1, count: classes)
    for (row, label) in labels.enumerated() {
      let group = Int64(groups[row])
      home[Int(label)] = home[Int(label)] == -1 || home[Int(label)] == group ? group : -2
    }
    let divided = home.indices.filter { home[$0] >= 0 }
    let split = Set(divided.map { UInt32(home[$0]) })
    let whole = Set(groups).subtracting(split)
    let first = (groups.max() ?? 0) + 1
    let units = groups.indices.map { split.contains(groups[$0]) ? first + users[$0] : groups[$0] }
    // With every group divided there is nothing to hold out whole, and users are what is left.
    return (units, divided, whole.count)
  }

  private static func spread(
    _ units: [UInt32], labels: [Int32], classes: Int, folds: Int, seed: UInt64
  ) -> [Int32] {
    let rows = units.indices.sorted { (units[$0], $0) < (units[$1], $1) }
    var starts: [Int] = []
    for (place, row) in rows.enumerated() where place == 0 || units[rows[place - 1]] != units[row] {
      starts.append(place)
    }
    starts.append(rows.count)
    var random = RandomSource(seed: seed, stream: 0xF01D)
    let lots = starts.indices.map { _ in random.next() }
    let order = (0..<starts.count - 1).sorted { a, b in
      let (x, y) = (starts[a + 1] - starts[a], starts[b + 1] - starts[b])
      return x != y ? x > y : (lots[a], a) < (lots[b], b)
    }
    var totals = [Double](repeating: 0, count: classes)
    for label in labels { totals[Int(label)] += 1 }
    var counts = [Double](repeating: 0, count: folds * classes)
    var sizes = [Double](repeating: 0, count: folds)
    var result = [Int32](repeating: 0, count: units.count)
    for unit in order {
      let members = rows[starts[unit]..<starts[unit + 1]]
      var own: [(label: Int, count: Double)] = []
      for label in members.map({ Int(labels[$0]) }).sorted() {
        if own.last?.label == label { own[own.count - 1].count += 1 } else { own.append((label, 1)) }
      }
      // By how much the unevenness of its classes would grow, then of the sizes.
      let best = (0..<folds).min { a, b in
        func growth(_ fold: Int) -> Double {
          own.reduce(0) {
            $0 + $1.count * (2 * counts[fold * classes + $1.label] + $1.count) / totals[$1.label]
          }
        }
        return (growth(a), sizes[a], a) < (growth(b), sizes[b], b)
      }!
      for (label, count) in own { counts[best * classes + label] += count }
      sizes[best] += Double(members.count)
      for row in members { result[row] = Int32(best) }
    }
    return result
  }
}
