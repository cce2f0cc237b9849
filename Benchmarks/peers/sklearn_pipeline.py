"""The scikit-learn pipeline of the same steps, as a peer process.

Reads JSON Lines from a file, then HashingVectorizer of words and word pairs, TF-IDF, TruncatedSVD, row
normalisation, k-means. Prints one JSON object with the seconds of each stage. The interpreter's start
and its imports are not counted.
"""

import argparse
import json
import time

import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

parser = argparse.ArgumentParser()
parser.add_argument("input")
parser.add_argument("--clusters", type=int, help="default: rows / 100")
parser.add_argument("--dimensions", type=int, default=128)
parser.add_argument("--columns", type=int, default=18, help="bits of the hashed column space")
parser.add_argument("--seed", type=int, default=1)
arguments = parser.parse_args()


def text_of(record):
    if "text" in record:
        return record["text"]
    return "\n".join(m["content"] for m in record["messages"] if m["role"] in ("user", "human"))


clock = time.perf_counter
start = clock()
with open(arguments.input, encoding="utf-8") as lines:
    texts = [text_of(json.loads(line)) for line in lines]
read = clock()
counts = HashingVectorizer(
    n_features=2**arguments.columns, ngram_range=(1, 2), alternate_sign=False, norm=None
).transform(texts)
weighted = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
vectorised = clock()
dense = normalize(
    TruncatedSVD(arguments.dimensions, random_state=arguments.seed).fit_transform(weighted)
)
reduced = clock()
clusters = arguments.clusters or max(1, round(len(texts) / 100))
KMeans(clusters, n_init=1, random_state=arguments.seed).fit(dense)
clustered = clock()

print(
    json.dumps(
        {
            "peer": f"scikit-learn {sklearn.__version__}",
            "n": len(texts),
            "clusters": clusters,
            "seconds": {
                "read": read - start,
                "vectorise": vectorised - read,
                "reduce": reduced - vectorised,
                "cluster": clustered - reduced,
                "total": clustered - start,
            },
        }
    )
)
