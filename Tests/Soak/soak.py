#!/usr/bin/env python3
"""Disturbs runs of throng at random points, resumes each, and compares every byte with a run that nobody disturbed.

    soak.py [--kills 200] [--seed 1] [--conversations 2000] [--without WAY…] [--program PATH] [--log FILE]

Each case disturbs one run once to three times and then lets it end. Ways: SIGKILL, SIGTERM, a file system of a few hundred KiB,
a limit of memory (ulimit -v) or of the size of files (ulimit -f), standard output that nobody reads, a damaged stage. While a run
lies there disturbed, its folder is looked at: only its owner may enter, and no user id or word of the log stands in it.
Writes one JSON object a line to the log and to standard output a summary; exits 1 where anything is not as it should be.
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FACETS = ["--facet", "plan", "--facet", ".copy", "--stability", "1"]


class Soak:
    def __init__(self, options, folder):
        self.program = str(pathlib.Path(options.program).resolve())
        self.folder = folder
        self.random = random.Random(options.seed)
        self.without = options.without
        self.log = folder / "log.jsonl"
        self.secret = folder / "secret"
        self.secret.write_bytes(b"a secret of the soak, and no other")
        self.secret.chmod(0o600)
        subprocess.run(
            [self.program, "synthesize", "-q", "--conversations", str(options.conversations), "--output", self.log],
            check=True)
        records = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]
        # What must not stand in a private folder: some users, and some words.
        words = {word for record in records[:50] for m in record["messages"] for word in m["content"].split()}
        self.private = sorted({record["user"] for record in records[:50]} | {w for w in words if len(w) > 6})
        begun = time.monotonic()
        outcome = self.run(folder / "undisturbed")
        self.seconds = time.monotonic() - begun
        assert outcome.returncode == 0, outcome.stderr
        self.expected = self.digest(folder / "undisturbed")
        self.can_mount = subprocess.run(
            ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0

    def command(self, out, *more):
        return [
            self.program, "run", self.log, "--out", out, "--secret-file", self.secret, "--ledger", f"{out}.ledger",
            *FACETS, *more]

    def run(self, out, *more, wrapped=(), timeout=120, **options):
        return subprocess.run(
            [*wrapped, *self.command(out, *more)], capture_output="stdout" not in options, text=True, timeout=timeout,
            **options)

    @staticmethod
    def digest(folder):
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}

    # Ways to disturb a run; each says how it ended.

    def killed(self, out, number):
        at = self.random.uniform(0, 1.05 * self.seconds)
        process = subprocess.Popen(
            self.command(out, "--resume"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(at)
        except subprocess.TimeoutExpired:
            process.send_signal(number)
        return {"at": round(at, 3), "exit": process.wait(120)}

    def sigkill(self, out):
        return self.killed(out, signal.SIGKILL)

    def sigterm(self, out):
        return self.killed(out, signal.SIGTERM)

    def limited(self, out, flag, kibibytes, expected):
        wrapped = ["sh", "-c", f"ulimit {flag} {kibibytes} && exec \"$@\"", "sh"]
        outcome = self.run(out, "--resume", wrapped=wrapped)
        assert outcome.returncode in expected, (flag, kibibytes, outcome.returncode, outcome.stderr)
        assert outcome.returncode == 0 or "error:" in outcome.stderr, outcome.stderr
        return {"limit": kibibytes, "exit": outcome.returncode}

    def memory(self, out):
        return self.limited(out, "-v", self.random.randrange(400, 1200) * 1024, (0, 5))

    def file_size(self, out):
        # 512-byte units in dash; 5 where a stage fits, 1 where none does.
        return self.limited(out, "-f", self.random.randrange(1, 20_000), (0, 1, 5))

    def broken_pipe(self, out):
        reader, writer = os.pipe()
        os.close(reader)
        process = subprocess.run(
            self.command(out, "--resume"), stdout=writer, stderr=writer, timeout=120)
        os.close(writer)
        return {"exit": process.returncode}

    def full_disk(self, out):
        """A file system of its own, too small at first; what it holds is copied out."""
        size = self.random.randrange(64, 16_000)
        script = """
            disk=$1; out=$2; shift 2
            mkdir -p "$disk" && mount -t tmpfs -o size=SIZEk none "$disk" || exit 77
            "$@" --out "$disk/out"; code=$?
            mount -o remount,size=1g "$disk"
            "$@" --out "$disk/out" || exit 78
            [ ! -e "$disk/out.work" ] || exit 79
            cp -r "$disk/out" "$out"; exit $code""".replace("SIZE", str(size))
        command = [self.program, "run", self.log, "--resume", "--secret-file", self.secret, "--ledger", "none", *FACETS]
        outcome = subprocess.run(
            ["unshare", "-rm", "sh", "-c", script, "sh", f"{out}.disk", out, *command], capture_output=True, text=True,
            timeout=240)
        assert outcome.returncode in (0, 1, 5), (size, outcome.returncode, outcome.stderr)
        (pathlib.Path(f"{out}.disk")).rmdir()
        return {"limit": size, "exit": outcome.returncode}

    def damaged(self, out):
        """A run is killed, and a bit of what it left is turned."""
        outcome = self.sigkill(out)
        stages = sorted(pathlib.Path(f"{out}.work").glob("*.stage"))
        if stages:
            file = self.random.choice(stages)
            data = bytearray(file.read_bytes())
            data[self.random.randrange(len(data))] ^= 1 << self.random.randrange(8)
            file.write_bytes(data)
            outcome["damaged"] = file.name.split("-")[0]
        return outcome

    def look(self, out):
        """What a disturbed run leaves is private."""
        work = pathlib.Path(f"{out}.work")
        if not work.exists():
            return []
        assert work.stat().st_mode & 0o777 == 0o700, "others may enter the folder"
        for file in work.iterdir():
            assert file.stat().st_mode & 0o777 == 0o600, f"others may read {file.name}"
            data = file.read_bytes()
            for text in self.private:
                assert text.encode() not in data, f"{file.name} holds text of the log"
        return sorted(file.name.split("-")[0] for file in work.glob("*.stage"))

    def case(self, number):
        ways = [self.sigkill] * 10 + [self.sigterm] * 3 + [
            self.memory, self.file_size, self.broken_pipe, self.damaged]
        if self.can_mount:
            ways.append(self.full_disk)
        ways = [way for way in ways if way.__name__ not in self.without]
        out = self.folder / f"case-{number}"
        entry = {"case": number, "disturbances": []}
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            way = self.random.choice(ways)
            if way == self.full_disk and entry["disturbances"]:
                way = self.sigkill
            entry["disturbances"].append({"way": way.__name__, **way(out), "kept": self.look(out)})
            if way == self.full_disk:
                break
        if entry["disturbances"][-1]["way"] != "full_disk":
            begun = time.monotonic()
            outcome = self.run(out, "--resume")
            assert outcome.returncode == 0, outcome.stderr
            if "was done before" not in outcome.stderr and "exists" not in outcome.stderr:
                # Other work on the machine comes and goes: points are spread over what a run takes now.
                self.seconds += 0.3 * (time.monotonic() - begun - self.seconds)
            entry["resumed"] = [
                line.split("'")[1] for line in outcome.stderr.splitlines() if "was done before" in line]
        entry["same"] = self.digest(out) == self.expected
        left = [path.name for path in self.folder.glob(f"*case-{number}*") if path.name not in (
            out.name, f"{out.name}.ledger")]
        assert not left, f"left behind: {left}"
        shutil.rmtree(out)
        pathlib.Path(f"{out}.ledger").unlink(missing_ok=True)
        return entry


def main():
    root = pathlib.Path(__file__).resolve().parent.parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="disturbances in all, at least")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--conversations", type=int, default=2000)
    parser.add_argument("--without", nargs="*", default=[], help="ways to leave out")
    parser.add_argument("--program", default=str(root / ".build/release/throng"))
    parser.add_argument("--log", help="file that gets one line for each case")
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="throng-soak-") as folder:
        soak = Soak(options, pathlib.Path(folder))
        log = open(options.log, "w", encoding="utf-8") if options.log else None
        entries, done = [], 0
        while done < options.kills:
            try:
                entry = soak.case(len(entries))
            except (AssertionError, subprocess.TimeoutExpired) as error:
                entry = {"case": len(entries), "same": False, "error": str(error)[:2000]}
            entries.append(entry)
            done += len(entry.get("disturbances", [0]))
            if log:
                log.write(json.dumps(entry) + "\n")
                log.flush()
        disturbances = [d for entry in entries for d in entry.get("disturbances", [])]
        summary = {
            "seed": options.seed, "conversations": options.conversations,
            "seconds_undisturbed": round(soak.seconds, 2), "seconds": round(time.monotonic() - begun),
            "disturbances": len(disturbances), "cases": len(entries),
            "same_bytes": sum(entry["same"] for entry in entries),
            "ways": dict(sorted(collections.Counter(d["way"] for d in disturbances).items())),
            "exits": dict(sorted(collections.Counter(str(d["exit"]) for d in disturbances).items())),
            "stages_kept": dict(sorted(collections.Counter(len(d["kept"]) for d in disturbances).items())),
            "resumed": dict(sorted(collections.Counter(s for e in entries for s in e.get("resumed", [])).items())),
            "failures": [entry for entry in entries if not entry["same"]],
        }
    print(json.dumps(summary, indent=1))
    sys.exit(1 if summary["failures"] else 0)


if __name__ == "__main__":
    main()
