/// What `release.json` publishes, read without the code that wrote it.
struct Published: Sendable {
  /// The rules that the bundle says it keeps.
  struct Rules: Sendable, Equatable {
    var policy = ""
    /// Whether conversations stand for people.
    var countsConversations = false
    var minimumUsers = 0
    var minimumConversations = 0
    var maximumPerUser = 0
    var minimumTermUsers = 0
    var roundedTo = 1
    var minimumFacetUsers = 0
    var minimumFacetConversations = 0
    var facetsRoundedTo = 1
    /// R7: least exp(entropy) of a sensitive facet, and largest distance from the whole; nil where the bundle states none.
    var diversity: Double?
    var closeness: Double?
    /// The counts of all conversations may have been lowered by so many per cent before they were rounded (R9).
    var totalGapPercent = 0
    /// Whether counts carry noise, so that they are no lower bounds.
    var isNoised = false
  }

  struct Cluster: Sendable {
    let id: String
    /// Index of the cluster above; nil for the root. Smaller than the cluster's own.
    let parent: Int?
    let label: String
    let terms: [String]
    let users: Int
    let conversations: Int
    /// Indices of the clusters below.
    var children: [Int] = []
    /// What the true counts can be, where that is not as counts of clusters are rounded.
    var bounds: Bounds?
  }

  /// What the counts behind a number can be.
  struct Bounds: Sendable {
    var users: ClosedRange<Double>
    var conversations: ClosedRange<Double>
  }

  struct Facet: Sendable {
    let name: String
    /// Indices of the facets that a crossed facet combines.
    let parts: [Int]
    let isOrdered: Bool
    let isSensitive: Bool
    /// Whether every conversation has one of the values that are published: of a yes or no.
    var isComplete = false
  }

  struct FacetCell: Sendable {
    let cluster: Int
    let facet: Int
    let value: String
    let users: Int
    let conversations: Int
    /// As of ``Cluster/bounds``.
    var bounds: Bounds?

    var key: Key { Key(cluster: cluster, facet: facet, value: value) }

    /// What tells cells of one release apart.
    struct Key: Hashable {
      let cluster: Int
      let facet: Int
      let value: String
    }
  }

  let releaseID: String
  let rules: Rules
  /// Parents before children; the first is the root.
  let clusters: [Cluster]
  let facets: [Facet]
  let cells: [FacetCell]
  /// How counts of clusters, and of cells of facets, speak about the true ones.
  let reading: Reading
  let facetReading: Reading
  let study: PublishedStudy
  let json: JSONNode

  /// Larger counts are no counts of conversations.
  private static let largestCount = 1_000_000_000_000

  /// - Throws: the reason, in words, why this is no release.
  init(_ json: JSONNode) throws(Unreadable) {
    self.json = json
    let id = json["release_id"]?.text ?? ""
    releaseID = id.utf8.count == 16 && id.utf8.allSatisfy(Self.isHexadecimal) ? id : ""
    guard let rules = json["rules"], rules.members != nil, let list = json["clusters"]?.elements,
      !list.isEmpty
    else { throw Unreadable(reason: "release.json has no rules or no clusters") }
    self.rules = try Self.rules(rules)

    var clusters: [Cluster] = []
    var index: [String: Int] = [:]
    for (at, entry) in list.enumerated() {
      guard let id = entry["cluster_id"]?.text, index.updateValue(at, forKey: id) == nil,
        let users = Self.count(entry["n_users"]), let conversations = Self.count(entry["n_conversations"])
      else { throw Unreadable(reason: "cluster \(at + 1) of release.json has no id of its own or no counts") }
      let above = entry["parent_id"]?.text
      let parent = above.flatMap { index[$0] }
      guard at == 0 ? above == nil : parent != nil && parent != at else {
        throw Unreadable(reason: "the clusters of release.json are no tree")
      }
      clusters.append(
        Cluster(
          id: id, parent: parent, label: entry["label"]?.text ?? "",
          terms: (entry["top_terms"]?.elements ?? []).compactMap(\.text), users: users,
          conversations: conversations))
      if let parent { clusters[parent].children.append(at) }
    }
    let reading = Reading(of: clusters, self.rules)
    if self.rules.totalGapPercent > 0, !self.rules.isNoised {
      let root = clusters[0]
      clusters[0].bounds = Bounds(
        users: self.rules.beforeGap(reading.range(root.users), most: 1),
        conversations: self.rules.beforeGap(
          reading.range(root.conversations), most: self.rules.maximumPerUser))
    }
    self.clusters = clusters
    self.reading = reading

    let described = json["facets"]?.elements ?? []
    let names = described.map { $0["name"]?.text ?? "" }
    facets = described.enumerated().map { at, facet in
      Facet(
        name: names[at],
        parts: (facet["parts"]?.elements ?? []).compactMap { $0.text.flatMap { names.firstIndex(of: $0) } },
        isOrdered: facet["ordered"]?.boolean ?? false, isSensitive: facet["sensitive"]?.boolean ?? false)
    }
    var cells: [FacetCell] = []
    for entry in json["cluster_facets"]?.elements ?? [] {
      guard let cluster = entry["cluster_id"]?.text.flatMap({ index[$0] }),
        let facet = entry["facet"]?.text.flatMap({ names.firstIndex(of: $0) }),
        let value = entry["value"]?.text, let users = Self.count(entry["n_users"]),
        let conversations = Self.count(entry["n_conversations"])
      else {
        throw Unreadable(reason: "cell \(cells.count + 1) of the facets of release.json cannot be placed")
      }
      cells.append(
        FacetCell(cluster: cluster, facet: facet, value: value, users: users, conversations: conversations))
    }
    self.cells = cells
    facetReading = Reading(of: cells, self.rules)
    study = try PublishedStudy(json, clusters: index)
  }

  /// Other counts of a release, in the form of clusters and of facets of these.
  init(of release: Published, rules: Rules, clusters: [Cluster], facets: [Facet], cells: [FacetCell]) {
    (releaseID, json, study) = (release.releaseID, release.json, release.study)
    self.rules = rules
    self.clusters = clusters
    self.facets = facets
    self.cells = cells
    (reading, facetReading) = (Reading(of: clusters, rules), Reading(of: cells, rules))
  }

  struct Unreadable: Error { let reason: String }

  private static func rules(_ json: JSONNode) throws(Unreadable) -> Rules {
    func need(_ key: String) throws(Unreadable) -> Int {
      guard let value = count(json[key]) else { throw Unreadable(reason: "release.json states no \(key)") }
      return value
    }
    var rules = Rules()
    rules.policy = json["policy"]?.text ?? ""
    rules.countsConversations = json["unit"]?.text == "conversation"
    rules.minimumUsers = try need("minimum_users")
    rules.minimumConversations = try need("minimum_conversations")
    rules.maximumPerUser = rules.countsConversations ? 1 : max(1, try need("maximum_per_user"))
    rules.minimumTermUsers = try need("minimum_term_users")
    rules.roundedTo = max(1, try need("rounded_to"))
    rules.minimumFacetUsers = count(json["minimum_facet_users"]) ?? min(10, rules.minimumUsers)
    rules.minimumFacetConversations =
      count(json["minimum_facet_conversations"]) ?? min(15, rules.minimumConversations)
    rules.facetsRoundedTo = max(1, count(json["facets_rounded_to"]) ?? 10)
    rules.totalGapPercent = min(99, count(json["total_gap_percent"]) ?? 0)
    rules.diversity = json["l_diversity"]?.double
    rules.closeness = json["t_closeness"]?.double
    rules.isNoised = !(json["differential"] ?? .null).isNull
    return rules
  }

  static func count(_ value: JSONNode?) -> Int? {
    guard let count = value?.integer, (0...largestCount).contains(count) else { return nil }
    return count
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}

extension Published.Rules {
  /// What a total may have been before a secret draw lowered it: by so many per cent at most, and by no more than twenty users, or what
  /// twenty of them may weigh.
  func beforeGap(_ shown: ClosedRange<Double>, most weight: Int) -> ClosedRange<Double> {
    let most = min(
      (shown.upperBound * 100 / Double(100 - totalGapPercent)).rounded(.down),
      shown.upperBound + Double(20 * weight))
    return shown.lowerBound...most
  }
}

extension Published {
  /// Where each cell stands in ``cells``.
  var places: [FacetCell.Key: Int] {
    Dictionary(cells.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { $1 })
  }

  /// The values published anywhere of each facet, in the order in which they are met.
  var values: [[String]] {
    var values = [[String]](repeating: [], count: facets.count)
    var seen = [Set<String>](repeating: [], count: facets.count)
    for cell in cells where seen[cell.facet].insert(cell.value).inserted {
      values[cell.facet].append(cell.value)
    }
    return values
  }
}
