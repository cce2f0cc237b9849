import ThrongPrivacy

/// How the tables of a release go into PostgreSQL 12 and later, in one transaction: the statements, and the tables whose
/// rows are copied between them. `schema.postgres.sql` is this for `psql`; ``ThrongPostgreSQL`` sends it itself.
///
/// - The schema `throng` and its tables are made where they are missing, so that a role that may only insert can load too.
/// - Rows of many releases stand in the same tables. An id of a release says what it holds, so a row that is there
///   already is left alone: loading twice changes nothing.
/// - Rows come as JSON, which is exact where CSV has apostrophes against formulas, and pass a temporary table that checks the
///   release's own thresholds, which the lasting tables cannot: other releases have others.
package struct PostgreSQLLoad: Sendable {
  package enum Step: Sendable {
    /// A statement, without its semicolon.
    case statement(String)
    /// ``copy`` with the rows of a table, as lines of JSON.
    case rows(BundleTable)
  }

  package static let schema = "throng"
  private static let lines = "pg_temp.throng_lines"
  /// What copies lines of JSON: CSV with quotes and separators that JSON escapes.
  package static let copy =
    "COPY \(lines) (line) FROM STDIN WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"

  package let steps: [Step]

  package init(_ tables: [BundleTable]) {
    var steps: [Step] = [
      // One load at a time, so that two do not make the same table.
      .statement("DO $throng$ BEGIN PERFORM pg_advisory_xact_lock(hashtext('\(Self.schema)')); END $throng$"),
      .statement("CREATE TEMPORARY TABLE throng_lines (line json NOT NULL) ON COMMIT DROP"),
      .statement(
        Self.unless(
          "to_regnamespace('\(Self.schema)')", "CREATE SCHEMA \(Self.schema);\n")),
    ]
    for table in tables {
      steps.append(.statement(Self.unless("to_regclass('\(Self.name(table))')", Self.definition(table))))
    }
    for table in tables {
      let draft = "pg_temp.\"throng_\(table.name)\""
      let columns = table.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
      let checks = table.columns.compactMap { column in
        column.minimum.map { ", CHECK (\"\(column.name)\" >= \($0))" }
      }
      steps += [
        .statement(
          "CREATE TEMPORARY TABLE \"throng_\(table.name)\" (LIKE \(Self.name(table))\(checks.joined())) ON COMMIT DROP"
        ),
        .rows(table),
        .statement(
          """
          INSERT INTO \(draft) (\(columns)) SELECT \(columns) FROM \(Self.lines), \
          json_populate_record(NULL::\(Self.name(table)), line)
          """),
        .statement(
          "INSERT INTO \(Self.name(table)) (\(columns)) SELECT \(columns) FROM \(draft) ON CONFLICT DO NOTHING"
        ),
        .statement("TRUNCATE \(Self.lines)"),
      ]
    }
    self.steps = steps
  }

  /// The rows of a table as ``copy`` wants them.
  package static func rows(of table: BundleTable) -> [UInt8] { JSONLinesTables.bytes(table) }

  private static func name(_ table: BundleTable) -> String { "\(schema).\"\(table.name)\"" }

  private static func unless(_ found: String, _ statements: String) -> String {
    "DO $throng$ BEGIN\nIF \(found) IS NULL THEN\n\(statements)END IF;\nEND $throng$"
  }

  private static func definition(_ table: BundleTable) -> String {
    func list(_ columns: [String]) -> String { columns.map { "\"\($0)\"" }.joined(separator: ", ") }
    func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
    var parts = table.columns.map { column in
      let type =
        switch column.kind {
        case .text: "text"
        case .integer: "bigint"
        case .real: "double precision"
        case .date: "date"
        }
      return "\"\(column.name)\" \(type)\(column.isOptional ? "" : " NOT NULL")"
    }
    parts.append("PRIMARY KEY (\(list(table.primaryKey)))")
    parts += table.references.map { reference in
      "FOREIGN KEY (\(list(reference.columns))) REFERENCES \(schema).\"\(reference.table)\" (\(list(reference.to)))"
    }
    var text = "CREATE TABLE \(name(table)) (\n  \(parts.joined(separator: ",\n  "))\n);\n"
    text += "COMMENT ON TABLE \(name(table)) IS \(quoted(table.summary));\n"
    for column in table.columns {
      text += "COMMENT ON COLUMN \(name(table)).\"\(column.name)\" IS \(quoted(column.summary));\n"
    }
    for column in table.indexed {
      text += "CREATE INDEX \"\(table.name)_\(column)\" ON \(name(table)) (\"\(column)\");\n"
    }
    return text
  }
}

/// `schema.postgres.sql`: ``PostgreSQLLoad`` for `psql`, which reads `tables/*.jsonl` from the folder it is started in.
struct PostgreSQLScript: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    var text = """
      -- Loads this release into the schema \(PostgreSQLLoad.schema) of a PostgreSQL database; twice is as good as once.
      -- In the folder of the bundle: psql --no-psqlrc --file schema.postgres.sql
      \\set ON_ERROR_STOP on
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      BEGIN;

      """
    for step in PostgreSQLLoad(tables).steps {
      switch step {
      case .statement(let statement): text += statement + ";\n"
      case .rows(let table):
        text +=
          "\\"
          + PostgreSQLLoad.copy.replacing("COPY", with: "copy").replacing(
            "STDIN", with: "'tables/\(table.name).jsonl'") + "\n"
      }
    }
    text += "COMMIT;\n"
    try folder.write(Array(text.utf8), to: "schema.postgres.sql")
  }
}
