internal import ThrongCore

/// Words of a bundle that come from no conversation, and those that are meant to.
struct Vocabulary: Sendable {
  /// Words of the fixed texts, of settings, ids and checksums, and of names and values of facets, which have an attack of
  /// their own.
  private(set) var exempt: Set<UInt64>
  /// Words of markup and of query languages, which are fixed in the files that are written in these, and nowhere else.
  private let code: (words: Set<UInt64>, parts: Set<UInt64>)
  private let codeFiles: Set<Int>
  /// Words of labels and terms.
  private(set) var data: Set<UInt64> = []
  /// Hashes of the digits of numbers that the release states.
  private(set) var numbers: Set<UInt64> = []
  /// Parts of exempt words and of words of labels, as ``parts(of:)`` gives them.
  private(set) var parts: Set<UInt64> = []

  static let partLengths = 6...24

  init(_ published: Published, files: BundleFiles) {
    exempt = HouseWords.hashes
    code = (Set(HouseWords.code.map { WordHash.of($0) }), Set(HouseWords.code.flatMap { Self.parts(of: $0) }))
    codeFiles = Set(files.files.indices.filter { HouseWords.isCode(files.files[$0].name) })
    for word in HouseWords.all { parts.formUnion(Self.parts(of: word)) }
    func excuse(_ text: String) {
      for (word, folded) in Array(text.utf8).words {
        exempt.insert(word.hash)
        parts.formUnion(Self.parts(of: folded))
      }
    }
    let json = published.json
    for member in json["run"]?.members ?? [] { if let text = member.value.text { excuse(text) } }
    for member in json["rules"]?.members ?? [] { if let text = member.value.text { excuse(text) } }
    excuse(published.releaseID)
    for digest in FixedTexts.digests { excuse(digest) }
    for file in files.files { excuse(Digest.hexadecimal(Digest.sha256(file.bytes))) }
    for cluster in published.clusters { excuse(cluster.id) }
    for facet in published.facets { excuse(facet.name) }
    // One id in two thousand has no letter in it.
    var numbers = Set(json.integers.map { String($0) } + published.clusters.map(\.id) + [published.releaseID])
    for text in ["created_at", "seed"].compactMap({ json["run"]?[$0]?.text }) { numbers.insert(text) }
    for value in Set(published.cells.map(\.value)).union(published.study.words)
      // Topics of somebody's list.
      .union((json["clusters"]?.elements ?? []).compactMap { $0["taxonomy_topic"]?.text })
    {
      excuse(value)
      numbers.insert(value)
    }
    // What tables state besides: when periods begin, how many rows there are, the id of the run that follows from the release's.
    for cell in published.cells {
      let facet = published.facets[cell.facet].name
      if let start = PublishedPeriods.start(of: cell.value, facet: facet) {
        numbers.formUnion([start.day, String(start.unix)])
      }
    }
    for file in files.files where KnownFile.table(file.name)?.isCSV == false {
      numbers.insert(String(file.bytes.count { $0 == 0x0A }))
    }
    let run = Companions.runID(of: published.releaseID)
    excuse(run)
    numbers.insert(run)
    for number in numbers { self.numbers.formUnion(Self.numbers(in: Array(number.utf8))) }
    for cluster in published.clusters {
      for text in [cluster.label] + cluster.terms {
        for (word, folded) in Array(text.utf8).words {
          data.insert(word.hash)
          parts.formUnion(Self.parts(of: folded))
        }
      }
    }
  }

  /// Whether a word is fixed in a file of the bundle.
  func isFixed(_ word: UInt64, file: Int) -> Bool {
    exempt.contains(word) || codeFiles.contains(file) && code.words.contains(word)
  }

  /// Whether a part of a word is one of a fixed word in a file of the bundle, or of a word of a label.
  func isFixed(part: UInt64, file: Int) -> Bool {
    parts.contains(part) || codeFiles.contains(file) && code.parts.contains(part)
  }

  /// Hashes of all parts of a word that are long enough to be told from chance.
  static func parts(of word: [UInt8]) -> [UInt64] {
    guard word.count >= partLengths.lowerBound else { return [] }
    var parts: [UInt64] = []
    for start in 0...word.count - partLengths.lowerBound {
      var hash = WordHash()
      for at in start..<min(word.count, start + partLengths.upperBound) {
        hash.absorb(word[at])
        if at - start + 1 >= partLengths.lowerBound { parts.append(hash.value) }
      }
    }
    return parts
  }

  /// The long numbers of a text.
  static func numbers(in bytes: [UInt8]) -> [UInt64] {
    var scanner = WordScanner(0..<bytes.count)
    var numbers: [UInt64] = []
    while let word = scanner.next(in: bytes.span) {
      guard word.isDigits, !LongNumber.continues(bytes.span, from: word.end, to: bytes.count) else {
        continue
      }
      numbers += LongNumber.ending(bytes.span, at: word.end, from: 0)
    }
    return numbers
  }
}
