/// How the differential tier spends its budget: one entry for each kind of count, before anything is drawn.
///
/// The kinds are histograms in which a user appears in at most C cells with at most m conversations in all (see
/// ``CountedRecords/init(_:perUser:cells:)``). They compose by addition: the ε and the δ of all entries add up to at most the budget.
///
/// - Leaf clusters: users, and with the same draw whether the cluster is shown (``TruncatedGeometric`` with ε/C and δ/C for each cell);
///   then conversations, whose sum over all cells one user changes by at most m.
/// - Clusters above, for each depth: users (at most C change; of the root one) and conversations.
/// - Facets, each for the leaf clusters and for the root: as leaf clusters.
///
/// The shares are fixed weights: what decides about being shown gets most, for everything below depends on it; totals
/// are large and bear noise.
package struct DifferentialPlan: Sendable {
  /// Which counts.
  package enum Subject: Sendable, Hashable {
    case leaves
    case depth(Int)
    /// The facet of this index, at the root or in the leaf clusters.
    case facet(Int, atRoot: Bool)
  }

  /// One mechanism with what it spends.
  package struct Entry: Sendable {
    package let subject: Subject
    /// Users, else conversations.
    package let countsUsers: Bool
    package let epsilonMillionths: Int
    package let delta: Double
    /// Most that one user changes all counts of the kind together.
    package let sensitivity: Int
    package let noise: NoiseMechanism
  }

  package let entries: [Entry]

  /// - Parameters:
  ///   - conversationsPerUser: m.
  ///   - innerDepths: depths that hold clusters with children; 0 is the root's.
  ///   - facets: number of facets.
  /// - Throws: ``PrivacyFailure/invalidPolicy(setting:requirement:)`` where a share of ε is below a millionth.
  package init(
    _ budget: DifferentialBudget, conversationsPerUser: Int, innerDepths: Int, facets: Int
  ) throws {
    var wishes: [(subject: Subject, countsUsers: Bool, weight: Int)] = []
    func wish(_ subject: Subject, users: Int, conversations: Int) {
      wishes.append((subject, true, users))
      wishes.append((subject, false, conversations))
    }
    // In 1/840 of the whole without facets; facets take 3 parts for every 7 of these.
    let tree = 840 * max(1, facets)
    let inner = innerDepths == 0 ? 0 : tree / 4
    wish(.leaves, users: (tree - inner) * 3 / 4, conversations: (tree - inner) / 4)
    for depth in 0..<innerDepths {
      wish(.depth(depth), users: inner * 3 / 5 / innerDepths, conversations: inner * 2 / 5 / innerDepths)
    }
    for facet in 0..<facets {
      wish(.facet(facet, atRoot: false), users: 180, conversations: 72)
      wish(.facet(facet, atRoot: true), users: 72, conversations: 36)
    }
    let whole = wishes.reduce(0) { $0 + $1.weight }
    let cells = budget.cellsPerUser
    let selections = wishes.filter { $0.countsUsers && !$0.subject.isInner }.count
    // Half of δ is for Gaussian noise, which only the users of inner depths can have any use for.
    var delta = budget.delta
    let gaussianDelta = innerDepths > 1 ? delta / 2 / Double(innerDepths - 1) : 0
    var noises: [NoiseMechanism?] = []
    for (subject, countsUsers, weight) in wishes {
      let share = budget.epsilonMillionths * weight / whole
      guard share > 0 else {
        throw PrivacyFailure.invalidPolicy(
          setting: "--epsilon",
          requirement: "larger, or there must be fewer facets and levels to split it over")
      }
      switch subject {
      case .depth(let depth) where countsUsers:
        let touched = depth == 0 ? 1 : cells
        let noise = NoiseMechanism.tighter(
          absolute: touched, squared: touched, epsilonMillionths: share, delta: depth == 0 ? 0 : gaussianDelta
        )
        if case .gaussian = noise { delta -= gaussianDelta }
        noises.append(noise)
      default:
        // One user's conversations may all lie in one cell, so the absolute sensitivity is the Euclidean one.
        noises.append(
          countsUsers
            ? nil
            : .tighter(
              absolute: conversationsPerUser, squared: conversationsPerUser * conversationsPerUser,
              epsilonMillionths: share, delta: 0))
      }
    }
    entries = zip(wishes, noises).map { wish, noise in
      let share = budget.epsilonMillionths * wish.weight / whole
      if let noise {
        let touched = wish.subject == .depth(0) ? 1 : cells
        var spent = 0.0
        if case .gaussian = noise { spent = gaussianDelta }
        return Entry(
          subject: wish.subject, countsUsers: wish.countsUsers, epsilonMillionths: share, delta: spent,
          sensitivity: wish.countsUsers ? touched : conversationsPerUser, noise: noise)
      }
      let own = delta / Double(selections)
      let laplace = DiscreteLaplace(scale: UInt64(cells) * 1_000_000, over: UInt64(share))
      let geometric = TruncatedGeometric(laplace: laplace, delta: own / Double(cells))
      return Entry(
        subject: wish.subject, countsUsers: true, epsilonMillionths: share, delta: own, sensitivity: cells,
        noise: .truncatedGeometric(geometric))
    }
  }

  /// The mechanism for one kind of count.
  package func noise(_ subject: Subject, users: Bool) -> NoiseMechanism {
    entries.first { $0.subject == subject && $0.countsUsers == users }!.noise
  }

  /// The least sum of users and noise with which a cell of one kind is shown.
  func threshold(_ subject: Subject) -> Int {
    guard case .truncatedGeometric(let noise) = noise(subject, users: true) else { return 0 }
    return noise.bound + 1
  }

  /// Users from which a leaf cluster is more often shown than not: what to plan the size of clusters by.
  package var usualThreshold: Int { threshold(.leaves) }
}

extension DifferentialPlan.Subject {
  /// Whether it is about clusters with children, which are shown whenever one below them is.
  fileprivate var isInner: Bool { if case .depth = self { true } else { false } }
}
