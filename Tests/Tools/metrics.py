"""metrics.py BUNDLE: reads metrics.prom as strictly as the text format of Prometheus is defined and compares it with
release.json; then reads harmed copies, which must be refused. Prints what is wrong."""

import json
import re
import sys

bundle = sys.argv[1]
NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
VALUE = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$")


def parse(text):
    """Name of metric to {labels: value}. Raises ValueError where a reader may stumble."""
    metrics, helped, typed, closed, current = {}, set(), {}, set(), None
    if not text.endswith("\n"):
        raise ValueError("no line feed at the end")
    for line in text[:-1].split("\n"):
        if line.startswith("#"):
            parts = line.split(" ", 3)
            if len(parts) < 4 or parts[0] != "#" or parts[1] not in ("HELP", "TYPE"):
                raise ValueError("a comment that is neither HELP nor TYPE")
            name = parts[2]
            if not NAME.fullmatch(name) or name in closed or name in metrics:
                raise ValueError("HELP or TYPE in the wrong place")
            if parts[1] == "HELP":
                if name in helped or re.search(r"\\(?![\\n])", parts[3]):
                    raise ValueError("HELP twice or with a bad escape")
                helped.add(name)
            else:
                if name in typed or parts[3] not in ("gauge", "counter", "histogram", "summary", "untyped"):
                    raise ValueError("TYPE twice or unknown")
                typed[name] = parts[3]
            continue
        found = NAME.match(line)
        if not found:
            raise ValueError("no name")
        name, rest, labels = found.group(), line[found.end():], {}
        if name != current:
            if current:
                closed.add(current)
            if name in closed:
                raise ValueError("samples of one metric apart")
            current = name
        if rest.startswith("{"):
            rest = rest[1:]
            while not rest.startswith("}"):
                found = LABEL.match(rest)
                if not found or found.group() in labels:
                    raise ValueError("a bad label")
                label, rest = found.group(), rest[found.end():]
                if not rest.startswith('="'):
                    raise ValueError("a label without a value")
                rest, value = rest[2:], ""
                while not rest.startswith('"'):
                    if not rest:
                        raise ValueError("an open quote")
                    if rest[0] == "\\":
                        value += {"\\": "\\", '"': '"', "n": "\n"}[rest[1]]
                        rest = rest[2:]
                    else:
                        value += rest[0]
                        rest = rest[1:]
                labels[label] = value
                rest = rest[1:]
                if rest.startswith(","):
                    rest = rest[1:]
                elif not rest.startswith("}"):
                    raise ValueError("no comma between labels")
            rest = rest[1:]
        if not rest.startswith(" ") or not VALUE.match(rest[1:]):
            raise ValueError("no value, or a time stamp")
        key = tuple(sorted(labels.items()))
        if name not in helped or name not in typed or key in metrics.setdefault(name, {}):
            raise ValueError("a sample twice or without HELP and TYPE")
        metrics[name][key] = float(rest[1:])
    return metrics


with open(bundle + "/metrics.prom", encoding="utf-8", newline="") as file:
    text = file.read()
with open(bundle + "/release.json", encoding="utf-8") as file:
    release = json.load(file)
metrics = parse(text)
root, rules = release["clusters"][0], release["rules"]
single = {
    "throng_release_clusters": len(release["clusters"]), "throng_release_minimum_users": rules["minimum_users"],
    "throng_release_users": root["n_users"]}
if release["run"]["created_at_unix"] is not None:
    single["throng_release_created_timestamp_seconds"] = release["run"]["created_at_unix"]
for name, value in single.items():
    if metrics.pop(name) != {(): value}:
        print("differs:", name)
states = {k[0][1]: v for k, v in metrics.pop("throng_release_conversations").items()}
if states != {k: v for k, v in release["accounts"].items() if k != "kept"}:
    print("differs: states")
info = dict(next(iter(metrics.pop("throng_release_info"))))
if info != {
        "release_id": release["release_id"], "policy": rules["policy"], "unit": rules["unit"],
        "throng_version": release["run"]["throng_version"]}:
    print("differs: info")
top = [c for c in release["clusters"] if c["level"] == 1]
for name, key in [
        ("throng_cluster_users", "n_users"), ("throng_cluster_conversations", "n_conversations"),
        ("throng_cluster_share_ratio", "share")]:
    samples = metrics.pop(name, {})
    if {dict(k)["cluster_id"]: v for k, v in samples.items()} != {c["cluster_id"]: c[key] for c in top}:
        print("differs:", name)
    for labels in samples:
        shown = dict(labels)["label"]
        label = next(c["label"] for c in top if c["cluster_id"] == dict(labels)["cluster_id"])
        if label.isprintable() and shown != label or not shown.isprintable():
            print("differs: a label of", name)
if metrics:
    print("unknown:", sorted(metrics))
lines = text.split("\n")
harms = [text[:-1], text.replace("} ", "} x"), text + lines[2] + "\n", text.replace('"} ', '} ', 1),
         text.replace("# TYPE throng_release_users gauge\n", ""), text + "throng_new 1\n",
         text.replace("throng_release_users 9", "throng_release_users 9 1 ", 1) + " "]
for at, harm in enumerate(harms):
    try:
        parse(harm)
        print("accepted harm", at)
    except (ValueError, KeyError):
        pass
