import FoundationEssentials
import ThrongPrivacy

/// A release as columns: what the explorer reads, in half the bytes of `release.json`.
///
/// Cluster *i* is `c` and *i*; parents come before children. Terms and facet values are numbers into lists of their own,
/// and of a cell it says by how many clusters it is further down than the one before. Nothing is in it that `release.json`
/// does not hold, and nothing is rounded again.
struct ExplorerData: Encodable {
  struct Clusters: Encodable {
    /// Position of the cluster above; -1 for the root.
    var parent: [Int] = []
    var label: [String] = []
    var users: [Int] = []
    var conversations: [Int] = []
    var share: [Double] = []
    var shareLow: [Double] = []
    var shareHigh: [Double] = []
    /// Nil, and not written, where no cluster has a place; so for what follows.
    var x: [Double]?
    var y: [Double]?
    var stability: [Double?]?
    var usersLow: [Int]?
    var usersHigh: [Int]?
    var conversationsLow: [Int]?
    var conversationsHigh: [Int]?
    var rolledUp: [Int] = []
    /// Positions in ``ExplorerData/words``.
    var terms: [[Int]] = []
    /// What the description says besides counts and terms: cautions; mostly nothing.
    var notes: [String] = []

    enum CodingKeys: String, CodingKey {
      case parent, label, users, conversations, share
      case shareLow = "share_low"
      case shareHigh = "share_high"
      case x, y, stability
      case usersLow = "users_low"
      case usersHigh = "users_high"
      case conversationsLow = "conversations_low"
      case conversationsHigh = "conversations_high"
      case rolledUp = "rolled_up"
      case terms, notes
    }
  }

  struct Facet: Encodable {
    let name: String
    let parts: [String]
    let ordered: Bool
    let sensitive: Bool
    /// In the order of the release.
    let values: [String]
  }

  /// Columns of the same length; ends of ranges only in the differential tier.
  struct Cells: Encodable {
    var cluster: [Int] = []
    /// Position among the values of all facets.
    var value: [Int] = []
    var users: [Int] = []
    var conversations: [Int] = []
    var usersLow: [Int]?
    var usersHigh: [Int]?
    var conversationsLow: [Int]?
    var conversationsHigh: [Int]?

    enum CodingKeys: String, CodingKey {
      case cluster, value, users, conversations
      case usersLow = "users_low"
      case usersHigh = "users_high"
      case conversationsLow = "conversations_low"
      case conversationsHigh = "conversations_high"
    }
  }

  struct Coverage: Encodable {
    var value: [Int] = []
    var shareReleased: [Double] = []
    var shareRolledUp: [Double] = []

    enum CodingKeys: String, CodingKey {
      case value
      case shareReleased = "share_released"
      case shareRolledUp = "share_rolled_up"
    }
  }

  let releaseID: String
  let version: String
  let createdAt: String?
  let rules: Release.Rules
  let accounts: Release.Accounts
  private(set) var clusters = Clusters()
  /// Every term once.
  private(set) var words: [String] = []
  private(set) var facets: [Facet] = []
  private(set) var cells = Cells()
  private(set) var coverage = Coverage()

  enum CodingKeys: String, CodingKey {
    case releaseID = "release_id"
    case version
    case createdAt = "created_at"
    case rules, accounts, clusters, words, facets, cells, coverage
  }

  init(_ release: Release) {
    releaseID = release.id
    version = release.run.throngVersion
    createdAt = release.run.createdAt
    rules = release.rules
    accounts = release.accounts
    setClusters(release)
    setCells(release)
  }

  private mutating func setClusters(_ release: Release) {
    let all = release.clusters
    let positions = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.id, $0) })
    clusters.parent = all.map { $0.parentID.map { positions[$0]! } ?? -1 }
    clusters.label = all.map(\.label)
    clusters.users = all.map(\.users)
    clusters.conversations = all.map(\.conversations)
    clusters.share = all.map(\.share)
    clusters.shareLow = all.map(\.shareLow)
    clusters.shareHigh = all.map(\.shareHigh)
    clusters.x = Self.whole(all.map(\.x))
    clusters.y = Self.whole(all.map(\.y))
    clusters.stability = all.contains { $0.stability != nil } ? all.map(\.stability) : nil
    clusters.usersLow = Self.whole(all.map(\.usersLow))
    clusters.usersHigh = Self.whole(all.map(\.usersHigh))
    clusters.conversationsLow = Self.whole(all.map(\.conversationsLow))
    clusters.conversationsHigh = Self.whole(all.map(\.conversationsHigh))
    clusters.rolledUp = all.map(\.rolledUp)
    clusters.notes = all.map(Self.note)
    var places: [String: Int] = [:]
    clusters.terms = all.map { cluster in
      cluster.terms.map { term in
        if let place = places[term] { return place }
        places[term] = words.count
        words.append(term)
        return words.count - 1
      }
    }
  }

  private mutating func setCells(_ release: Release) {
    // Values in the order in which they come: the root shows every value that anything below it shows.
    var values = [[String]](repeating: [], count: release.facets.count)
    let facetPlaces = Dictionary(uniqueKeysWithValues: release.facets.enumerated().map { ($1.name, $0) })
    var places = [[String: Int]](repeating: [:], count: release.facets.count)
    func note(_ facet: String, _ value: String) {
      let at = facetPlaces[facet]!
      if places[at][value] == nil {
        places[at][value] = values[at].count
        values[at].append(value)
      }
    }
    for cell in release.facetCells { note(cell.facet, cell.value) }
    for row in release.coverage { note(row.facet, row.value) }
    var first = [0]
    for list in values { first.append(first.last! + list.count) }
    func place(_ facet: String, _ value: String) -> Int {
      let at = facetPlaces[facet]!
      return first[at] + places[at][value]!
    }
    facets = zip(release.facets, values).map { facet, values in
      Facet(
        name: facet.name, parts: facet.parts, ordered: facet.isOrdered, sensitive: facet.isSensitive,
        values: values)
    }
    let positions = Dictionary(uniqueKeysWithValues: release.clusters.enumerated().map { ($1.id, $0) })
    let all = release.facetCells
    var before = 0
    cells.cluster = all.map { cell in
      let at = positions[cell.clusterID]!
      defer { before = at }
      return at - before
    }
    cells.value = all.map { place($0.facet, $0.value) }
    cells.users = all.map(\.users)
    cells.conversations = all.map(\.conversations)
    if release.rules.differential != nil {
      cells.usersLow = Self.whole(all.map(\.usersLow))
      cells.usersHigh = Self.whole(all.map(\.usersHigh))
      cells.conversationsLow = Self.whole(all.map(\.conversationsLow))
      cells.conversationsHigh = Self.whole(all.map(\.conversationsHigh))
    }
    coverage.value = release.coverage.map { place($0.facet, $0.value) }
    coverage.shareReleased = release.coverage.map(\.shareReleased)
    coverage.shareRolledUp = release.coverage.map(\.shareRolledUp)
  }

  /// The values, if there is one everywhere.
  private static func whole<Value>(_ values: [Value?]) -> [Value]? {
    let known = values.compactMap { $0 }
    return known.count == values.count ? known : nil
  }

  /// What stands in a description between the counts and the terms, which the page has already.
  static func note(_ cluster: Release.Cluster) -> String {
    let terms = cluster.terms.isEmpty ? "." : "; terms: \(cluster.terms.joined(separator: ", "))."
    guard cluster.description.hasSuffix(terms) else { return cluster.description }
    let counts = cluster.description.dropLast(terms.count)
    guard let comma = counts.firstRange(of: ", ") else { return "" }
    return String(counts[comma.upperBound...])
  }

  /// Without a space more than needed; the same release gives the same bytes.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self))
  }
}
