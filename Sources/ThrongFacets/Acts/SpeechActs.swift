/// Why an assistant does not do, or not simply do, what it was asked.
package enum PushbackReason: Int32, Sendable, CaseIterable {
  /// To do it could harm somebody.
  case safety
  /// A rule or a law is named, or what is right.
  case policy
  /// It is a program and cannot: see, remember, look up, act.
  case capability
  /// It sends the human to a doctor, lawyer, therapist or adviser.
  case professional
  /// It holds what was said for wrong or one-sided.
  case disagreement
  /// It asks back before it answers.
  case clarification
  /// It declines without a reason that could be told.
  case plain

  package var title: String {
    switch self {
    case .safety: "could do harm"
    case .policy: "against rules or law"
    case .capability: "not able to"
    case .professional: "matter for a professional"
    case .disagreement: "disagrees"
    case .clarification: "asks for clarification"
    case .plain: "declines"
    }
  }

  /// Labels of the grammar, in the order of the cases.
  package static let labels = [
    "safety", "policy", "capability", "professional", "disagreement", "clarification", "plain",
  ]
}

/// What was done with words in a conversation, in numbers of messages.
package struct SpeechActs: Sendable, Equatable {
  /// Messages of the assistant that push back, and those of each reason; a message may have several. A mere question is no
  /// pushback, for assistants ask what they need to know; it is counted among the reasons only.
  package internal(set) var pushbacks = 0
  package internal(set) var reasons = [Int](repeating: 0, count: PushbackReason.allCases.count)
  /// Messages of the human that ask again for what was asked before.
  package internal(set) var retries = 0
  /// Messages of the human that complain about an answer or lose patience.
  package internal(set) var frustrations = 0

  package init() {}

  /// The reason of the most messages that push back; of several the first of the cases, because these are the graver ones.
  /// Without pushback ``PushbackReason/clarification`` where the assistant asked back, else nil.
  package var reason: PushbackReason? {
    let question = PushbackReason.clarification
    let resisting = PushbackReason.allCases.filter { $0 != question && reasons[Int($0.rawValue)] > 0 }
    if resisting.isEmpty { return reasons[Int(question.rawValue)] > 0 ? question : nil }
    return resisting.max {
      (reasons[Int($0.rawValue)], $1.rawValue) < (reasons[Int($1.rawValue)], $0.rawValue)
    }
  }
}

/// Reads the acts of a conversation.
package struct ActReader {
  /// Sentences of a message in which pushback is looked for: it is said at once, and what stands further down of a
  /// letter or a story is not the assistant's own word.
  static let pushbackSentences = 4
  /// The same of complaints: in a long story of the human somebody else is meant.
  static let complaintSentences = 4

  private var pushback = PhraseMatcher(ActGrammars.pushback)
  private var complaint = PhraseMatcher(ActGrammars.complaint)
  private var acts = SpeechActs()
  /// Distinct words of the human message before, ascending.
  private var before: [UInt64] = []
  private var words: [UInt64] = []
  private var isFirst = true

  package init() {}

  /// The reasons for which an assistant's message pushes back.
  package mutating func reasons(_ scanner: borrowing WordScanner) -> [PushbackReason] {
    let bits = pushback.labels(of: scanner, sentences: Self.pushbackSentences)
    return PushbackReason.allCases.filter { bits >> UInt32(ActGrammars.bit(of: $0)) & 1 == 1 }
  }

  /// Whether a human's message asks again, and whether it complains, by its words alone.
  package mutating func complaints(_ scanner: borrowing WordScanner) -> (isRetry: Bool, isFrustrated: Bool) {
    let bits = complaint.labels(of: scanner, sentences: Self.complaintSentences)
    return (bits >> UInt32(ActGrammars.retry) & 1 == 1, bits >> UInt32(ActGrammars.frustration) & 1 == 1)
  }

  mutating func read(_ scanner: borrowing WordScanner, side: Side) {
    switch side {
    case .assistant:
      let reasons = reasons(scanner)
      if reasons.contains(where: { $0 != .clarification }) { acts.pushbacks += 1 }
      for reason in reasons { acts.reasons[Int(reason.rawValue)] += 1 }
    case .human:
      let (isRetry, isFrustrated) = complaints(scanner)
      // Nothing can be asked again at first, and "rewrite it" is then a task like any other.
      let isRepeated = repeats(scanner)
      if !isFirst, isRetry || isRepeated { acts.retries += 1 }
      if isFrustrated { acts.frustrations += 1 }
      isFirst = false
    case .other: break
    }
  }

  mutating func finish() -> SpeechActs {
    defer { (acts, isFirst) = (SpeechActs(), true) }
    before.removeAll(keepingCapacity: true)
    return acts
  }

  /// Whether a message says nearly the same as the human's message before it: four fifths of the words of both. Of at least four
  /// words, for "yes" after "yes" asks nothing again.
  private mutating func repeats(_ scanner: borrowing WordScanner) -> Bool {
    words.removeAll(keepingCapacity: true)
    let read = scanner.words.span
    for i in read.indices { words.append(read[i].hash) }
    words.sort()
    var count = 0
    for i in words.indices where i == 0 || words[i] != words[i - 1] {
      words[count] = words[i]
      count += 1
    }
    words.removeSubrange(count...)
    var (i, j, common) = (0, 0, 0)
    while i < words.count, j < before.count {
      if words[i] == before[j] { common += 1 }
      let (x, y) = (words[i], before[j])
      if x <= y { i += 1 }
      if y <= x { j += 1 }
    }
    let all = words.count + before.count - common
    let isRepeated = words.count >= 4 && 5 * common >= 4 * all
    swap(&before, &words)
    return isRepeated
  }
}
