"""Two facets on labelled texts: the language by CLD2 on sib200, and a taxonomy of seed words on newsgroups20.

    swift build -c release --product throng-bench
    python Benchmarks/facets.py
"""

import collections
import json
import pathlib
import subprocess
import tempfile

import shared



def records(name):
    lines = subprocess.run(["zstd", "-dcq", str(shared.corpus(name))], capture_output=True, check=True)
    return [json.loads(line) for line in lines.stdout.splitlines()]


def found(part, texts, scratch, *more):
    source, out = scratch / "texts", scratch / "out"
    source.write_bytes(b"".join(text.replace("\0", " ").encode() + b"\0" for text in texts))
    said = shared.run([shared.bench, "facets", part, str(source), str(out), *more])
    return out.read_text().splitlines(), said


def languages(scratch):
    rows = records("sib200")
    lines, said = found("language", [row["text"] for row in rows], scratch)
    # The code of a language is what CLD2 says most often of its texts: no table of ours decides.
    table = collections.defaultdict(collections.Counter)
    for row, line in zip(rows, lines):
        code, reliable = line.split()
        table[row["lang"]][code if reliable == "1" else "unreliable"] += 1
    right = total = unreliable = 0
    print(f"{'language':12}{'n':>6}{'right':>8}{'unreliable':>12}   most often else")
    for lang, counts in sorted(table.items()):
        n = sum(counts.values())
        code = max((c for c in counts if c != "unreliable"), key=lambda c: counts[c], default="–")
        if 2 * counts[code] < n:  # one that CLD2 does not know
            code = "–"
        others = [f"{c} {k}" for c, k in counts.most_common() if c not in (code, "unreliable")][:2]
        print(f"{lang:12}{n:6}{counts[code] / n:8.3f}{counts['unreliable'] / n:12.3f}   {code}: {', '.join(others)}")
        right, total, unreliable = right + counts[code], total + n, unreliable + counts["unreliable"]
    short = [(row, row["text"][:40].rsplit(" ", 1)[0]) for row in rows if row["lang"] == "eng_Latn"]
    lines, _ = found("language", [text for _, text in short], scratch)
    cut = collections.Counter(line for line in lines)
    print(f"all: {right / total:.4f} right, {unreliable / total:.4f} unreliable; of the reliable ones "
          f"{right / (total - unreliable):.4f} right; {said['megabytes_per_second']:.0f} MB/s of one core")
    print(f"English cut to 40 bytes: {cut['en 1'] / len(short):.3f} en, "
          f"{sum(k for c, k in cut.items() if c.endswith(' 0')) / len(short):.3f} unreliable")
    return {"right": right / total, "unreliable": unreliable / total, "right_of_reliable": right / (total - unreliable),
            "english_cut_right": cut["en 1"] / len(short), "megabytes_per_second": said["megabytes_per_second"],
            "table": {lang: dict(counts.most_common(4)) for lang, counts in sorted(table.items())}}


def taxonomy(scratch):
    rows = records("newsgroups20")
    path = pathlib.Path(__file__).resolve().parent / "taxonomies/newsgroups20.json5"
    result = {}
    for field in ("text", "body_stripped"):
        lines, said = found("taxonomy", [row.get(field) or row["text"] for row in rows], scratch, str(path))
        pairs = [(row["label"], *line.split("\t")) for row, line in zip(rows, lines)]
        fit = [(label, topic) for label, _, topic in pairs if topic != "fits none"]
        right = sum(label == topic for label, topic in fit)
        result[field] = {"fitting": len(fit) / len(pairs), "right_of_fitting": right / len(fit), "right": right / len(pairs),
                         "megabytes_per_second": said["megabytes_per_second"]}
        print(f"newsgroups20 {field}: {len(fit) / len(pairs):.3f} fit a topic, {right / len(fit):.3f} of these the right one; "
              f"{said['megabytes_per_second']:.0f} MB/s of one core")
        confused = collections.Counter(pair for pair in fit if pair[0] != pair[1])
        print("  " + "; ".join(f"{a} as {b} {k}" for (a, b), k in confused.most_common(6)))
    return result


def main():
    result = shared.about("facets", [])
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        result["language"] = languages(scratch)
        result["taxonomy"] = taxonomy(scratch)
    shared.record(result)


main()
