import Foundation
import Testing
import ThrongCore
import ThrongPrivacy

/// The shown numbers, the accounts, the encoding, and that there is one door.
@Suite struct ReleaseTests {
  /// Every published figure is consistent with the others, and none is above the truth.
  @Test(arguments: 0..<200) func figuresAreConsistentLowerBounds(seed: UInt64) throws {
    let corpus = randomCorpus(seed: seed)
    let roundTo = 2 + Int(seed % 6)
    let policy = Policy.small(users: 4, conversations: 7, perUser: 4, roundTo: roundTo)
    guard let release = try? corpus.release(policy: policy) else { return }
    let naive = NaiveGate(corpus: corpus, policy: policy)
    let truth = naive.sets[0]
    let accounts = release.accounts
    #expect(accounts.read == accounts.quarantined + accounts.screenedOut + accounts.kept)
    #expect(accounts.kept == accounts.beyondBound + accounts.counted)
    #expect(accounts.counted == accounts.inLeaves + accounts.rolledUp)
    #expect(accounts.counted == release.clusters[0].conversations)
    #expect(accounts.counted <= truth.count && accounts.read <= corpus.records.count)
    #expect(release.clusters[0].users <= naive.users(truth))
    for cluster in release.clusters {
      let children = release.clusters.filter { $0.parentID == cluster.id }
      let below = children.reduce(0) { $0 + $1.conversations }
      #expect(cluster.conversations >= below && cluster.conversations >= cluster.users)
      #expect(children.allSatisfy { $0.users <= cluster.users })
      #expect(cluster.users >= 4 && cluster.conversations >= 7)
      #expect(cluster.rolledUp == (children.isEmpty ? 0 : cluster.conversations - below))
      #expect(cluster.shareLow <= cluster.share && cluster.share <= cluster.shareHigh)
      #expect(children.map(\.conversations) == children.map(\.conversations).sorted(by: >))
    }
    let leaves = release.clusters.filter { leaf in !release.clusters.contains { $0.parentID == leaf.id } }
    #expect(accounts.inLeaves == leaves.reduce(0) { $0 + $1.conversations })
    #expect(accounts.rolledUp == release.clusters.reduce(0) { $0 + $1.rolledUp })
  }

  /// Counts of a release with the default rounding are multiples of 5; without the defence they are not.
  @Test func countsAreRounded() throws {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: 33, each: 2, leaf: 1)
    corpus.add(users: 41, each: 2, leaf: 2)
    func figures(_ defences: Defences) throws -> [Int] {
      try corpus.release(policy: .internal, defences: defences).clusters.flatMap {
        [$0.users, $0.conversations]
      }
    }
    #expect(try figures(.all) == [70, 145, 40, 80, 30, 65])
    #expect(try figures(.all.subtracting(.rounding)) == [74, 148, 41, 82, 33, 66])
  }

  /// By hand, k = 7 and 2, rounded to 5. Children of 7 and 7 conversations are shown as 7 each, so their parent, 14, is
  /// not shown as 10; and 7 users who are shown as 7 have no 5 conversations.
  @Test func thresholdsThatAreNoMultiples() throws {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: 7, leaf: 1)
    corpus.add(users: 7, leaf: 2)
    let byConversations = try corpus.release(policy: .small(users: 2, conversations: 7)).clusters
    #expect(byConversations.map(\.conversations) == [14, 7, 7])
    #expect(byConversations.map(\.users) == [10, 5, 5])
    let byUsers = try corpus.release(policy: .small(users: 7, conversations: 2)).clusters
    #expect(byUsers.map(\.conversations) == [14, 7, 7])
    #expect(byUsers.map(\.users) == [10, 7, 7])
  }

  /// Wilson's interval for 30 of 100 is 0.2189 to 0.3958 (worked out with the formula by hand).
  @Test func intervals() throws {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: 30, leaf: 1)
    corpus.add(users: 70, leaf: 2)
    let clusters = try corpus.release(policy: .small(users: 10)).clusters
    #expect(clusters.map(\.share) == [1, 0.7, 0.3])
    #expect((clusters[0].shareLow, clusters[0].shareHigh) == (1, 1))
    #expect((clusters[2].shareLow, clusters[2].shareHigh) == (0.2189, 0.3959))
    #expect((clusters[1].shareLow, clusters[1].shareHigh) == (0.6041, 0.7811))
  }

  @Test func accountsMustAddUp() {
    var corpus = Corpus(parents: [nil])
    corpus.add(users: 60, leaf: 0)
    #expect(throws: PrivacyFailure.accountsDoNotAddUp) {
      try corpus.release(policy: .internal, accounting: Accounting(read: 61, quarantined: 0))
    }
  }

  /// Broken records have no user, so that their number, which one user could make as large as it likes, is not stated.
  @Test func quarantinedRecordsAreNotStated() throws {
    var corpus = Corpus(parents: [nil])
    corpus.add(users: 60, leaf: 0)
    let accounts = try corpus.release(
      policy: .internal, accounting: Accounting(read: 5060, quarantined: 4000, screenedOut: 1000)
    ).accounts
    #expect((accounts.read, accounts.quarantined, accounts.screenedOut, accounts.kept) == (60, 0, 0, 60))
  }

  @Test func factsAreNames() throws {
    var corpus = Corpus(parents: [nil])
    corpus.add(users: 60, leaf: 0)
    for bad in ["", "/home/someone", "a b", "ü", String(repeating: "a", count: 41)] {
      var facts = Corpus.facts
      facts.format = bad
      #expect(throws: PrivacyFailure.invalidFact(name: "format")) {
        try Gate(policy: .internal, secret: Secret(bytes: Array(1...32))!).release(
          corpus.tree, accounting: Accounting(read: 60, quarantined: 0), terms: Corpus.plainTerms,
          labeller: ContrastLabeller(), facts: facts, workers: Workers(threads: 1))
      }
    }
  }

  @Test func cancellation() {
    var corpus = Corpus(parents: [nil])
    corpus.add(users: 60, leaf: 0)
    let workers = Workers(threads: 1)
    workers.cancellation.cancel()
    #expect(throws: Interrupted.self) {
      try Gate(policy: .internal, secret: Secret(bytes: Array(1...32))!).release(
        corpus.tree, accounting: Accounting(read: 60, quarantined: 0), terms: Corpus.plainTerms,
        labeller: ContrastLabeller(), facts: Corpus.facts, workers: workers)
    }
  }

  /// The id is the hash of everything else.
  @Test func identity() throws {
    var corpus = Corpus(parents: [nil, 0])
    corpus.add(users: 60, leaf: 0)
    let release = try corpus.release(policy: .internal)
    let text = try release.bytes()
    let blank = text.replacingOccurrences(of: release.id, with: "")
    #expect(
      Digest.hexadecimal(Digest.sha256(Array(blank.utf8))).hasPrefix(release.id) && release.id.count == 16)
    corpus.add(users: 10, leaf: 0)
    #expect(try corpus.release(policy: .internal).id != release.id)
    let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "format_version", "release_id", "run", "rules", "accounts", "clusters", "facets", "cluster_facets",
        "coverage", "funnel", "statistics", "trends", "trend_points", "segment_topics",
      ])
  }

  /// No count of what was withheld, and no reason for it, has a place in a release.
  @Test func nothingIsSaidOfWithheldCells() throws {
    var corpus = Corpus(parents: [nil, 0, 0, 0])
    corpus.add(users: 60, leaf: 1)
    corpus.add(users: 20, leaf: 2)
    corpus.add(users: 20, leaf: 3)
    let text = try corpus.release(policy: .small(users: 25)).bytes()
    for word in ["withheld", "suppressed", "primary", "secondary", "complementary", "reason"] {
      #expect(!text.contains(word))
    }
  }

  /// One door: what is private cannot be encoded or printed in so many words, and a release cannot be decoded.
  @Test func privateTypesStayPrivate() throws {
    var corpus = Corpus(parents: [nil])
    corpus.add(users: 60, leaf: 0)
    let privates: [Any] = [
      corpus.tree, Accounting(read: 60, quarantined: 0), Corpus.plainTerms,
      GatedTerm.self, GatedNode.self,
    ]
    for value in privates {
      #expect(!(value is any Encodable) && !(value is any CustomStringConvertible))
      #expect(!(value is any CustomDebugStringConvertible))
    }
    let release: Any = try corpus.release(policy: .internal)
    #expect(release is any Encodable && !(release is any Decodable))
  }
}
