package import ThrongFacets
internal import Foundation
internal import ThrongCore
internal import ThrongIngest

/// A study made ready: which facets have to be read, and how its predicates are answered from them.
package struct StudyPlan: Sendable {
  package let study: Study
  /// What the reader of facets has to find out.
  package let facets: FacetPlan
  /// By facet of the study: its position in ``facets``; nil for predicates.
  let positions: [Int?]
  /// Requests that are counted in every topic, as positions in ``facets``.
  let counted: Set<Int>

  /// - Parameters:
  ///   - standard: computed facets that are counted in every topic besides the study's own.
  /// - Throws: ``StudyFailure`` for what only the facets themselves know to be wrong, such as a rule; exit 2.
  package init(_ study: Study, standard: [String]) throws {
    self.study = study
    var requests: [FacetRequest] = []
    var positions: [Int?] = []
    func ask(_ request: FacetRequest) -> Int {
      if let at = requests.firstIndex(where: { $0.name == request.name }) {
        if request.isSensitive { requests[at].isSensitive = true }
        return at
      }
      requests.append(request)
      return requests.count - 1
    }
    for facet in study.facets {
      do {
        positions.append(try StudyFacets.request(facet, of: study).map(ask))
      } catch let failure as any ThrongFailure where !(failure is StudyFailure) {
        throw StudyFailure.mistake("'\(facet.name)': \(failure.message)", at: facet.place)
      }
    }
    var counted: Set<Int> = []
    for name in standard { counted.insert(ask(FacetRequest(name))) }
    for at in study.counted { if let position = positions[at] { counted.insert(position) } }
    var plan = try FacetPlan(requests)
    plan.keepsNumbers = true
    self.facets = plan
    self.positions = positions
    self.counted = counted
    for (predicate, what) in study.steps.map({ ($0.predicate, "a screen") })
      + study.lanes.map({ ($0.predicate, "a review") })
    {
      for at in predicate.facets(of: study) where looksAtAll(at) {
        throw StudyFailure.mistake(
          "'\(study.facets[at].name)' is known only when all conversations are read, so \(what) cannot ask for it",
          at: study.facets[at].place)
      }
    }
  }

  /// What the study asks of a log, for the key of a stage: its file, the models that it names, and the segment it is narrowed to.
  package var identity: [[UInt8]] {
    let models = study.facets.map { facet in
      guard case .classifier(let path, _) = facet.kind else { return [UInt8]() }
      return Digest.sha256([UInt8](FileManager.default.contents(atPath: study.path(path)) ?? Data()))
    }
    return [study.digest, Array(study.steps.map(\.name).joined(separator: "\0").utf8)] + models
      + [Array(facets.requests.map(\.name).joined(separator: "\0").utf8)]
  }

  private func looksAtAll(_ at: Int) -> Bool {
    positions[at].map { facets.isOfCorpus($0) } ?? false
  }

  /// Whether `predicate` holds. Unknown values fail every test but that they are not known.
  ///
  /// - Parameters:
  ///   - value: of a facet of ``facets``.
  ///   - title: how a level of a facet is written.
  func holds(
    _ predicate: Study.Predicate, value: (Int) -> FacetValue, title: (Int32, Int) -> String
  ) -> Bool {
    func holds(_ predicate: Study.Predicate) -> Bool {
      switch predicate {
      case .all(let parts): return parts.allSatisfy(holds)
      case .any(let parts): return parts.contains(where: holds)
      case .not(let part): return !holds(part)
      case .test(let at, let test):
        guard let position = positions[at] else {
          guard case .predicate(let part) = study.facets[at].kind else { return false }
          return Self.answers(test, flag: holds(part))
        }
        let found = value(position)
        let kind = facets.kind(position)
        if kind == .flag {
          return found.level >= 0 ? Self.answers(test, flag: found.level == 1) : test.isUnknown
        }
        let number = kind == .number ? Double(found.number) : Double(found.level)
        let isKnown = kind == .number ? found.number.isFinite : found.level >= 0
        switch test {
        case .isKnown(let wanted): return isKnown == wanted
        case .isSet: return isKnown && (kind != .number || number > 0)
        case .number(let range): return isKnown && range.contains(number)
        case .above(let bound): return isKnown && number > bound
        case .below(let bound): return isKnown && number < bound
        case .isAmong(let scalars):
          guard isKnown else { return false }
          if kind == .number { return scalars.contains(.number(number)) }
          return scalars.contains(.text(title(found.level, position)))
        }
      }
    }
    return holds(predicate)
  }

  private static func answers(_ test: Study.Predicate.Test, flag: Bool) -> Bool {
    let number = flag ? 1.0 : 0
    switch test {
    case .isSet: return flag
    case .isAmong(let scalars): return scalars.contains(.flag(flag)) || scalars.contains(.number(number))
    case .number(let range): return range.contains(number)
    case .above(let bound): return number > bound
    case .below(let bound): return number < bound
    case .isKnown(let wanted): return wanted
    }
  }
}

extension Study.Predicate.Test {
  var isUnknown: Bool { if case .isKnown(false) = self { true } else { false } }
}

extension Study.Predicate {
  /// Whether it looks at a sensitive facet: then what it says of a conversation is as sensitive.
  func isSensitive(in study: Study) -> Bool {
    switch self {
    case .all(let parts), .any(let parts): return parts.contains { $0.isSensitive(in: study) }
    case .not(let part): return part.isSensitive(in: study)
    case .test(let at, _):
      if study.facets[at].isSensitive { return true }
      if case .predicate(let part) = study.facets[at].kind { return part.isSensitive(in: study) }
      return false
    }
  }

  /// The facets that it looks at, also through others.
  func facets(of study: Study) -> [Int] {
    switch self {
    case .all(let parts), .any(let parts): return parts.flatMap { $0.facets(of: study) }
    case .not(let part): return part.facets(of: study)
    case .test(let at, _):
      if case .predicate(let part) = study.facets[at].kind { return part.facets(of: study) }
      return [at]
    }
  }
}

/// Asks the predicates of a study about one conversation after the other, as they are read.
struct StudyScreen {
  private let plan: StudyPlan

  init(_ plan: StudyPlan) { self.plan = plan }

  /// What the study says of the conversation that `reader` was given last.
  ///
  /// - Returns: the step that takes it out, or nil; and the review lanes that it belongs to, whether or not it is kept.
  func judge(_ reader: FacetReader) -> (leftAt: Int?, lanes: [Int]) {
    func holds(_ predicate: Study.Predicate) -> Bool {
      plan.holds(predicate, value: { reader.last($0) }, title: { reader.title($0, of: $1) })
    }
    let study = plan.study
    return (
      study.steps.firstIndex { holds($0.predicate) != $0.keeps },
      study.lanes.indices.filter { holds(study.lanes[$0].predicate) }
    )
  }
}

/// What became of conversations on their way through a screen: private.
package struct ScreenTrace: Sendable {
  /// Where a conversation stands that people are to look at.
  package struct Mark: Sendable, Equatable {
    package let lane: Int
    /// Index of the input.
    package let source: Int
    /// Line or element, from 1.
    package let line: Int
  }

  /// Keyed hash of the user of each conversation that reached the screen.
  var users: [UInt64] = []
  /// The step that took it out; the number of steps where none did.
  var leftAt: [UInt8] = []
  package var marks: [Mark] = []
  /// Places of the conversations that no step took out: ``ConversationBlock/Record/place``.
  package var kept: [UInt64] = []

  /// Notes what a screen of so many steps said of a conversation; whether it is kept.
  mutating func add(
    _ verdict: (leftAt: Int?, lanes: [Int]), steps: Int, user: UInt64, _ record: ConversationBlock.Record
  ) -> Bool {
    users.append(user)
    leftAt.append(UInt8(verdict.leftAt ?? steps))
    if verdict.leftAt == nil { kept.append(record.place) }
    for lane in verdict.lanes { marks.append(Mark(lane: lane, source: record.source, line: record.line)) }
    return verdict.leftAt == nil
  }

  mutating func append(_ other: ScreenTrace) {
    users += other.users
    leftAt += other.leftAt
    marks += other.marks
    kept += other.kept
  }
}

extension ConversationBlock.Record {
  /// Where it stands in the log, as one number.
  var place: UInt64 { UInt64(source) << 40 | UInt64(line) }
}
