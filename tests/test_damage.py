"""Damaged generations: never silently wrong, and questions are answered again at once, from the last good one.

`python tests/test_damage.py 100` does it 100 times. Each time one file of the generation that answers, of every kind in turn,
gets a byte flipped, is cut, emptied, filled with junk, or is removed, every way in turn. Then every article of a canary set
must be found by its own sentence with its own text, or the damage must be told; and one way or the other all is answered again
within 10 s.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

ROUNDS = 14
SECONDS = 10.0
CANARIES = 40
DAMAGES = ("flip", "flips", "cut", "empty", "junk", "gone")


def canary(number: int) -> str:
    return f"Bird number {number} of house {number * 37 % 1009} sang {number * 101 % 997} songs before noon."


def write_corpus(corpus: Path) -> None:
    """Canaries, and an article long enough that Chroma saves its vectors in files."""
    corpus.mkdir()
    for n in range(CANARIES):
        (corpus / f"bird{n:02}.txt").write_text(canary(n) + " Then it slept.")
    (corpus / "rivers.txt").write_text(" ".join(f"River {i} rose by {i * 7 % 1009} metres." for i in range(1100)))


def make_home(folder: Path, embedder: object) -> Path:
    """A home with two generations: the one that answers is a copy of the other with one more article."""
    from index.build import build_index
    from index.settings import IndexSettings

    write_corpus(folder / "corpus")
    for _ in range(2):
        build_index(IndexSettings(home=folder / "home"), [folder / "corpus"], embedder=embedder)
        (folder / "corpus" / "late.txt").write_text("A late article came in on Sunday.")
    return folder / "home"


def kinds(home: Path) -> dict[str, list[Path]]:
    """The files that may be damaged, by kind: what belongs to passages and to sentences counts as one."""
    from homes import current

    found: dict[str, list[Path]] = {}
    for file in sorted(f for f in current(home).rglob("*") if f.is_file()):
        found.setdefault(file.name, []).append(file)
    return {**found, "CURRENT": [home / "CURRENT"]}


def damage(file: Path, how: str, draw: random.Random) -> None:
    content = bytearray(file.read_bytes())
    if how in ("flip", "flips"):
        for _ in range(1 if how == "flip" else 20):
            if content:
                content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        file.write_bytes(content)
    elif how == "cut":
        file.write_bytes(content[: draw.randrange(len(content))] if content else b"")
    elif how == "junk":
        file.write_bytes(draw.randbytes(len(content)))
    elif how == "empty":
        file.write_bytes(b"")
    else:
        file.unlink()


def wrong_canaries(live: object, embedder: object) -> list[str]:
    """The canaries that a question for their own sentence doesn't find, or finds with another text."""
    wrong = []
    with live.generation() as generation:  # type: ignore[attr-defined]
        for n in range(CANARIES):
            vector = np.asarray(embedder.get_query_embedding(canary(n)), dtype=np.float32)  # type: ignore[attr-defined]
            id = f"bird{n:02}"
            near = [passage for passage, _ in generation.store.nearest(vector, 3)]
            scores = generation.bm25.scores(generation.bm25.weights(canary(n)))
            first = generation.passage_ids[int(np.argmax(scores))]
            text = generation.article(id).text
            if f"{id}#0" not in near or first != f"{id}#0" or not text.startswith(canary(n)):
                wrong.append(id)
    return wrong


def one_round(sound: Path, place: Path, number: int, turn: int, embedder: object) -> tuple[str, float]:
    """Damage a copy of a home and ask it: what came of it, and after how many seconds all was answered.

    `turn` says which kind of file is damaged and how: turns in a row go through all kinds in one way, then in the next.
    """
    from homes import current

    from index.build import build_index
    from index.errors import IndexUnusable
    from index.live import LiveIndex
    from index.local_place import LocalPlace
    from index.recipe import recipe
    from index.settings import IndexSettings

    home = Path(shutil.copytree(sound, place / f"home{number}"))
    only = number % 5 == 4
    if only:
        shutil.rmtree(min((home / "generations").iterdir()))
    of_kind = kinds(home)
    draw = random.Random(turn)
    kind = list(of_kind)[turn % len(of_kind)]
    how = DAMAGES[turn // len(of_kind) % len(DAMAGES)]
    file = draw.choice(of_kind[kind])
    before = current(home).name
    damage(file, how, draw)
    said = f"round {number}: {file.relative_to(home)}, {how}{', the only generation' if only else ''}"
    settings = IndexSettings(home=home)
    started = time.monotonic()
    told = ""
    try:
        live = LiveIndex(LocalPlace(home), recipe(settings, "words"))
    except IndexUnusable as error:
        assert only, f"{said}: the older generation doesn't answer: {error}"
        told = "mended by a build"
        build_index(settings, [sound.parent / "corpus"], embedder=embedder)  # type: ignore[arg-type]
        live = LiveIndex(LocalPlace(home), recipe(settings, "words"))
    try:
        wrong = wrong_canaries(live, embedder)
        seconds = time.monotonic() - started
        with live.generation() as generation:
            assert told or live.notice or generation.name == before, f"{said}: another generation answers, and nobody says so"
        assert not wrong, f"{said}: silently wrong: {wrong}" if not live.notice else f"{said}: the older one is wrong: {wrong}"
        told = told or ("the older one answers" if live.notice else "harmless")
    finally:
        live.close()
        shutil.rmtree(home)
    return told, seconds


def rounds(sound: Path, place: Path, first: int, last: int, seed: int, embedder: object) -> None:
    """A line a round: what came of it, and how long it took."""
    for number in range(first, last):
        told, seconds = one_round(sound, place, number, seed + number, embedder)
        print(f"{told}\t{seconds:.2f}", flush=True)


def damage_rounds(folder: Path, count: int, seed: int) -> tuple[Counter[str], float]:
    """All rounds, in processes of their own, as damage may end one: what came of them, and the longest wait."""
    seen: Counter[str] = Counter()
    longest = 0.0
    here = Path(__file__).resolve()
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(here.parent.parent), str(here.parent)])}
    command = [sys.executable, str(here), "rounds", str(folder), "0", str(count), str(seed)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60 + 30 * count)
    for line in done.stdout.splitlines():
        told, _, seconds = line.partition("\t")
        seen[told] += 1
        longest = max(longest, float(seconds))
    assert done.returncode == 0, f"seed {seed}, round {seen.total()}, status {done.returncode}: {done.stderr[-1500:]}"
    assert seen.total() == count
    return seen, longest


@pytest.mark.parametrize("seed", [random.randrange(10**6)], ids=lambda seed: "random")
def test_damage_is_told_or_harmless_and_everything_is_answered(tmp_path: Path, seed: int) -> None:
    seen, _ = damage_rounds(tmp_path, ROUNDS, seed)
    assert seen["the older one answers"] >= ROUNDS // 3


if __name__ == "__main__":
    from conftest import WordEmbedding

    if sys.argv[1] == "rounds":
        place = Path(sys.argv[2])
        rounds(make_home(place, WordEmbedding()), place, *map(int, sys.argv[3:6]), WordEmbedding())
    else:
        with tempfile.TemporaryDirectory() as made:
            came, wait = damage_rounds(Path(made), int(sys.argv[1]), random.randrange(10**6))
            print(f"{dict(came)}; answered again after {wait:.1f} s at the most")
