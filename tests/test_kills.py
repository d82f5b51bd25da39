"""`footnote index build` of a changed corpus, killed at random moments: the last published index answers every time.

`python tests/test_kills.py 20` does it 20 times.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5

REPOSITORY = Path(__file__).resolve().parent.parent
FOOTNOTE = [sys.executable, "-c", "from assistant.cli import main; main()"]
ARTICLES = {
    "flood": "The river Orle rose for three days in the spring. Then it fell again. The old stone bridge was lost.",
    "trains": "The night train to Varna leaves at nine. It was built in 1937. Its station is the oldest of the line.",
    "birds": "Gulls sleep on the water. Owls hunt mice at night. Storks return to the same nest every year.",
    "bread": "Rye bread keeps for two weeks. The baker rises at three. Her oven burns beech wood.",
}
QUESTION, QUOTE = "When does the night train to Varna leave?", "The night train to Varna leaves at nine."


def change(corpus: Path, number: int) -> None:
    """One article changes with every round; the one that is asked about never does."""
    corpus.mkdir(exist_ok=True)
    for name, text in ARTICLES.items():
        (corpus / f"{name}.txt").write_text(text)
    more = " ".join(f"Round {number} had lap {lap} run in {lap * number} minutes." for lap in range(12))
    (corpus / "laps.txt").write_text(more)


def environment(home: Path) -> dict[str, str]:
    paths = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), os.fspath(REPOSITORY)]))
    return os.environ | {"FOOTNOTE_HOME": os.fspath(home), "PYTHONPATH": paths}


def build(home: Path, corpus: Path) -> float:
    """Build to the end; how long it took."""
    started = time.monotonic()
    done = run(home, *FOOTNOTE, "index", "build", os.fspath(corpus))
    assert done.returncode == 0, done.stderr
    return time.monotonic() - started


def killed_build(home: Path, corpus: Path, seconds: float) -> bool:
    """Start a build and kill it after so many seconds; whether it was still running."""
    command = [*FOOTNOTE, "index", "build", os.fspath(corpus)]
    with subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def run(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False, timeout=120)


def assert_sound(home: Path, when: str) -> None:
    """Every text of the published index and a search for its sentences, in a process of its own."""
    check = "import sys; from pathlib import Path; from index.local_place import LocalPlace, verify_apart; "
    check += "p = LocalPlace(Path(sys.argv[1])); p.open(p.current_name()).close(); verify_apart(p.folder(p.current_name()))"
    done = run(home, sys.executable, "-c", check, os.fspath(home))
    assert done.returncode == 0, f"{when}: {done.stderr}"


def assert_answers(home: Path, when: str) -> None:
    done = run(home, *FOOTNOTE, "ask", "--json", QUESTION)
    assert done.returncode == 0, f"{when}: {done.stderr}"
    reply = json.loads(done.stdout)
    assert any(QUOTE in citation["quote"] for citation in reply["citations"]), f"{when}: {reply}"


def kill_rounds(folder: Path, rounds: int, seed: int, *, ask: bool) -> int:
    """How many of the builds were killed before they were done. `ask` after each, not only after the last: slower."""
    home, corpus = folder / "home", folder / "corpus"
    moments = random.Random(seed)
    change(corpus, 0)
    build(home, corpus)
    change(corpus, 1)
    whole = build(home, corpus)
    killed = 0
    for number in range(2, rounds + 2):
        change(corpus, number)
        after = moments.uniform(0.2, 1.0) * whole
        killed += killed_build(home, corpus, after)
        when = f"seed {seed}, killed after {after:.2f} of {whole:.2f} s"
        assert_sound(home, when)
        if ask or number == rounds + 1:
            assert_answers(home, when)
    change(corpus, rounds + 2)
    build(home, corpus)
    assert_answers(home, f"seed {seed}, after the last build")
    kept = [f.name for f in (home / "generations").iterdir()]
    assert len(kept) <= 2, kept
    return killed


def test_the_published_index_answers_after_every_kill_and_the_next_build_finishes(tmp_path: Path) -> None:
    assert kill_rounds(tmp_path, ROUNDS, seed=random.randrange(10**6), ask=False) >= 1


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as place:
        killed = kill_rounds(Path(place), count, seed=random.randrange(10**6), ask=True)
        print(f"{killed} of {count} builds killed; all answered.")
