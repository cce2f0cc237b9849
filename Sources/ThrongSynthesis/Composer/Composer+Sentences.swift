internal import ThrongCore

extension Composer {
  /// A sentence that the conversation does not hold yet, where there is one left among 8 tries. Answers with
  /// the number of its answer.
  @discardableResult
  mutating func sentence(_ list: Int, used: inout UInt64) -> Int? {
    let choices = grammar.lists[list]
    var choice = shape.below(choices.count)
    for _ in 0..<8 where used & 1 << UInt64(choice & 63) != 0 { choice = shape.below(choices.count) }
    // Nobody says the same thing twice in a row.
    if used & 1 << UInt64(choice & 63) != 0, log.count > messageStart { return nil }
    used |= 1 << UInt64(choice & 63)
    sentence(alternative: choices.lowerBound + choice)
    return grammar.alternatives[choices.lowerBound + choice].answer
  }

  /// Small talk, which is drawn from the noise.
  mutating func sentence(_ list: Int) {
    isTalk = true
    sentence(alternative: draw(list))
    isTalk = false
  }

  /// An alternative of a list, not the same as the last time in this conversation where it has others.
  private mutating func draw(_ list: Int) -> Int {
    let choices = grammar.lists[list]
    var choice = isTalk ? noise.below(choices.count) : shape.below(choices.count)
    if drawnStamps[list] == stamp, drawn[list] == choice { choice = (choice + 1) % choices.count }
    if !isTalk {
      drawnStamps[list] = stamp
      drawn[list] = choice
    }
    return choices.lowerBound + choice
  }

  mutating func sentence(alternative: Int) {
    let wasVerbatim = isVerbatim
    isVerbatim = grammar.alternatives[alternative].isVerbatim
    if log.count > messageStart {
      if isVerbatim || wasVerbatim {
        Identity.append("\\n", to: &log)
      } else if language.isSpaced {
        log.append(UInt8(ascii: " "))
      }
    }
    let start = log.count
    emit(alternative)
    if !isVerbatim, !(isUser && style.isLowercase), start < log.count, (0x61...0x7A).contains(log[start]) {
      log[start] -= 0x20
    }
  }

  private mutating func emit(_ alternative: Int) {
    for at in grammar.alternatives[alternative].pieces {
      let piece = grammar.pieces[at]
      let start = log.count
      defer { if piece.kind != .literal { mendArticle(before: start) } }
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
    guard isUser, !isVerbatim else { return }
    if style.isLowercase {
      for at in start..<log.count where (0x41...0x5A).contains(log[at]) { log[at] += 0x20 }
    }
    if style.slips > 0, noise.below(10_000) < style.slips * count { slip(in: start..<log.count) }
  }

  /// Turns `a electrician` into `an electrician`.
  private mutating func mendArticle(before start: Int) {
    guard language == .english, start < log.count, start - messageStart >= 2 else { return }
    let follows = log[start] | 0x20
    guard follows == 0x61 || follows == 0x65 || follows == 0x69 || follows == 0x6F,
      log[start - 1] == 0x20, log[start - 2] | 0x20 == 0x61,
      start - messageStart == 2 || log[start - 3] == 0x20
    else { return }
    log.insert(UInt8(ascii: "n"), at: start - 1)
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
}
