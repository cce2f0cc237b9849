"""`throng train` beside scikit-learn's TfidfVectorizer + LogisticRegression, on the same split.

    swift build -c release --product throng && swift build -c release --product throng-bench
    python Benchmarks/classifier.py [--only CORPUS] [--repeats N] [--no-record]

Both learn from the same four fifths of a labelled corpus (stratified, seed 0) and predict the last fifth. Two comparisons, pairs
taken in turn, ratios as medians over pairs:

- the whole: files to predictions. The peer has sublinear TF-IDF of words; ours has words and pairs of words of the redacted text.
  `fit` is the peer's LogisticRegression alone, against our whole stage of training, which also weighs the rows;
  `whole` is from the file to the model, without validation on either side.
- `same_entries`: the peer's matrix given to both, so that objectives compare. A fit counts only if its objective is no higher.

What redaction costs is seen in `redacted`: the peer's accuracy on texts without what our redactor marks. With `--affective` it scores
counselling in affective_mix instead: held out by origin, and by origin and topic.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import redaction
import shared

CASES = ("clinc150", "newsgroups20")
# Of the grid of --c auto, for both.
C = 100.0


def records(name):
    lines = subprocess.run(["zstd", "-dcq", str(shared.corpus(name))], capture_output=True, check=True)
    return [json.loads(line) for line in lines.stdout.splitlines()]


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def peer(files, folder=None):
    """One timed run of scikit-learn; its training matrix goes to a folder."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    start = time.perf_counter()
    rows = read(files[0])
    vectorizer = TfidfVectorizer(sublinear_tf=True)
    matrix = vectorizer.fit_transform(row["text"] for row in rows)
    begun = (time.perf_counter(), time.process_time())
    model = LogisticRegression(C=C, max_iter=1000).fit(matrix, [row["label"] for row in rows])
    ended = (time.perf_counter(), time.process_time())
    unseen = read(files[1])
    tests = vectorizer.transform(row["text"] for row in unseen)
    truth = [row["label"] for row in unseen]
    result = {
        "fit": ended[0] - begun[0], "fit_processor": ended[1] - begun[1], "whole": ended[0] - start,
        "accuracy": sum(a == b for a, b in zip(model.predict(tests), truth)) / len(truth), "columns": matrix.shape[1],
        "iterations": int(max(model.n_iter_)),
    }
    if not folder:
        return result
    places = {label: place for place, label in enumerate(model.classes_)}
    labels = [places[row["label"]] for row in rows]
    result |= quality(matrix, labels, model.coef_.T, model.intercept_)
    return result, entries(matrix, labels, tests, [places[label] for label in truth], len(places), folder)


def quality(matrix, labels, weights, intercepts):
    """The objective of a fit and the largest entry of its gradient, in double precision."""
    import numpy as np

    rows = matrix.shape[0]
    scores = matrix @ weights + intercepts
    scores -= scores.max(axis=1, keepdims=True)
    totals = np.log(np.exp(scores).sum(axis=1))
    loss = (totals - scores[np.arange(rows), labels]).mean()
    residuals = np.exp(scores - totals[:, None])
    residuals[np.arange(rows), labels] -= 1
    gradient = matrix.T @ residuals / rows + weights / (C * rows)
    return {
        "objective": float(loss + np.square(weights).sum() / (2 * C * rows)),
        "gradient": float(max(np.abs(gradient).max(), np.abs(residuals.mean(axis=0)).max())),
    }


def entries(matrix, labels, tests, truth, classes, folder):
    """One timed fit of ours on the peer's matrix."""
    import numpy as np

    files = []
    for name, values, kind in (
        ("offsets", matrix.indptr, "<i8"), ("indices", matrix.indices, "<u4"), ("values", matrix.data, "<f4"),
        ("labels", labels, "<i4"),
    ):
        files.append(f"{folder}/{name}.npy")
        np.save(files[-1], np.asarray(values).astype(kind)[np.newaxis])
    columns = matrix.shape[1]
    found = shared.run([
        shared.bench, "train", *files, str(columns), str(classes), str(C), f"{folder}/weights", str(shared.cores)])
    weights = np.fromfile(f"{folder}/weights", dtype="<f4").reshape(columns + 1, classes).astype(float)
    hits = (tests @ weights[:-1] + weights[-1]).argmax(axis=1) == truth
    return {
        "fit": found["seconds"], "fit_processor": found["cpu"], "iterations": found["iterations"],
        "accuracy": float(hits.mean()),
    } | quality(matrix, labels, weights[:-1], weights[-1])


def ours(throng, files, folder):
    model, answers = folder / "model", folder / "answers.csv"
    report = shared.run([
        throng, "train", str(files[0]), "--label", "label", "--model", str(model), "--force", "--json", "--quiet",
        "--folds", "2", "--c", str(C)])
    subprocess.run(
        [throng, "classify", str(files[1]), "--model", str(model), "--predictions", str(answers), "--force", "--quiet",
         "--abstain", "0"], check=True, stdout=subprocess.DEVNULL)
    with answers.open(encoding="utf-8", newline="") as lines:
        found = {int(row["position"]): row["class"] for row in csv.DictReader(lines)}
    truth = [row["label"] for row in read(files[1])]
    hits = sum(found.get(at + 1) == label for at, label in enumerate(truth))
    seconds = report["seconds"]
    return {
        "fit": seconds["train"], "whole": seconds["read"] + seconds["train"], "accuracy": hits / len(truth),
        "columns": report["columns"], "iterations": report["iterations"], "converged": report["converged"],
    }


def redacted(rows, folder):
    """The rows without what our redactor marks in them."""
    spans, _ = redaction.throng([row["text"] for row in rows], 1, folder)
    found = []
    for row, marked in zip(rows, spans):
        text, end = "", 0
        for _, first, last in sorted(marked, key=lambda span: span[1]):
            text += row["text"][end:first] + " "
            end = max(end, last)
        found.append(row | {"text": text + row["text"][end:]})
    return found


def pair(name, throng, repeats):
    from sklearn.model_selection import train_test_split

    rows = records(name)
    parts = train_test_split(rows, test_size=0.2, random_state=0, stratify=[row["label"] for row in rows])
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        files = folder / "train.jsonl", folder / "test.jsonl"
        for part, path in zip(parts, files):
            write(path, part)
        theirs, own, same = [], [], []
        for _ in range(repeats):
            own.append(ours(throng, files, folder))
            one, other = peer(files, folder)
            theirs.append(one)
            same.append(other)
        for part, path in zip(parts, files):
            write(path, redacted(part, folder))
        blind = peer(files)["accuracy"]
    if any(one["objective"] > their["objective"] for one, their in zip(same, theirs)):
        sys.exit(f"{name}: our objective is higher than the peer's: times do not count")
    result = {
        "classes": len({row["label"] for row in rows}), "train": len(parts[0]), "test": len(parts[1]), "throng": own,
        "scikit-learn": theirs, "same_entries": same, "redacted": {"scikit-learn": blind},
        "fit_ratio": shared.median_ratio(theirs, own, "fit"), "whole_ratio": shared.median_ratio(theirs, own, "whole"),
        "same_entries_ratio": shared.median_ratio(theirs, same, "fit"),
        "same_entries_processor_ratio": shared.median_ratio(theirs, same, "fit_processor"),
    }
    print(
        f"{name}: accuracy {100 * own[0]['accuracy']:.2f} % against {100 * theirs[0]['accuracy']:.2f} % (redacted "
        f"{100 * blind:.2f} %); training {shared.median(own, 'fit'):.2f} s against {shared.median(theirs, 'fit'):.1f} s, "
        f"{result['fit_ratio']:.1f} times as fast; whole {result['whole_ratio']:.1f} times")
    print(
        f"  same entries: {result['same_entries_ratio']:.1f} times as fast, by processor time "
        f"{result['same_entries_processor_ratio']:.1f}; accuracy {100 * same[0]['accuracy']:.2f} %; objective "
        f"{same[0]['objective']:.6f} against {theirs[0]['objective']:.6f}, gradient {same[0]['gradient']:.1e} against "
        f"{theirs[0]['gradient']:.1e}", flush=True)
    return result


def affective(throng):
    """Counselling found in affective_mix: unseen origins, then unseen origins and unseen topics of counselling."""
    rows = records("affective_mix")
    topics = {}
    for row in records("counsel_chat"):
        first = next(m["content"] for m in row["messages"] if m["role"] == "user")
        topics[first] = row["label"]
    with tempfile.TemporaryDirectory() as place:
        path = pathlib.Path(place) / "mix.jsonl"
        known = 0
        for row in rows:
            topic = topics.get(next((m["content"] for m in row["messages"] if m["role"] == "user"), None), "unknown")
            known += row["truth"] == "affective" and topic != "unknown"
            row["part"] = row["origin"] if row["truth"] == "task" else f"{row['origin']} {topic}"
        write(path, rows)
        found = {"topics_known": known}
        for name, flags in {
            "origin": ["--group", "origin"], "origin_and_topic": ["--group", "part"],
            "origin_both_sides": ["--group", "origin", "--roles", "human,assistant"],
        }.items():
            report = shared.run([
                throng, "train", str(path), "--label", "truth", "--json", "--quiet", "--c", "auto", *flags])
            score = next(entry for entry in report["classes"] if entry["label"] == "affective")
            found[name] = {
                key: report[key] for key in ("folds", "c", "divided_classes", "confusion", "calibration_error", "seconds")
            } | score
            print(f"affective_mix, held out by {name}: F1 {score['f1']}", flush=True)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--throng", default=str(shared.root / ".build/release/throng"))
    parser.add_argument("--only", help="one corpus")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--affective", action="store_true", help="score affective_mix instead")
    parser.add_argument("--no-record", action="store_true", help="do not write under Runs/")
    arguments = parser.parse_args()
    shared.start_anew()
    name = "classifier-affective" if arguments.affective else "classifier"
    result = shared.about(name, ["scikit-learn", "numpy", "scipy"])
    if arguments.affective:
        result["affective_mix"] = affective(arguments.throng)
    else:
        for corpus in [arguments.only] if arguments.only else CASES:
            result[corpus] = pair(corpus, arguments.throng, arguments.repeats)
    if not arguments.no_record:
        shared.record(result, *([arguments.only] if arguments.only else []))


if __name__ == "__main__":
    sys.exit(main())
