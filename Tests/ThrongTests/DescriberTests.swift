import Testing
import Throng
import ThrongCore
import ThrongPrivacy

/// Labels from gated counts made by hand.
@Suite struct DescriberTests {
  @Test func wordsOfTheTopicComeBeforeWordsOfEverybody() throws {
    var topics = Topics(users: 1000, ["sourdough": 85, "oven": 90, "day": 400, "dough": 60])
    let bread = topics.add(users: 100, ["sourdough": 85, "oven": 65, "day": 60, "dough": 60])
    #expect(try topics.labels()[bread] == ["sourdough", "dough", "oven"])
  }

  @Test func aPhraseStandsForItsWords() throws {
    var topics = Topics(
      users: 1000, ["password": 90, "password reset": 60, "reset": 65, "locked account": 40, "account": 200])
    let access = topics.add(
      users: 100, ["password": 80, "password reset": 55, "reset": 60, "locked account": 40, "account": 60])
    #expect(try topics.labels()[access] == ["password reset", "locked account"])
  }

  /// 15 of 80 users are no reason to call all of it a master password.
  @Test func aRarePhraseDoesNot() throws {
    var topics = Topics(users: 1000, ["password": 90, "master password": 15, "vault": 50])
    let access = topics.add(users: 100, ["password": 80, "master password": 15, "vault": 40])
    #expect(try topics.labels()[access] == ["password", "vault"])
  }

  @Test(arguments: [
    ("game", "games"), ("gun", "guns"), ("wood work", "woodwork"), ("e-mail", "email"),
    ("charged", "charging"),
    ("wohnung", "wohnungen"), ("咨询", "咨询师"),
  ])
  func inflectionsAreNotRepeated(_ first: String, _ second: String) throws {
    var topics = Topics(users: 1000, [first: 90, second: 70, "pitcher": 60])
    let topic = topics.add(users: 100, [first: 85, second: 65, "pitcher": 50])
    #expect(try topics.labels()[topic] == [first, "pitcher"])
    #expect(try topics.terms()[topic] == [first, "pitcher"])
  }

  @Test func differentWordsAreNotTakenForInflections() throws {
    var topics = Topics(users: 1000, ["internet": 90, "interest rate": 70, "bus": 60])
    let topic = topics.add(users: 100, ["internet": 85, "interest rate": 65, "bus": 50])
    #expect(try topics.labels()[topic] == ["internet", "interest rate", "bus"])
  }

  /// "人际 关系" is a phrase though it shows no space; "段 感情" begins with a measure word.
  @Test func phrasesWithoutSpacesArePhrases() throws {
    var topics = Topics(
      users: 1000, ["人际": 80, "关系": 90, "人际 关系": 60, "段": 90, "感情": 60, "段 感情": 50])
    let topic = topics.add(
      users: 100, ["人际": 75, "关系": 80, "人际 关系": 58, "段": 60, "感情": 50, "段 感情": 45])
    let label = try topics.described(joined: true)[topic].label
    #expect(label.map { Spelling.shown(topics.spellings[Int($0)]) } == ["人际关系", "感情"])
  }

  @Test func grammarAndNumbersNameNothing() throws {
    var topics = Topics(
      users: 1000, ["the": 100, "would": 90, "2024": 90, "x": 90, "rsa rsa": 80, "kiln": 30])
    let topic = topics.add(
      users: 100, ["the": 100, "would": 90, "2024": 90, "x": 90, "rsa rsa": 80, "kiln": 30])
    #expect(try topics.labels()[topic] == ["kiln"])
  }

  @Test func aTopicOfUnlikePartsIsNamedByEach() throws {
    var topics = Topics(users: 1000, ["day": 300, "trip": 80, "boss": 75, "jealous": 70])
    let mixed = topics.add(users: 300, ["day": 160, "trip": 80, "boss": 75, "jealous": 70])
    topics.add(under: mixed, users: 100, ["day": 60, "trip": 80])
    topics.add(under: mixed, users: 100, ["day": 50, "boss": 75])
    topics.add(under: mixed, users: 100, ["day": 50, "jealous": 70])
    #expect(try Set(topics.labels()[mixed]) == ["trip", "boss", "jealous"])
  }

  /// Two thirds are about travel, with the three strongest words; the rest is named all the same.
  @Test func theSmallerPartIsNamedToo() throws {
    var topics = Topics(users: 1000, ["trip": 150, "hotel": 140, "flight": 130, "boss": 60])
    let mixed = topics.add(users: 300, ["trip": 150, "hotel": 140, "flight": 130, "boss": 60])
    topics.add(under: mixed, users: 200, ["trip": 150, "hotel": 140, "flight": 130])
    topics.add(under: mixed, users: 100, ["boss": 60])
    let label = try topics.labels()[mixed]
    #expect(label.first == "trip" && label.contains("boss"))
    #expect(try topics.terms()[mixed].contains("flight"))
  }

  @Test func aTopicOfLikePartsIsNamedByWhatTheyShare() throws {
    var topics = Topics(users: 1000, ["flight": 290, "economy": 80, "luggage": 75, "airport": 210])
    let flights = topics.add(users: 300, ["flight": 280, "economy": 78, "luggage": 72, "airport": 190])
    let (fares, bags) = (
      topics.add(under: flights, users: 150, ["flight": 140, "economy": 76, "airport": 90]),
      topics.add(under: flights, users: 150, ["flight": 140, "luggage": 70, "airport": 100])
    )
    let labels = try topics.labels()
    #expect(labels[flights].first == "flight")
    #expect(labels[fares].first == "economy" && labels[bags].first == "luggage")
  }

  /// The words of the topic and of two of its parts are the same three; the parts add their fourth.
  @Test func likeTopicsAreToldApart() throws {
    var topics = Topics(users: 1000, ["ubuntu": 180, "linux": 160, "kernel": 150, "boot": 20, "sound": 20])
    let all = topics.add(users: 400, ["ubuntu": 180, "linux": 160, "kernel": 150, "boot": 20, "sound": 20])
    let one = topics.add(under: all, users: 100, ["ubuntu": 90, "linux": 80, "kernel": 75, "boot": 20])
    let other = topics.add(under: all, users: 110, ["ubuntu": 90, "linux": 80, "kernel": 75, "sound": 20])
    topics.add(under: all, users: 190, [:])
    let labels = try topics.labels()
    #expect(labels[all] == ["ubuntu", "linux", "kernel"])
    #expect(labels[one] == ["ubuntu", "linux", "kernel", "boot"])
    #expect(labels[other] == ["ubuntu", "linux", "kernel", "sound"])
  }

  /// Under the root the larger of two like topics keeps its label. The root is not called by its terms.
  @Test func theLargerOfTwoLikeTopicsKeepsItsLabel() throws {
    var topics = Topics(users: 1000, ["ubuntu": 180, "linux": 160, "kernel": 150, "boot": 20, "sound": 20])
    let small = topics.add(users: 100, ["ubuntu": 90, "linux": 80, "kernel": 75, "boot": 20])
    let large = topics.add(users: 110, ["ubuntu": 90, "linux": 80, "kernel": 75, "sound": 20])
    let labels = try topics.labels()
    #expect(labels[large] == ["ubuntu", "linux", "kernel"])
    #expect(labels[small] == ["ubuntu", "linux", "kernel", "boot"])
  }

  @Test func aChildDoesNotSayJustWhatItsParentSays() throws {
    var topics = Topics(users: 1000, ["movie": 200, "watch": 150, "subtitles": 100, "comedy": 50])
    let all = topics.add(users: 220, ["movie": 200, "watch": 150, "subtitles": 100, "comedy": 50])
    let most = topics.add(
      under: all, users: 150, ["movie": 145, "watch": 120, "subtitles": 95, "comedy": 45])
    topics.add(under: all, users: 70, ["movie": 50, "watch": 28])
    let labels = try topics.labels()
    #expect(Set(labels[all]) != Set(labels[most]))
  }

  /// Nothing can be added to "hibernate · mapping", so one of the two goes.
  @Test func aLabelIsShortenedWhereNothingCanBeAdded() throws {
    var topics = Topics(users: 5000, ["hibernate": 380, "mapping": 80])
    let all = topics.add(users: 375, ["hibernate": 370, "mapping": 80])
    topics.add(under: all, users: 290, ["hibernate": 288])
    let mapping = topics.add(under: all, users: 85, ["hibernate": 65, "mapping": 75])
    let labels = try topics.labels()
    #expect(labels[all] == ["hibernate", "mapping"] && labels[mapping] == ["mapping"])
  }

  /// What its siblings say as much still says more of a topic than nothing.
  @Test func aTopicWithoutWordsOfItsOwnTakesThoseOfItsPlace() throws {
    var topics = Topics(users: 1000, ["flight": 200, "weather": 300])
    let flights = topics.add(users: 200, ["flight": 180, "weather": 50])
    let one = topics.add(under: flights, users: 100, ["flight": 90, "weather": 25])
    topics.add(under: flights, users: 100, ["flight": 90, "weather": 25])
    #expect(try topics.labels()[one] == ["flight"])
  }

  /// 500 of 545 wrote "visual studio" as in the whole of it; 30 wrote "projects".
  @Test func whatMostWroteComesBeforeWhatFewDid() throws {
    var topics = Topics(users: 5000, ["visual studio": 700, "projects": 32, "solution": 90])
    let all = topics.add(users: 725, ["visual studio": 680, "projects": 31, "solution": 85])
    let most = topics.add(under: all, users: 545, ["visual studio": 505, "projects": 30])
    topics.add(under: all, users: 180, ["visual studio": 175, "solution": 85])
    #expect(try topics.labels()[most] == ["visual studio", "projects"])
  }

  @Test func withoutGatedTermsThereIsNoLabel() throws {
    var topics = Topics(users: 1000, ["kiln": 50])
    let topic = topics.add(users: 100, [:])
    let described = try topics.described()[topic]
    #expect(described.label.isEmpty && described.terms.isEmpty)
  }

  @Test func labelsAreShort() throws {
    let long = ["internationalisation", "telecommunications", "responsibilities"]
    var topics = Topics(users: 1000, Dictionary(uniqueKeysWithValues: long.map { ($0, 90) }))
    let topic = topics.add(users: 100, Dictionary(uniqueKeysWithValues: long.map { ($0, 80) }))
    #expect(try topics.labels()[topic].joined().count <= 36)
    #expect(try topics.terms()[topic].count == 3)
  }

  /// Random trees: only terms gated in the very node, none twice, the label first, the same again.
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func answersAreGatedTermsOfTheNode(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let syllables = ["ka", "lo", "mi", "ru", "ten", "sa", "vor", "pel"]
    func word() -> String { (0..<2 + random.below(2)).map { _ in syllables[random.below(8)] }.joined() }
    let words = Array(Set((0..<30).map { _ in word() })).sorted()
    let phrases = (0..<10).map { _ in
      "\(words[random.below(words.count)]) \(words[random.below(words.count)])"
    }
    let spellings = Set(words + phrases)
    var counts = [Dictionary(uniqueKeysWithValues: spellings.sorted().map { ($0, 50 + random.below(400)) })]
    var users = [1000]
    var topics = Topics(users: 1000, counts[0])
    for _ in 0..<12 {
      let parent = random.below(counts.count)
      users.append(max(25, users[parent] / (2 + random.below(3))))
      let own = counts[parent].sorted { $0.key < $1.key }.compactMap { term, parentUsers in
        random.below(3) == 0
          ? nil : (term, min(users[users.count - 1], parentUsers * (1 + random.below(10)) / 10))
      }.filter { $0.1 >= 10 }
      counts.append(Dictionary(uniqueKeysWithValues: own))
      topics.add(under: parent, users: users[users.count - 1], counts[counts.count - 1])
    }
    let described = try topics.described()
    for (node, description) in zip(topics.nodes, described) {
      let gated = Set(node.terms.map(\.term))
      #expect(gated.isSuperset(of: description.terms))
      #expect(Set(description.terms).count == description.terms.count && description.terms.count <= 12)
      #expect(Array(description.terms.prefix(description.label.count)) == description.label)
      #expect(description.label.count <= 4)
    }
    #expect(try topics.described() == described)
  }
}
