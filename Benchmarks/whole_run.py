"""Times `throng run` against the scikit-learn pipeline of the same steps, in turn, on the same file.

    python Benchmarks/whole_run.py newsgroups20 [--runs 5]
    python Benchmarks/whole_run.py 131484 [--runs 3]

Both read the same uncompressed JSON Lines file and make rows / 100 base clusters. For Throng the whole
process counts, from start to the renamed bundle; for the peer its imports do not. Prints the machine, the
versions, the split by stage and the median of the ratios pair by pair, and stores the result under Runs/.
"""

import argparse
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import shared

here = pathlib.Path(__file__).resolve().parent
root = here.parent

parser = argparse.ArgumentParser()
parser.add_argument("corpus", help="name of a development corpus, a path to JSON Lines, or a number of conversations to invent")
parser.add_argument("--runs", type=int, default=5)
parser.add_argument("--throng", default=str(root / ".build/release/throng"))
parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
arguments = parser.parse_args()


def commit():
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=root, capture_output=True, text=True
    )
    return described.stdout.strip() or "unknown"


def corpus_path(folder):
    if os.path.exists(arguments.corpus):
        return arguments.corpus
    if arguments.corpus.isdigit():
        invented = os.path.join(folder, "corpus.jsonl")
        subprocess.run([arguments.throng, "synthesize", "--conversations", arguments.corpus, "--seed", "1", "--output", invented,
                        "--quiet"], check=True)
        return invented
    packed = shared.corpus(arguments.corpus)
    plain = os.path.join(folder, "corpus.jsonl")
    with open(plain, "wb") as out:
        subprocess.run(["zstd", "-dcf", str(packed)], stdout=out, check=True)
    return plain


def last_json(process):
    if process.returncode:
        sys.exit(process.stderr)
    return json.loads(process.stdout)


with tempfile.TemporaryDirectory() as folder:
    path = corpus_path(folder)
    rows = sum(1 for _ in open(path, "rb"))
    clusters = max(1, round(rows / 100))
    bundle = os.path.join(folder, "bundle")
    environment = os.environ | {"XDG_STATE_HOME": folder}

    def throng():
        started = time.perf_counter()
        # The corpora without users are timed all the same: every conversation is its own unit then.
        with open(path, encoding="utf-8") as lines:
            has_users = bool(json.loads(lines.readline()).get("user"))
        done = subprocess.run(
            [arguments.throng, "run", path, "--out", bundle, "--force", "--json", "--quiet"]
            + ["--clusters", str(clusters)]
            + ([] if has_users else ["--unit", "conversation"]),
            capture_output=True,
            text=True,
            env=environment,
        )
        wall = time.perf_counter() - started
        return last_json(done) | {"wall": wall}

    def peer():
        done = subprocess.run(
            [sys.executable, str(here / "peers/sklearn_pipeline.py"), path, "--clusters", str(clusters)],
            capture_output=True,
            text=True,
        )
        result = last_json(done)
        return result | {"wall": result["seconds"]["total"]}

    throng()  # warm the page cache
    pairs = [(throng(), peer()) for _ in range(arguments.runs)]

ratios = [theirs["wall"] / ours["wall"] for ours, theirs in pairs]
result = {
    "benchmark": "whole run",
    "corpus": pathlib.Path(arguments.corpus).name,
    "rows": rows,
    "clusters": clusters,
    "date": datetime.date.today().isoformat(),
    "commit": commit(),
    "machine": f"{shared.processor()}, {shared.cores} cores",
    "blas": pairs[0][0].get("blas"),
    "peer": pairs[0][1]["peer"],
    "runs": arguments.runs,
    "ratio": {"median": statistics.median(ratios), "minimum": min(ratios), "maximum": max(ratios)},
    "throng_seconds": {
        stage: statistics.median(ours["seconds"][stage] for ours, _ in pairs)
        for stage in pairs[0][0]["seconds"]
    }
    | {"wall": statistics.median(ours["wall"] for ours, _ in pairs)},
    "peer_seconds": {
        stage: statistics.median(theirs["seconds"][stage] for _, theirs in pairs)
        for stage in pairs[0][1]["seconds"]
    },
}
text = json.dumps(result, indent=2)
print(text)
if not arguments.no_record:
    record = here / "Runs" / f"{result['date']}-whole-run-{result['corpus']}.json"
    (here / "Runs").mkdir(exist_ok=True)
    record.write_text(text + "\n", encoding="utf-8")
