"""Redaction beside Presidio's pattern recognisers: recall, precision and F2 for each class of gold spans, and speed.

    swift build -c release --product throng-bench
    python Benchmarks/redaction.py                      # pii_spans against Presidio, newsgroups20 for speed
    python Benchmarks/redaction.py --sample 20          # prints spans of each class in newsgroups20 to judge by hand

Presidio's analyzer runs without a language model: all of its recognisers that only match patterns, at score 0.01, on one
core. A span counts as found where spans of any class cover it; precision is the share of a program's spans of a class that
touch a gold span of any class. Names, organisations, places and titles are no business of patterns; a street address
or a year is decided by words around it, not by its own form. Those are printed and not judged.
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import subprocess
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
root = here.parent
folder = pathlib.Path(os.environ.get("THRONG_CORPORA", str(root.parent / "shared/corpora")))
CLASSES = {
    "CREDIT_CARD": ({"card"}, {"CREDIT_CARD"}),
    "DATE_TIME with a day": ({"date"}, {"DATE_TIME"}),
    "DOMAIN_NAME": ({"url"}, {"URL"}),
    "EMAIL_ADDRESS": ({"email"}, {"EMAIL_ADDRESS"}),
    "IBAN_CODE": ({"iban"}, {"IBAN_CODE"}),
    "IP_ADDRESS": ({"ipAddress"}, {"IP_ADDRESS"}),
    "PHONE_NUMBER": ({"phone"}, {"PHONE_NUMBER"}),
    "US_DRIVER_LICENSE": ({"digits", "nationalID"}, {"US_DRIVER_LICENSE"}),
    "US_SSN": ({"nationalID"}, {"US_SSN"}),
    "ZIP_CODE": ({"postalCode"}, set()),
    "AGE": ({"age"}, set()),
}


def records(name):
    lines = subprocess.run(["zstd", "-dcq", str(folder / f"{name}.jsonl.zst")], capture_output=True, check=True)
    return [json.loads(line) for line in lines.stdout.splitlines()]


def throng(texts, passes, scratch):
    """Spans of each text as (class, first character, end), and what throng-bench says."""
    source, spans = scratch / "texts", scratch / "spans"
    source.write_bytes(b"".join(text.replace("\0", " ").encode() + b"\0" for text in texts))
    program = os.environ.get("THRONG_BENCH", str(root / ".build/release/throng-bench"))
    said = subprocess.run([program, "redact", str(source), str(passes), str(spans)], capture_output=True, check=True)
    found = []
    for text, line in zip(texts, spans.read_text().splitlines()):
        raw = text.encode()
        found.append([(k, len(raw[:a].decode()), len(raw[:b].decode())) for k, a, b in json.loads(line)])
    return found, json.loads(said.stdout)


def presidio(texts):
    """The same of Presidio's pattern recognisers, and seconds."""
    from presidio_analyzer import PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    chosen = [r for r in registry.recognizers if isinstance(r, (PatternRecognizer, PhoneRecognizer))]
    before = time.process_time()
    found = []
    for text in texts:
        spans = []
        for recogniser in chosen:
            for result in recogniser.analyze(text, recogniser.supported_entities, None) or []:
                if result.score >= 0.01:
                    spans.append((result.entity_type, result.start, result.end))
        found.append(spans)
    return found, time.process_time() - before, [type(r).__name__ for r in chosen]


def gold_of(row):
    for span in row["spans"]:
        kind, value = span["entity_type"], span["entity_value"]
        if kind == "DATE_TIME":
            kind += " with a day" if len(value) > 4 and any(c.isdigit() for c in value) else " without a day"
        yield kind, span["start_position"], span["end_position"]


def score(rows, found, column):
    """For each gold class: number, recall by spans of any class, precision and F2 of its own classes."""
    gold = [list(gold_of(row)) for row in rows]
    table = {}
    for kind in sorted({k for spans in gold for k, _, _ in spans}):
        covered = total = 0
        for spans, ours in zip(gold, found):
            for k, a, b in spans:
                if k == kind:
                    total += 1
                    covered += any(s <= a and e >= b for _, s, e in ours)
        recall = covered / total
        mine = CLASSES.get(kind, (set(), set()))[column]
        right = made = 0
        for spans, ours in zip(gold, found):
            for k, s, e in ours:
                if k in mine:
                    made += 1
                    right += any(s < b and e > a for _, a, b in spans)
        precision = right / made if made else None
        f2 = 5 * precision * recall / (4 * precision + recall) if precision and recall else None
        table[kind] = {"gold": total, "recall": recall, "precision": precision, "f2": f2}
    return table


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--passes", type=int, default=9)
    options = parser.parse_args()
    rows = records("pii_spans")
    texts = [row["text"] for row in rows]
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        ours, _ = throng(texts, 1, scratch)
        theirs, seconds, recognisers = presidio(texts)
        tables = [score(rows, ours, 0), score(rows, theirs, 1)]
        posts = [row["text"] for row in records("newsgroups20")]
        spans, speed = throng(posts, options.passes, scratch)
        if options.sample:
            kinds = {}
            for post, found in zip(posts, spans):
                for kind, a, b in found:
                    kinds.setdefault(kind, []).append(post[max(0, a - 30):a] + "[[" + post[a:b] + "]]" + post[b:b + 15])
            for kind, pieces in sorted(kinds.items()):
                for piece in pieces[:: max(1, len(pieces) // options.sample)][: options.sample]:
                    print(kind, repr(piece))
        some = posts[:300]
        _, presidio_seconds, _ = presidio(some)

    def shown(value):
        return "     –" if value is None else f"{value:6.3f}"

    print(f"{'class':28} {'gold':>5}   Throng: recall prec. F2      Presidio: recall prec. F2")
    for kind, row in tables[0].items():
        other = tables[1][kind]
        mark = "" if kind in CLASSES else "   (no pattern decides; not judged)"
        values = [row["recall"], row["precision"], row["f2"], other["recall"], other["precision"], other["f2"]]
        print(f"{kind:28} {row['gold']:5}   " + " ".join(shown(value) for value in values) + mark)
    size = sum(len(text.encode()) for text in some) / 1e6
    print(f"newsgroups20: Throng {speed['megabytes_per_second']:.0f} MB/s of one core "
          f"(median of {options.passes}; fastest {speed['bytes'] / 1e6 / speed['fastest']:.0f}); "
          f"Presidio {size / presidio_seconds:.3f} MB/s over its first 300 posts")
    megabytes = speed["bytes"] / 1e6
    for kind, counts in sorted(speed["classes"].items()):
        print(f"  {kind:14} {counts['spans'] / megabytes:8.1f} spans a MB, {100 * counts['bytes'] / speed['bytes']:.3f} %")
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=root, capture_output=True, text=True)
    result = {
        "date": datetime.date.today().isoformat(), "commit": head.stdout.strip(), "machine": platform.processor() or platform.machine(),
        "python": platform.python_version(), "presidio_analyzer": importlib.metadata.version("presidio-analyzer"),
        "recognisers": recognisers, "throng": tables[0], "presidio": tables[1], "newsgroups20": speed,
        "presidio_megabytes_per_second": size / presidio_seconds, "presidio_seconds_pii_spans": seconds,
    }
    (here / "Runs").mkdir(exist_ok=True)
    (here / "Runs" / f"{result['date']}-redaction.json").write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")
    failed = [kind for kind in CLASSES if kind in tables[0] and tables[0][kind]["recall"] < 0.95]
    if failed:
        raise SystemExit(f"recall below 0.95: {failed}")


if __name__ == "__main__":
    main()
