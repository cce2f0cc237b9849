import Testing
import ThrongStatistics

@Suite struct ComparisonTests {
  private func topic(_ id: String, _ terms: String, _ conversations: Int, parent: String? = "c0")
    -> ReleasedTopic
  {
    ReleasedTopic(
      id: id, parentID: parent, label: terms, terms: terms.split(separator: " ").map(String.init),
      users: conversations * 4 / 5, conversations: conversations)
  }

  private var old: [ReleasedTopic] {
    [
      topic("c0", "", 10_000, parent: nil), topic("c1", "invoice vat tax receipt", 500),
      topic("c2", "python pandas script numpy loop class", 800), topic("c3", "soil compost leaves", 300),
      topic("c4", "rent deposit flat landlord", 400), topic("c5", "router wifi cable", 200),
      topic("c6", "kettle toaster", 150),
    ]
  }

  private var new: [ReleasedTopic] {
    [
      topic("c0", "", 20_000, parent: nil), topic("c1", "python pandas numpy", 800),
      topic("c2", "script loop class", 700), topic("c3", "vat invoice tax receipt", 2000),
      topic("c4", "soil leaves compost", 600),
      topic("c5", "rent router wifi landlord deposit flat cable", 1200),
      topic("c6", "sourdough loaf starter", 300),
    ]
  }

  @Test func everyKindOfChange() throws {
    let found = ReleaseComparison(old: old, new: new, release: "r2").entries
    let byNew = Dictionary(
      uniqueKeysWithValues: found.compactMap { e in
        e.change == .merged ? nil : e.new.map { ($0.id, e) }
      })
    // 5 % of all became 10 %.
    #expect(byNew["c3"]?.change == .grown && byNew["c3"]?.old?.id == "c1" && byNew["c3"]?.stableID == "c1")
    // 3 % stayed 3 %.
    #expect(byNew["c4"]?.change == .same && byNew["c4"]?.stableID == "c3")
    #expect(byNew["c1"]?.old?.id == "c2" && byNew["c1"]?.change == .shrunk)
    #expect(byNew["c2"]?.change == .split && byNew["c2"]?.old?.id == "c2" && byNew["c2"]?.stableID == "r2-c2")
    #expect(byNew["c6"]?.change == .born && byNew["c6"]?.stableID == "r2-c6")
    #expect(byNew["c5"]?.old?.id == "c4")
    let merged = try #require(found.first { $0.change == .merged })
    #expect(merged.old?.id == "c5" && merged.new?.id == "c5" && merged.stableID == "c5")
    let gone = try #require(found.first { $0.change == .gone })
    #expect(gone.old?.id == "c6")
    #expect(found.count == 8)
  }

  @Test func idsLiveOn() {
    let first = ReleaseComparison(old: old, new: new, release: "r2").entries
    let ids = Dictionary(
      uniqueKeysWithValues: first.compactMap { e in
        e.change == .merged ? nil : e.new.map { ($0.id, e.stableID) }
      })
    let later = ReleaseComparison(
      old: new, new: Array(new.reversed().sorted { $0.id == "c0" && $1.id != "c0" }), release: "r3",
      ids: ids)
    for entry in later.entries {
      #expect(entry.change == .same && entry.old?.id == entry.new?.id)
      #expect(entry.stableID == ids[entry.new!.id])
    }
  }

  /// 5 of 1,000 and 9 of 1,000 may be the same number, rounded down to fives.
  @Test func roundingIsNoChange() {
    let before = [topic("c0", "", 100_000, parent: nil), topic("c1", "soil compost", 95)]
    let after = [topic("c0", "", 100_000, parent: nil), topic("c1", "soil compost", 100)]
    let found = ReleaseComparison(old: before, new: after, release: "r").entries[0]
    #expect(found.change == .same && found.pValue! > 0.5)
    let exact = ReleaseComparison(old: before, new: after, release: "r", roundedTo: 1).entries[0]
    #expect(exact.pValue! < found.pValue!)
  }

  @Test func emptyReleases() {
    let root = [topic("c0", "", 100, parent: nil)]
    #expect(ReleaseComparison(old: root, new: root, release: "r").entries.isEmpty)
    #expect(ReleaseComparison(old: root, new: new, release: "r2").entries.allSatisfy { $0.change == .born })
    #expect(ReleaseComparison(old: old, new: root, release: "r").entries.allSatisfy { $0.change == .gone })
  }
}
