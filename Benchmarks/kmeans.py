"""Exact k-means beside scikit-learn and faiss, on the same rows from the same start centroids.

    swift build -c release --product throng-bench
    python Benchmarks/kmeans.py                       # the four cases of k-means; about 25 minutes on two cores
    python Benchmarks/kmeans.py --quick               # one small case; under a minute
    python Benchmarks/kmeans.py --only lsa mixture    # some of the cases
    python Benchmarks/kmeans.py --rows ROWS.npy --clusters 300 --iterations 10

Every run is a process of its own, the programs take turns, and a time counts only if the inertia is the peers' own.
Prints medians of the ratios of paired runs (wall and processor time), GFLOP/s of the whole fit against the sgemm peak
measured in the same call, the share of distances computed and peak memory, and stores them under Runs/. Rows are made
once and kept in the build folder.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time

import shared

CORPORA = [
    "newsgroups20", "stackoverflow", "clinc150", "reuters21578", "sib200", "sgd_single_domain", "counsel_chat",
    "affective_mix",
]
# name: rows, mixture?, clusters, iterations, tolerance, ways of ours beside the default
CASES = {
    "lsa": (131_484, False, 512, 20, 0.0, ["plain"]),
    "mixture": (131_484, True, 512, 20, 0.0, ["plain"]),
    "lsa-converged": (131_484, False, 512, 300, 1e-4, ["plain", "nested"]),
    "mixture-converged": (131_484, True, 512, 300, 1e-4, []),
    "large": (500_000, False, 4096, 10, 0.0, []),
    "quick": (20_000, False, 256, 10, 0.0, ["plain"]),
}
# Ways of ours that end elsewhere: their inertia is told, not compared.
INEXACT = ["nested", "sample"]


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

    known = [text for name in CORPORA for text in shared.texts(name)]
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


def made(count, mixture):
    """Where the rows lie, made at the first call."""
    folder = shared.root / ".build/benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{'mixture' if mixture else 'lsa'}-{count}.npy"
    if not path.exists():
        print(f"making {path.name}", flush=True)
        # In a process of its own: what it takes is not this one's.
        shared.run([sys.executable, __file__, "--make", str(path), str(count)] + ["--mixture"] * mixture)
    return str(path)


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
        inertia, rounds = None, iterations
    megabytes = shared.own_peak()
    if inertia is None:
        inertia = float(model.index.search(x, 1)[0].astype(np.float64).sum())
    print(json.dumps({
        "seconds": wall, "cpu": cpu, "inertia": inertia, "iterations": rounds, "megabytes": megabytes}))


def compare(name, path, clusters, iterations, tolerance, ways, arguments):
    import numpy as np

    rows = np.load(path, mmap_mode="r")
    (n, d), k = rows.shape, clusters
    with tempfile.TemporaryDirectory() as folder:
        start = f"{folder}/start.npy"
        # Distinct rows, so that no cluster begins empty.
        draw = np.random.default_rng(7).permutation(n)[: 2 * k]
        _, first = np.unique(rows[np.sort(draw)], axis=0, return_index=True)
        np.save(start, np.ascontiguousarray(rows[np.sort(draw)][np.sort(first)[:k]]))
        numbers = [str(iterations), str(tolerance)]
        ours = [arguments.bench, "kmeans", path, start, *numbers, str(shared.cores)]
        them = [sys.executable, __file__, "--peer", path, start, *numbers]
        # faiss knows no tolerance.
        against = [peer for peer in arguments.against if peer != "faiss" or not tolerance]
        commands = {"throng": ours} | {way: ours + [way] for way in ways} | {one: them + [one] for one in against}
        found = {program: [] for program in commands}
        top = shared.gemm_peak()
        for _ in range(arguments.repeats):
            for program, command in commands.items():
                found[program].append(shared.run(command))
            top = tuple(map(max, top, shared.gemm_peak()))
    own = found["throng"]
    packages = {"sklearn": "scikit-learn", "faiss": "faiss-cpu"}
    result = shared.about("kmeans", ["numpy", *(packages[one] for one in against)]) | {
        "case": name, "rows": n, "columns": d, "clusters": k, "tolerance": tolerance, "repeats": arguments.repeats,
        "iterations": own[0]["iterations"], "repaired": own[0]["repaired"],
        "sgemm_peak": {"wall": top[0], "core": top[1]}, "programs": {},
        "computed": [share / (n * k) for share in own[0]["computed"]],
    }
    print(f"\n{name}: {n} × {d}, k = {k}, {own[0]['iterations']} iterations, "
          f"sgemm peak {top[0]:.0f} GFLOP/s, {top[1]:.0f} by core")
    print(f"{'':<10}{'seconds':>9}{'cpu':>8}{'× wall':>8}{'× cpu':>8}{'MB':>8}{'GFLOP/s':>9}{'by core':>9}{'of peak':>9}"
          f"{'rounds':>8}{'inertia':>14}")
    for program, times in found.items():
        error = abs(times[0]["inertia"] / own[0]["inertia"] - 1)
        # Peers fill an empty cluster in ways of their own, and so may come out a little apart.
        if program not in INEXACT and error > (1e-5 if program == "plain" else arguments.inertia_within):
            sys.exit(f"{program}: inertia {times[0]['inertia']} is not {own[0]['inertia']}: no time counts")
        ratio = {key: shared.median_ratio(times, own, key) for key in ("seconds", "cpu")}
        middle = {key: shared.median(times, key) for key in ("seconds", "cpu", "megabytes")}
        one = times[0]
        # Of the plain algorithm: an assignment in each round and a last one.
        looked = sum(one["rows"]) if "rows" in one else n * one["iterations"]
        work = 2e-9 * (looked + n) * k * d
        row = middle | {
            "ratio": ratio, "gflops": work / middle["seconds"], "gflops_by_core": work / middle["cpu"],
            "inertia": one["inertia"], "iterations": one["iterations"]}
        result["programs"][program] = row
        print(
            f"{program:<10}{middle['seconds']:9.2f}{middle['cpu']:8.2f}{ratio['seconds']:8.2f}{ratio['cpu']:8.2f}"
            f"{middle['megabytes']:8.0f}{row['gflops']:9.0f}{row['gflops_by_core']:9.0f}"
            f"{row['gflops_by_core'] / top[1]:9.0%}{one['iterations']:8}{one['inertia']:14.3f}", flush=True)
    shares = result["computed"]
    print(f"distances computed: {sum(shares) / len(shares):.1%} of all; by iteration "
          + " ".join(f"{share:.0%}" for share in shares[:30]))
    if not arguments.no_record:
        shared.record(result, name)


parser = argparse.ArgumentParser()
parser.add_argument("--only", nargs="*", choices=CASES, help="these cases")
parser.add_argument("--quick", action="store_true", help="one small case, three times, not recorded")
parser.add_argument("--rows", help=".npy, rows × columns, float32, instead of the cases")
parser.add_argument("--clusters", type=int, default=512)
parser.add_argument("--iterations", type=int, default=20)
parser.add_argument("--tolerance", type=float, default=0, help="as in KMeans.Parameters; 0 runs all iterations")
parser.add_argument("--repeats", type=int, default=5)
parser.add_argument("--ways", nargs="*", default=["plain"], help="of ours, beside the default")
parser.add_argument("--against", nargs="*", default=["sklearn", "faiss"])
parser.add_argument("--inertia-within", type=float, default=1e-3, help="how far a peer's inertia may be off")
parser.add_argument("--bench", default=shared.bench)
parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
parser.add_argument("--mixture", action="store_true", help=argparse.SUPPRESS)
parser.add_argument("--peer", nargs=5, help=argparse.SUPPRESS)

if __name__ == "__main__":
    shared.start_anew()
    chosen = parser.parse_args()
    if chosen.make:
        make(chosen.make[0], int(chosen.make[1]), chosen.mixture)
        print("{}")
    elif chosen.peer:
        path, start, iterations, tolerance, name = chosen.peer
        peer(name, path, start, int(iterations), float(tolerance))
    elif chosen.rows:
        compare(
            pathlib.Path(chosen.rows).stem, chosen.rows, chosen.clusters, chosen.iterations, chosen.tolerance,
            chosen.ways, chosen)
    else:
        if chosen.quick:
            chosen.repeats, chosen.no_record = 3, True
        for name in ["quick"] if chosen.quick else chosen.only or [case for case in CASES if case != "quick"]:
            rows, mixture, clusters, iterations, tolerance, ways = CASES[name]
            compare(name, made(rows, mixture), clusters, iterations, tolerance, ways, chosen)
