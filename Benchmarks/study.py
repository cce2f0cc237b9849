"""Holds the affective study against planted truth: coverage over seeds, then time and memory of a large log.

    Benchmarks/study.py [--throng PATH] [--seeds 20] [--conversations 20000] [--share 40] [--large 4500000]
"""
import argparse, csv, json, os, resource, subprocess, tempfile, time

parser = argparse.ArgumentParser()
parser.add_argument("--throng", default=".build/release/throng")
parser.add_argument("--seeds", type=int, default=20)
parser.add_argument("--conversations", type=int, default=20000)
parser.add_argument("--share", default="40")
parser.add_argument("--large", type=int, default=0)
arguments = parser.parse_args()
study = os.path.join(os.path.dirname(__file__), "..", "Corpora", "studies", "affective.json5")


def run(command):
    begun = time.time()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.time() - begun


def carry_out(folder, conversations, share, seed):
    log, truth, out = (os.path.join(folder, name) for name in ("log.jsonl", "truth.jsonl", "out"))
    run([arguments.throng, "synthesize", "--conversations", str(conversations), "--affective", share, "--seed", str(seed),
         "--output", log, "--truth", truth, "--quiet"])
    # Topics of each segment would read the log once more for each and say nothing about the figures.
    with open(study) as file: text = file.read().replace("cluster: true", "cluster: false")
    own = os.path.join(folder, "study.json5")
    with open(own, "w") as file: file.write(text)
    seconds = run([arguments.throng, "study", own, log, "--out", out, "--ledger", "none", "--quiet"])
    with open(truth) as file: planted = json.loads(file.readline())["affective"]["types"]
    with open(os.path.join(out, "tables", "statistics.csv")) as file: rows = list(csv.DictReader(file))
    found = {}
    for kind in planted:
        for what, name, segment in (("share", kind["name"], "all"), ("pushback", "pushback", kind["name"]),
                                    ("change", "change of sentiment", kind["name"])):
            for row in rows:
                if (row["name"], row["segment"]) == (name, segment):
                    found[kind["name"], what] = (kind[what], float(row["low"]), float(row["high"]))
    return found, seconds


covered, shown = {}, {}
for seed in range(1, arguments.seeds + 1):
    with tempfile.TemporaryDirectory() as folder:
        found, seconds = carry_out(folder, arguments.conversations, arguments.share, seed)
    for key, (value, low, high) in found.items():
        shown[key] = shown.get(key, 0) + 1
        covered[key] = covered.get(key, 0) + (low <= value <= high)
for key in sorted(shown): print(f"{key[0]:14} {key[1]:9} in its interval {covered[key]:3} of {shown[key]:3}")
if arguments.large:
    with tempfile.TemporaryDirectory() as folder: found, seconds = carry_out(folder, arguments.large, "2.9", 1)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(f"{arguments.large} conversations: {seconds:.0f} s, at most {peak:.1f} GB")
    for key, (value, low, high) in sorted(found.items()): print(key, f"planted {value:.4f} in {low} to {high}")
