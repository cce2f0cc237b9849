"""Clustering quality of `throng evaluate` at the true number of clusters, means over seeds 1 to 3.

    python Benchmarks/quality.py

Prints NMI, ARI and accuracy in percent beside scikit-learn's TF-IDF + SVD 100 + k-means (figures of the
development corpora's own README) and stores them under Runs/.
"""

import argparse
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
root = here.parent

# corpus: (peer's NMI, ARI, accuracy; further arguments)
CASES = {
    "newsgroups20": ((54.4, 35.2, 55.7), []),
    "stackoverflow": ((68.7, 32.7, 67.3), []),
    "clinc150": ((65.0, 30.9, 43.6), ["--ignore-label", "oos"]),
    "sgd_single_domain": ((87.8, 72.9, 76.0), []),
    "counsel_chat": ((28.6, 7.4, 22.3), []),
}

parser = argparse.ArgumentParser()
parser.add_argument("--throng", default=str(root / ".build/release/throng"))
parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
parser.add_argument("--only", help="one corpus")
parser.add_argument("flags", nargs="*", help="further flags for throng evaluate, after --")
arguments = parser.parse_args()

corpora = pathlib.Path(os.environ.get("THRONG_CORPORA", str(root.parent / "shared/corpora")))
results = {}
print(f"{'corpus':<20}{'NMI':>7}{'ARI':>7}{'ACC':>7}   peer{'NMI':>7}{'ARI':>7}{'ACC':>7}{'seconds':>10}")
for name, (peer, further) in CASES.items():
    if arguments.only and name != arguments.only:
        continue
    scores = []
    for seed in (1, 2, 3):
        done = subprocess.run(
            [arguments.throng, "evaluate", str(corpora / f"{name}.jsonl.zst"), "--label", "label"]
            + ["--seed", str(seed), "--quiet"]
            + further
            + arguments.flags,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(done.stderr)
        scores.append(json.loads(done.stdout))
    mean = [100 * statistics.mean(s[key] for s in scores) for key in ("nmi", "ari", "accuracy")]
    seconds = statistics.median(s["seconds"]["total"] for s in scores)
    results[name] = {"throng": mean, "peer": peer, "seconds": seconds, "clusters": scores[0]["clusters"]}
    print(
        f"{name:<20}" + "".join(f"{x:7.1f}" for x in mean) + "       "
        + "".join(f"{x:7.1f}" for x in peer) + f"{seconds:10.2f}",
        flush=True,
    )

if not arguments.no_record and not arguments.only:
    date = datetime.date.today().isoformat()
    record = {"benchmark": "quality", "date": date, "measures": ["nmi", "ari", "accuracy"], "corpora": results}
    (here / "Runs").mkdir(exist_ok=True)
    (here / "Runs" / f"{date}-quality.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
