internal import Throng
internal import ThrongFacets
internal import ThrongIngest
internal import ThrongPrivacy

extension PipelineEngine {
  /// Says before a long run which facets the first records do not have.
  func expect(_ facets: FacetPlan, in reader: ConversationReader, on console: Console) {
    let detection = reader.detection
    for field in facets.fields where !detection.holds(field) {
      console.warn(
        "none of the first \(Quantity.count(detection.records, "record")) has a value in '\(field)' (--facet)"
          + EngineFailure.hint(field, detection.facetFields))
    }
  }

  /// What became of the facets once the log is read; exact numbers, for the operator.
  ///
  /// - Throws: ``EngineFailure`` for a field that no record has.
  func check(_ facets: FacetTable, detection: Detection, on console: Console) throws {
    for (at, request) in facets.plan.requests.enumerated() where facets.plan.isField(at) {
      let name = request.name
      let account = facets.account(at)
      if account == FacetTable.Account() {
        throw detection.holdsOthers(name)
          ? EngineFailure.noScalarField(name, known: detection.facetFields)
          : EngineFailure.noSuchField(name, known: detection.facetFields)
      }
      var lost: [String] = []
      if account.identities > 0 {
        lost.append("\(Quantity.count(account.identities)) with an address, a number or the like")
      }
      if account.tooLong > 0 { lost.append("\(Quantity.count(account.tooLong)) with a longer text") }
      if account.unlisted > 0 {
        lost.append("\(Quantity.count(account.unlisted)) with a value that --order does not list")
      }
      if !lost.isEmpty {
        console.warn(
          "the facet '\(name)' counts \(Quantity.count(account.valued, "conversation")) and not "
            + lost.joined(separator: ", "))
      }
    }
  }

  /// How many cells of facets each rule withheld beyond the thresholds; exact, so for the operator only (R13).
  func say(_ account: GateAccount, on console: Console) {
    for facet in account.facets {
      let counts = facet.withheld
      let rules = [
        (counts.margins, "R6"), (counts.atoms, "R3"), (counts.protection, "R4 and R5"),
        (counts.homogeneity, "R7"),
      ]
      let parts = rules.filter { $0.0 > 0 }.map { "\(Quantity.count($0.0)) by \($0.1)" }
      if parts.isEmpty { continue }
      console.note(
        "facet '\(facet.name)': large enough, but withheld so that nothing smaller can be worked out: "
          + parts.joined(separator: ", "))
    }
  }
}

extension Detection {
  /// Whether a sniffed record has a value in that field.
  fileprivate func holds(_ field: String) -> Bool {
    [id.name, user.name, time.name].contains(field) || extras.contains { $0.name == field && $0.scalars > 0 }
  }

  /// Whether the field holds lists or objects in the sniffed records.
  fileprivate func holdsOthers(_ field: String) -> Bool {
    extras.contains { $0.name == field && $0.scalars == 0 && $0.others > 0 }
  }
}
