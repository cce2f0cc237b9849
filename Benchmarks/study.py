"""Holds the affective study against planted truth, then measures a large log.

    swift build -c release --product throng
    python Benchmarks/study.py [--seeds 20] [--conversations 20000] [--share 40] [--large 4500000] [--no-record]

For each seed a log is synthesized with planted types, changes of mood and declining answers, and read with the shipped study.
A planted figure should lie in its 95 % interval in 18 of 20 logs or more, and the interval should not be so wide that anything
would. Planted is the chance that each conversation was drawn with, from which each log departs by luck; beside it stands what was
drawn into that log. Results are stored under Runs/, with every interval. The large log has the share of the published study, 2.9 %,
and goes away at the end.
"""

import argparse
import csv
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import shared

throng = str(shared.root / ".build/release/throng")
study = shared.root / "Corpora/studies/affective.json5"


def run(command):
    begun = time.perf_counter()
    process = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if process.returncode:
        sys.exit(f"{' '.join(command[:2])} failed with status {process.returncode}")
    return time.perf_counter() - begun


def drawn(truth):
    """By type the share, the rate of pushback and the mean change of mood of the conversations in a log that the study is to keep."""
    kept, counts, pushbacks, changes = 0, {}, {}, {}
    with open(truth, encoding="utf-8") as file:
        next(file)
        for line in file:
            if '"affective":{' not in line:
                continue
            conversation = json.loads(line)["affective"]
            types = conversation["types"]
            if not types or conversation["content"] or "roleplay" in types and conversation["human_messages"] < 4:
                continue
            kept += 1
            for kind in types:
                counts[kind] = counts.get(kind, 0) + 1
                pushbacks[kind] = pushbacks.get(kind, 0) + (conversation["pushback"] is not None)
                if conversation["change"] is not None:
                    changes.setdefault(kind, []).append(conversation["change"])
    return {f"{kind} {what}": value for kind in counts
            for what, value in (("share", counts[kind] / kept), ("pushback", pushbacks[kind] / counts[kind]),
                                ("change", statistics.mean(changes.get(kind, [0]))))}


def carry_out(folder, conversations, share, seed):
    """By type and kind of figure what was planted, what was drawn, and the interval found; the seconds of the study, and the size
    of the log."""
    log, truth, out, own = (str(folder / name) for name in ("log.jsonl", "truth.jsonl", "out", "study.json5"))
    run([throng, "synthesize", "--conversations", str(conversations), "--affective", share, "--seed", str(seed),
         "--output", log, "--truth", truth, "--quiet"])
    with open(truth, encoding="utf-8") as file:
        planted = json.loads(file.readline())["affective"]["types"]
    held = drawn(truth)
    pathlib.Path(truth).unlink()
    # Topics of each segment would read the log once more for each and say nothing about the figures.
    pathlib.Path(own).write_text(study.read_text(encoding="utf-8").replace("cluster: true", "cluster: false"), encoding="utf-8")
    seconds = run([throng, "study", own, log, "--out", out, "--ledger", "none", "--quiet"])
    rows = list(csv.DictReader((folder / "out/tables/statistics.csv").open(encoding="utf-8")))
    found = {}
    for kind in planted:
        for what, name, segment in (("share", kind["name"], "all"), ("pushback", "pushback", kind["name"]),
                                    ("change", "change of sentiment", kind["name"])):
            for row in rows:
                if (row["name"], row["segment"]) == (name, segment):
                    key = f"{kind['name']} {what}"
                    found[key] = (kind[what], held[key], float(row["low"]), float(row["high"]))
    return found, seconds, pathlib.Path(log).stat().st_size


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--conversations", type=int, default=20_000)
    parser.add_argument("--share", default="40", help="per cent of the conversations that are affective")
    parser.add_argument("--large", type=int, default=0, help="conversations of one log more, to be timed")
    parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
    arguments = parser.parse_args()
    result = shared.about("study", [])
    figures = {}
    for seed in range(arguments.first_seed, arguments.first_seed + arguments.seeds):
        with tempfile.TemporaryDirectory() as folder:
            found, seconds, _ = carry_out(pathlib.Path(folder), arguments.conversations, arguments.share, seed)
        # Whole, for a run that does not come to its end.
        print(json.dumps({"seed": seed, "seconds": round(seconds, 1), "figures": found}), file=sys.stderr, flush=True)
        for key, figure in found.items():
            figures.setdefault(key, []).append(figure)
    result |= {"first_seed": arguments.first_seed, "seeds": arguments.seeds, "conversations": arguments.conversations,
               "affective_percent": float(arguments.share), "figures": {}}
    for key, values in sorted(figures.items()):
        row = {"planted": values[0][0], "shown": len(values),
               "covered": sum(low <= planted <= high for planted, _, low, high in values),
               "drawn_covered": sum(low <= held <= high for _, held, low, high in values),
               "median_width": statistics.median(high - low for _, _, low, high in values),
               "drawn_low_high": [list(value[1:]) for value in values]}
        result["figures"][key] = row
        print(f"{key:24} {row['planted']:7.4f}  in its interval {row['covered']:3} of {row['shown']:3}, what was drawn "
              f"{row['drawn_covered']:3}, width {row['median_width']:.4f}")
    if arguments.large:
        with tempfile.TemporaryDirectory() as folder:
            found, seconds, size = carry_out(pathlib.Path(folder), arguments.large, "2.9", 1)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        result["large"] = {"conversations": arguments.large, "log_gigabytes": size / 1e9, "seconds": seconds, "peak_gigabytes": peak,
                           "figures": {key: {"planted": planted, "drawn": held, "low": low, "high": high}
                                       for key, (planted, held, low, high) in sorted(found.items())}}
        print(f"{arguments.large:,} conversations, {size / 1e9:.1f} GB: {seconds:.0f} s, at most {peak:.1f} GB")
        for key, (planted, held, low, high) in sorted(found.items()):
            print(f"{key:24} {planted:7.4f}, drawn {held:7.4f}  in {low} to {high}")
    parts = [str(arguments.conversations)] if arguments.conversations != parser.get_default("conversations") else []
    parts += [f"from-{arguments.first_seed}"] if arguments.first_seed != parser.get_default("first_seed") else []
    if not arguments.no_record:
        shared.record(result, *parts, *(["large"] if arguments.large else []))


if __name__ == "__main__":
    main()
