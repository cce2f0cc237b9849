import Foundation
import Testing
import ThrongFacets

@Suite struct TaxonomyTests {
  private static let source = """
    {
      // Comments are fine.
      topics: [
        { name: "Billing", seeds: ["invoice*", "refund", "late fee", "account"] },
        { name: 'Travel', seeds: ["flight", "hotel", "boarding pass", "account",] },
      ],
      threshold: 1.5,
    }
    """

  /// A seed of one topic of two weighs 1 + ln 2 = 1.69, one of both 1.
  @Test func fitsOrFitsNone() throws {
    let taxonomy = try Taxonomy(json5: Array(Self.source.utf8))
    let talks: [Talk] = [
      .human("Where are my INVOICES?"), .human("The late fee is wrong"), .human("late, and a fee"),
      .human("account"),
      .human("my flight and refund of the hotel"), .human("good morning"),
      Talk([(.human, "hi"), (.assistant, "refund refund")]),
    ]
    #expect(
      try titles(FacetRequest(TaxonomyFacet(name: "topic", taxonomy)), talks)
        == ["Billing", "Billing", "fits none", "fits none", "Travel", "fits none", "fits none"])
    #expect(taxonomy.topic(of: ["boarding pass", "gate"]) == 1)
    #expect(taxonomy.topic(of: ["account", "gate"]) == nil)
  }

  @Test(arguments: [
    ("", TaxonomyFailure.unreadable("the file is no JSON5")), ("{ topics: [] }", .noTopics),
    ("{ topics: [{ name: 'a' }] }", .unreadable("topics.[0]: 'seeds' is missing")),
    (
      "{ topics: [{ name: 'a', seeds: [1] }] }",
      .unreadable("topics.[0].seeds.[0]: a value of another kind is wanted")
    ),
    ("{ topics: [{ name: 'a', seeds: [] }] }", .noSeeds(topic: 1)),
    ("{ topics: [{ name: 'a', seeds: ['x'] }, { name: 'a', seeds: ['y'] }] }", .namedTwice(topic: 2)),
    ("{ topics: [{ name: 'a=b', seeds: ['x'] }] }", .badName(topic: 1)),
    ("{ topics: [{ name: 'a', seeds: ['x', '*'] }] }", .badSeed(topic: 1, seed: 2)),
    ("{ topics: [{ name: 'a', seeds: ['x*y'] }] }", .badSeed(topic: 1, seed: 1)),
    ("{ topics: [{ name: 'a', seeds: ['x'] }], threshold: 0 }", .badThreshold),
  ]) func refusals(source: String, failure: TaxonomyFailure) {
    #expect(throws: failure) { try Taxonomy(json5: Array(source.utf8)) }
  }

  /// Foundation's decoder ends the process at a name without quotes that is no UTF-8, and hashes are numbered in 16 bits.
  @Test func hostileFilesAreRefused() {
    #expect(throws: TaxonomyFailure.unreadable("the file is not UTF-8")) {
      try Taxonomy(json5: Array("{ t".utf8) + [0xBF] + Array("opics: [] }".utf8))
    }
    let seeds = (0...Taxonomy.maximumSeeds).map { "seed\($0)" }
    #expect(throws: TaxonomyFailure.tooManySeeds) { try Taxonomy(topics: [.init(name: "a", seeds: seeds)]) }
    #expect(throws: Never.self) { try Taxonomy(topics: [.init(name: "a", seeds: seeds.dropLast())]) }
  }
}
