"""lineage.py BUNDLE: the events against what OpenLineage asks of a run event and of the facets that are used, written down
here from its specification, and against the tables of the bundle. Prints what is wrong."""

import csv
import json
import re
import sys
import uuid

from jsonschema import Draft202012Validator, FormatChecker

bundle = sys.argv[1]
TEXT = {"type": "string"}
URI = {"type": "string", "format": "uri", "pattern": "^[a-z]+:[^ ]+$"}


def facet(properties, required=()):
    return {
        "type": "object", "properties": dict(properties, _producer=URI, _schemaURL=URI),
        "required": ["_producer", "_schemaURL", *required]}


FIELD = {"type": "object", "properties": {"name": TEXT, "type": TEXT, "description": TEXT}, "required": ["name"]}
DATASET = {
    "type": "object", "required": ["namespace", "name"],
    "properties": {
        "namespace": TEXT, "name": TEXT,
        "facets": {"properties": {"schema": facet({"fields": {"type": "array", "items": FIELD}})}},
        "outputFacets": {
            "properties": {"outputStatistics": facet({"rowCount": {"type": "integer"}}, ["rowCount"])}}}}
EVENT = {
    "type": "object", "required": ["eventTime", "producer", "schemaURL", "run", "job"],
    "properties": {
        "eventType": {"enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]},
        "eventTime": {"type": "string", "format": "date-time"}, "producer": URI, "schemaURL": URI,
        "run": {
            "type": "object", "required": ["runId"], "properties": {"runId": {"type": "string", "format": "uuid"}}},
        "job": {"type": "object", "required": ["namespace", "name"], "properties": {"namespace": TEXT, "name": TEXT}},
        "inputs": {"type": "array", "items": DATASET}, "outputs": {"type": "array", "items": DATASET}}}

with open(bundle + "/lineage.jsonl", encoding="utf-8") as file:
    events = [json.loads(line) for line in file.read().split("\n")[:-1]]
with open(bundle + "/release.json", encoding="utf-8") as file:
    release = json.load(file)
checker = Draft202012Validator(EVENT, format_checker=FormatChecker())
for event in events:
    for error in checker.iter_errors(event):
        print("invalid:", "/".join(map(str, error.path)))
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", event["eventTime"]):
        print("no time")
    if event["eventTime"] != (release["run"]["created_at"] or "1970-01-01T00:00:00Z"):
        print("another time than the release's")
    run = uuid.UUID(event["run"]["runId"])
    if run.variant != uuid.RFC_4122 or run.version != 8:
        print("no UUID of version 8")
    for output in event["outputs"]:
        table = output["name"].removeprefix(release["release_id"] + ".")
        with open(f"{bundle}/tables/{table}.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        if [f["name"] for f in output["facets"]["schema"]["fields"]] != rows[0]:
            print("other fields:", table)
        counted = output.get("outputFacets", {}).get("outputStatistics", {}).get("rowCount")
        if counted != (len(rows) - 1 if event["eventType"] == "COMPLETE" else None):
            print("other rows:", table)
if [event["eventType"] for event in events] != ["START", "COMPLETE"]:
    print("not a start and an end")
if len({event["run"]["runId"] for event in events}) != 1:
    print("not one run")
