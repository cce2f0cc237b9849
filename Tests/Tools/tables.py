"""tables.py BUNDLE FOLDER: every table in CSV, JSON Lines, SQLite, pandas, DuckDB and, by the recipe of
Documentation/Reporting.md, Parquet, against release.json. Prints what differs, then the number of cells compared."""

import csv
import json
import sqlite3
import sys

import duckdb
import pandas
import pyarrow.parquet

from expected import columns, differences, in_csv, tables

bundle, folder = sys.argv[1:]
cells = 0
faults = []


def compare(tool, name, header, rows, expected, convert=lambda value: value):
    global cells
    rows = [tuple(row) for row in rows]
    cells += len(rows) * len(header)
    faults.extend(f"{tool}: {fault}" for fault in differences(name, header, rows, expected, convert))


for name, expected in tables(bundle).items():
    header, path = columns(bundle, name), f"{bundle}/tables/{name}"

    def as_text(value):
        """What the cell spells, where numbers are numbers again."""
        return in_csv(value)

    with open(path + ".csv", encoding="utf-8", newline="") as file:
        records = list(csv.reader(file, strict=True))[1:]
    numbers = [{type(row[c]) for row in expected} & {int, float} for c in header] if expected else []
    typed = [[float(v) if kind and v else v for kind, v in zip(numbers, row)] for row in records]
    compare("csv", name, header, typed, expected, in_csv)

    with open(path + ".jsonl", encoding="utf-8") as file:
        objects = [json.loads(line) for line in file.read().split("\n")[:-1]]
    if any(list(row) != header for row in objects):
        faults.append(f"jsonl: {name}: keys are not the columns in their order")
    compare("jsonl", name, header, [row.values() for row in objects], expected)

    database = sqlite3.connect(f"file:{bundle}/release.sqlite?mode=ro", uri=True)
    compare("sqlite", name, header, database.execute(f'select * from "{name}" order by rowid'), expected)
    stored = [c[1] for c in database.execute(f"pragma table_info('{name}')")]
    if stored != header:
        faults.append(f"sqlite: {name}: columns differ from the CSV")

    texts = {c: str for c in header if any(isinstance(row[c], str) for row in expected)}
    frame = pandas.read_csv(path + ".csv", keep_default_na=False, na_values=[""], dtype=texts)
    frame = frame.astype(object).where(frame.notna(), None)
    compare("pandas", name, list(frame.columns), frame.itertuples(index=False), expected, in_csv)

    # The recipe for Parquet, and DuckDB's own reading on the way.
    query = f"SELECT * FROM read_json('{path}.jsonl', format = 'newline_delimited')"
    if expected:
        parquet = f"{folder}/{name}.parquet"
        duckdb.sql(f"COPY ({query}) TO '{parquet}' (FORMAT parquet)")
        table = pyarrow.parquet.read_table(parquet)
        rows = [[str(v) if hasattr(v, "isoformat") else v for v in row.values()] for row in table.to_pylist()]
        if "created_at" in table.column_names:
            at = table.column_names.index("created_at")
            rows = [[v[:19].replace(" ", "T") + "Z" if i == at and v else v for i, v in enumerate(r)] for r in rows]
        compare("parquet", name, table.column_names, rows, expected)
    # A seed of 64 bits would be taken for a float.
    types = ", types = {'seed': 'VARCHAR'}" if name == "release" else ""
    reading = duckdb.sql(
        f"SELECT * FROM read_csv('{path}.csv', header = true, delim = ',', quote = '\"', escape = '\"'{types})")
    rows = reading.fetchall()
    kinds = dict(zip(reading.columns, map(str, reading.types)))
    rows = [
        [None if v is None else v if kinds[c] in ("BIGINT", "DOUBLE") and str not in {type(r[c]) for r in expected}
         else str(v) for c, v in zip(reading.columns, row)]
        for row in rows]
    if "created_at" in reading.columns:
        at = reading.columns.index("created_at")
        rows = [[v[:19].replace(" ", "T") + "Z" if i == at and v else v for i, v in enumerate(r)] for r in rows]
    compare("duckdb", name, reading.columns, rows, expected, in_csv)

print("\n".join(faults))
print(cells)
