import Foundation
import Testing
import ThrongCore
import ThrongLinearAlgebra
import ThrongText

@Suite struct FeaturesTests {
  static func features(_ texts: [String], size: Int = 70, _ plan: SpillPlan? = nil) throws -> Features {
    var features = Features(plan)
    for start in stride(from: 0, to: texts.count, by: size) {
      try features.append(try Fixture.block(texts[start..<min(texts.count, start + size)].map { [$0] }))
    }
    return features
  }

  /// The weights by their definitions, with dictionaries and doubles.
  static func naive(
    _ features: Features, users: [UInt32], bits: Int, minimumUsers: Int, share: Double, common: Double
  ) throws -> [[UInt32: Double]] {
    let mask = UInt64((1 << bits) - 1)
    var counts: [[UInt32: Int]] = []
    var columnUsers: [UInt32: Set<UInt32>] = [:]
    for d in 0..<features.documents {
      var row: [UInt32: Int] = [:]
      for (hash, count) in try features.terms(of: d) {
        let column = UInt32(hash & mask)
        row[column, default: 0] += Int(count)
        columnUsers[column, default: []].insert(users[d])
      }
      counts.append(row)
    }
    let all = Double(Set(users).count)
    return counts.map { row in
      var weights: [UInt32: Double] = [:]
      for (column, count) in row {
        let u = Double(columnUsers[column]!.count)
        if u < Double(minimumUsers) || u > share * all { continue }
        weights[column] = (1 + log(Double(count))) * (log((1 + all) / (1 + u)) + common)
      }
      let norm = weights.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return weights.mapValues { $0 / norm }
    }
  }

  @Test(arguments: [
    (10, 1, 1.0, 0.5), (10, 3, 1.0, 0.5), (18, 2, 1.0, 0), (18, 2, 0.4, 0.5), (24, 2, 1.0, 1),
  ])
  func weightsFollowTheirDefinition(_ bits: Int, _ minimumUsers: Int, _ share: Double, _ common: Double)
    throws
  {
    var (texts, users) = TermTableTests.corpus(21)
    texts[5] = ""
    texts[6] = "unheardof"
    let features = try Self.features(texts)
    var settings = TextSettings()
    settings.columnBits = bits
    settings.maximumUserShare = share
    settings.commonWeight = common
    let weighted = try features.weighted(
      settings: settings, users: users, minimumUsers: minimumUsers, workers: Workers(threads: 2))
    let expected = try Self.naive(
      features, users: users, bits: bits, minimumUsers: minimumUsers, share: share, common: common)
    let matrix = weighted.matrix
    #expect(matrix.rows == texts.count && matrix.columns == weighted.columns.count)
    #expect(weighted.idf.count == matrix.columns)
    #expect(zip(weighted.columns, weighted.columns.dropFirst()).allSatisfy { $0 < $1 })
    for d in 0..<matrix.rows {
      let range = matrix.rowOffsets[d]..<matrix.rowOffsets[d + 1]
      let columns = matrix.columnIndices[range]
      #expect(zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 })
      #expect(columns.count == expected[d].count)
      for i in range {
        let weight = try #require(expected[d][weighted.columns[Int(matrix.columnIndices[i])]])
        #expect(abs(Double(matrix.values[i]) - weight) < 1e-6)
      }
    }
    users[0] = users[1]
    #expect(matrix.rowOffsets[5] == matrix.rowOffsets[6])
  }

  @Test func collisionsAddUp() throws {
    // 2¹⁰ columns and 4,000 terms: columns must be shared.
    let words = (0..<4000).map { "w\($0)x" }
    let features = try Self.features([words.joined(separator: ", "), words.joined(separator: ", ")])
    var settings = TextSettings()
    settings.columnBits = 10
    let weighted = try features.weighted(
      settings: settings, users: [0, 1], minimumUsers: 2, workers: Workers(threads: 1))
    #expect(weighted.matrix.columns <= 1024 && weighted.matrix.columns > 900)
    #expect(weighted.idf.allSatisfy { $0 == Float(settings.commonWeight) })
  }

  @Test func sameBytesAtAnyNumberOfThreads() throws {
    let (texts, users) = TermTableTests.corpus(22, documents: 1500)
    let features = try Self.features(texts, size: 400)
    func run(_ threads: Int) throws -> WeightedMatrix {
      try features.weighted(
        settings: TextSettings(), users: users, minimumUsers: 2, workers: Workers(threads: threads))
    }
    let one = try run(1)
    for threads in [2, 3, 5] {
      let other = try run(threads)
      #expect(other.columns == one.columns && other.idf == one.idf)
      #expect(other.matrix.rowOffsets == one.matrix.rowOffsets)
      #expect(other.matrix.columnIndices == one.matrix.columnIndices)
      #expect(other.matrix.values.map(\.bitPattern) == one.matrix.values.map(\.bitPattern))
    }
  }

  @Test func rowsNameTheDictionaryTermsOfEachDocument() throws {
    let (texts, users) = TermTableTests.corpus(23)
    let features = try Self.features(texts)
    let dictionary = try TermTableTests.dictionary(texts, users, minimumUsers: 4)
    let kept = Set(TermTableTests.spellings(dictionary))
    let rows = try features.rows(in: dictionary, workers: Workers(threads: 2))
    #expect(rows.offsets.count == texts.count + 1)
    for (d, text) in texts.enumerated() {
      let row = rows.terms[rows.offsets[d]..<rows.offsets[d + 1]]
      #expect(zip(row, row.dropFirst()).allSatisfy { $0 < $1 })
      #expect(Set(row.map { dictionary.spelling(Int($0)) }) == (try Fixture.terms(text)).intersection(kept))
    }
  }

  /// What lies on the disk is what memory would hold, whoever reads it and in whatever order.
  @Test func whatIsSpilledIsTheSame() throws {
    let (texts, users) = TermTableTests.corpus(24, documents: 1500)
    let held = try Self.features(texts)
    let spilled = try Self.features(texts, SpillPlan(folder: nil, heldBytes: 4000))
    #expect(spilled.termCount * 10 > 100_000)
    let workers = Workers(threads: 2)
    func weighted(_ features: Features) throws -> WeightedMatrix {
      try features.weighted(settings: TextSettings(), users: users, minimumUsers: 2, workers: workers)
    }
    #expect(try weighted(spilled).matrix == weighted(held).matrix)
    #expect(try spilled.copies(workers: workers) == held.copies(workers: workers))
    let dictionary = try TermTableTests.dictionary(texts, users, minimumUsers: 4)
    let (some, same) = try (
      spilled.rows(in: dictionary, workers: workers), held.rows(in: dictionary, workers: workers)
    )
    #expect(some.offsets == same.offsets && some.terms == same.terms)
    let chosen = [1400, 3, 3, 77, 0]
    let part = try spilled.selecting(chosen)
    for (place, d) in chosen.enumerated() {
      #expect(try part.terms(of: place).map(\.hash) == held.terms(of: d).map(\.hash))
      #expect(try part.terms(of: place).map(\.count) == held.terms(of: d).map(\.count))
    }
    let weights = try held.columnWeights(
      settings: TextSettings(), users: users, minimumUsers: 2, workers: workers)
    let all = try held.weighted(by: weights, workers: workers)
    #expect(
      try spilled.weighted(by: weights, range: 300..<1300, workers: workers)
        == all.selectingRows(Array(300..<1300)))
    #expect(
      try spilled.weighted(by: weights, documents: [9, 1200, 4], workers: workers)
        == all.selectingRows([9, 1200, 4]))
  }

  @Test func emptyAndWrongInput() throws {
    let none = try Features().weighted(
      settings: TextSettings(), users: [], minimumUsers: 2, workers: Workers(threads: 2))
    #expect(none.matrix.rows == 0 && none.matrix.rowOffsets == [0] && none.columns.isEmpty)
    let features = try Self.features(["one two"])
    #expect(throws: TextFailure.self) {
      try features.weighted(
        settings: TextSettings(), users: [], minimumUsers: 1, workers: Workers(threads: 1))
    }
  }

  @Test func settingsOutOfRangeAreRefused() {
    for change in [
      { (s: inout TextSettings) in s.columnBits = 9 }, { $0.columnBits = 25 }, { $0.maximumTokenBytes = 0 },
      { $0.maximumUserShare = 0 }, { $0.maximumUserShare = 1.5 }, { $0.commonWeight = -0.1 },
      { $0.commonWeight = .nan },
    ] {
      var settings = TextSettings()
      change(&settings)
      let failure = #expect(throws: TextFailure.self) { try settings.validate() }
      #expect(failure?.exitStatus == ExitCode.usage.rawValue)
    }
  }
}
