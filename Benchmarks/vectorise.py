"""Counting the hashed words and pairs of texts beside scikit-learn's HashingVectorizer and a plain loop in C.

    swift build -c release --product throng-bench
    python Benchmarks/vectorise.py [newsgroups20 smile_zh_3k mixed emoji] [--repeats 5]

Throng tokenises, drops function words, hashes under a key, sorts and counts, without redaction, which nobody else does, and with
it. HashingVectorizer counts words and pairs in 2^20 columns, unnormalised, unsigned. For texts in scripts without spaces its words
come from jieba, as people use it; for the 28 languages of sib200, "mixed", from ICU, since the default pattern ends words at the
vowel signs of Hindi and takes a sentence of Chinese or Thai for a word ("mixed-pattern" is the same with that pattern). That needs
`pip install PyICU==2.17`, which is compiled (libicu-dev, pkg-config, Python's headers), and is left out where it is not there. The corpus
"emoji" is irc_ubuntu with two emoji in each line. plain_loop.c, compiled here with -march=native, only lower-cases, splits and hashes. All take turns on the same
texts, one process each; imports and reading do not count. Prints medians of the ratios of paired runs, by processor time
(one core) and by the wall (all cores), and stores them under Runs/.
"""

import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import shared

DERIVED = {"emoji": "irc_ubuntu", "mixed": "sib200", "mixed-pattern": "sib200"}
WORDS = {"smile_zh_3k": "jieba", "mixed": "icu"}
EMOJI = ("\N{GRINNING FACE}", "\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}")


def texts(name):
    found = shared.texts(DERIVED.get(name, name))
    if name != "emoji":
        return list(found)
    return [EMOJI[0] + " " + text.replace("\n", f" {EMOJI[1]}\n{EMOJI[0]} ") + " " + EMOJI[1] for text in found]


def peer(path, words):
    """One timed pass of HashingVectorizer, as JSON on standard output."""
    from sklearn.feature_extraction.text import HashingVectorizer

    documents = pathlib.Path(path).read_bytes().decode().split("\0")[:-1]
    how = {}
    if words == "jieba":
        import jieba

        jieba.initialize()
        how = {"tokenizer": lambda text: [word for word in jieba.cut(text) if not word.isspace()], "token_pattern": None}
    if words == "icu":
        import icu

        breaks = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())

        def tokenise(text):
            units, found, start = icu.UnicodeString(text), [], 0
            breaks.setText(units)
            for end in breaks:
                # Below 100: gaps and marks.
                if breaks.getRuleStatus() >= 100:
                    found.append(str(units[start:end]))
                start = end
            return found

        how = {"tokenizer": tokenise, "token_pattern": None}
    vectoriser = HashingVectorizer(ngram_range=(1, 2), norm=None, alternate_sign=False, **how)
    wall, cpu = time.perf_counter(), time.process_time()
    entries = vectoriser.transform(documents).nnz
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({"seconds": wall, "cpu": cpu, "entries": entries}))


def compare(arguments):
    with tempfile.TemporaryDirectory() as folder:
        loop = f"{folder}/plain_loop"
        flags = ["-O3", "-march=native", "-o", loop]
        subprocess.run([arguments.cc, *flags, str(shared.here / "plain_loop.c")], check=True)
        for name in arguments.corpora:
            words = WORDS.get(name, "default")
            if words == "icu" and not importlib.util.find_spec("icu"):
                print(f"{name}: left out, there is no PyICU")
                continue
            path = f"{folder}/texts"
            pathlib.Path(path).write_bytes(
                b"".join(text.replace("\0", " ").encode("utf-8", "replace") + b"\0" for text in texts(name)))
            commands = {
                "throng, one core": [arguments.bench, "vectorise", path, "3", "1"],
                "throng": [arguments.bench, "vectorise", path, "3", str(shared.cores)],
                "throng, redacting": [arguments.bench, "vectorise", path, "3", "1", "redact"],
                "scikit-learn": [sys.executable, __file__, "--peer", path, words],
                "plain loop": [loop, path, "3"],
            }
            found = {program: [] for program in commands}
            for _ in range(arguments.repeats):
                for program, command in commands.items():
                    found[program].append(shared.run(command))
            report(arguments, name, words, pathlib.Path(path).stat().st_size, found)


def report(arguments, name, words, size, found):
    result = shared.about("vectorise", ["scikit-learn"]) | {
        "corpus": name, "bytes": size, "peer_words": words, "repeats": arguments.repeats,
        "programs": {
            program: {key: shared.median(times, key) for key in ("seconds", "cpu")} for program, times in found.items()
        },
        "ratios": {
            "scikit-learn / one core, cpu": shared.median_ratio(found["scikit-learn"], found["throng, one core"], "cpu"),
            "scikit-learn / all cores, wall": shared.median_ratio(found["scikit-learn"], found["throng"], "seconds"),
            "scikit-learn / redacting, cpu": shared.median_ratio(
                found["scikit-learn"], found["throng, redacting"], "cpu"),
            "plain loop / one core, cpu": shared.median_ratio(found["plain loop"], found["throng, one core"], "cpu"),
        },
    }
    print(f"{name}: {size / 1e6:.1f} MB, load {result['load']:.1f}")
    for program, times in result["programs"].items():
        print(f"  {program:<20}{times['cpu']:8.3f} s cpu{times['seconds']:8.3f} s{size / 1e6 / times['cpu']:8.1f} MB/s of a core")
    for ratio, value in result["ratios"].items():
        print(f"  {ratio:<34}{value:7.2f} ×")
    if not arguments.no_record:
        shared.record(result, name)


parser = argparse.ArgumentParser()
parser.add_argument("corpora", nargs="*", default=["newsgroups20", "smile_zh_3k", "mixed", "mixed-pattern", "emoji"])
parser.add_argument("--repeats", type=int, default=5)
parser.add_argument("--bench", default=shared.bench)
parser.add_argument("--cc", default="cc")
parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
parser.add_argument("--peer", nargs=2, help=argparse.SUPPRESS)

if __name__ == "__main__":
    chosen = parser.parse_args()
    if chosen.peer:
        peer(*chosen.peer)
    else:
        compare(chosen)
