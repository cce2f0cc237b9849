"""The bootstrap over users beside scipy's, whose samples are users' sums, too.

    python Benchmarks/bootstrap.py [--no-record]

131,484 conversations of about 60,000 users and 20 figures, 1,000 resamples, BCa. The peer is scipy.stats.bootstrap, vectorised,
of one share: its time is multiplied by the figures, which it resamples one by one.
"""

import argparse
import sys
import time

import shared

ROWS, USERS, FIGURES = 131_484, 80_000, 20


def peer():
    import numpy as np
    import scipy.stats

    random = np.random.default_rng(1)
    users = (USERS * random.random(ROWS) ** 2).astype(int)
    hits = np.bincount(users, weights=random.random(ROWS) < 0.2, minlength=USERS)
    sizes = np.bincount(users, minlength=USERS)
    hits, sizes = hits[sizes > 0], sizes[sizes > 0]
    start = time.perf_counter()
    scipy.stats.bootstrap(
        (hits, sizes), lambda a, b, axis: a.sum(axis=axis) / b.sum(axis=axis), paired=True, n_resamples=1000, batch=50,
        method="percentile", rng=2)
    return {"seconds_of_one": time.perf_counter() - start, "users": len(sizes)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
    arguments = parser.parse_args()
    shared.start_anew()
    result = shared.about("bootstrap", ["scipy", "numpy"])
    result["throng"] = shared.run([shared.bench, "bootstrap", str(ROWS), str(USERS), str(FIGURES)])
    result["scipy"] = peer()
    result["ratio"] = FIGURES * result["scipy"]["seconds_of_one"] / result["throng"]["seconds"]
    print(
        f"{FIGURES} figures of {ROWS:,} conversations: {result['throng']['seconds']:.2f} s; scipy "
        f"{result['scipy']['seconds_of_one']:.2f} s for one")
    if not arguments.no_record:
        shared.record(result)


if __name__ == "__main__":
    sys.exit(main())
