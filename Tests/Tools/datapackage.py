"""datapackage.py BUNDLE: the package is valid under frictionless 5, and no more once a copy of it is harmed. Prints the
faults of the bundle, then for each harm whether it is noticed."""

import csv
import json
import os
import shutil
import sys
import tempfile

from frictionless import Package, system

bundle = sys.argv[1]
system.trusted = True


def faults(folder):
    report = Package(folder + "/datapackage.json").validate()
    return [":".join(map(str, e)) for e in report.flatten(["name", "rowNumber", "fieldName", "type"])] + [
        str(error.type) for error in report.errors]


def harm(table, change):
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(bundle, folder + "/copy")
        path = f"{copy}/tables/{table}.csv"
        with open(path, encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        change(lines)
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        return faults(copy)


for fault in faults(bundle):
    print("FAULT", fault)
with open(bundle + "/datapackage.json", encoding="utf-8") as file:
    package = json.load(file)
described = {resource["path"] for resource in package["resources"]}
present = {"tables/" + name for name in os.listdir(bundle + "/tables") if name.endswith(".csv")}
print("every table", described == present)
clusters = next(r for r in package["resources"] if r["name"] == "clusters")
minima = {f["name"]: f["constraints"].get("minimum") for f in clusters["schema"]["fields"] if "constraints" in f}
with open(bundle + "/release.json", encoding="utf-8") as file:
    rules = json.load(file)["rules"]
print(
    "states k", minima["n_users"] == rules["minimum_users"]
    and minima["n_conversations"] == rules["minimum_conversations"])


def field(at, index, value):
    def change(lines):
        lines[at][index] = value

    return change


terms = [f["name"] for f in clusters["schema"]["fields"]]
few = harm("clusters", field(1, terms.index("n_users"), str(rules["minimum_users"] - 1)))
print("too few users", any("constraint-error" in f for f in few))
print("no number", any("type-error" in f for f in harm("clusters", field(1, terms.index("n_users"), "many"))))
print("a stray key", any("foreign-key" in f for f in harm("cluster_terms", field(1, 1, "c999"))))
print("a row twice", any("primary-key" in f for f in harm("suppression", lambda lines: lines.insert(1, lines[1]))))
