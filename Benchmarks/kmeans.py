"""Exact Lloyd beside scikit-learn and faiss, on the same rows from the same start centroids.

    swift build -c release --product throng-bench
    python Benchmarks/kmeans.py --make rows.npy --rows 131484         # LSA rows of the development corpora
    python Benchmarks/kmeans.py rows.npy --clusters 512 --iterations 20 --repeats 5

Every run is a process of its own, the programs take turns, and a time counts only if the inertia is the peers' own.
Prints medians of the ratios of paired runs (wall and processor time), GFLOP/s of the whole fit against the sgemm peak
measured in the same call, the share of distances computed and peak memory, and stores them under Runs/.
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
root = here.parent
CORPORA = [
    "newsgroups20", "stackoverflow", "clinc150", "reuters21578", "sib200", "sgd_single_domain", "counsel_chat",
    "affective_mix",
]


def make(path, count, mixture):
    """Unit rows × 128: tf-idf and SVD of the corpora, documents resampled to half their words once those run
    out; or a mixture of Gaussians."""
    import numpy as np

    random = np.random.default_rng(1)
    if mixture:
        centres = random.standard_normal((1000, 128), dtype=np.float32)
        rows = centres[random.integers(1000, size=count)]
        rows += random.standard_normal((count, 128), dtype=np.float32)
        np.save(path, rows / np.linalg.norm(rows, axis=1, keepdims=True))
        return
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    folder = pathlib.Path(os.environ.get("THRONG_CORPORA", str(root.parent / "shared/corpora")))
    known = []
    for name in CORPORA:
        lines = subprocess.run(["zstd", "-dcq", str(folder / f"{name}.jsonl.zst")], capture_output=True, check=True)
        for line in lines.stdout.splitlines():
            record = json.loads(line)
            known.append(record.get("text") or " ".join(m["content"] for m in record.get("messages", [])))
    documents = known[:count]
    while len(documents) < count:
        words = known[random.integers(len(known))].split()
        kept = random.random(len(words)) < 0.6
        documents.append(" ".join(word for word, keep in zip(words, kept) if keep))
    weighted = TfidfVectorizer(
        min_df=5, max_df=0.3, sublinear_tf=True, max_features=60_000, dtype=np.float32
    ).fit_transform(documents)
    rows = TruncatedSVD(128, random_state=1, n_iter=3).fit_transform(weighted).astype(np.float32)
    norms = np.linalg.norm(rows, axis=1)
    # Documents without a known word have no direction: others stand in for them.
    rows[norms == 0] = rows[norms > 0][: (norms == 0).sum()]
    np.save(path, rows / np.linalg.norm(rows, axis=1, keepdims=True))


def peer(name, rows, start, iterations, tolerance):
    """One timed fit of a peer, as JSON on standard output."""
    import numpy as np

    x, centroids = np.load(rows), np.load(start)
    if name == "sklearn":
        from sklearn.cluster import KMeans

        # Ours: root mean square shift ≤ tolerance × root of the total variance.
        scaled = tolerance**2 * centroids.shape[0] * x.shape[1]
        model = KMeans(len(centroids), init=centroids, n_init=1, max_iter=iterations, tol=scaled, algorithm="lloyd")
        wall, cpu = time.perf_counter(), time.process_time()
        model.fit(x)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        inertia, rounds = float(model.inertia_), int(model.n_iter_)
    else:
        import faiss

        model = faiss.Kmeans(
            x.shape[1], len(centroids), niter=iterations, max_points_per_centroid=len(x), min_points_per_centroid=1)
        wall, cpu = time.perf_counter(), time.process_time()
        model.train(x, init_centroids=centroids)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        inertia, rounds = float(model.index.search(x, 1)[0].astype(np.float64).sum()), iterations
    print(json.dumps({"seconds": wall, "cpu": cpu, "inertia": inertia, "iterations": rounds}))


def run(command):
    """The JSON that a process prints, and its peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed with status {process.returncode}")
    return json.loads(output.splitlines()[-1]) | {"megabytes": usage.ru_maxrss / 1024}


def peak():
    """GFLOP/s of numpy's sgemm on all cores: the best of five."""
    import numpy as np

    a = np.ones((4096, 4096), dtype=np.float32)
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        a @ a
        times.append(time.perf_counter() - begin)
    return 2 * 4096**3 / min(times) / 1e9


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def commit():
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=root, capture_output=True, text=True)
    return found.stdout.strip()


def versions(names):
    """Of the peers and of numpy, whose BLAS the peak is measured with."""
    packages = {"sklearn": "scikit-learn", "faiss": "faiss-cpu"}
    return {name: importlib.metadata.version(packages.get(name, name)) for name in ["numpy", *names]}


def compare(arguments):
    import numpy as np

    rows = np.load(arguments.rows_file, mmap_mode="r")
    (n, d), k = rows.shape, arguments.clusters
    folder = tempfile.TemporaryDirectory()
    start = f"{folder.name}/start.npy"
    # Distinct rows, so that no cluster begins empty.
    draw = np.random.default_rng(7).permutation(n)[: 2 * k]
    _, first = np.unique(rows[np.sort(draw)], axis=0, return_index=True)
    np.save(start, np.ascontiguousarray(rows[np.sort(draw)][np.sort(first)[:k]]))
    iterations, tolerance = str(arguments.iterations), str(arguments.tolerance)
    ours = [arguments.bench, "kmeans", arguments.rows_file, start, iterations, tolerance, str(os.cpu_count())]
    them = [sys.executable, str(pathlib.Path(__file__).resolve()), arguments.rows_file, "--iterations", iterations]
    them += ["--tolerance", tolerance, "--start", start, "--peer"]
    commands = {"throng": ours, "plain": ours + ["plain"]} | {name: them + [name] for name in arguments.against}
    runs = {name: [] for name in commands}
    top = peak()
    for turn in range(arguments.repeats):
        for name, command in commands.items():
            runs[name].append(run(command))
        top = max(top, peak())
    own = runs["throng"][0]
    result = {
        "benchmark": "kmeans", "date": datetime.date.today().isoformat(), "commit": commit(),
        "machine": f"{processor()}, {os.cpu_count()} cores", "versions": versions(arguments.against),
        "rows": n, "columns": d, "clusters": k, "data": pathlib.Path(arguments.rows_file).stem,
        "iterations": own["iterations"], "repaired": own["repaired"], "sgemm_peak": top, "programs": {},
        "computed": [share / (n * k) for share in own["computed"]],
    }
    print(f"{n} × {d}, k = {k}, {own['iterations']} iterations, sgemm peak {top:.0f} GFLOP/s")
    print(f"{'':<10}{'seconds':>9}{'cpu':>8}{'× wall':>8}{'× cpu':>8}{'MB':>8}{'GFLOP/s':>9}{'inertia':>14}")
    for name, found in runs.items():
        error = abs(found[0]["inertia"] / own["inertia"] - 1)
        # Peers fill an empty cluster in ways of their own; only then may they come out a little apart.
        if error > (1e-5 if name == "plain" else arguments.inertia_within):
            sys.exit(f"{name}: inertia {found[0]['inertia']} is not {own['inertia']}: no time counts")
        ratio = {
            key: statistics.median(t[key] / o[key] for t, o in zip(found, runs["throng"])) for key in ("seconds", "cpu")
        }
        middle = {key: statistics.median(t[key] for t in found) for key in ("seconds", "cpu", "megabytes")}
        rate = 2e-9 * n * k * d * (found[0]["iterations"] + 1) / middle["seconds"]
        result["programs"][name] = middle | {
            "ratio": ratio, "gflops": rate, "inertia": found[0]["inertia"], "iterations": found[0]["iterations"]}
        print(
            f"{name:<10}{middle['seconds']:9.2f}{middle['cpu']:8.2f}{ratio['seconds']:8.2f}{ratio['cpu']:8.2f}"
            f"{middle['megabytes']:8.0f}{rate:9.0f}{found[0]['inertia']:14.3f}",
            flush=True,
        )
    shares = result["computed"]
    print(f"distances computed: {sum(shares) / len(shares):.1%} of all; by iteration "
          + " ".join(f"{share:.0%}" for share in shares))
    if not arguments.no_record:
        (here / "Runs").mkdir(exist_ok=True)
        name = f"{result['date']}-kmeans-{result['data']}-{n}-{k}-{own['iterations']}.json"
        (here / "Runs" / name).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


parser = argparse.ArgumentParser()
parser.add_argument("rows_file", nargs="?", help=".npy, rows × columns, float32")
parser.add_argument("--make", help="write rows to this .npy instead")
parser.add_argument("--rows", type=int, default=131_484)
parser.add_argument("--mixture", action="store_true")
parser.add_argument("--clusters", type=int, default=512)
parser.add_argument("--iterations", type=int, default=20)
parser.add_argument("--tolerance", type=float, default=0, help="as in KMeans.Parameters; 0 runs all iterations")
parser.add_argument("--repeats", type=int, default=5)
parser.add_argument("--against", nargs="*", default=["sklearn", "faiss"])
parser.add_argument("--inertia-within", type=float, default=1e-3, help="how far a peer's inertia may be off")
parser.add_argument("--bench", default=str(root / ".build/release/throng-bench"))
parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
parser.add_argument("--start", help=argparse.SUPPRESS)
parser.add_argument("--peer", help=argparse.SUPPRESS)

if __name__ == "__main__":
    chosen = parser.parse_args()
    if chosen.make:
        make(chosen.make, chosen.rows, chosen.mixture)
    elif chosen.peer:
        peer(chosen.peer, chosen.rows_file, chosen.start, chosen.iterations, chosen.tolerance)
    else:
        compare(chosen)
