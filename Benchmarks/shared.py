"""What the benchmarks have in common: the machine, the peers' environment, processes, records."""

import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

here = pathlib.Path(__file__).resolve().parent
root = here.parent
runs = here / "Runs"
cores = os.cpu_count()
bench = str(root / ".build/release/throng-bench")


def corpus(name):
    """The path of a development corpus, packed."""
    folder = pathlib.Path(os.environ.get("THRONG_CORPORA", str(root.parent / "shared/corpora")))
    path = folder / f"{name}.jsonl.zst"
    if not path.exists():
        sys.exit(f"no corpus {name}: set THRONG_CORPORA to the folder that holds it")
    return path


def texts(name):
    """What each record of a corpus says, and nothing else of it."""
    lines = subprocess.run(["zstd", "-dcq", str(corpus(name))], capture_output=True, check=True)
    for line in lines.stdout.splitlines():
        record = json.loads(line)
        yield record.get("text") or " ".join(m["content"] for m in record.get("messages", []))


# Settings that a machine may have for older OpenBLAS; they slow the one in numpy.
OPENBLAS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
kept = json.loads(os.environ.get("BENCHMARKS_KEEP", "{}"))


def start_anew():
    """Starts this script again without those settings, because numpy reads them when it is loaded. Our own programs,
    which use the system's OpenBLAS, keep them."""
    found = {name: os.environ.pop(name) for name in OPENBLAS if name in os.environ}
    if found:
        os.environ["BENCHMARKS_KEEP"] = json.dumps(found)
        os.execv(sys.executable, [sys.executable, *sys.argv])


def run(command):
    """The JSON that a process prints."""
    environment = os.environ | (kept if command[0] != sys.executable else {})
    process = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment, check=False)
    if process.returncode:
        sys.exit(f"{command[0]} failed with status {process.returncode}")
    return json.loads(process.stdout.splitlines()[-1])


def own_peak():
    """The most memory in MB that this process has held; the kernel's usage records count what its parent held, too."""
    status = pathlib.Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def gemm_peak():
    """GFLOP/s of numpy's sgemm on all cores, by the wall and by a core's second: the best of five."""
    import numpy as np

    a = np.ones((4096, 4096), dtype=np.float32)
    walls, processors = [], []
    for _ in range(5):
        wall, processor = time.perf_counter(), time.process_time()
        a @ a
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    work = 2 * 4096**3 / 1e9
    return work / min(walls), work / min(processors)


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def about(benchmark, packages):
    """What a record says of where it comes from."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=root, capture_output=True, text=True, check=False)
    return {
        "benchmark": benchmark, "date": datetime.date.today().isoformat(), "commit": commit.stdout.strip(),
        "machine": f"{processor()}, {cores} cores", "load": os.getloadavg()[0], "unset_for_peers": sorted(kept),
        "versions": {name: importlib.metadata.version(name) for name in packages},
    }


def record(result, *names):
    """Stores a result under Runs/, dated."""
    runs.mkdir(exist_ok=True)
    name = "-".join([result["date"], result["benchmark"], *map(str, names)])
    (runs / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def median_ratio(theirs, ours, key):
    """The median of the ratios of paired runs."""
    return statistics.median(their[key] / our[key] for their, our in zip(theirs, ours))


def median(found, key):
    return statistics.median(one[key] for one in found)
