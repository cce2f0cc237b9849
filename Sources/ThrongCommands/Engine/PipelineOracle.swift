internal import Foundation
internal import Throng
package import ThrongAudit
package import ThrongCore
package import ThrongIngest
package import ThrongPrivacy
internal import ThrongRelease
internal import ThrongText

/// The real road from a log to a bundle, for attacks that ask for reruns: a file in, the files of a bundle out.
package struct PipelineOracle: ReleaseOracle {
  package var policy: Policy
  /// Base clusters; nil plans them as a run does.
  package var clusters: Int?
  /// Less than all in attack tests only.
  package var defences = Defences.all
  package var seed: UInt64 = 1
  /// Whether every term that the gate lets through is shown: more than any labeller would.
  package var showsEveryTerm = false
  package let cancellation: Cancellation

  package init(policy: Policy, cancellation: Cancellation = Cancellation()) {
    self.policy = policy
    self.cancellation = cancellation
  }

  // Attacks run many trials side by side, so each run has one thread.
  private var workers: Workers { Workers(threads: 1, cancellation: cancellation) }

  package func release(_ records: [SimulatedRecord], secret: [UInt8]) throws -> SimulatedBundle? {
    try inFolder { folder in
      var clock = StageClock()
      let corpus = try prepare(records, secret: secret, in: folder, clock: &clock)
      var settings = ClusteringSettings()
      settings.clusters = clusters
      settings.seed = seed
      var pipeline = ReleasePipeline(settings: settings, policy: policy)
      pipeline.defences = defences
      pipeline.secret = Secret(bytes: secret)
      do {
        let model = try pipeline.model(
          of: corpus, workers: workers, progress: SilentProgress(), clock: &clock)
        let facts = RunFacts(
          version: Version.current, format: "text", seed: seed, clusters: clusters, levels: nil,
          dimensions: settings.dimensions ?? 0, columns: 1 << settings.text.columnBits, maximumBadShare: 0,
          sourceDateEpoch: nil)
        func release(_ labeller: some TopicLabeller) throws -> Release {
          try pipeline.release(
            model, of: corpus, facts: facts, labeller: labeller, workers: workers, progress: SilentProgress(),
            clock: &clock)
        }
        let released = try showsEveryTerm ? release(EveryTerm()) : release(TopicDescriber())
        // Tables have checks of their own, which a weakened gate's figures do not pass.
        guard defences == .all else {
          return SimulatedBundle(files: [("release.json", try released.json(readable: true))])
        }
        let bundle = "\(folder)/bundle"
        try BundleWriter(directory: bundle, force: false).write(released, workers: workers)
        return SimulatedBundle(files: try Self.files(in: bundle))
      } catch PrivacyFailure.refused {
        return nil
      }
    }
  }

  package func hashes(_ records: [SimulatedRecord], secret: [UInt8]) throws -> Set<UInt64> {
    try inFolder { folder in
      var clock = StageClock()
      let features = try prepare(records, secret: secret, in: folder, clock: &clock).features
      return try (0..<features.documents).reduce(into: []) { hashes, document in
        hashes.formUnion(try features.terms(of: document).map(\.hash))
      }
    }
  }

  private func prepare(
    _ records: [SimulatedRecord], secret: [UInt8], in folder: String, clock: inout StageClock
  ) throws -> PreparedCorpus {
    struct Line: Encodable {
      let id: String
      let user: String
      let text: String
    }
    let encoder = JSONEncoder()
    var log = Data()
    for record in records {
      log += try encoder.encode(Line(id: record.id, user: record.user, text: record.text))
      log.append(0x0A)
    }
    let path = "\(folder)/log.jsonl"
    try log.write(to: URL(fileURLWithPath: path))
    guard let secret = Secret(bytes: secret) else { preconditionFailure("a secret has 32 bytes") }
    var preparation = CorpusPreparation(roles: [.human], text: TextSettings(), secret: secret)
    preparation.unitIsConversation = policy.unit == .conversation
    preparation.minimumTermUsers = defences.contains(.terms) ? policy.effectiveMinimumTermUsers : 1
    let reader = try ConversationReader(
      inputs: [path], settings: ReadSettings(requiresUser: policy.unit == .user), cancellation: cancellation)
    return try preparation.prepare(reader, workers: workers, progress: SilentProgress(), clock: &clock)
  }

  private func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("throng-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  private static func files(in folder: String) throws -> [(name: String, bytes: [UInt8])] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().compactMap { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)").flatMap { data in
        data.isEmpty ? nil : (name, [UInt8](data))
      }
    }
  }
}

/// Lists every term it is shown: what the gate lets through to any labeller at all.
private struct EveryTerm: TopicLabeller {
  func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
    nodes.map { node in
      let terms = node.terms.map(\.term)
      return NodeDescription(label: Array(terms.prefix(3)), terms: terms)
    }
  }
}

extension SimulatedRecord {
  /// All conversations of a log in which a human says something.
  package static func all(
    of reader: consuming ConversationReader, workers: Workers, progress: any ProgressReporter
  ) throws -> [SimulatedRecord] {
    var records: [SimulatedRecord] = []
    _ = try reader.read(workers: workers, progress: progress) { block in
      block.records.map { record -> SimulatedRecord in
        func text(_ range: Range<Int>) -> String { String(decoding: block.bytes[range], as: UTF8.self) }
        let said = block.messages[record.messages].filter { $0.role == .human }.map { text($0.text) }
        return SimulatedRecord(
          id: record.id.map(text) ?? "", user: record.user.map(text) ?? "",
          text: said.joined(separator: "\n\n"))
      }
    } merge: { part in
      for record in part where !record.text.isEmpty { records.append(record) }
    }
    // Where nobody is named each conversation is taken for a person's.
    for i in records.indices where records[i].user.isEmpty { records[i].user = "conversation \(i)" }
    return records
  }
}
