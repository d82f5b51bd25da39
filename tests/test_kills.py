"""Builds, purges and asking processes, killed at random moments: the published index answers every time, whole.

`python tests/test_kills.py 100` goes on until 100 were killed before they were done. Every build has something to do. After
each kill a new process must open the index without a complaint, and find in it either all articles as they were before, or
all as they shall be.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

KILLS = 15
ACTIONS = ("build", "purge", "build", "ask", "build")
KILLED = Path(__file__).resolve().with_name("killed.py")
STEADY = {
    "flood": "The river Orle rose for three days in the spring. Then it fell again. The old stone bridge was lost.",
    "trains": "The night train to Varna leaves at nine. It was built in 1937. Its station is the oldest of the line.",
    "birds": "Gulls sleep on the water. Owls hunt mice at night. Storks return to the same nest every year.",
    "long": " ".join(f"Lamp {n} of the pier burned {n * 7 % 1009} hours." for n in range(600)),
}


def change(corpus: Path, number: int) -> dict[str, str]:
    """Make the corpus of a round: one article changes with every round, one comes and one goes. What it holds then."""
    shutil.rmtree(corpus, ignore_errors=True)
    corpus.mkdir()
    laps = " ".join(f"Round {number} had lap {lap} run in {lap * number} minutes." for lap in range(12))
    texts = STEADY | {"laps": laps, f"visitor{number % 4}": f"Visitor {number % 4} came by boat. He left on foot."}
    for name, text in texts.items():
        (corpus / f"{name}.txt").write_text(text)
    return texts


def start(what: str, home: Path, corpus: Path) -> "subprocess.Popen[str]":
    """Start an action, and return once it has imported all it needs."""
    paths = os.pathsep.join([os.fspath(KILLED.parent.parent), os.environ.get("PYTHONPATH", "")])
    process = subprocess.Popen(
        [sys.executable, os.fspath(KILLED), what, os.fspath(home), os.fspath(corpus)],
        env=os.environ | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def finish(what: str, home: Path, corpus: Path, when: str) -> tuple[str, float]:
    """Let an action end by itself: what it printed, and how long it took."""
    with start(what, home, corpus) as process:
        started = time.monotonic()
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, f"{when}, then {what}: {err[-2000:]}"
        return out, time.monotonic() - started


def kill(what: str, home: Path, corpus: Path, seconds: float) -> bool:
    """Kill an action after so many seconds; whether it was still running."""
    with start(what, home, corpus) as process:
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
        return False


def kill_rounds(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Go on until so many actions were killed before they were done; how many of each."""
    folder.mkdir()
    home, corpus = folder / "home", folder / "corpus"
    moments = random.Random(seed)
    before = change(corpus, 0)
    took = {"build": finish("build", home, corpus, "at first")[1], "ask": 2.0}
    took["purge"] = took["build"]
    killed: Counter[str] = Counter()
    number = 0
    while killed.total() < kills:
        number += 1
        assert number <= 3 * kills + 10, f"seed {seed}: too few were killed in time: {killed}"
        what = ACTIONS[number % len(ACTIONS)]
        after = change(corpus, number) if what != "ask" else before
        seconds = moments.uniform(0.0, 1.0) * took[what]
        when = f"seed {seed}, round {number}, {what} killed after {seconds:.2f} of {took[what]:.2f} s"
        if kill(what, home, corpus, seconds):
            killed[what] += 1
        found = json.loads(finish("look", home, corpus, when)[0])
        assert found in (before, after), f"{when}: articles are lost: {set(before) - set(found)}"
        before = found
        if number % 5 == 0:  # whatever the kills left, a build ends as if there had been none
            _, took["build"] = finish("build", home, corpus, when)
            before = json.loads(finish("look", home, corpus, when)[0])
            assert before == after, when
    purged = change(corpus, number + 1)
    _, took["purge"] = finish("purge", home, corpus, f"seed {seed}, at last")
    assert json.loads(finish("look", home, corpus, "at last")[0]) == purged
    assert len(list((home / "generations").iterdir())) == 1
    return killed


def test_the_published_index_answers_after_every_kill_and_the_next_build_finishes(tmp_path: Path) -> None:
    """Two homes side by side, as each waits for a process most of the time."""
    seed = random.randrange(10**6)
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(kill_rounds, tmp_path / str(n), -(-KILLS // 2), seed + n) for n in range(2)]
        killed = sum((run.result() for run in runs), Counter[str]())
    assert killed.total() >= KILLS
    assert killed["build"] >= 3
    assert killed["purge"] >= 1


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as place:
        counts = kill_rounds(Path(place) / "one", count, seed=random.randrange(10**6))
        print(f"Killed before they were done: {dict(counts)}; every start answered, no article was lost.")
