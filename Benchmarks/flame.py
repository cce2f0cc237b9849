"""Draws where the time of a run goes: a flame graph of `throng run`, as SVG.

    swift build -c release --product throng
    python Benchmarks/flame.py LOG.jsonl Documentation/flame.svg

Samples the stacks of both threads with perf (package linux-perf); the stage of the run that a sample falls into is its lowest box. The
width of a box is its share of all samples, what it was called by lies below it; boxes of less than a quarter of a per cent are left out.
"""

import argparse
import collections
import html
import pathlib
import re
import subprocess
import tempfile
import time

import shared

throng = str(shared.root / ".build/release/throng")
WIDTH, ROW, LEAST = 1200, 17, 0.0025


def stacks(log):
    """How often each stack was met, outermost frame first: the stage of the run, then what it called."""
    with tempfile.TemporaryDirectory() as folder:
        data = f"{folder}/perf.data"
        process = subprocess.Popen(
            ["perf", "record", "-q", "-g", "-k", "CLOCK_MONOTONIC", "-F", "200", "-o", data, throng, "run", log, "--out", f"{folder}/release",
             "--ledger", "none", "--verbose"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        stages = [(0.0, "start")]
        for line in process.stderr:
            if match := re.fullmatch(r"throng: (\S+): started\n", line):
                stages.append((time.monotonic(), match[1]))
        if process.wait():
            raise SystemExit("the run failed")
        text = subprocess.run(["perf", "script", "-i", data, "-F", "time,ip,sym"], check=True, capture_output=True, text=True).stdout
    text = subprocess.run(["swift", "demangle", "--simplified"], input=text, check=True, capture_output=True, text=True).stdout
    counts = collections.Counter()
    for sample in text.split("\n\n"):
        head, *lines = sample.strip("\n").splitlines() or [""]
        if not (moment := re.fullmatch(r"\s*([\d.]+):\s*", head)):
            continue
        frames = [short(line.strip().split(" ", 1)[-1]) for line in lines]
        frames = [frame for frame in reversed(frames) if frame and not SCAFFOLD.search(frame)]
        stage = [name for begun, name in stages if begun <= float(moment[1])][-1]
        library = [label for label, prefix in LIBRARIES.items() if frames and re.match(prefix, frames[0])]
        counts[(stage, *library, *frames)] += 1
    return counts


# What leads from the command to a stage, and from a loop to its threads: the same below everything.
SCAFFOLD = re.compile(
    r"_dispatch|dispatch_|_swift_dispatch|static Dispatch|start_thread|clone3?$|^main$|_start|^__libc|^Workers\.|protocol witness"
    r"|ThrongCommand|Command\.perform|PipelineEngine|WorkSession|Result\.init|Optional\.value|StageClock|makeModel|ReleasePipeline\.(?:model|release)"
    r"|withParallel|withUnsafe|parallelArray|mapBlocks|withKernelView|UnsafeMutable|_dl_|entry_SYSCALL|do_syscall|asm_|Array\.init|cluster #"
    r"|^ReadLanes\.|^ConversationReader\.read|^CorpusPreparation\.prepare|^TextAnalyzerPool|^Clustering\.init|^FixedPoint|^LongArray\.with")


# Their code keeps no frame pointers: who called them is not known, but which they are.
LIBRARIES = {"CLD2": "CLD2::", "ICU": r"icu_\d+::|u[a-z]+_\w+_\d+$", "OpenBLAS": "[sd](gemm|syrk|trsm|gemv|dot)", "simdjson": "simdjson::"}


def short(name):
    """The name of a function without its types, and without what the compiler made of it."""
    if name in ("[unknown]", "") or re.fullmatch(r"0x[0-9a-f]+", name):
        return ""
    name = re.sub(r"^(?:specialized |partial apply for |closure #\d+ (?:@\w+ )?in |reabstraction thunk .*|merged |thunk for .*"
                  r"|function signature specialization .* of |generic specialization .* of |implicit closure #\d+ in )+", "", name)
    name = re.sub(r"\(.*", "", re.sub(r"<[^<>]*>", "", re.sub(r"<[^<>]*>", "", name)))
    return re.sub(r"\.arch_x86.*|_(?:avx2|avx512|ZEN|HASWELL)\w*$", "", name).split(" in ")[0].strip()


def boxes(counts):
    """Of each box its depth, beginning and width in samples, and name."""
    found = []

    def draw(items, depth, start):
        by_name = collections.defaultdict(list)
        for stack, count in items:
            if len(stack) > depth:
                by_name[stack[depth]].append((stack, count))
        for name, parts in sorted(by_name.items()):
            width = sum(count for _, count in parts)
            found.append((depth, start, width, name))
            draw(parts, depth + 1, start)
            start += width

    # A function that calls itself, or a thunk of its own, is one box.
    merged = collections.Counter()
    for stack, count in counts.items():
        merged[tuple(name for at, name in enumerate(stack) if at == 0 or stack[at - 1] != name)] += count
    draw(list(merged.items()), 0, 0)
    return found


def colour(name):
    for part, hue in (("CLD2", 190), ("icu", 200), ("gemm", 20), ("ck_", 35), ("scan", 35), ("Ingest", 130), ("Text", 100), ("simdjson", 140)):
        if part in name:
            return f"hsl({hue} 65% 70%)"
    return f"hsl({40 + sum(map(ord, name)) % 20} 55% 78%)"


def svg(found, total):
    shown = [box for box in found if box[2] >= LEAST * total]
    height = (max(depth for depth, *_ in shown) + 1) * ROW
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="monospace" font-size="11">']
    for depth, start, width, name in shown:
        x, w, y = WIDTH * start / total, WIDTH * width / total, height - (depth + 1) * ROW
        label = name[:int(w / 6.7)] if w > 30 else ""
        lines.append(f'<g><title>{html.escape(name)}: {100 * width / total:.1f} %</title><rect x="{x:.1f}" y="{y}" width="{max(w - 0.4, 0.3):.1f}" '
                     f'height="{ROW - 1}" fill="{colour(name)}"/>'
                     + (f'<text x="{x + 2:.1f}" y="{y + 12}">{html.escape(label)}</text>' if label else "") + "</g>")
    return "\n".join(lines + ["</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log")
    parser.add_argument("output", type=pathlib.Path)
    arguments = parser.parse_args()
    counts = stacks(arguments.log)
    total = sum(counts.values())
    arguments.output.write_text(svg(boxes(counts), total), encoding="utf-8")
    print(f"{total:,} samples")


if __name__ == "__main__":
    main()
