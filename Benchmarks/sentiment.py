"""Sentiment beside vaderSentiment: Pearson's r with human valences, per source, on all sentences and on the half held out.

    swift build -c release --product throng-bench
    python Benchmarks/sentiment.py

The half that is held out is the one whose ids have an odd CRC-32; the rules were set by hand, on neither. Also: the control
with shuffled order, on the development corpora's dialogues of at least six human messages. Fails where r of the continuous score is
below vaderSentiment's by more than 0.02 in a source.
"""

import json
import pathlib
import random
import subprocess
import tempfile
import time
import zlib

import shared

shared.start_anew()

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer


def records(name):
    lines = subprocess.run(["zstd", "-dcq", str(shared.corpus(name))], capture_output=True, check=True)
    return [json.loads(line) for line in lines.stdout.splitlines()]


def scores(texts, scratch):
    """Our scores, and what throng-bench says."""
    source, out = scratch / "texts", scratch / "scores"
    source.write_bytes(b"".join(text.replace("\0", " ").encode() + b"\0" for text in texts))
    said = shared.run([shared.bench, "facets", "sentiment", str(source), str(out)])
    return np.array([float(line) for line in out.read_text().split()]), said


def level(score):
    """Five levels, as SentimentLevel has them."""
    size = 1.0 if abs(score) >= 0.6 else 0.5 if abs(score) >= 0.2 else 0.0
    return size if score >= 0 else -size


def main():
    rows = records("sentiment")
    texts = [row["text"] for row in rows]
    gold = np.array([row["score"] for row in rows])
    source = np.array([row["sublabel"] for row in rows])
    held = np.array([zlib.crc32(row["id"].encode()) % 2 == 1 for row in rows])
    result = shared.about("sentiment", ["vaderSentiment", "numpy"])
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        ours, said = scores(texts, scratch)
        analyzer = SentimentIntensityAnalyzer()
        before = time.process_time()
        peer = np.array([analyzer.polarity_scores(text)["compound"] for text in texts])
        seconds = time.process_time() - before
        # Changes of dialogues, in their order and shuffled.
        talks = []
        for row in records("affective_mix"):
            said_by_human = [m["content"] for m in row["messages"] if m["role"] == "user"]
            if len(said_by_human) >= 6:
                talks.append(said_by_human)
        flat, _ = scores([text for talk in talks for text in talk], scratch)
    levels, at = [], 0
    for talk in talks:
        levels.append([level(score) for score in flat[at:at + len(talk)]])
        at += len(talk)

    def change(order):
        changes = [np.mean(one[-3:]) - np.mean(one[:3]) for one in (order(one) for one in levels)]
        return float(np.mean(changes)), float(np.std(changes, ddof=1) / len(changes) ** 0.5)

    dice = random.Random(1)
    result["r"] = {}
    failed = []
    print(f"{'source':8}{'part':10}{'n':>7}{'Throng':>9}{'VADER':>9}{'difference':>12}")
    for kind in sorted(set(source)):
        for part, chosen in (("all", held | True), ("tuning", ~held), ("held out", held)):
            which = (source == kind) & chosen
            own, other = (float(np.corrcoef(x[which], gold[which])[0, 1]) for x in (ours, peer))
            result["r"][f"{kind} {part}"] = {"n": int(which.sum()), "throng": own, "vader": other}
            print(f"{kind:8}{part:10}{which.sum():7}{own:9.3f}{other:9.3f}{own - other:+12.3f}")
            if own < other - 0.02:
                failed.append(kind)
    own_speed = said["megabytes_per_second"]
    peer_speed = said["bytes"] / 1e6 / seconds
    result |= {"megabytes_per_second": own_speed, "vader_megabytes_per_second": peer_speed, "lexicon": said["lexicon"]}
    print(f"speed of one core: Throng {own_speed:.0f} MB/s, VADER {peer_speed:.2f} MB/s; {said['lexicon']} forms and phrases")
    result["dialogues"] = len(talks)
    for name, order in (("in order", list), ("shuffled", lambda one: dice.sample(one, len(one)))):
        mean, error = change(order)
        result[f"change {name}"] = {"mean": mean, "standard_error": error}
        print(f"change over {len(talks)} dialogues, {name}: {mean:+.4f} ± {1.96 * error:.4f}")
    shared.record(result)
    if failed:
        raise SystemExit(f"r is below VADER's by more than 0.02: {failed}")


main()
