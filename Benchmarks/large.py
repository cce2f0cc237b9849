"""How time and memory of a whole run grow with the log.

    swift build -c release --product throng
    python Benchmarks/large.py [450000 4500000] [--memory 20G] [--no-record]

For each number of conversations a log of about 0.9 kB each is synthesized, read and released with the usual settings, and removed.
Nothing else should run meanwhile: there is no peer whose pair would show it.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile
import time

import shared

throng = str(shared.root / ".build/release/throng")


def measure(conversations, memory):
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "log.jsonl"
        subprocess.run([throng, "synthesize", "--conversations", str(conversations), "--affective", "2.9", "--output", str(log), "--quiet"],
                       check=True)
        begun = time.perf_counter()
        done = subprocess.run(
            [throng, "run", str(log), "--out", f"{folder}/release", "--ledger", "none", "--json", "--quiet"]
            + (["--memory", memory] if memory else []),
            stdout=subprocess.PIPE, check=True)
        wall = time.perf_counter() - begun
        summary = json.loads(done.stdout)
        return {"conversations": conversations, "log_gigabytes": log.stat().st_size / 1e9, "seconds": wall,
                "conversations_per_second": conversations / wall, "peak_gigabytes": summary["peak_rss_bytes"] / 1e9,
                "clusters": summary["clusters"], "stages": summary["seconds"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("conversations", type=int, nargs="*", default=[450_000, 4_500_000])
    parser.add_argument("--memory", help="as of throng run")
    parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
    arguments = parser.parse_args()
    result = shared.about("large", [])
    result |= {"memory": arguments.memory, "runs": []}
    for conversations in arguments.conversations:
        row = measure(conversations, arguments.memory)
        result["runs"].append(row)
        print(f"{conversations:>12,} conversations, {row['log_gigabytes']:.1f} GB: {row['seconds']:.0f} s, "
              f"{row['conversations_per_second']:,.0f} a second, at most {row['peak_gigabytes']:.2f} GB", flush=True)
    first, last = result["runs"][0], result["runs"][-1]
    if last is not first:
        print(f"{last['conversations'] / first['conversations']:.1f} times the log in {last['seconds'] / first['seconds']:.1f} times the time")
    if not arguments.no_record:
        shared.record(result, *(str(row["conversations"]) for row in result["runs"]))


if __name__ == "__main__":
    main()
