internal import Synchronization
package import ThrongCore
package import ThrongFacets
package import ThrongIngest
package import ThrongText

/// Reads a log once, block by block: redact, tokenise, hash, forget the text.
package struct CorpusPreparation: Sendable {
  package var roles: Set<Role>
  package var text: TextSettings
  package var secret: Secret
  /// Every conversation counts as a user of its own.
  package var unitIsConversation = false
  /// Fewest users of a term before its spelling is kept; nil keeps no spelling at all.
  package var minimumTermUsers: Int?
  /// Whether the reader was asked for one extra field, which holds the label.
  package var readsLabels = false
  /// Labels whose conversations are left out.
  package var ignoredLabels: Set<String> = []

  /// Whether the conversations of a user are read, by a hash that is even over 64 bits; the others, and those of nobody,
  /// are screened out.
  package var isSampled: (@Sendable (UInt64) -> Bool)?

  /// What is counted in every topic. The reader must keep its fields, and no others.
  package var facets = FacetPlan.none

  /// The study whose screen decides what is kept, by ``facets``, which are then the study's; nil keeps all.
  package var study: StudyPlan?

  /// Places of the conversations that the screen of a larger study kept: no others are kept, nor looked at beyond what it
  /// takes to read them. nil: all are.
  package var candidates: Set<UInt64>?

  /// How many of the features memory may hold; nil: all.
  package var spill: SpillPlan?

  package init(roles: Set<Role>, text: TextSettings, secret: Secret) {
    self.roles = roles
    self.text = text
    self.secret = secret
  }

  /// What one block leaves behind.
  private struct Partial: Sendable {
    var features: FeatureBlock
    var users: [UInt64] = []
    var keys: [UInt64] = []
    var labels: [String] = []
    var facets: FacetBlock
    var times: ClosedRange<Int64>?
    var screenedOut = 0
    var trace = ScreenTrace()
    var seconds = 0.0
  }

  /// Reads everything `reader` holds.
  ///
  /// Books the wall time under `read` and `vectorise`, in proportion to what the workers spent on each.
  ///
  /// - Throws: `IngestFailure` when the input is unusable, `FacetFailure` when a facet is, ``Interrupted`` when
  ///   cancelled.
  package func prepare(
    _ reader: consuming ConversationReader, workers: Workers, progress: any ProgressReporter,
    clock: inout StageClock
  ) throws -> PreparedCorpus {
    let begun = ContinuousClock.now
    let userHasher = secret.hasher(for: "user")
    let recordHasher = secret.hasher(for: "record")
    let facetHasher = secret.hasher(for: "facet")
    let analyzers = TextAnalyzerPool(settings: text, secret: secret)
    var facets = FacetTable(self.facets)
    var times: ClosedRange<Int64>?
    var features = Features(spill)
    var table: TermTable? = nil
    if let minimumTermUsers { table = TermTable(minimumUsers: minimumTermUsers) }
    var users: [UInt32] = []
    var keys: [UInt64] = []
    var indexOfUser: [UInt64: UInt32] = [:]
    var userKeys: [UInt64] = []
    var labels: [Int32] = []
    var indexOfLabel: [String: Int32] = [:]
    var screenedOut = 0
    var trace = ScreenTrace()
    var analysisSeconds = 0.0
    let report = try reader.read(workers: workers, progress: progress) { block in
      try analyzers.withAnalyzer { analyzer in
        try analyse(
          block, with: analyzer, userHasher: userHasher, recordHasher: recordHasher,
          facetHasher: facetHasher)
      }
    } merge: { partial in
      let first = users.count
      for hash in partial.users {
        if unitIsConversation {
          users.append(UInt32(users.count))
        } else {
          let next = UInt32(indexOfUser.count)
          users.append(indexOfUser[hash, default: next])
          if users[users.count - 1] == next {
            indexOfUser[hash] = next
            userKeys.append(hash)
          }
        }
      }
      for label in partial.labels {
        let next = Int32(indexOfLabel.count)
        labels.append(indexOfLabel[label, default: next])
        if labels[labels.count - 1] == next { indexOfLabel[label] = next }
      }
      keys += partial.keys
      screenedOut += partial.screenedOut
      trace.append(partial.trace)
      analysisSeconds += partial.seconds
      try table?.merge(partial.features, users: Array(users[first...]), workers: workers)
      try features.append(partial.features)
      try facets.append(partial.facets)
      times = times.spanning(partial.times)
    }
    var copies: [UInt32]?
    try facets.complete(users: users) {
      copies = try features.copies(workers: workers)
      return copies!
    }
    var dictionary: TermDictionary?
    if let table = table.take() {
      dictionary = try table.dictionary(features: features, users: users, workers: workers)
    }
    let wall = StageClock.seconds(ContinuousClock.now - begun)
    let analysis = min(wall, analysisSeconds / Double(workers.threads))
    clock.book("read", wall - analysis)
    clock.book("vectorise", analysis)
    return PreparedCorpus(
      features: features, users: users,
      userCount: unitIsConversation ? users.count : indexOfUser.count, userKeys: userKeys, recordKeys: keys,
      labels: labels,
      labelCount: indexOfLabel.count, facets: facets, copies: copies, times: times, dictionary: dictionary,
      report: report,
      screenedOut: screenedOut, trace: study == nil ? nil : trace)
  }

  private func analyse(
    _ block: borrowing ConversationBlock, with analyzer: TextAnalyzer, userHasher: SipHash,
    recordHasher: SipHash, facetHasher: SipHash
  ) throws -> Partial {
    let begun = ContinuousClock.now
    var facetReader = try FacetReader(facets, hasher: facetHasher)
    var partial = Partial(features: analyzer.finish(), facets: facetReader.finish())
    let bytes = block.bytes.span
    var ids: [UInt64] = []
    for record in block.records {
      if let candidates, !candidates.contains(record.place) {
        partial.screenedOut += 1
        continue
      }
      if let isSampled {
        let key =
          unitIsConversation
          ? recordHasher.hash13(UInt64(record.source), UInt64(record.line))
          : record.user.map { userHasher.hash24(bytes.extracting($0)) }
        guard let key, isSampled(key) else {
          partial.screenedOut += 1
          continue
        }
      }
      var label = ""
      if readsLabels {
        if let field = record.fields[0] { label = String(decoding: block.bytes[field], as: UTF8.self) }
        if label.isEmpty || ignoredLabels.contains(label) {
          partial.screenedOut += 1
          continue
        }
      }
      let heard = block.messages[record.messages].contains { roles.contains($0.role) && !$0.text.isEmpty }
      guard heard else {
        partial.screenedOut += 1
        continue
      }
      var facts = ConversationFacts(humanMessages: 0, textBytes: 0, createdAt: record.createdAt)
      for message in block.messages[record.messages] {
        if message.role == .human { facts.humanMessages += 1 }
        if message.role == .assistant { facts.assistantMessages += 1 }
        facts.endedAt = message.time ?? facts.endedAt
        if facets.readsText { try facetReader.read(bytes.extracting(message.text), side: Side(message.role)) }
        if roles.contains(message.role) { facts.textBytes += message.text.count }
      }
      if !facets.isEmpty {
        try facetReader.add(fields: record.fields, in: bytes, facts: facts)
      }
      let user = record.user.map { userHasher.hash24(bytes.extracting($0)) } ?? 0
      if let study {
        // Where each conversation is a person of its own, its place stands for the person.
        let place = recordHasher.hash13(UInt64(record.source), UInt64(record.line))
        let isKept = partial.trace.add(
          StudyScreen(study).judge(facetReader), steps: study.study.steps.count,
          user: unitIsConversation ? place : user, record)
        if !isKept {
          facetReader.removeLast()
          partial.screenedOut += 1
          continue
        }
      }
      analyzer.begin()
      for message in block.messages[record.messages] where roles.contains(message.role) {
        try analyzer.append(bytes.extracting(message.text))
      }
      partial.times = partial.times.spanning(record.createdAt.map { $0...$0 })
      try analyzer.endDocument()
      partial.users.append(user)
      ids.append(record.id.map { recordHasher.hash24(bytes.extracting($0)) } ?? 0)
      if readsLabels { partial.labels.append(label) }
    }
    partial.features = analyzer.finish()
    partial.facets = facetReader.finish()
    // With the user in them, copies of one text by different people have different keys.
    partial.keys = partial.users.indices.map { i in
      recordHasher.hash13(
        recordHasher.hash13(partial.users[i], ids[i]), partial.features.contentHashes[i])
    }
    partial.seconds = StageClock.seconds(ContinuousClock.now - begun)
    return partial
  }
}
