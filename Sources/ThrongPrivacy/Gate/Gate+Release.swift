extension Gate {
  /// The published tree with labels, numbered in its own order.
  ///
  /// **Ids** (R13) count published clusters only, in preorder, siblings by shown size and then by label. So they neither
  /// have gaps where something is withheld nor repeat the numbers of k-means.
  ///
  /// - Returns: the clusters, and the published node that each of them is.
  func clusters(
    _ published: PublishedTree, figures: Figures, cautions: Cautions, descriptions: [NodeDescription],
    stability: [Double] = [], spelling: (UInt32) -> String
  ) throws -> (clusters: [Release.Cluster], order: [Int]) {
    let labels = published.nodes.indices.map { at in
      at == 0 ? "All conversations" : label(of: descriptions[at], spelling: spelling)
    }
    let terms = descriptions.map { $0.terms.map(spelling) }

    func precedes(_ a: Int, _ b: Int) -> Bool {
      if figures.conversations[a] != figures.conversations[b] {
        return figures.conversations[a] > figures.conversations[b]
      }
      if figures.users[a] != figures.users[b] { return figures.users[a] > figures.users[b] }
      if labels[a] != labels[b] { return labels[a] < labels[b] }
      if terms[a] != terms[b] { return terms[a].lexicographicallyPrecedes(terms[b]) }
      return a < b
    }

    var clusters: [Release.Cluster] = []
    var order: [Int] = []
    var open: [(node: Int, parent: Int?)] = [(0, nil)]
    while let (at, parent) = open.popLast() {
      let id = "c\(clusters.count)"
      let share = Double(figures.conversations[at]) / Double(figures.conversations[0])
      let interval = at == 0 ? 1...1 : shareInterval(of: at, share: share, figures: figures)
      clusters.append(
        .init(
          id: id, parentID: parent.map { clusters[$0].id }, level: published.nodes[at].level,
          path: parent.map { "\(clusters[$0].path)/\(id)" } ?? id, label: labels[at],
          description: sentence(figures, cautions: cautions, at: at, terms: terms[at]),
          users: figures.users[at], conversations: figures.conversations[at],
          intervals: figures.intervals?[at], share: rounded(share, .toNearestOrEven),
          shareLow: rounded(interval.lowerBound, .down), shareHigh: rounded(interval.upperBound, .up),
          stability: stability.isEmpty ? nil : stability[published.nodes[at].candidate],
          terms: terms[at], rolledUp: figures.rolledUp[at]))
      order.append(at)
      let position = clusters.count - 1
      open += published.nodes[at].children.sorted(by: precedes).reversed().map { ($0, position) }
    }
    return (matched(try placed(clusters)), order)
  }

  /// The clusters with what they are about, where somebody has a list. The root is about everything.
  private func matched(_ clusters: [Release.Cluster]) -> [Release.Cluster] {
    guard let matcher else { return clusters }
    let (names, answers) = (matcher.names, matcher.match(clusters))
    precondition(answers.count == clusters.count, "every cluster has an answer")
    return zip(clusters, answers).map { cluster, answer in
      var cluster = cluster
      if cluster.parentID != nil { cluster.topic = names[answer] }
      return cluster
    }
  }

  /// The clusters on the map, where somebody draws one. Four decimals: no screen shows more.
  private func placed(_ clusters: [Release.Cluster]) throws -> [Release.Cluster] {
    guard let placer else { return clusters }
    let places = try placer.place(clusters)
    precondition(places.count == clusters.count, "every cluster has a place")
    return zip(clusters, places).map { cluster, place in
      var cluster = cluster
      cluster.x = (min(1, max(0, place.x)) * 10_000).rounded() / 10_000
      cluster.y = (min(1, max(0, place.y)) * 10_000).rounded() / 10_000
      return cluster
    }
  }

  private func label(of description: NodeDescription, spelling: (UInt32) -> String) -> String {
    description.label.isEmpty ? "No common term" : description.label.map(spelling).joined(separator: " · ")
  }

  /// The 95 % interval of a share. Of noised counts, the ends of their intervals are taken as they are worst.
  private func shareInterval(of at: Int, share: Double, figures: Figures) -> ClosedRange<Double> {
    let sample = figures.users[0]
    guard let intervals = figures.intervals else {
      let least = share * (1 - figures.totalsLoweredBy)
      return WilsonInterval.of(share: least, sampleSize: sample)
        .lowerBound...WilsonInterval.of(share: share, sampleSize: sample).upperBound
    }
    let (part, all) = (intervals[at].conversations, intervals[0].conversations)
    let low = Double(part.lowerBound) / Double(max(1, all.upperBound))
    let high = min(1, Double(part.upperBound) / Double(max(1, all.lowerBound)))
    return WilsonInterval.of(share: min(low, share), sampleSize: sample)
      .lowerBound...WilsonInterval.of(
        share: max(high, share), sampleSize: sample
      ).upperBound
  }

  private func sentence(_ figures: Figures, cautions: Cautions, at: Int, terms: [String]) -> String {
    let bound = figures.intervals == nil ? "at least" : "about"
    let conversations =
      "\(bound == "about" ? "About" : "At least") \(figures.conversations[at]) conversations"
    let count =
      policy.unit == .user ? "\(conversations) of \(bound) \(figures.users[at]) users" : conversations
    let who =
      count + cautions.text(of: at, users: figures.users[at], conversations: figures.conversations[at])
    return terms.isEmpty ? "\(who)." : "\(who); terms: \(terms.joined(separator: ", "))."
  }

  /// Four decimals: shares come from counts that are rounded more coarsely than that.
  func rounded(_ share: Double, _ rule: FloatingPointRoundingRule) -> Double {
    (share * 10_000).rounded(rule) / 10_000
  }

  /// The accounts as they may be shown.
  ///
  /// What lies before the contribution bound is not bounded per user: one user with 10⁴ conversations, or 10⁴ broken
  /// records, would move the number read by as much (R2). So the records beyond the bound are stated as a cell of their own,
  /// of each user again at most m, if that cell passes R1 and R2; it shares no record with the tree, so R3 asks
  /// nothing more. Records that were quarantined or screened out have no user the gate knows: they are
  /// stated only where each conversation stands for a person, and there are enough.
  func accounts(
    _ accounting: Accounting, beyond: Cell, figures: Figures, published: PublishedTree, rules: PrimaryRules,
    rounding: Rounding, totals: TotalGap?
  ) -> Release.Accounts {
    func unattributed(_ count: Int) -> Int {
      guard policy.unit == .conversation else { return 0 }
      let cell = Cell(conversations: count, users: count, largest: min(1, count), second: min(1, count / 2))
      return rules.pass(cell) ? rounding.shown(count, threshold: policy.minimumConversations) : 0
    }
    let leaves = published.nodes.indices.filter { published.nodes[$0].children.isEmpty }
    let further = totals?.lowered(beyond, of: "beyond").conversations ?? beyond.conversations
    return Release.Accounts(
      quarantined: unattributed(accounting.quarantined), screenedOut: unattributed(accounting.screenedOut),
      beyondBound: rules.pass(beyond)
        ? rounding.shown(further, threshold: policy.minimumConversations) : 0,
      inLeaves: leaves.reduce(0) { $0 + figures.conversations[$1] },
      rolledUp: figures.rolledUp.reduce(0, +))
  }
}
