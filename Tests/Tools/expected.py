"""What the tables of a bundle must hold, worked out from its release.json alone."""

import csv
import datetime
import json
import os


def period(facet, value):
    """The first day of a period as the facets of the calendar name it; None where it is none."""
    try:
        if facet == ".day":
            return datetime.date.fromisoformat(value)
        if facet == ".week":
            year, week = value.split("-W")
            return datetime.date.fromisocalendar(int(year), int(week), 1)
        if facet == ".month":
            year, month = value.split("-")
            return datetime.date(int(year), int(month), 1)
        if facet == ".quarter":
            year, quarter = value.split("-Q")
            return datetime.date(int(year), 3 * int(quarter) - 2, 1)
        if facet == ".year":
            return datetime.date(int(value), 1, 1)
    except ValueError:
        pass
    return None


def plain(value):
    """A value of release.json as a cell of a table."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return ", ".join(value)
    return value


def tables(bundle):
    """Name of table to a list of rows, each a dict with a value for each column it must have."""
    with open(bundle + "/release.json", encoding="utf-8") as file:
        release = json.load(file)
    own = {"release_id": release["release_id"]}
    clusters = release["clusters"]
    run, rules = release["run"], release["rules"]
    budget = rules["differential"] or {"epsilon": None, "delta": None, "cells_per_user": None}
    flat = dict(own, format_version=release["format_version"])
    flat.update((key, plain(value)) for key, value in run.items() if key != "levels")
    flat["levels"] = None if run["levels"] is None else ",".join(map(str, run["levels"]))
    flat.update((key, value) for key, value in rules.items() if key != "differential")
    flat.update((key, budget[key]) for key in ("epsilon", "delta", "cells_per_user"))
    flat.update(("n_" + key, value) for key, value in release["accounts"].items())

    series = []
    for cell in release["cluster_facets"]:
        start = period(cell["facet"], cell["value"])
        if start:
            row = {key: value for key, value in cell.items() if key not in ("facet", "value")}
            midnight = datetime.datetime(start.year, start.month, start.day, tzinfo=datetime.timezone.utc)
            row.update(
                own, period=cell["facet"][1:], period_start=start.isoformat(),
                period_start_unix=int(midnight.timestamp()))
            series.append(row)
    found = {
        "release": [flat],
        "clusters": [
            dict(own, **{k: plain(v) for k, v in c.items() if k != "n_conversations_rolled_up"})
            for c in clusters],
        "cluster_terms": [
            dict(own, cluster_id=c["cluster_id"], position=at, term=term)
            for c in clusters for at, term in enumerate(c["top_terms"], 1)],
        "suppression": [
            dict(own, cluster_id=c["cluster_id"], n_conversations=c["n_conversations_rolled_up"])
            for c in clusters if c["n_conversations_rolled_up"] > 0],
        "facets": [
            dict(
                own, facet=f["name"], parts=" * ".join(f["parts"]), ordered=int(f["ordered"]),
                sensitive=int(f["sensitive"])) for f in release["facets"]],
        "cluster_timeseries": series,
    }
    # Tables that stand in release.json under their own name.
    for name in sorted(os.listdir(bundle + "/tables")):
        name = name.rsplit(".", 1)[0]
        if name not in found:
            found[name] = [dict(own, **{k: plain(v) for k, v in row.items()}) for row in release[name]]
    return found


def in_csv(value):
    """A value as CSV has it: texts that a spreadsheet would run are led by an apostrophe."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") and value:
        return "'" + value
    return value


def differences(name, columns, rows, expected, convert=lambda value: value):
    """Where rows (tuples, in the order of the columns) are not what they must be. No text and none are alike."""
    found = []
    if sorted(columns) != sorted(expected[0].keys() if expected else columns):
        found.append(f"{name}: columns {sorted(set(columns) ^ set(expected[0]))}")
    if len(rows) != len(expected):
        found.append(f"{name}: {len(rows)} rows, not {len(expected)}")
    for at, (row, wanted) in enumerate(zip(rows, expected)):
        for column, value in zip(columns, row):
            value = None if value == "" or value != value else value
            want = convert(wanted.get(column))
            want = None if want == "" else want
            if value != want:
                found.append(f"{name}, row {at + 1}, {column}: {value!r}, not {want!r}")
    return found


def columns(bundle, name):
    """The header of a table's CSV."""
    with open(f"{bundle}/tables/{name}.csv", encoding="utf-8", newline="") as file:
        return next(csv.reader(file))
