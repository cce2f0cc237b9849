/// A user's conversations cut into sessions: one that begins more than a gap after the one before it begins a new session.
///
/// A conversation has one time stamp, that of its beginning, so a gap is from beginning to beginning.
enum Sessions {
  /// For each conversation the number of its user's sessions up to it and its place in its session, both from 1; zeros where
  /// it has no time. O(conversations · log conversations).
  static func cut(_ corpus: CorpusFacts, gap: Int) -> [(session: Int, place: Int)] {
    var cut = [(session: Int, place: Int)](repeating: (0, 0), count: corpus.users.count)
    let order = corpus.users.indices.filter { corpus.times[$0] != .min }.sorted {
      (corpus.users[$0], corpus.times[$0], $0) < (corpus.users[$1], corpus.times[$1], $1)
    }
    for (at, record) in order.enumerated() {
      guard at > 0, case let before = order[at - 1], corpus.users[before] == corpus.users[record] else {
        cut[record] = (1, 1)
        continue
      }
      let isNew = corpus.times[record] - corpus.times[before] > Int64(gap)
      cut[record] = isNew ? (cut[before].session + 1, 1) : (cut[before].session, cut[before].place + 1)
    }
    return cut
  }
}

/// How many sessions its user has had up to a conversation: whether people come back.
struct SessionFacet: CorpusFacet {
  let gap: Int
  let name = ".session"
  let summary = "sessions of the user up to this one, parted by --session-gap"
  let kind = FacetKind.number
  let needs = CorpusNeeds.times

  private static let buckets = Buckets(starts: [1, 2, 3, 4, 6, 11, 21])

  func values(of corpus: CorpusFacts) -> [FacetValue] {
    Sessions.cut(corpus, gap: gap).map {
      $0.session == 0
        ? .none : FacetValue(level: Self.buckets.bucket(of: $0.session), number: Float($0.session))
    }
  }

  func title(of level: Int32) -> String { Self.buckets.title(of: level) }
}

/// The place of a conversation in its session.
struct SessionPositionFacet: CorpusFacet {
  let gap: Int
  let name = ".session-position"
  let summary = "place in the user's session"
  let kind = FacetKind.number
  let needs = CorpusNeeds.times

  private static let buckets = Buckets(starts: [1, 2, 3, 4, 6, 11])

  func values(of corpus: CorpusFacts) -> [FacetValue] {
    Sessions.cut(corpus, gap: gap).map {
      $0.place == 0 ? .none : FacetValue(level: Self.buckets.bucket(of: $0.place), number: Float($0.place))
    }
  }

  func title(of level: Int32) -> String { Self.buckets.title(of: level) }
}

/// Whether another conversation holds nearly the same words: see `Features.copies`.
struct CopyFacet: CorpusFacet {
  let name = ".copy"
  let summary = "whether it is a near-copy of another conversation"
  let kind = FacetKind.flag
  let needs = CorpusNeeds.copies

  func values(of corpus: CorpusFacts) -> [FacetValue] {
    var sizes = [UInt32](repeating: 0, count: corpus.copies.count)
    for group in corpus.copies { sizes[Int(group)] += 1 }
    return corpus.copies.map { FacetValue(level: sizes[Int($0)] > 1 ? 1 : 0) }
  }

  func title(of level: Int32) -> String { level == 1 ? "near-copy" : "single" }
}
