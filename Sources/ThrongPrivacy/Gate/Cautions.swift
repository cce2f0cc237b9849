/// What a reader should know of a cluster before trusting its size: that it is mostly one text, or mostly a few busy
/// users.
///
/// **One text.** A template of many users counts in full (``CountingRule``), so a web page that
/// thousands paste is a topic, but it is not what thousands think. Said only where the template's conversations in the
/// cluster pass R1 and R2 themselves and, as shown, make up at least half of it, so it is gated like a facet value.
/// **Few users.** Said from the shown counts alone, so it tells nothing that they do not.
///
/// Test: `TemplateTests`.
struct Cautions: Sendable {
  /// For each published node.
  private(set) var isMostlyOneText: [Bool]

  /// Conversations for each user, as shown, from which on a few users wrote most of a cluster.
  static let conversationsPerUser = 5

  /// Nothing to say of so many nodes: in the differential tier every further sentence would cost budget.
  init(silentOn nodes: Int) { isMostlyOneText = [Bool](repeating: false, count: nodes) }

  /// O(records of templates that count in full · depth).
  init(
    _ tree: CandidateTree, counted: CountedRecords, published: PublishedTree, rules: PrimaryRules,
    rounding: Rounding
  ) {
    isMostlyOneText = [Bool](repeating: false, count: published.nodes.count)
    guard !tree.templateOfRecord.isEmpty else { return }
    var sizes = [Int](repeating: 0, count: tree.recordCount)
    for record in counted.records { sizes[Int(tree.templateOfRecord[Int(record)])] += 1 }
    let least = rules.policy.minimumConversations
    // Positions of counted records, which ascend by user, of each template that is large enough to matter.
    var copies: [UInt32: [Int]] = [:]
    for (position, record) in counted.records.enumerated() {
      let template = tree.templateOfRecord[Int(record)]
      if sizes[Int(template)] >= least { copies[template, default: []].append(position) }
    }
    var counter = CellCounter(users: counted.userCount, digests: rules.gap?.digests ?? [])
    for positions in copies.values {
      var ofNode: [Int: [UInt32]] = [:]
      for position in positions {
        var node: Int? = Int(published.nodeOfRecord[position])
        while let at = node {
          ofNode[at, default: []].append(counted.users[position])
          node = published.nodes[at].parent
        }
      }
      for (node, users) in ofNode {
        counter.reset()
        for user in users { counter.add(user: user) }
        let whole = rounding.shown(published.nodes[node].cell.conversations, threshold: least)
        if rules.pass(counter.cell), 2 * rounding.shown(users.count, threshold: least) >= whole {
          isMostlyOneText[node] = true
        }
      }
    }
  }

  /// What the description of a cluster adds; empty for most.
  func text(of node: Int, users: Int, conversations: Int) -> String {
    (isMostlyOneText[node] ? ", mostly copies of one text" : "")
      + (conversations >= Self.conversationsPerUser * users ? ", mostly of a few busy users" : "")
  }
}
