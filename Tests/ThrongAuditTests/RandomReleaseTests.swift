import Testing
import ThrongAudit
import ThrongCore
import ThrongPrivacy

/// Releases of random trees: the gate lets nothing through that the linear programme can use; without R3 it does.
@Suite struct RandomReleaseTests {
  private static let policy: Policy = {
    var policy = Policy()
    (policy.minimumUsers, policy.minimumConversations, policy.minimumTermUsers) = (5, 10, 5)
    return policy
  }()

  /// A tree of 3 to 14 nodes with 60 to 300 conversations in any of them, of 20 to 80 people of whom some talk much.
  private static func crowd(_ random: inout RandomSource) -> Crowd {
    var crowd = Crowd(topics: [], users: 0)
    let nodes = 3 + random.below(12)
    crowd.parents = (0..<nodes).map { $0 == 0 ? nil : random.below($0) }
    let (people, favourite) = (20 + random.below(60), random.below(nodes))
    for _ in 0..<60 + random.below(240) {
      let leaf = random.below(3) == 0 ? favourite : random.below(nodes)
      let user = random.below(5) == 0 ? random.below(3) : random.below(people)
      crowd.records.append(.init(leaf: leaf, user: user, text: "words"))
    }
    return crowd
  }

  @Test func nothingIsRecoveredFromRandomTrees() throws {
    var random = RandomSource(seed: 2)
    var (withheld, broken, refused, recovered, small) = (0, 0, 0, 0, 0)
    let workers = Workers(threads: 1)
    for trial in 0..<1_000 {
      let crowd = Self.crowd(&random)
      func attack(_ defences: Defences) throws -> Finding {
        let release = try crowd.release(policy: Self.policy, defences: defences)
        return try Audit.attackCells(ofDocument: release.json(readable: false), workers: workers)[0]
      }
      let finding: Finding
      do { finding = try attack(.all) } catch is PrivacyFailure {
        refused += 1
        continue
      }
      withheld += Int(finding.figures["withheld_cells"]!)
      if finding.verdict == .broken { broken += 1 }
      #expect(finding.verdict == .withstood, "tree \(trial): \(finding)")
      let weak = try attack(Defences.all.subtracting(.atoms))
      recovered += Int(weak.success!.value)
      // Without rounding too every rest is known: that many there are to be recovered.
      let bare = try attack(Defences.all.subtracting([.atoms, .rounding]))
      small += Int(bare.figures["below_threshold"]!)
    }
    #expect(refused < 100)
    #expect(withheld > 1_000)
    #expect(broken == 0)
    #expect(10 * recovered > 3 * small, "\(recovered) of \(small) rests that are too small")
    #expect(small > 500)
  }

  /// The same with a facet of three values, one of them rare.
  @Test func nothingIsRecoveredFromRandomFacets() throws {
    var random = RandomSource(seed: 5)
    var policy = Self.policy
    (policy.minimumFacetUsers, policy.minimumFacetConversations, policy.roundFacetsTo) = (4, 6, 5)
    let workers = Workers(threads: 1)
    let weak = Defences.all.subtracting([.atoms, .margins, .protection, .coalitions])
    var (withheld, brokenTrees, trees) = (0, 0, 0)
    for trial in 0..<30 {
      var crowd = Self.crowd(&random)
      crowd.facets = [
        CandidateFacet(
          name: "plan", values: ["free", "paid", "trial"],
          valueOfRecord: crowd.records.map { _ in [0, 0, 0, 1, 1, 2, -1][random.below(7)] })
      ]
      func attack(_ defences: Defences) throws -> [Finding] {
        let release = try crowd.release(policy: policy, defences: defences)
        return try Audit.attackCells(ofDocument: release.json(readable: false), workers: workers)
      }
      let findings: [Finding]
      do { findings = try attack(.all) } catch is PrivacyFailure { continue }
      trees += 1
      withheld += Int(findings[0].figures["withheld_cells"]!)
      #expect(findings[0].verdict == .withstood, "tree \(trial): \(findings[0])")
      let values = findings[2].figures.filter { $0.key.hasPrefix("conversations_") }
      #expect(values.isEmpty, "tree \(trial): \(findings[2])")
      if try attack(weak)[0].verdict == .broken { brokenTrees += 1 }
    }
    #expect(trees > 20)
    #expect(withheld > 100)
    #expect(brokenTrees > 0, "\(brokenTrees) of \(trees)")
  }
}
