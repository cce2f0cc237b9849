internal import ThrongCore

/// `explorer.html`: a page that is the same in every release, around data of this one.
///
/// Of the page the audit knows the digest only. Where it is another, all of it is searched like any other text, and said to
/// be a fault; where it is the known one, nobody of the log can have written it, and only the data are searched.
struct ExplorerFile {
  static let name = "explorer.html"

  /// SHA-256 of the pages without their data, newest first. A test says what the next one is.
  private static let pages: Set<String> = [
    "12a5da21a538a7fb33b7ff4f0adb399f7f772515ab8d0c6f03acef03ca9038ec"
  ]

  private static let opening = Array("<script type=\"application/json\" id=\"release\">".utf8)
  private static let closing = Array("</script>".utf8)

  /// Where the data stand.
  let data: Range<Int>
  /// Digest of what stands around them.
  let page: String

  var isKnown: Bool { Self.pages.contains(page) }

  /// Nil where it has no data.
  init?(_ bytes: [UInt8]) {
    guard let opening = bytes.firstRange(of: Self.opening),
      let closing = bytes[opening.upperBound...].firstRange(of: Self.closing)
    else { return nil }
    data = opening.upperBound..<closing.lowerBound
    page = Digest.hexadecimal(Digest.sha256(Array(bytes[..<data.lowerBound] + bytes[data.upperBound...])))
  }

  /// The bytes that may tell something of the log, in their places: without the page, if it is known.
  static func telling(_ bytes: [UInt8]) -> [UInt8] {
    guard let file = ExplorerFile(bytes), file.isKnown else { return bytes }
    var out = [UInt8](repeating: 0x0A, count: bytes.count)
    out.replaceSubrange(file.data, with: bytes[file.data])
    return out
  }
}

/// Whether the data of the explorer say what `release.json` says.
struct ExplorerData {
  private let data: JSONNode
  private let published: Published
  private var faults: [String] = []

  /// What differs. O(bytes).
  static func faults(_ bytes: [UInt8], _ published: Published) -> [String] {
    guard let file = ExplorerFile(bytes), let data = try? JSONReader.read(Array(bytes[file.data])) else {
      return ["explorer.html holds no data"]
    }
    var check = ExplorerData(data: data.value, published: published)
    if !file.isKnown {
      check.faults.append("explorer.html is not the page that releases have, but for its data")
    }
    if !data.duplicates.isEmpty { check.faults.append("explorer.html: a key is written twice") }
    check.checkDocument()
    check.checkClusters()
    check.checkFacets()
    return check.faults
  }

  private init(data: JSONNode, published: Published) {
    self.data = data
    self.published = published
  }

  private mutating func expect(_ holds: Bool, _ what: String) {
    if !holds { faults.append("explorer.html: \(what) not as in release.json") }
  }

  private mutating func expectKeys(_ node: JSONNode?, _ keys: Set<String>, _ what: String) {
    expect(node?.members.map { Set($0.map(\.key)).isSubset(of: keys) } ?? false, "the keys of \(what) are")
  }

  private mutating func checkDocument() {
    expectKeys(
      data,
      [
        "release_id", "version", "created_at", "rules", "accounts", "clusters", "words", "facets", "cells",
        "coverage",
      ], "the document")
    for key in ["release_id", "rules", "accounts"] { expect(data[key] == published.json[key], "\(key) is") }
    expect(data["version"] == published.json["run"]?["throng_version"], "version is")
    expect((data["created_at"] ?? .null) == published.json["run"]?["created_at"], "created_at is")
  }

  private static let columns = [
    ("label", "label"), ("users", "n_users"), ("conversations", "n_conversations"), ("share", "share"),
    ("share_low", "share_low"), ("share_high", "share_high"), ("x", "x"), ("y", "y"),
    ("stability", "stability"),
    ("users_low", "n_users_low"), ("users_high", "n_users_high"),
    ("conversations_low", "n_conversations_low"),
    ("conversations_high", "n_conversations_high"), ("rolled_up", "n_conversations_rolled_up"),
  ]

  /// A column and the member of each row that it stands for; a column is left out where no row has one.
  private mutating func compare(
    _ columns: JSONNode?, _ column: String, to key: String, of rows: [JSONNode], _ what: String
  ) {
    let members = rows.map { $0[key] ?? .null }
    guard let cells = columns?[column]?.elements else {
      return expect(columns?[column] == nil && members.allSatisfy(\.isNull), "\(column) of \(what) is")
    }
    expect(cells == members, "\(column) of \(what) is")
  }

  private mutating func checkClusters() {
    let rows = published.json["clusters"]?.elements ?? []
    let columns = data["clusters"]
    expectKeys(columns, Set(Self.columns.map(\.0) + ["parent", "terms", "notes"]), "clusters")
    for (column, key) in Self.columns { compare(columns, column, to: key, of: rows, "clusters") }
    expect(
      columns?["parent"]?.elements?.map(\.integer) == published.clusters.map { $0.parent ?? -1 },
      "parent of clusters is")
    let words = data["words"]?.elements?.map(\.text) ?? []
    let terms = columns?["terms"]?.elements?.map { list in
      list.elements?.map { at in at.integer.flatMap { words.indices.contains($0) ? words[$0] : nil } }
    }
    expect(terms == published.clusters.map { $0.terms }, "terms of clusters are")
    expect(Set(words) == Set(published.clusters.flatMap(\.terms)), "words are")
    let notes = columns?["notes"]?.elements ?? []
    expect(
      notes.count == rows.count
        && zip(notes, rows).allSatisfy { note, row in
          guard let note = note.text else { return false }
          return note.isEmpty || (row["description"]?.text?.contains(note) ?? false)
        }, "notes of clusters are")
  }

  private mutating func checkFacets() {
    let facets = data["facets"]?.elements ?? []
    expect(facets.count == published.facets.count, "the number of facets is")
    for (facet, row) in zip(facets, published.json["facets"]?.elements ?? []) {
      expectKeys(facet, ["name", "parts", "ordered", "sensitive", "values"], "a facet")
      for key in ["name", "parts", "ordered", "sensitive"] {
        expect(facet[key] == row[key], "\(key) of a facet is")
      }
    }
    // Each value with its facet, by its number.
    let values = facets.flatMap { facet in
      (facet["values"]?.elements ?? []).map { [facet["name"] ?? .null, $0] }
    }
    func named(_ column: JSONNode?) -> [[JSONNode]] {
      (column?.elements ?? []).map { at in
        at.integer.flatMap { values.indices.contains($0) ? values[$0] : nil } ?? []
      }
    }
    let cells = published.json["cluster_facets"]?.elements ?? []
    let coverage = published.json["coverage"]?.elements ?? []
    let pairs = { (row: JSONNode) in [row["facet"] ?? .null, row["value"] ?? .null] }
    expect(named(data["cells"]?["value"]) == cells.map(pairs), "values of cells are")
    expect(named(data["coverage"]?["value"]) == coverage.map(pairs), "values of coverage are")
    let used = Set(
      ((data["cells"]?["value"]?.elements ?? []) + (data["coverage"]?["value"]?.elements ?? [])).map(
        \.integer))
    expect(used.count == values.count, "the number of values is")
    var at = 0
    let places = (data["cells"]?["cluster"]?.elements ?? []).map { step -> String? in
      at += step.integer ?? 0
      return published.clusters.indices.contains(at) ? published.clusters[at].id : nil
    }
    expect(places == cells.map { $0["cluster_id"]?.text }, "clusters of cells are")
    for column in ["users", "conversations"] {
      compare(data["cells"], column, to: "n_\(column)", of: cells, "cells")
      for end in ["_low", "_high"] {
        compare(data["cells"], column + end, to: "n_\(column)\(end)", of: cells, "cells")
      }
    }
    for column in ["share_released", "share_rolled_up"] {
      compare(data["coverage"], column, to: column, of: coverage, "coverage")
    }
  }
}
