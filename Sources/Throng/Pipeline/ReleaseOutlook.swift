package import ThrongCore
internal import ThrongFacets
package import ThrongIngest
package import ThrongPrivacy
internal import ThrongText

/// What a release of a log would likely hold at several thresholds: an estimate, found by really clustering and gating all
/// conversations, or those of a sample of the users.
///
/// A larger log has more people in each topic, so a sample says what the whole shows at least. For the operator only: the
/// same sample is drawn in every run, and with it the secret gap is known.
package struct ReleaseOutlook: Sendable, Encodable {
  /// What is left at one threshold.
  package struct Level: Sendable, Encodable {
    package let minimumUsers: Int
    package let minimumConversations: Int
    /// Published clusters without published parts of their own; 0 where nothing but a total, or not even that, is left.
    package let topics: Int
    /// Share of the conversations that lie in a topic.
    package let share: Double

    enum CodingKeys: String, CodingKey {
      case minimumUsers = "minimum_users"
      case minimumConversations = "minimum_conversations"
      case topics, share
    }
  }

  /// A language and the share of the conversations in it.
  package struct Language: Sendable, Encodable {
    package let name: String
    package let share: Double
  }

  /// Conversations that were clustered.
  package private(set) var conversations = 0
  /// Whether these are all of the log.
  package let isWhole: Bool
  package private(set) var levels: [Level] = []
  /// The most frequent first; those of few people are one.
  package private(set) var languages: [Language] = []
  /// What a run would take on this machine, from the time the sample took.
  package private(set) var seconds = 0.0

  enum CodingKeys: String, CodingKey {
    case conversations
    case isWhole = "is_whole"
    case levels, languages, seconds
  }

  /// Conversations that are clustered, about.
  package static let sample = 10_000
  /// Thresholds that are tried.
  package static let thresholds = [10, 25, 50, 100, 250]

  /// Reads the log once more. Memory is that of a run on the sample.
  ///
  /// - Parameters:
  ///   - total: conversations of the log.
  ///   - reading: seconds that reading all of it took.
  /// - Throws: `IngestFailure`, `Interrupted`.
  package init(
    of reader: ConversationReader, total: Int, reading: Double, policy: Policy, roles: Set<Role>,
    sample: Int = ReleaseOutlook.sample, workers: Workers, progress: any ProgressReporter
  ) throws {
    isWhole = total <= sample
    let secret = Secret(bytes: Array("throng inspect, public key".utf8))!
    var settings = ClusteringSettings()
    settings.roles = roles
    var preparation = CorpusPreparation(roles: roles, text: settings.text, secret: secret)
    preparation.unitIsConversation = policy.unit == .conversation
    preparation.facets = try FacetPlan([FacetRequest(".language")])
    if !isWhole {
      let bound = UInt64(Double(sample) / Double(total) * 0x1p64)
      preparation.isSampled = { $0 < bound }
    }
    let policies = Set(Self.thresholds + [policy.minimumUsers]).sorted().map {
      Self.policy(policy, users: $0)
    }
    preparation.minimumTermUsers = policies.map(\.effectiveMinimumTermUsers).min()
    var clock = StageClock()
    let corpus = try preparation.prepare(
      reader.keeping(fields: []), workers: workers, progress: progress, clock: &clock)
    conversations = corpus.count
    if corpus.count == 0 { return }
    languages = Self.languages(of: corpus, minimumUsers: policy.minimumFacetUsers)
    for (at, candidate) in policies.enumerated() {
      progress.report(stage: "estimate", done: at, total: policies.count)
      let (level, spent, clusters) = try Self.level(
        candidate, of: corpus, settings: settings, secret: secret, workers: workers)
      levels.append(level)
      if candidate.minimumUsers == policy.minimumUsers {
        seconds = Self.seconds(
          preparing: clock["vectorise"], spent, clusters: clusters ?? 1,
          growth: Double(total) / Double(corpus.count), counted: corpus.count, policy: candidate)
        seconds += reading
      }
    }
  }

  /// The rules asked for, at another k: with as many conversations to each user as the named policies have.
  private static func policy(_ policy: Policy, users: Int) -> Policy {
    var other = policy.differential == nil ? policy : .internal
    other.unit = policy.unit
    if users == policy.minimumUsers && policy.differential == nil { return other }
    other.minimumUsers = users
    other.minimumConversations = 2 * users
    other.minimumTermUsers = nil
    return other
  }

  private static func level(
    _ policy: Policy, of corpus: PreparedCorpus, settings: ClusteringSettings, secret: Secret,
    workers: Workers
  ) throws -> (Level, StageClock, clusters: Int?) {
    var clock = StageClock()
    var pipeline = ReleasePipeline(settings: settings, policy: policy)
    pipeline.secret = secret
    func level(topics: Int, share: Double) -> Level {
      Level(
        minimumUsers: policy.minimumUsers, minimumConversations: policy.minimumConversations, topics: topics,
        share: share)
    }
    do {
      try pipeline.admit(corpus)
      let model = try pipeline.model(of: corpus, workers: workers, progress: SilentProgress(), clock: &clock)
      let release = try pipeline.release(
        model, of: corpus,
        facts: RunFacts(
          version: "inspect", format: "inspect", seed: settings.seed, clusters: nil, levels: nil,
          dimensions: 0, columns: 0,
          maximumBadShare: 0, sourceDateEpoch: nil),
        workers: workers, progress: SilentProgress(), clock: &clock)
      let root = release.clusters[0]
      let parents = Set(release.clusters.compactMap(\.parentID))
      let top = release.clusters.filter { $0.parentID == root.id }
      return (
        level(
          topics: release.clusters.count { $0.parentID != nil && !parents.contains($0.id) },
          share: Double(top.reduce(0) { $0 + $1.conversations }) / Double(max(1, root.conversations))),
        clock, model.tree.nodeOfBaseCluster.count
      )
    } catch PrivacyFailure.refused {
      return (level(topics: 0, share: 0), clock, nil)
    }
  }

  /// What the stages of a run on the whole log would take after reading it, from what they took on a sample of it.
  ///
  /// Words are worked through once for each conversation; assigning takes clusters times conversations, of which bounds spare
  /// about the root; the tree takes pairs of clusters.
  private static func seconds(
    preparing: Double, _ spent: StageClock, clusters: Int, growth: Double, counted: Int, policy: Policy
  ) -> Double {
    let whole = ClusterPlan(
      conversations: Int(Double(counted) * growth), counted: Int(Double(counted) * growth),
      minimumConversations: max(policy.minimumConversations, policy.usualUsers),
      minimumUsers: policy.usualUsers
    ).baseClusters
    let more = max(1, Double(whole) / Double(clusters))
    return (preparing + spent["vectorise"] + spent["reduce"] + spent["gate"]) * growth
      + spent["cluster"] * growth * more.squareRoot() + spent["tree"] * more * more
  }

  private static func languages(of corpus: PreparedCorpus, minimumUsers: Int) -> [Language] {
    let byUser = corpus.users.indices.map { UInt32($0) }.sorted {
      (corpus.users[Int($0)], $0) < (corpus.users[Int($1)], $1)
    }
    let found = corpus.facets.shared(0, users: corpus.users, byUser: byUser, minimumUsers: minimumUsers)
    var counts = [Int](repeating: 0, count: found.values.count)
    for value in found.valueOfRecord where value >= 0 { counts[Int(value)] += 1 }
    let rest = corpus.count - counts.reduce(0, +)
    func share(_ count: Int) -> Double { Double(count) / Double(corpus.count) }
    let named = zip(found.values, counts).sorted { ($1.1, $0.0) < ($0.1, $1.0) }
      .map { Language(name: $0.0, share: share($0.1)) }
    return named + (rest > 0 ? [Language(name: "spoken by few", share: share(rest))] : [])
  }
}
