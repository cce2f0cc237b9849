import Foundation
import Testing
import ThrongSynthesis

/// What the truth claims is counted again in the log.
@Suite struct PlantedTests {
  @Test func popularSubtopicsAreAboveK() throws {
    let corpus = try Corpus.shipped.get()
    var users: [String: Set<String>] = [:]
    var counts: [String: Int] = [:]
    for (conversation, truth) in corpus.pairs {
      users[truth.subtopic, default: []].insert(conversation.user)
      counts[truth.subtopic, default: 0] += 1
    }
    let popular = corpus.head.topics.flatMap(\.subtopics).filter { $0.users == nil }
    #expect(popular.count == 30)
    for subtopic in popular {
      let count = counts[subtopic.id, default: 0]
      #expect((70...200).contains(count), "\(subtopic.id)")
      #expect(users[subtopic.id, default: []].count >= 40, "\(subtopic.id)")
      // Four standard deviations of a binomial count.
      let expected = Double(subtopic.expectedSize)
      #expect(abs(Double(count) - expected) < 4 * expected.squareRoot(), "\(subtopic.id)")
    }
    #expect(Set(popular.map(\.language)) == ["en", "es", "de", "fr", "zh", "ja"])
  }

  @Test(arguments: [(500, UInt64(4)), (3000, 1), (20_000, 2)])
  func topicsBelowKHaveTheirUsersAtAnySize(count: Int, seed: UInt64) throws {
    let corpus = try Corpus(conversations: count, seed: seed)
    var users: [String: Set<String>] = [:]
    var counts: [String: Int] = [:]
    for (conversation, truth) in corpus.pairs {
      users[truth.subtopic, default: []].insert(conversation.user)
      counts[truth.subtopic, default: 0] += 1
    }
    let small = corpus.head.topics.flatMap(\.subtopics).filter { $0.users != nil }
    #expect(small.map { $0.users! }.sorted() == [3, 8, 15, 20])
    for subtopic in small {
      #expect(users[subtopic.id]?.count == subtopic.users)
      #expect(counts[subtopic.id] == subtopic.expectedSize)
    }
  }

  @Test(arguments: [(500, UInt64(9)), (3000, 1), (20_000, 2)])
  func canariesSitWhereTheTruthSays(count: Int, seed: UInt64) throws {
    let corpus = try Corpus(conversations: count, seed: seed)
    let canaries = corpus.head.canaries
    #expect(canaries.map { $0.users.count }.sorted() == [1, 1, 2, 2, 5, 5, 10, 10, 20, 20, 24, 24])
    #expect(Set(canaries.map(\.text)).count == canaries.count)
    for canary in canaries {
      // A phrase is looked for by each of its words: neither may occur anywhere else.
      for word in canary.text.split(separator: " ") {
        let found = corpus.conversations.filter { $0.text.lowercased().contains(word) }
        #expect(Set(found.map(\.id)) == Set(canary.conversations))
        #expect(found.allSatisfy { $0.request.contains(canary.text) })
        #expect(Set(found.map(\.user)) == Set(canary.users))
      }
    }
    for (conversation, truth) in corpus.pairs {
      let listed = canaries.filter { $0.conversations.contains(conversation.id) }
      #expect(truth.canaries == listed.map(\.id))
      #expect(listed.allSatisfy { $0.subtopic == truth.subtopic })
    }
  }

  @Test func nearDuplicatesRepeatTheirGroup() throws {
    let corpus = try Corpus.shipped.get()
    var groups: [String: [Corpus.Conversation]] = [:]
    for (conversation, truth) in corpus.pairs {
      if let group = truth.nearDuplicateOf { groups[group, default: []].append(conversation) }
    }
    let members = groups.values.map(\.count).reduce(0, +)
    #expect((60...180).contains(members))
    var similar = 0
    var compared = 0
    for group in groups.values where group.count > 1 {
      #expect(Set(group.map(\.user)).count > 1 || group.count == 2)
      for other in group.dropFirst() {
        compared += 1
        if similarity(group[0].request, other.request) > 0.5 { similar += 1 }
      }
    }
    #expect(compared > 40)
    #expect(Double(similar) > 0.9 * Double(compared))
    // The control: neighbours in the log are not alike.
    let pairs = zip(corpus.conversations, corpus.conversations.dropFirst())
    #expect(pairs.count { similarity($0.request, $1.request) > 0.5 } < 15)
  }

  /// Jaccard's coefficient of the words.
  private func similarity(_ a: String, _ b: String) -> Double {
    let left = Set(a.lowercased().split { !$0.isLetter })
    let right = Set(b.lowercased().split { !$0.isLetter })
    return Double(left.intersection(right).count) / Double(max(1, left.union(right).count))
  }

  @Test func usersHaveALongTailAndOneIsHeavy() throws {
    for (count, seed) in [(3000, UInt64(1)), (30_000, 1)] {
      let corpus = try Corpus(conversations: count, seed: seed)
      let perUser = Dictionary(grouping: corpus.conversations, by: \.user).values.map(\.count)
        .sorted(by: >)
      let heavy = Double(perUser[0]) / Double(count)
      #expect(heavy > 0.013 && heavy < 0.03)
      #expect(Double(perUser[1]) < 0.8 * Double(perUser[0]))
      let once = perUser.count { $0 == 1 }
      #expect(Double(once) > 0.4 * Double(perUser.count))
      #expect(Double(perUser.count) > 0.3 * Double(count) && Double(perUser.count) < 0.6 * Double(count))
      let top = perUser.prefix(perUser.count / 10).reduce(0, +)
      #expect(Double(top) > 0.25 * Double(count))
    }
  }

  /// Heaps' law: 16 times the conversations have 16^β times the distinct words.
  @Test func vocabularyGrowsAsInRealLogs() throws {
    let counts = try [2_000, 32_000].map { count in
      Double(try distinctWords(in: Corpus.bytes(conversations: count, seed: 11).log))
    }
    let exponent = log(counts[1] / counts[0]) / log(16)
    #expect(exponent > 0.4 && exponent < 0.8)
  }

  /// Runs of ASCII letters with case folded, of at least 3 letters.
  private func distinctWords(in bytes: [UInt8]) -> Int {
    var words = Set<UInt64>()
    var hash: UInt64 = 14_695_981_039_346_656_037
    var length = 0
    for byte in bytes {
      let letter = byte | 0x20
      if letter >= 0x61 && letter <= 0x7A {
        hash = (hash ^ UInt64(letter)) &* 1_099_511_628_211
        length += 1
      } else {
        if length >= 3 { words.insert(hash) }
        hash = 14_695_981_039_346_656_037
        length = 0
      }
    }
    return words.count
  }
}
