internal import ThrongCore

/// Writes conversations and their truth, one after another, into two buffers.
///
/// Two generators work on a conversation. `shape` picks its sub-topic, turns, sentences and words; `noise`
/// its user, names, numbers, identities and slips of the finger. Near-duplicates share a `shape`: the same
/// text with other names, pasted by somebody else.
struct Composer {
  /// JSON Lines written so far.
  private(set) var log: [UInt8] = []
  private(set) var truth: [UInt8] = []

  private let plan: Plan
  private let grammar: Grammar
  private let writesTruth: Bool
  private var shape = RandomSource(seed: 0)
  private var noise = RandomSource(seed: 0)

  /// Choices that hold for the conversation, valid where the stamp is the conversation's.
  private var stamp = 0
  private var listStamps: [Int]
  private var listChoices: [Int]
  private var inventionStamps = [Int](repeating: 0, count: Invention.allCases.count)
  private var inventionSeeds = [UInt64](repeating: 0, count: Invention.allCases.count)

  private var style = Style.careful
  private var isUser = false
  /// Small talk draws from the noise, so that it does not disturb the shape.
  private var isTalk = false
  private var isSpaced = true
  private var messageStart = 0
  private var canary: Int?

  /// How a user types.
  private struct Style {
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

  private static let shapes = UInt64(1) << 61
  private static let groups = UInt64(1) << 62

  init(plan: Plan, writesTruth: Bool) {
    self.plan = plan
    grammar = plan.grammar
    self.writesTruth = writesTruth
    listStamps = [Int](repeating: 0, count: grammar.lists.count)
    listChoices = listStamps
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
    let number = plant?.subtopic ?? plan.drawSubtopic(&shape)
    let subtopic = grammar.subtopics[number]
    let rank = plant?.user ?? plan.drawUser(of: subtopic, &noise)
    let user = plan.userID(rank, of: subtopic.language)
    style = Style(user: user)
    isSpaced = subtopic.language.isSpaced
    canary = plant?.canary

    head(position: position, user: user, language: subtopic.language)
    let identities = messages(subtopic, isDuplicate: group != nil)
    Identity.append("]}\n", to: &log)
    if writesTruth {
      describe(position: position, subtopic: subtopic, group: group, identities: identities)
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
    var used = (ask: UInt64(0), say: UInt64(0), next: UInt64(0), tell: UInt64(0))
    var identities = 0
    for turn in 0..<turns {
      let isLast = turn == turns - 1
      begin(user: true, isFirst: turn == 0)
      if turn == 0 {
        identities = opening(subtopic, talk, isDuplicate: isDuplicate, asked: &used.ask, said: &used.say)
      } else if isLast, endsInThanks {
        sentence(talk.thanks)
      } else {
        if noise.below(100) < 22 { sentence(talk.okay) }
        sentence(subtopic.next, used: &used.next)
        if shape.below(100) < 40 { sentence(subtopic.say, used: &used.say) }
        if turn == 1, canary != nil, let list = talk.canary { sentence(list) }
      }
      end()
      if isLast, endsUnanswered { break }
      begin(user: false, isFirst: false)
      if isLast, endsInThanks {
        sentence(talk.welcome)
      } else {
        if shape.below(100) < 22 { sentence(talk.sure) }
        for _ in 0..<1 + shape.below(2) { sentence(subtopic.tell, used: &used.tell) }
      }
      end()
    }
    return identities
  }

  /// The first message: greeting, request, circumstances, identities.
  private mutating func opening(
    _ subtopic: Grammar.Subtopic, _ talk: Grammar.Talk, isDuplicate: Bool, asked: inout UInt64,
    said: inout UInt64
  ) -> Int {
    if noise.below(100) < 28 { sentence(talk.hello) }
    let tellsFirst = shape.below(100) < 25
    if !tellsFirst { sentence(subtopic.ask, used: &asked) }
    for _ in 0..<1 + shape.below(3) {
      let before = log.count
      sentence(subtopic.say, used: &said)
      // Whoever passes a text on leaves something out.
      if isDuplicate, log.count > before, before > messageStart, noise.below(100) < 12 {
        log.removeSubrange(before...)
      }
    }
    if tellsFirst || shape.below(100) < 14 { sentence(subtopic.ask, used: &asked) }
    if canary != nil, let list = talk.canary { sentence(list) }
    guard noise.below(100) < (subtopic.isService ? 26 : 5) else { return 0 }
    let weights = subtopic.isService ? IdentityClass.serviceWeights : IdentityClass.casualWeights
    var classes = 0
    for _ in 0..<(noise.below(100) < 18 ? 2 : 1) {
      classes |= 1 << IdentityClass.draw(weights, &noise).rawValue
    }
    for kind in IdentityClass.allCases where classes & 1 << kind.rawValue != 0 {
      sentence(talk.identities[kind.rawValue])
    }
    return classes
  }

  private mutating func begin(user: Bool, isFirst: Bool) {
    isUser = user
    if !isFirst { log.append(UInt8(ascii: ",")) }
    Identity.append(
      user ? "{\"role\":\"user\",\"content\":\"" : "{\"role\":\"assistant\",\"content\":\"", to: &log)
    messageStart = log.count
  }

  private mutating func end() {
    if isUser, style.isBare, log.last == UInt8(ascii: ".") { log.removeLast() }
    Identity.append("\"}", to: &log)
  }

  // MARK: Sentences

  /// A sentence that the conversation does not hold yet, where there is one left among 8 tries.
  private mutating func sentence(_ list: Int, used: inout UInt64) {
    let choices = grammar.lists[list]
    var choice = shape.below(choices.count)
    for _ in 0..<8 where used & 1 << UInt64(choice & 63) != 0 { choice = shape.below(choices.count) }
    used |= 1 << UInt64(choice & 63)
    sentence(alternative: choices.lowerBound + choice)
  }

  /// Small talk, which is drawn from the noise.
  private mutating func sentence(_ list: Int) {
    isTalk = true
    sentence(alternative: draw(list))
    isTalk = false
  }

  /// An alternative of a list.
  private mutating func draw(_ list: Int) -> Int {
    let choices = grammar.lists[list]
    return choices.lowerBound + (isTalk ? noise.below(choices.count) : shape.below(choices.count))
  }

  private mutating func sentence(alternative: Int) {
    if isSpaced, log.count > messageStart { log.append(UInt8(ascii: " ")) }
    let start = log.count
    emit(alternative)
    if !(isUser && style.isLowercase), start < log.count, (0x61...0x7A).contains(log[start]) {
      log[start] -= 0x20
    }
  }

  private mutating func emit(_ alternative: Int) {
    for at in grammar.alternatives[alternative] {
      let piece = grammar.pieces[at]
      switch piece.kind {
      case .literal:
        literal(piece.first, piece.count)
      case .list:
        emit(draw(piece.first))
      case .fixedList:
        if listStamps[piece.first] != stamp {
          listStamps[piece.first] = stamp
          listChoices[piece.first] = draw(piece.first)
        }
        emit(listChoices[piece.first])
      case .invention:
        var random = noise
        invent(Invention(rawValue: UInt8(piece.first))!, &random)
        noise = random
      case .fixedInvention:
        if inventionStamps[piece.first] != stamp {
          inventionStamps[piece.first] = stamp
          inventionSeeds[piece.first] = noise.next()
        }
        var again = RandomSource(seed: inventionSeeds[piece.first])
        invent(Invention(rawValue: UInt8(piece.first))!, &again)
      }
    }
  }

  private mutating func literal(_ first: Int, _ count: Int) {
    let start = log.count
    log.append(contentsOf: grammar.bytes[first..<first + count])
    guard isUser else { return }
    if style.isLowercase {
      for at in start..<log.count where (0x41...0x5A).contains(log[at]) { log[at] += 0x20 }
    }
    if style.slips > 0, noise.below(10_000) < style.slips * count { slip(in: start..<log.count) }
  }

  /// Swaps, drops or doubles a letter inside a word. Never touches an escape, whose first byte is no letter.
  private mutating func slip(in range: Range<Int>) {
    guard range.count >= 5 else { return }
    let at = range.lowerBound + 1 + noise.below(range.count - 2)
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    guard isLetter(log[at - 1]), isLetter(log[at]), isLetter(log[at + 1]) else { return }
    switch noise.below(3) {
    case 0: log.swapAt(at, at + 1)
    case 1: log.remove(at: at)
    default: log.insert(log[at], at: at)
    }
  }

  private mutating func invent(_ kind: Invention, _ random: inout RandomSource) {
    switch kind {
    case .product, .place, .surname, .company, .han:
      Spelling.append(Invention.rank(&random), of: kind, capitalised: kind != .han, to: &log)
    case .identifier:
      log.append(UInt8(ascii: "_"))
      Spelling.append(Invention.rank(&random), of: kind, capitalised: false, to: &log)
    case .order:
      log.append(0x41 + UInt8(random.below(26)))
      log.append(0x41 + UInt8(random.below(26)))
      log.append(UInt8(ascii: "-"))
      Identity.digits(6, &random, to: &log)
    case .units: Identity.decimal(2 + random.below(8), to: &log)
    case .tens: Identity.decimal(10 + random.below(80), to: &log)
    case .amount:
      Identity.decimal(4 + random.below(180), to: &log)
      log.append(UInt8(ascii: "."))
      Identity.digits(1, &random, to: &log)
      log.append(0x30)
    case .email: Identity.email(&random, to: &log)
    case .phone: Identity.phone(&random, to: &log)
    case .card: Identity.card(&random, to: &log)
    case .iban: Identity.iban(&random, to: &log)
    case .ip: Identity.address(&random, to: &log)
    case .handle: Identity.handle(&random, to: &log)
    case .canary:
      if let canary { log.append(contentsOf: plan.canaries[canary].text) }
    }
  }

  // MARK: Truth

  private mutating func describe(
    position: Int, subtopic: Grammar.Subtopic, group: Int?, identities: Int
  ) {
    Identity.append("{\"id\":\"", to: &truth)
    Plan.append(id: plan.conversationID(position), prefix: UInt8(ascii: "c"), to: &truth)
    Identity.append("\",\"topic\":\"", to: &truth)
    truth.append(contentsOf: grammar.topics[subtopic.topic].id.utf8)
    Identity.append("\",\"subtopic\":\"", to: &truth)
    truth.append(contentsOf: subtopic.id.utf8)
    Identity.append("\",\"near_duplicate_of\":", to: &truth)
    if let group {
      Identity.append("\"g", to: &truth)
      Identity.decimal(group, to: &truth)
      Identity.append("\"", to: &truth)
    } else {
      Identity.append("null", to: &truth)
    }
    Identity.append(",\"pii\":[", to: &truth)
    var isFirst = true
    for kind in IdentityClass.allCases where identities & 1 << kind.rawValue != 0 {
      if !isFirst { truth.append(UInt8(ascii: ",")) }
      truth.append(UInt8(ascii: "\""))
      truth.append(contentsOf: kind.name.utf8)
      truth.append(UInt8(ascii: "\""))
      isFirst = false
    }
    Identity.append("],\"canaries\":[", to: &truth)
    if let canary {
      Identity.append("\"k", to: &truth)
      Identity.decimal(canary, to: &truth)
      Identity.append("\"", to: &truth)
    }
    Identity.append("]}\n", to: &truth)
  }
}
