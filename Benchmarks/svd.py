"""The randomised SVD of the newsgroups20 tf-idf matrix beside scikit-learn's TruncatedSVD, on the same entries.

    swift build -c release --product throng-bench
    python Benchmarks/svd.py [--components 128] [--repeats 5]

Every run is a process of its own and the two take turns. A time counts only if the variance that our components
explain is no more than 1 % below the peer's. Prints medians of the ratios of paired runs and peak memory, and stores
them under Runs/.
"""

import argparse
import json
import sys
import tempfile
import time

import shared


def peer(folder, components, columns):
    """One timed fit of scikit-learn, as JSON on standard output; its components go to a file."""
    import numpy as np
    from sklearn.decomposition import TruncatedSVD

    model = TruncatedSVD(components, random_state=1)
    matrix = load(folder, columns)
    wall, cpu = time.perf_counter(), time.process_time()
    model.fit(matrix)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({"seconds": wall, "cpu": cpu, "megabytes": shared.own_peak()}))
    np.ascontiguousarray(model.components_.T, dtype=np.float32).tofile(f"{folder}/theirs")


def load(folder, columns):
    import numpy as np
    from scipy.sparse import csr_matrix

    offsets, indices, values = (np.load(f"{folder}/{name}.npy")[0] for name in ("offsets", "indices", "values"))
    return csr_matrix((values, indices.astype(np.int32), offsets.astype(np.int32)), (len(offsets) - 1, columns))


def explained(matrix, right):
    """The share of the variance that the rows keep in the space of these orthonormal columns."""
    import numpy as np

    kept = (matrix @ right).astype(np.float64).var(axis=0).sum()
    squares = matrix.multiply(matrix).mean(axis=0)
    return float(kept / (squares - np.square(matrix.mean(axis=0))).sum())


def compare(arguments):
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer(
        min_df=3, ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32
    ).fit_transform(list(shared.texts(arguments.corpus)))
    rows, columns = matrix.shape
    with tempfile.TemporaryDirectory() as folder:
        for name, values in (
            ("offsets", matrix.indptr.astype("<i8")), ("indices", matrix.indices.astype("<u4")),
            ("values", matrix.data.astype("<f4")),
        ):
            np.save(f"{folder}/{name}.npy", values[np.newaxis])
        files = [f"{folder}/{name}.npy" for name in ("offsets", "indices", "values")]
        components = str(arguments.components)
        ours = [arguments.bench, "svd", *files, str(columns), components, f"{folder}/ours", str(shared.cores)]
        them = [sys.executable, __file__, "--peer", folder, components, str(columns)]
        found = {"throng": [], "scikit-learn": []}
        for _ in range(arguments.repeats):
            found["throng"].append(shared.run(ours))
            found["scikit-learn"].append(shared.run(them))
        variance = {
            name: explained(matrix, np.fromfile(f"{folder}/{file}", dtype="<f4").reshape(columns, -1))
            for name, file in (("throng", "ours"), ("scikit-learn", "theirs"))
        }
    print(f"{arguments.corpus}: {rows} × {columns}, {matrix.nnz} entries, {components} components")
    result = shared.about("svd", ["numpy", "scipy", "scikit-learn"]) | {
        "corpus": arguments.corpus, "rows": rows, "columns": columns, "entries": int(matrix.nnz),
        "components": arguments.components, "repeats": arguments.repeats, "programs": {},
    }
    if variance["throng"] < 0.99 * variance["scikit-learn"]:
        sys.exit(f"explained variance {variance['throng']} is not {variance['scikit-learn']}: no time counts")
    for name, times in found.items():
        ratio = {key: shared.median_ratio(times, found["throng"], key) for key in ("seconds", "cpu")}
        middle = {key: shared.median(times, key) for key in ("seconds", "cpu", "megabytes")}
        result["programs"][name] = middle | {"ratio": ratio, "explained_variance": variance[name]}
        print(
            f"{name:<14}{middle['seconds']:9.2f} s{middle['cpu']:9.2f} s cpu{ratio['seconds']:8.2f} × wall"
            f"{ratio['cpu']:8.2f} × cpu{middle['megabytes']:8.0f} MB, explained variance {variance[name]:.4f}")
    if not arguments.no_record:
        shared.record(result, arguments.corpus)


parser = argparse.ArgumentParser()
parser.add_argument("--corpus", default="newsgroups20")
parser.add_argument("--components", type=int, default=128)
parser.add_argument("--repeats", type=int, default=5)
parser.add_argument("--bench", default=shared.bench)
parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
parser.add_argument("--peer", nargs=3, help=argparse.SUPPRESS)

if __name__ == "__main__":
    shared.start_anew()
    chosen = parser.parse_args()
    if chosen.peer:
        peer(chosen.peer[0], int(chosen.peer[1]), int(chosen.peer[2]))
    else:
        compare(chosen)
