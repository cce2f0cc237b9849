internal import ThrongCore

/// Writes conversations and their truth, one after another, into two buffers.
///
/// Two generators work on a conversation. `shape` picks its sub-topic, turns, sentences and words; `noise`
/// its user, names, numbers, identities and slips of the finger. Near-duplicates share a `shape`: the same
/// text with other names, pasted by somebody else.
struct Composer {
  /// JSON Lines written so far.
  var log: [UInt8] = []
  var truth: [UInt8] = []

  let plan: Plan
  let grammar: Grammar
  let writesTruth: Bool
  var shape = RandomSource(seed: 0)
  var noise = RandomSource(seed: 0)

  /// Choices that hold for the conversation, valid where the stamp is the conversation's.
  var stamp = 0
  var listStamps: [Int]
  var listChoices: [Int]
  /// The last alternative drawn from a list.
  var drawnStamps: [Int]
  var drawn: [Int]
  var inventionStamps = [Int](repeating: 0, count: Invention.allCases.count)
  var inventionSeeds = [UInt64](repeating: 0, count: Invention.allCases.count)

  var style = Style.careful
  var isUser = false
  /// Small talk draws from the noise, so that it does not disturb the shape.
  var isTalk = false
  var isVerbatim = false
  var language = Language.english
  var messageStart = 0
  var canary: Int?

  /// How a user types.
  struct Style {
    var isLowercase: Bool
    /// Leaves out the last full stop of a message.
    var isBare: Bool
    /// Slips in 10,000 bytes.
    var slips: Int

    static let careful = Style(isLowercase: false, isBare: false, slips: 0)

    /// A user keeps a style.
    init(user: UInt64) {
      isLowercase = user % 100 < 18
      isBare = user / 100 % 100 < 30
      let care = user / 10_000 % 100
      slips = care < 60 ? 0 : care < 88 ? 15 : 60
    }

    private init(isLowercase: Bool, isBare: Bool, slips: Int) {
      self.isLowercase = isLowercase
      self.isBare = isBare
      self.slips = slips
    }
  }

  /// Sentences that the conversation already holds, a bit for each.
  struct Used {
    var ask = UInt64(0)
    var say = UInt64(0)
    var shared = UInt64(0)
    var next = UInt64(0)
    var tell = UInt64(0)
  }

  private static let shapes = UInt64(1) << 61
  private static let groups = UInt64(1) << 62

  init(plan: Plan, writesTruth: Bool) {
    self.plan = plan
    grammar = plan.grammar
    self.writesTruth = writesTruth
    listStamps = [Int](repeating: 0, count: grammar.lists.count)
    listChoices = listStamps
    drawnStamps = listStamps
    drawn = listStamps
  }

  mutating func reserve(_ conversations: Int) {
    log.reserveCapacity(conversations * 1400)
    if writesTruth { truth.reserveCapacity(conversations * 160) }
  }

  /// Appends the conversation at `position`: a function of the plan and the position. O(its length).
  mutating func compose(_ position: Int) {
    stamp += 1
    let seed = plan.parameters.seed
    noise = RandomSource(seed: seed, stream: UInt64(position))
    let plant = plan.plant(at: position)
    var group: Int?
    if plant == nil, noise.uniform() < plan.parameters.nearDuplicateShare {
      group = noise.below(plan.nearDuplicateGroups)
    }
    shape = RandomSource(
      seed: seed, stream: group.map { Self.groups | UInt64($0) } ?? Self.shapes | UInt64(position))
    var affective: (subtopic: Int, kind: Int?, next: Int?)?
    if let mix = plan.parameters.affective, plant == nil, group == nil { affective = drawAffective(mix) }
    let number = plant?.subtopic ?? affective?.subtopic ?? plan.drawSubtopic(&shape)
    let subtopic = grammar.subtopics[number]
    let rank = plant?.user ?? plan.drawUser(of: subtopic, &noise)
    let user = plan.userID(rank, of: subtopic.language)
    style = Style(user: user)
    language = subtopic.language
    canary = plant?.canary

    head(position: position, user: user, language: subtopic.language)
    var planted: AffectiveTruth?
    var identities = 0
    if let affective {
      // A slip of the finger would make another word of what is planted.
      style.slips = 0
      planted = affectiveMessages(
        subtopic, kind: affective.kind, next: affective.next, mix: plan.parameters.affective!)
    } else {
      identities = messages(subtopic, isDuplicate: group != nil)
    }
    Identity.append("]}\n", to: &log)
    if writesTruth {
      describe(
        position: position, subtopic: subtopic, group: group, identities: identities, affective: planted)
    }
  }

  private mutating func head(position: Int, user: UInt64, language: Language) {
    Identity.append("{\"id\":\"", to: &log)
    Plan.append(id: plan.conversationID(position), prefix: UInt8(ascii: "c"), to: &log)
    Identity.append("\",\"user\":\"", to: &log)
    Plan.append(id: user, prefix: UInt8(ascii: "u"), to: &log)
    Identity.append("\",\"created_at\":\"", to: &log)
    let share = (Double(position) + noise.uniform()) / Double(plan.parameters.conversations)
    plan.calendar.append(plan.calendar.second(at: share), to: &log)
    Identity.append("\",\"plan\":\"", to: &log)
    let purse = user >> 32 % 100
    Identity.append(purse < 55 ? "free" : purse < 86 ? "pro" : "team", to: &log)
    Identity.append("\",\"language\":\"", to: &log)
    log.append(contentsOf: language.code.utf8)
    Identity.append("\",\"messages\":[", to: &log)
  }

  // MARK: Messages

  /// Writes the messages; answers with the classes of identities in them as a bit mask.
  private mutating func messages(_ subtopic: Grammar.Subtopic, isDuplicate: Bool) -> Int {
    let talk = grammar.talks[subtopic.language.rawValue]
    let dice = shape.below(100)
    let turns = dice < 28 ? 1 : dice < 62 ? 2 : dice < 81 ? 3 : dice < 91 ? 4 : dice < 97 ? 5 : 6
    let endsInThanks = turns > 1 && shape.below(100) < 45
    let endsUnanswered = turns > 1 && shape.below(100) < 7
    var used = Used()
    var identities = 0
    var answer: Int?
    for turn in 0..<turns {
      let isLast = turn == turns - 1
      var drift: Grammar.Subtopic?
      begin(user: true, isFirst: turn == 0)
      if turn == 0 {
        (identities, answer) = opening(subtopic, talk, isDuplicate: isDuplicate, used: &used)
      } else if isLast, endsInThanks {
        sentence(talk.thanks)
      } else if shape.below(100) < 5 {
        drift = neighbour(of: subtopic)
        var none = UInt64(0)
        answer = sentence(drift!.ask, used: &none)
      } else {
        if noise.below(100) < 22 { sentence(talk.okay) }
        answer = sentence(subtopic.next, used: &used.next)
        if shape.below(100) < 40 { sentence(subtopic.say, used: &used.say) }
        if let list = subtopic.shared, shape.below(100) < 20 { sentence(list, used: &used.shared) }
        if turn == 1, canary != nil, let list = talk.canary { sentence(list) }
      }
      end()
      if isLast, endsUnanswered { break }
      begin(user: false, isFirst: false)
      if isLast, endsInThanks {
        sentence(talk.welcome)
      } else {
        if shape.below(100) < 22 { sentence(talk.sure) }
        if let drift {
          var none = UInt64(0)
          reply(answer, drift.tell, used: &none)
        } else {
          reply(answer, subtopic.tell, used: &used.tell)
        }
      }
      end()
    }
    return identities
  }

  /// Where a conversation strays to: another sub-topic that takes a share, in the same language if one of 8
  /// tries finds it.
  private mutating func neighbour(of subtopic: Grammar.Subtopic) -> Grammar.Subtopic {
    for _ in 0..<8 {
      let other = grammar.subtopics[plan.drawSubtopic(&shape)]
      if other.language == subtopic.language { return other }
    }
    return subtopic
  }

  /// The sentence that answers, unless it was said before, and perhaps another.
  mutating func reply(_ answer: Int?, _ tell: Int, used: inout UInt64) {
    var wanted = 1 + shape.below(2)
    if let answer, used & 1 << UInt64(answer) == 0 {
      used |= 1 << UInt64(answer)
      sentence(alternative: grammar.lists[tell].lowerBound + answer)
      wanted -= 1
    }
    for _ in 0..<wanted { sentence(tell, used: &used) }
  }

  /// The first message: greeting, request, circumstances, identities. Answers with the classes of identities
  /// and with the sentence that answers the request.
  private mutating func opening(
    _ subtopic: Grammar.Subtopic, _ talk: Grammar.Talk, isDuplicate: Bool, used: inout Used
  ) -> (identities: Int, answer: Int?) {
    var answer: Int?
    if noise.below(100) < 28 { sentence(talk.hello) }
    let tellsFirst = shape.below(100) < 25
    if !tellsFirst { answer = sentence(subtopic.ask, used: &used.ask) }
    for _ in 0..<1 + shape.below(4) {
      let before = log.count
      if noise.below(100) < 12 { sentence(talk.lead) }
      sentence(subtopic.say, used: &used.say)
      // Whoever passes a text on leaves something out.
      if isDuplicate, log.count > before, before > messageStart, noise.below(100) < 12 {
        log.removeSubrange(before...)
      }
    }
    if let list = subtopic.shared, shape.below(100) < 75 { sentence(list, used: &used.shared) }
    if tellsFirst || shape.below(100) < 14 { answer = sentence(subtopic.ask, used: &used.ask) }
    if noise.below(100) < 16 { sentence(talk.aside) }
    if canary != nil, let list = talk.canary { sentence(list) }
    guard noise.below(100) < (subtopic.isService ? 26 : 5) else { return (0, answer) }
    let weights = subtopic.isService ? IdentityClass.serviceWeights : IdentityClass.casualWeights
    var classes = 0
    for _ in 0..<(noise.below(100) < 18 ? 2 : 1) {
      classes |= 1 << IdentityClass.draw(weights, &noise).rawValue
    }
    for kind in IdentityClass.allCases where classes & 1 << kind.rawValue != 0 {
      sentence(talk.identities[kind.rawValue])
    }
    return (classes, answer)
  }

  mutating func begin(user: Bool, isFirst: Bool) {
    isUser = user
    if !isFirst { log.append(UInt8(ascii: ",")) }
    Identity.append(
      user ? "{\"role\":\"user\",\"content\":\"" : "{\"role\":\"assistant\",\"content\":\"", to: &log)
    messageStart = log.count
    isVerbatim = false
  }

  mutating func end() {
    if isUser, style.isBare, log.last == UInt8(ascii: ".") { log.removeLast() }
    Identity.append("\"}", to: &log)
  }
}
