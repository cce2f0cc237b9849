"""postgresql.py BUNDLE PSQL SOCKET: what a server on a Unix socket holds of a bundle's release, against its release.json.
Prints what differs, then the number of cells compared."""

import json
import subprocess
import sys

from expected import columns, differences, tables

bundle, psql, socket = sys.argv[1:]
expected = tables(bundle)
release = expected["release"][0]["release_id"]
script = ""
for name in expected:
    header = columns(bundle, name)
    listed = ", ".join(f'"{column}"' for column in header)
    script += (
        f"SELECT coalesce(json_agg(json_build_array({listed})), '[]') FROM throng.\"{name}\" "
        f"WHERE release_id = '{release}';\n")
answer = subprocess.run(
    [psql, "--no-psqlrc", "--no-align", "--tuples-only", "--set", "ON_ERROR_STOP=1", "--host", socket,
     "--username", "postgres", "postgres"],
    input=script, capture_output=True, text=True, check=True).stdout


def documents(text):
    """The JSON values that stand one after the other; psql breaks long ones between elements."""
    decoder, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        value, at = decoder.raw_decode(text, at)
        yield value


def order(row):
    return [(value is not None, str(value)) for value in row]


cells = 0
for (name, wanted), rows in zip(expected.items(), documents(answer)):
    header = columns(bundle, name)
    # A table has no order.
    wanted = sorted(wanted, key=lambda row: order([row[column] or None for column in header]))
    rows = sorted(rows, key=lambda row: order([value or None for value in row]))
    cells += len(rows) * len(header)
    for difference in differences(name, header, rows, wanted):
        print(difference)
print(cells)
