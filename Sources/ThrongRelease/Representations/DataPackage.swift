import ThrongPrivacy

/// `datapackage.json`: the CSV tables as a Data Package (version 2 of the standard), so that any validator can check
/// types, keys and, through `constraints.minimum`, that every count has passed its threshold.
struct DataPackage: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    try folder.write(Self.descriptor(release, tables).document, to: "datapackage.json")
  }

  private static func descriptor(_ release: Release, _ tables: [BundleTable]) -> JSON {
    var members: [(String, JSON)] = [
      ("$schema", .text("https://datapackage.org/profiles/2.0/datapackage.json")),
      ("name", .text("throng-release-\(release.id)")),
      ("title", .text("Throng release \(release.id)")),
      ("description", .text(BundleText.description(release.rules))),
    ]
    if let created = release.run.createdAt { members.append(("created", .text(created))) }
    members.append(("resources", .array(tables.map(resource))))
    return .object(members)
  }

  private static func resource(_ table: BundleTable) -> JSON {
    .object([
      ("$schema", .text("https://datapackage.org/profiles/2.0/dataresource.json")),
      ("name", .text(table.name)), ("path", .text("tables/\(table.name).csv")), ("type", .text("table")),
      ("description", .text(table.summary)), ("format", .text("csv")), ("mediatype", .text("text/csv")),
      ("encoding", .text("utf-8")),
      (
        "schema",
        .object([
          ("$schema", .text("https://datapackage.org/profiles/2.0/tableschema.json")),
          ("fields", .array(table.columns.map { field($0, isKey: table.primaryKey.contains($0.name)) })),
          ("missingValues", .texts([""])), ("primaryKey", .texts(table.primaryKey)),
          ("foreignKeys", .array(references(of: table))),
        ])
      ),
    ])
  }

  private static func field(_ column: BundleTable.Column, isKey: Bool) -> JSON {
    let type =
      switch column.kind {
      case .text: "string"
      case .integer: "integer"
      case .real: "number"
      case .date: "date"
      }
    var constraints: [(String, JSON)] = []
    // CSV spells an empty text as it spells none.
    if isKey || !column.isOptional && column.kind != .text {
      constraints.append(("required", .boolean(true)))
    }
    if let minimum = column.minimum { constraints.append(("minimum", .integer(minimum))) }
    var members: [(String, JSON)] = [
      ("name", .text(column.name)), ("type", .text(type)), ("description", .text(column.summary)),
    ]
    if !constraints.isEmpty { members.append(("constraints", .object(constraints))) }
    return .object(members)
  }

  /// Without those through a column that may be empty: frictionless looks for the whole key, the empty part included.
  private static func references(of table: BundleTable) -> [JSON] {
    let optional = Set(table.columns.filter(\.isOptional).map(\.name))
    return table.references.filter { optional.isDisjoint(with: $0.columns) }.map { reference in
      .object([
        ("fields", .texts(reference.columns)),
        (
          "reference",
          .object([("resource", .text(reference.table)), ("fields", .texts(reference.to))])
        ),
      ])
    }
  }
}

/// Sentences that more than one file of a bundle says.
enum BundleText {
  static func description(_ rules: Release.Rules) -> String {
    rules.differential == nil
      ? "What a crowd talks about. Every count is a lower bound and stands for at least "
        + "\(rules.minimumUsers) \(rules.unit)s; what fewer share is withheld."
      : "What a crowd talks about. Every count carries noise; what fewer than "
        + "\(rules.minimumUsers) \(rules.unit)s share is withheld."
  }
}
