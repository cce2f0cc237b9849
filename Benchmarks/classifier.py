"""`throng train` beside scikit-learn's TfidfVectorizer + LogisticRegression, on the same split.

    python Benchmarks/classifier.py [--only CORPUS] [--repeats N] [--no-record]

Both learn from the same four fifths of a labelled corpus (stratified, seed 0) and predict the last fifth. The peer has
sublinear TF-IDF of words, and C from the same grid; `fit` is its LogisticRegression alone, against our whole stage of
training, which also weighs the rows. `whole` is from the file to the model, without validation on either side. Pairs run one
after the other; ratios are medians over pairs. With `--affective` it scores counselling in affective_mix instead: held out by
origin, and by origin and topic.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import shared

# corpus: C of the peer and of ours
CASES = {"clinc150": (100.0, 100.0), "newsgroups20": (100.0, 100.0)}


def records(name):
    lines = subprocess.run(["zstd", "-dcq", str(shared.corpus(name))], capture_output=True, check=True)
    return [json.loads(line) for line in lines.stdout.splitlines()]


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def peer(train, test, c):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    start = time.perf_counter()
    rows = [json.loads(line) for line in train.read_text(encoding="utf-8").splitlines()]
    vectorizer = TfidfVectorizer(sublinear_tf=True)
    matrix = vectorizer.fit_transform(row["text"] for row in rows)
    begun = (time.perf_counter(), time.process_time())
    model = LogisticRegression(C=c, max_iter=1000).fit(matrix, [row["label"] for row in rows])
    ended = (time.perf_counter(), time.process_time())
    unseen = [json.loads(line) for line in test.read_text(encoding="utf-8").splitlines()]
    found = model.predict(vectorizer.transform(row["text"] for row in unseen))
    hits = sum(a == row["label"] for a, row in zip(found, unseen))
    return {
        "fit": ended[0] - begun[0], "fit_processor": ended[1] - begun[1], "whole": ended[0] - start,
        "accuracy": hits / len(unseen), "columns": matrix.shape[1], "iterations": int(max(model.n_iter_)),
    }


def ours(throng, train, test, c, folder):
    model, answers = folder / "model", folder / "answers.csv"
    report = shared.run([
        throng, "train", str(train), "--label", "label", "--model", str(model), "--force", "--json", "--quiet",
        "--folds", "2", "--c", str(c)])
    subprocess.run(
        [throng, "classify", str(test), "--model", str(model), "--predictions", str(answers), "--force", "--quiet",
         "--abstain", "0"], check=True)
    with answers.open(encoding="utf-8", newline="") as lines:
        found = {int(row["position"]): row["class"] for row in csv.DictReader(lines)}
    truth = [json.loads(line)["label"] for line in test.read_text(encoding="utf-8").splitlines()]
    hits = sum(found.get(at + 1) == label for at, label in enumerate(truth))
    seconds = report["seconds"]
    return {
        "fit": seconds["train"], "whole": seconds["read"] + seconds["train"], "accuracy": hits / len(truth),
        "columns": report["columns"], "iterations": report["iterations"], "converged": report["converged"],
    }


def pair(name, throng, repeats):
    from sklearn.model_selection import train_test_split

    rows = records(name)
    train, test = train_test_split(rows, test_size=0.2, random_state=0, stratify=[row["label"] for row in rows])
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        files = folder / "train.jsonl", folder / "test.jsonl"
        write(files[0], train)
        write(files[1], test)
        theirs, own = [], []
        for _ in range(repeats):
            own.append(ours(throng, *files, CASES[name][1], folder))
            theirs.append(peer(*files, CASES[name][0]))
    result = {
        "classes": len({row["label"] for row in rows}), "train": len(train), "test": len(test), "throng": own,
        "scikit-learn": theirs, "fit_ratio": shared.median_ratio(theirs, own, "fit"),
        "whole_ratio": shared.median_ratio(theirs, own, "whole"),
    }
    print(
        f"{name}: accuracy {100 * own[0]['accuracy']:.2f} % against {100 * theirs[0]['accuracy']:.2f} %; training "
        f"{shared.median(own, 'fit'):.2f} s against {shared.median(theirs, 'fit'):.1f} s, {result['fit_ratio']:.1f} times as "
        f"fast; whole {result['whole_ratio']:.1f} times", flush=True)
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
