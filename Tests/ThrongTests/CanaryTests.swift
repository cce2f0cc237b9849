import Foundation
import Testing
import Throng
import ThrongCore
import ThrongFacets
import ThrongIngest
import ThrongPrivacy
import ThrongRelease
import ThrongText

/// Made-up strings in what fewer than k people wrote, or in what nobody's own words are, looked for in every byte of a
/// bundle and of what is said of records set aside. Each has a twin: with the defence off it is found.
@Suite struct CanaryTests {
  /// Everything that can be switched off for an attack.
  struct Weakness {
    var defences = Defences.all
    var text = TextSettings()
    var roles: Set<Role> = [.human]
  }

  /// What the gate's rules for facets are, each of which alone withholds a rare value.
  private static let facetDefences: Defences = [
    .minimumUsers, .minimumConversations, .dominance, .atoms, .margins, .protection, .coalitions,
  ]

  /// Lists every term it is shown: what the gate lets through to any labeller at all.
  private struct EveryTerm: TopicLabeller {
    func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
      nodes.map { node in
        let terms = node.terms.map(\.term)
        return NodeDescription(label: Array(terms.prefix(3)), terms: terms)
      }
    }
  }

  /// A log of 120 users on three topics, with additions to the first conversations of some of them.
  private struct Log {
    private static let topics = [
      "clay kiln glaze pottery wheel", "sail mast harbour anchor rope", "bread oven dough flour crust",
    ]
    var records: [[String: Any]] = (0..<360).map { i in
      [
        "id": "r\(i)", "user": "u\(i % 120)",
        "messages": [["role": "user", "content": "We talk of \(topics[i % 3]) today."]],
      ]
    }
    var broken: [String] = []

    /// Puts a message before those of the first conversation of `users` users.
    mutating func add(_ text: String, users: Int, role: String = "user") {
      for i in 0..<users {
        let messages = records[i]["messages"] as? [[String: String]] ?? []
        records[i]["messages"] = [["role": role, "content": text]] + messages
      }
    }

    /// Gives the first conversations of `users` users the value `value` of the field "plan", and all others "free".
    mutating func state(_ value: String, users: Int) {
      for i in records.indices { records[i]["plan"] = i % 120 < users ? value : "free" }
    }

    func write(to url: URL) throws {
      var lines = try records.map {
        String(decoding: try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys), as: UTF8.self)
      }
      lines.insert(contentsOf: broken, at: 180)
      try Data(lines.joined(separator: "\n").utf8).write(to: url)
    }
  }

  /// The names and bytes of all that a run over `log` leaves or says.
  private func output(_ log: Log, _ weakness: Weakness = Weakness()) throws -> [(name: String, bytes: Data)] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("throng-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appendingPathComponent("log.jsonl")
    try log.write(to: input)

    // The canaries stand right at the threshold, so that no secret gap may lie above it.
    var policy = Policy()
    policy.thresholdGap = 0
    var preparation = CorpusPreparation(
      roles: weakness.roles, text: weakness.text, secret: Secret(bytes: Array(1...32))!)
    preparation.minimumTermUsers = weakness.defences.contains(.terms) ? policy.effectiveMinimumTermUsers : 1
    preparation.facets = try FacetPlan(
      [FacetRequest("plan"), FacetRequest(".turns")], crosses: [("plan", ".turns")],
      redacts: weakness.text.redacts)
    var clock = StageClock()
    let workers = Workers(threads: 2)
    var settings = ReadSettings(requiresUser: true)
    settings.maximumBadShare = 0.1
    let reader = try ConversationReader(inputs: [input.path], settings: settings)
      .keeping(fields: preparation.facets.fields)
    let corpus = try preparation.prepare(reader, workers: workers, progress: SilentProgress(), clock: &clock)
    var shape = ClusteringSettings()
    (shape.clusters, shape.dimensions) = (3, nil)
    let model = try ReleasePipeline(settings: shape, policy: policy).model(
      of: corpus, workers: workers, progress: SilentProgress(), clock: &clock)
    let dictionary = try #require(corpus.dictionary)
    let release = try Gate(policy: policy, defences: weakness.defences, secret: Secret(bytes: Array(1...32))!)
      .release(
        CandidateTree(
          parents: model.tree.nodes.map(\.parent), leafOfRecord: model.nodeOfRecord,
          userOfRecord: corpus.users,
          recordKeys: corpus.recordKeys,
          termRows: try corpus.features.rows(in: dictionary, workers: workers), termCount: dictionary.count,
          facets: corpus.candidateFacets(
            minimumUsers: weakness.defences.contains(.minimumUsers) ? policy.minimumFacetUsers : 1),
          crosses: preparation.facets.crosses),
        accounting: Accounting(
          read: corpus.report.read, quarantined: corpus.report.quarantined, screenedOut: corpus.screenedOut),
        terms: TermSource(
          spelling: { dictionary.spelling(Int($0)) }, isBarred: { dictionary.isIdentity(Int($0)) },
          parts: { term in dictionary.parts(Int(term)).map { (UInt32($0.0), UInt32($0.1)) } }),
        labeller: EveryTerm(),
        facts: RunFacts(
          version: "test", format: reader.detection.format, seed: 1, clusters: 3, levels: nil, dimensions: 0,
          columns: 1 << 18, maximumBadShare: 0.1, sourceDateEpoch: nil), workers: workers)
    let bundle = folder.appendingPathComponent("bundle")
    // SQLite itself refuses what lies below the thresholds of the release.
    let representations = BundleWriter.representations.filter {
      weakness.defences.contains(.minimumUsers) || !"\(type(of: $0))".hasPrefix("SQLite")
    }
    try BundleWriter(directory: bundle.path, force: false).write(
      release, representations: representations, workers: Workers(threads: 1))
    var output = [
      (name: "quarantine", bytes: Data(try QuarantineReport(corpus.report, of: reader).json()))
    ]
    let files = try #require(FileManager.default.enumerator(atPath: bundle.path))
    while let name = files.nextObject() as? String {
      let url = bundle.appendingPathComponent(name)
      if let bytes = try? Data(contentsOf: url) { output.append((name, bytes)) }
    }
    #expect(output.count > 8)
    return output
  }

  /// A canary as it may be hidden: in other cases, encodings and escapes.
  private func disguises(of canary: String) -> [Data] {
    var disguises: [Data] = []
    for text in Set([canary, canary.lowercased(), canary.uppercased()]) {
      let bytes = Data(text.utf8)
      disguises += [bytes, Data(bytes.flatMap { String(format: "%02x", $0).utf8 })]
      disguises += [String.Encoding.utf16LittleEndian, .utf16BigEndian].compactMap {
        text.data(using: $0)
      }
      let escaped = text.unicodeScalars.map {
        $0.isASCII ? String($0) : String(format: "\\u%04x", $0.value)
      }
      disguises.append(Data(escaped.joined().utf8))
      // Base64 at each of its three phases, less the characters that neighbours change.
      for phase in 0..<3 {
        let code = (Data(repeating: 0, count: phase) + bytes).base64EncodedString()
        let kept = code.drop { $0 == "A" }.dropFirst(2).filter { $0 != "=" }.dropLast()
        disguises.append(Data(String(kept).utf8))
      }
    }
    return disguises.filter { $0.count >= 4 }
  }

  private func names(of canary: String, in output: [(name: String, bytes: Data)]) -> [String] {
    let disguises = disguises(of: canary)
    return output.filter { file in
      disguises.contains { file.bytes.range(of: $0) != nil || Data(file.name.utf8).range(of: $0) != nil }
    }.map(\.name)
  }

  // MARK: Facets

  /// A value of nine users, one fewer than a facet takes, and one of ten.
  @Test func rareValuesOfFieldsAreInNoByte() throws {
    var log = Log()
    log.state("qavplan", users: 9)
    #expect(names(of: "qavplan", in: try output(log)) == [])
    let weak = Weakness(defences: .all.subtracting(Self.facetDefences))
    #expect(
      Set(names(of: "qavplan", in: try output(log, weak))).isSuperset(of: [
        "release.json", "report.md", "tables/cluster_facets.csv",
      ]))
    // Twice the threshold, for what is left must stand, too.
    log.state("qavplan", users: 40)
    #expect(!names(of: "qavplan", in: try output(log)).isEmpty)
  }

  /// However many share them.
  @Test(arguments: ["qav@example.org", "@qavlerim_k", "+49 30 9018 2011", "https://qav.example/x"])
  func identitiesInFieldsAreInNoByte(value: String) throws {
    var log = Log()
    log.state(value, users: 60)
    #expect(names(of: value, in: try output(log)) == [])
    var weak = Weakness()
    weak.text.redacts = false
    #expect(!names(of: value, in: try output(log, weak)).isEmpty)
  }

  // MARK: Rule R8

  /// What 24 users, one fewer than k, wrote in ways that survive redaction; and how a term would be spelled.
  private static let written: [(text: String, term: String)] = [
    ("the qavlerim thing", "qavlerim"), ("UPPERQAV", "upperqav"),
    ("so velvet turnip, really", "velvet turnip"),
    ("žluťqavěř", "žluťqavěř"), ("zer\u{200B}owqa\u{200D}vl", "zerowqavl"), ("ｆｕｌｌｑａｖ", "fullqav"),
    ("naïveqav", "naïveqav"),
  ]

  private func logOfCanaries(users: Int) -> Log {
    var log = Log()
    for canary in Self.written { log.add(canary.text, users: users) }
    log.add(String(repeating: "repeatqav. ", count: 1000), users: 1)
    // Of two messages, and so no phrase.
    log.add("partqav is", users: users)
    log.add("the splitqav", users: users)
    return log
  }

  @Test func wordsOfFewerThanKUsersAreNowhere() throws {
    let output = try output(logOfCanaries(users: 24))
    for canary in Self.written.map(\.term) + ["repeatqav", "splitqav", "partqav"] {
      #expect(names(of: canary, in: output) == [], "\(canary)")
    }
  }

  @Test func wordsOfKUsersAreFoundByTheSameSearch() throws {
    let output = try output(logOfCanaries(users: 25))
    for canary in Self.written.map(\.term) + ["splitqav", "partqav"] {
      #expect(names(of: canary, in: output).contains("release.sqlite"), "\(canary)")
      #expect(names(of: canary, in: output).contains("release.json"), "\(canary)")
    }
    #expect(names(of: "repeatqav", in: output) == [])
    #expect(names(of: "splitqav partqav", in: output) == [])
  }

  @Test func withoutR8EveryCanaryIsFound() throws {
    let output = try output(
      logOfCanaries(users: 24), Weakness(defences: Defences.all.subtracting([.terms])))
    for canary in Self.written.map(\.term) + ["repeatqav", "splitqav", "partqav"] {
      #expect(names(of: canary, in: output).contains("report.md"), "\(canary)")
    }
    #expect(names(of: "splitqav partqav", in: output) == [])
  }

  // MARK: What nobody's own words are

  /// Everybody has it in a record, but not in words of their own.
  @Test func nothingBesideTheTextIsReleased() throws {
    var log = Log()
    log.add("the assistqav answer", users: 120, role: "assistant")
    log.add("the systemqav prompt", users: 120, role: "system")
    for i in log.records.indices {
      log.records[i]["id"] = "idqav-\(i)"
      log.records[i]["user"] = "userqav-\(i % 120)"
      log.records[i]["note"] = "metaqav"
      log.records[i]["nested"] = ["metaqav": ["metaqav"]]
    }
    log.broken = [
      "brokenqav is no JSON",
      #"{"id": "brokenqav", "user": "brokenqav", "messages": [{"content": "brokenqav"#,
      #"{"id": "brokenqav", "user": "brokenqav"}"#,
      #"{"id": "brokenqav", "messages": [{"role": "user", "content": "brokenqav has no user"}]}"#,
    ]
    let strict = try output(log)
    for canary in ["assistqav", "systemqav", "idqav", "userqav", "metaqav", "brokenqav"] {
      #expect(names(of: canary, in: strict) == [], "\(canary)")
    }
    let open = try output(log, Weakness(roles: [.human, .assistant, .system]))
    for canary in ["assistqav", "systemqav"] {
      #expect(names(of: canary, in: open).contains("release.json"), "\(canary)")
    }
  }

  /// One person's words, which forty repeat with a quote mark.
  @Test func quotationsAreNoVotes() throws {
    var log = Log()
    log.add("> the velvet qavlerim\n>> and turnips\nI agree.", users: 40)
    log.add("the velvet qavlerim and turnips", users: 24)
    for canary in ["qavlerim", "velvet qavlerim", "turnips"] {
      #expect(names(of: canary, in: try output(log)) == [], "\(canary)")
    }
    var weakness = Weakness()
    weakness.text.discountsQuotations = false
    for canary in ["qavlerim", "velvet qavlerim", "turnips"] {
      #expect(names(of: canary, in: try output(log, weakness)).contains("release.json"), "\(canary)")
    }
  }

  /// Forty users know them, and call or quote them.
  @Test func namesOfKnownPeopleAreNowhere() throws {
    var log = Log()
    for (i, way) in ["qav_lerim: try this", "nickqav, are you there?", "<tagqav> hello"].enumerated() {
      log.add(way, users: 40 + i)
    }
    log.add("In article <7@qavhost.example> mailqav@qavhost.example (Ann Surqav) writes:\nhm", users: 40)
    log.add("From: Bo Headqav\nOrganization: The Orgqav\nSubject: Re: kilns\n\nhello", users: 40)
    log.add("so headqav and surqav said to mailqav, qav_lerim, nickqav and tagqav", users: 30)
    let secrets = [
      "qavlerim", "qav_lerim", "nickqav", "tagqav", "surqav", "headqav", "mailqav", "orgqav", "qavhost",
    ]
    let strict = try output(log)
    for canary in secrets { #expect(names(of: canary, in: strict) == [], "\(canary)") }
    let known = try output(log, Weakness(defences: Defences.all.subtracting([.identities])))
    for canary in ["qav_lerim", "nickqav", "tagqav", "surqav", "headqav", "mailqav"] {
      #expect(names(of: canary, in: known).contains("release.json"), "\(canary)")
    }
    var open = Weakness()
    open.text.redacts = false
    let raw = try output(log, open)
    for canary in ["orgqav", "qavhost"] {
      #expect(names(of: canary, in: raw).contains("release.json"), "\(canary)")
    }
  }
}
