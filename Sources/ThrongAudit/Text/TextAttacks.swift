internal import ThrongCore

/// Attack 4 (R8, R14): text of the log in the bundle.
///
/// **The attacker** knows something that somebody wrote, an id, an address, and looks for it in every byte of every
/// file: as it is, in names of files, behind escapes of JSON, Markdown and HTML, percent-encoded, in base64 at any
/// alignment, in hexadecimal, in UTF-16, in any case and compatibility form, in the free space of the database. The audit
/// does so for every string at once (see ``Needles``).
///
/// **Success**
/// - rare terms: a printed term that fewer people of the log than the stated threshold wrote in their own words, or a
///   printed value of a facet that fewer people have;
/// - canaries: any other string of four and more letters that fewer people than that, but somebody, wrote; also as part
///   of an unknown word from six letters on;
/// - runs: eight words of one text in a row, or sixteen characters of a script without spaces;
/// - identifiers: the id of a record or user, a mail address, or a number from seven digits on, unless all its words
///   are words that enough people use and not to call somebody.
///
/// Words of the fixed texts of a release are told by a list (``HouseWords``): "subtraction" in a report is nobody's secret
/// though only one person of a log wrote it.
///
/// One pass over the log; see ``LogScan``.
struct TextAttacks {
  private let files: BundleFiles
  private let published: Published
  private let fragments: [Fragment]
  private let vocabulary: Vocabulary
  private var needles = Needles()
  /// Needles of terms and values, of each the number of the cluster or cell that shows it first.
  private var terms: [(needle: Int32, place: String)] = []
  private var values: [(needle: Int32, field: Int)] = []
  /// Words of each identifier.
  private var identifierWords: [Int32: [UInt64]] = [:]
  private var partsLeft = 2_000_000
  private let threshold: Int

  static let attacks: [Attack] = [.rareTerms, .canaries, .runs, .identifiers]

  static func run(
    _ files: BundleFiles, _ published: Published, fragments: [Fragment], log: (some AuditLog)?,
    workers: Workers
  ) throws -> [Finding] {
    guard let log else {
      return attacks.map { .notTried($0, "it needs the log: --against INPUT") }
    }
    var attack = TextAttacks(files, published, fragments: fragments)
    attack.lookForTerms(fields: log.fields)
    for at in fragments.indices { attack.lookForText(at) }
    attack.needles.finish()
    try workers.cancellation.check()
    let scan = try LogScan(log, for: attack.needles, workers: workers)
    return [attack.rareTerms(scan), attack.canaries(scan), attack.runs(scan), attack.identifiers(scan)]
  }

  private init(_ files: BundleFiles, _ published: Published, fragments: [Fragment]) {
    self.files = files
    self.published = published
    self.fragments = fragments
    vocabulary = Vocabulary(published, files: files)
    threshold = max(2, published.rules.minimumTermUsers)
  }

  // MARK: - What to look for

  /// Labels that stand for no term.
  private static let plainLabels: Set<String> = ["All conversations", "No common term"]

  private mutating func lookForTerms(fields: [String]) {
    var seen: Set<String> = []
    for (at, cluster) in published.clusters.enumerated() {
      let label =
        Self.plainLabels.contains(cluster.label)
        ? [] : cluster.label.split(separator: " · ").map { String($0) }
      for term in label + cluster.terms where seen.insert(term).inserted {
        let words = Array(term.utf8).words.map(\.word)
        if let needle = needles.addTerm(words, at: .init(fragment: 0, offset: 0), limit: threshold) {
          terms.append((needle, "cluster \(at + 1) of release.json"))
        }
      }
    }
    for (field, name) in fields.enumerated() {
      guard let facet = published.facets.firstIndex(where: { $0.name == name }) else { continue }
      for value in published.values[facet] {
        needles.addValue(
          value, field: field, at: .init(fragment: 0, offset: 0), limit: published.rules.minimumFacetUsers)
        values.append((Int32(needles.needles.count - 1), field))
      }
    }
  }

  private mutating func lookForText(_ fragment: Int) {
    let bytes = fragments[fragment].bytes
    var scanner = WordScanner(0..<bytes.count)
    // The words of the line so far.
    var line: [Word] = []
    while let word = scanner.next(in: bytes.span, keepsFolded: true) {
      if let last = line.last, bytes[last.end..<word.start].contains(where: { $0 < 0x20 }) {
        lookForSequences(line, in: fragment)
        line.removeAll(keepingCapacity: true)
      }
      line.append(word)
      needles.know(word.hash)
      lookForWord(word, folded: scanner.folded, in: fragment)
      lookForRuns(line, in: fragment)
      if word.isDigits, !LongNumber.continues(bytes.span, from: word.end, to: bytes.count) {
        for number in LongNumber.ending(bytes.span, at: word.end, from: 0)
        where !vocabulary.numbers.contains(number) {
          needles.addNumber(number, at: .init(fragment: fragment, offset: word.start), limit: threshold)
        }
      }
    }
    lookForSequences(line, in: fragment)
  }

  private func isExempt(_ word: Word, _ fragment: Int) -> Bool {
    vocabulary.isFixed(word.hash, file: fragments[fragment].file)
  }

  private mutating func lookForWord(_ word: Word, folded: [UInt8], in fragment: Int) {
    guard !word.isUnspaced, !word.isDigits, word.length >= 4, !isExempt(word, fragment) else { return }
    let place = Needles.Place(fragment: fragment, offset: word.start)
    let isNew = needles.entries[word.hash].word < 0
    needles.addWord(word.hash, at: place, limit: threshold)
    guard isNew, !vocabulary.data.contains(word.hash) else { return }
    let file = fragments[fragment].file
    for part in Vocabulary.parts(of: folded)
    where part != word.hash && !vocabulary.isFixed(part: part, file: file) {
      guard partsLeft > 0 else { return }
      partsLeft -= 1
      needles.addPart(part, at: place, limit: threshold)
    }
  }

  /// Runs and identifiers that end with the last word of a line.
  private mutating func lookForRuns(_ line: [Word], in fragment: Int) {
    func isTelling(_ words: ArraySlice<Word>) -> Bool {
      words.contains { !isExempt($0, fragment) && (!$0.isDigits || $0.length >= Needles.shortestNumber) }
    }
    for count in 1...min(line.count, Needles.longestIdentifier) {
      let words = line.suffix(count)
      guard isTelling(words), words.reduce(0, { $0 + $1.length }) >= 6 else { continue }
      let place = Needles.Place(fragment: fragment, offset: words.first!.start)
      identifierWords[needles.addIdentifier(words, at: place, limit: 1)] = words.map(\.hash)
    }
    for count in [Needles.runLength, Needles.unspacedRunLength] where line.count >= count {
      let words = line.suffix(count)
      guard (count == Needles.runLength) == !words.contains(where: \.isUnspaced), isTelling(words) else {
        continue
      }
      needles.addRun(words, at: .init(fragment: fragment, offset: words.first!.start), limit: 1)
    }
  }

  /// Stretches of a script without spaces: they are cut where they are longer than a sequence may be.
  private mutating func lookForSequences(_ line: [Word], in fragment: Int) {
    var start = 0
    for at in 0...line.count {
      let continues = at < line.count && line[at].isUnspaced && (at == start || line[at].isGlued)
      if continues, at - start < Needles.longestSequence { continue }
      let words = line[start..<at]
      if words.count >= 2, !words.allSatisfy({ isExempt($0, fragment) }) {
        needles.addSequence(
          words, at: .init(fragment: fragment, offset: words.first!.start), limit: threshold)
      }
      start = at < line.count && line[at].isUnspaced ? at : at + 1
    }
  }

  // MARK: - Findings

  private func rareTerms(_ scan: LogScan) -> Finding {
    let rare = terms.filter { scan.users[Int($0.needle)] < threshold }
    let checked = values.filter { scan.hasField[$0.field] }
    let rareValues = checked.filter {
      // A value that no record has was computed, and cannot be counted here.
      (1..<max(1, published.rules.minimumFacetUsers)).contains(scan.users[Int($0.needle)])
    }
    var lines = rare.prefix(10).map { term in
      "a term, first shown in \(term.place), was written by \(scan.users[Int(term.needle)]) people of the log, fewer "
        + "than \(threshold)"
    }
    if !rareValues.isEmpty {
      lines.append(
        "\(rareValues.count) printed values of facets have fewer than \(published.rules.minimumFacetUsers) users"
      )
    }
    return Finding(
      .rareTerms, rare.isEmpty && rareValues.isEmpty ? .withstood : .broken,
      success: Success(
        "terms and values of too few people", count: rare.count + rareValues.count,
        of: terms.count + checked.count),
      figures: [
        "terms": Double(terms.count), "rare_terms": Double(rare.count), "values": Double(checked.count),
        "rare_values": Double(rareValues.count), "threshold": Double(threshold),
        "records": Double(scan.records),
      ], lines: lines)
  }

  private func canaries(_ scan: LogScan) -> Finding {
    let found = needles.needles.indices.filter { at in
      let kind = needles.needles[at].kind
      return (kind == .word || kind == .sequence || kind == .part) && scan.users[at] > 0
        && scan.users[at] < threshold
    }
    let searched = needles.needles.count { $0.kind == .word || $0.kind == .sequence || $0.kind == .part }
    return Finding(
      .canaries, found.isEmpty ? .withstood : .broken,
      success: Success("strings of few people", count: found.count, of: searched),
      figures: ["threshold": Double(threshold), "parts_not_searched": partsLeft > 0 ? 0 : 1],
      lines: places(found, what: "strings"))
  }

  private func runs(_ scan: LogScan) -> Finding {
    let found = needles.needles.indices.filter { needles.needles[$0].kind == .run && scan.users[$0] > 0 }
    return Finding(
      .runs, found.isEmpty ? .withstood : .broken,
      success: Success(
        "runs of the log", count: found.count, of: needles.needles.count { $0.kind == .run }),
      lines: places(found, what: "runs of eight words"))
  }

  private func identifiers(_ scan: LogScan) -> Finding {
    var common = 0
    let found = needles.needles.indices.filter { at in
      switch needles.needles[at].kind {
      case .number: return scan.users[at] > 0 && scan.users[at] < threshold
      case .identifier where scan.users[at] > 0:
        let isOrdinary = (identifierWords[Int32(at)] ?? []).allSatisfy { isCommon($0, scan) }
        if isOrdinary { common += 1 }
        return !isOrdinary
      default: return false
      }
    }
    return Finding(
      .identifiers, found.isEmpty ? .withstood : .broken,
      success: Success("ids, addresses and long numbers", count: found.count),
      figures: ["ids_that_are_common_words": Double(common)],
      lines: places(found, what: "ids, addresses or numbers"))
  }

  /// Whether a word of an id is one that enough people write, and not mainly to call somebody by it.
  private func isCommon(_ word: UInt64, _ scan: LogScan) -> Bool {
    if vocabulary.exempt.contains(word) { return true }
    let entry = needles.entries[word]
    let known = [entry.word, entry.term].filter { $0 >= 0 }
    let users = known.map { scan.users[Int($0)] }.max() ?? 0
    let (all, calling) = scan.written[word] ?? (all: 0, calling: 0)
    return users >= threshold && 5 * calling < all
  }

  /// Where needles stand, gathered by file and encoding. No word of them.
  private func places(_ found: [Int], what: String) -> [String] {
    struct Place: Hashable {
      let file: Int
      let kind: Fragment.Kind
    }
    var offsets: [Place: [Int]] = [:]
    for at in found {
      let needle = needles.needles[at]
      let fragment = fragments[needle.fragment]
      offsets[Place(file: fragment.file, kind: fragment.kind), default: []].append(
        fragment.offset(needle.offset))
    }
    let lines = offsets.map { place, offsets in
      let shown = offsets.sorted().prefix(5).map { String($0) }.joined(separator: ", ")
      return
        "\(files.shownName(files.files[place.file].name)), \(place.kind.rawValue): \(offsets.count) \(what), "
        + "from byte \(shown)\(offsets.count > 5 ? ", …" : "")"
    }
    return Array(lines.sorted().prefix(20))
  }
}
