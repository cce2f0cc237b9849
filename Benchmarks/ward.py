"""Times Ward trees against fastcluster, in turn, on the same float64 file.

    python Benchmarks/ward.py [--rows 20000] [--runs 5] [--points FILE.npy] [--large]

Points are a Gaussian mixture, points without any structure, and those of --points where given (float64, C order;
drawn rows). Every peer run is a process of its own, as ours is; only the tree counts. No time is printed before all
merge heights agree with the peer's to 1e-6. Prints medians of the ratios pair by pair, processor time and peak
memory, and stores them under Runs/. --large instead measures 131,484 rows and the growth from 20,000 to 80,000, ours
alone.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
root = here.parent
PEER = """
import json, sys, time
import fastcluster, numpy
points = numpy.load(sys.argv[1])
started, used = time.perf_counter(), time.process_time()
tree = getattr(fastcluster, sys.argv[3])(points, method="ward")
seconds, used = time.perf_counter() - started, time.process_time() - used
tree[:, 2].astype("<f8").tofile(sys.argv[2])
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) * 1024
print(json.dumps({"seconds": seconds, "processor_seconds": used, "peak_bytes": peak}))
"""


def output(*command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def processor():
    for line in open("/proc/cpuinfo", encoding="utf-8"):
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def points_by_name(rows, columns, file):
    import numpy

    random = numpy.random.default_rng(1)
    centres = random.standard_normal((200, columns))
    mixture = centres[random.integers(0, 200, rows)] + 0.7 * random.standard_normal((rows, columns))
    found = {"mixture": mixture, "unstructured": random.standard_normal((rows, columns))}
    if file:
        given = numpy.load(file)
        chosen = random.permutation(len(given))[:rows]
        found["given"] = numpy.ascontiguousarray(given[chosen], dtype="<f8")
    return found


def main():
    import fastcluster
    import numpy
    import scipy
    import scipy.cluster.hierarchy

    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=20000)
    parser.add_argument("--columns", type=int, default=64)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--points", help="a float64 .npy file, beside the points that are made here")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--bench", default=str(root / ".build/release/throng-bench"))
    parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
    arguments = parser.parse_args()
    commit = subprocess.run(
        ["git", "-C", str(root), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    result = {
        "benchmark": "ward",
        "date": datetime.date.today().isoformat(),
        "commit": commit,
        "machine": f"{processor()}, {os.cpu_count()} cores",
        "peer": f"fastcluster {fastcluster.__version__}, scipy {scipy.__version__}, numpy {numpy.__version__}",
        "rows": arguments.rows,
        "columns": arguments.columns,
        "runs": arguments.runs,
        "data": {},
    }
    with tempfile.TemporaryDirectory() as folder:
        file, ours, theirs = (os.path.join(folder, name) for name in ("points.npy", "ours", "theirs"))

        def throng(threads=os.cpu_count()):
            return output(arguments.bench, "ward", file, ours, str(threads))

        def difference(heights):
            expected, found = numpy.sort(heights), numpy.fromfile(ours)
            worst = float(numpy.max(numpy.abs(found - expected) / numpy.maximum(expected, 1e-300)))
            if len(found) != len(expected) or worst > 1e-6:
                sys.exit(f"heights differ by {worst}: no time counts")
            return worst

        compared = {} if arguments.large else points_by_name(arguments.rows, arguments.columns, arguments.points)
        for name, points in compared.items():
            numpy.save(file, points[:2000])
            throng()
            row = {"scipy_difference": difference(scipy.cluster.hierarchy.ward(points[:2000])[:, 2])}
            numpy.save(file, points)
            for peer in ("linkage_vector", "linkage"):
                pairs = []
                for _ in range(arguments.runs):
                    ran = throng()
                    pairs.append((ran, output(sys.executable, "-c", PEER, file, theirs, peer)))
                    worst = difference(numpy.fromfile(theirs))
                row[peer] = {
                    "difference": worst,
                    "ratio": statistics.median(b["seconds"] / a["seconds"] for a, b in pairs),
                    "processor_ratio": statistics.median(
                        b["processor_seconds"] / a["processor_seconds"] for a, b in pairs),
                    "seconds": statistics.median(b["seconds"] for _, b in pairs),
                    "peak_bytes": max(b["peak_bytes"] for _, b in pairs),
                    "throng": {key: statistics.median(a[key] for a, _ in pairs) for key in pairs[0][0]},
                }
            result["data"][name] = row
        if arguments.large:
            growth = []
            for rows in (20000, 80000, 131484):
                points = points_by_name(rows, arguments.columns, arguments.points)
                numpy.save(file, points.get("given", points["mixture"]))
                growth.append(throng())
            result["large"] = growth
            result["growth_20000_to_80000"] = {
                key: growth[1][key] / growth[0][key] for key in ("seconds", "processor_seconds")}
    text = json.dumps(result, indent=2)
    print(text)
    if not arguments.no_record:
        (here / "Runs").mkdir(exist_ok=True)
        (here / "Runs" / f"{result['date']}-ward{'-large' * arguments.large}.json").write_text(text + "\n", encoding="utf-8")


main()
