"""A program that runs for long takes up a new generation between two questions, and lets the old one go."""

# ruff: noqa: F811 - the fixtures are imported

import os
import shutil
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from homes import current, home, opened, point_to, published, swap  # noqa: F401

from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.generation import Generation
from index.live import LiveIndex
from index.local_place import LocalPlace
from index.recipe import recipe
from index.settings import IndexSettings

RECIPE = recipe(IndexSettings(), "words")


@pytest.fixture
def live(home: Path):
    opened = LiveIndex(LocalPlace(home), RECIPE)
    yield opened
    opened.close()


def answers(generation: Generation) -> bool:
    return generation.store.nearest(np.ones(64, dtype=np.float32), 1)[0][0] == "flood#0"


def closed(generation: Generation) -> bool:
    try:
        generation.store.counts()
    except Exception:
        return True
    return False


def test_a_new_generation_is_taken_up_between_two_questions(live: LiveIndex, home: Path) -> None:
    with live.generation() as first:
        assert answers(first)
    swap(home, "2")
    with live.generation() as second:
        assert second.name == "2"
        assert answers(second)
    assert closed(first)
    with live.generation() as third:
        assert third is second


def test_a_question_keeps_its_generation_until_it_is_done(live: LiveIndex, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[Generation] = []
    close = Generation.close
    monkeypatch.setattr(Generation, "close", lambda one: (ended.append(one), close(one)))
    with live.generation() as old:
        swap(home, "2")
        with live.generation() as new:
            assert new.name == "2" != old.name
            assert answers(old)
        swap(home, "3")
        with live.generation() as newest:
            assert newest.name == "3"
            assert closed(new)
        assert old not in ended  # its files are gone by now: a question on it may have to be asked again
    assert old in ended
    assert closed(old)
    with live.generation() as newest:
        assert answers(newest)


def test_a_build_that_does_nothing_leaves_an_open_index_open(live: LiveIndex, home: Path) -> None:
    with opened(home):  # as a build does that finds nothing to do, in the same process
        pass
    other = LiveIndex(LocalPlace(home), RECIPE)
    other.close()
    with live.generation() as generation:
        assert answers(generation)


def test_another_recipe_is_told_with_both_sides_and_the_repair(home: Path) -> None:
    with pytest.raises(IndexMismatch) as caught:
        LiveIndex(LocalPlace(home), RECIPE | {"embedder": "another", "passage_words": 60})
    for part in ("'words' there", "'another' here", "150 there", "60 here", "Run: footnote index build"):
        assert part in str(caught.value)
    assert "cleaning" not in str(caught.value)
    with pytest.raises(IndexMismatch):
        LiveIndex(LocalPlace(home), RECIPE | {"step of a later version": 1})


def test_no_index_and_a_damaged_one_are_told_when_opened(home: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        LiveIndex(LocalPlace(tmp_path / "nowhere"), RECIPE)
    (current(home) / "manifest.json").write_text("{")
    with pytest.raises(IndexDamaged):
        LiveIndex(LocalPlace(home), RECIPE)


def damaged(home: Path, name: str, file: str = "manifest.json") -> None:
    """Publish a copy of which one file is damaged."""
    shutil.copytree(current(home), home / "generations" / name)
    (home / "generations" / name / file).write_text("{")
    point_to(home, name)


def test_the_last_good_generation_answers_for_a_damaged_one_and_says_so(live: LiveIndex, home: Path) -> None:
    good = current(home).name
    with live.generation() as before:
        assert not live.notice
    damaged(home, "bad")
    for _ in range(2):
        with live.generation() as generation:
            assert generation is before
            assert answers(generation)
        assert "bad" in live.notice
        assert live.notice.endswith("answers instead. Run: footnote index build")
    shutil.copytree(home / "generations" / good, home / "generations" / "3")
    point_to(home, "3")
    with live.generation() as generation:
        assert generation.name == "3"
        assert not live.notice


def test_a_program_that_starts_on_a_damaged_generation_takes_the_one_before(home: Path) -> None:
    good = current(home).name
    damaged(home, "bad", "seal.json")
    opened = LiveIndex(LocalPlace(home), RECIPE)
    with opened.generation() as generation:
        assert generation.name == good
        assert "seal.json" in opened.notice
    opened.close()


@pytest.mark.parametrize("content", [b"", b"nowhere", b"\xff", b"../..", None])
def test_the_newest_whole_generation_answers_when_current_is_damaged(home: Path, content: bytes | None) -> None:
    good = current(home).name
    if content is None:
        (home / "CURRENT").unlink()
    else:
        (home / "CURRENT").write_bytes(content)
    opened = LiveIndex(LocalPlace(home), RECIPE)
    with opened.generation() as generation:
        assert generation.name == good
        assert opened.notice
    opened.close()


def test_damage_that_a_question_meets_is_looked_for_and_the_older_one_answers(live: LiveIndex, home: Path) -> None:
    old = current(home).name
    swap(home, "2")
    with pytest.raises(IndexDamaged), live.generation() as generation:
        assert generation.name == "2"
        (generation_file := home / "generations" / "2" / "lexical" / "terms.json").write_bytes(b"junk")
        raise IndexDamaged(f"{generation_file} is met")
    with live.generation() as generation:
        assert generation.name == old
        assert "terms.json" in live.notice


def test_an_error_that_was_no_damage_costs_one_look_at_the_files(live: LiveIndex, home: Path) -> None:
    with pytest.raises(IndexDamaged), live.generation() as first:
        raise IndexDamaged("too many open files")
    with live.generation() as second:
        assert second.name == first.name
        assert second is not first
        assert answers(second)
        assert not live.notice


def test_a_question_under_way_when_all_is_closed_ends_without_another_error(home: Path) -> None:
    live = LiveIndex(LocalPlace(home), RECIPE)
    with live.generation():
        live.close()


@pytest.mark.skipif(sys.platform != "linux", reason="counts /proc/self/fd")
def test_thirty_swaps_leave_no_files_open(live: LiveIndex, home: Path) -> None:
    def handles() -> int:
        with live.generation() as generation:
            assert answers(generation)
        return len(os.listdir("/proc/self/fd"))

    for n in range(3):
        swap(home, f"warm{n}")
        before = handles()
    for n in range(30):
        swap(home, f"swap{n}")
        after = handles()
    assert after <= before + 10  # one of each swap would be 30; Chroma keeps a few more or less


def test_threads_that_ask_while_generations_change_all_get_answers(live: LiveIndex, home: Path) -> None:
    failures: list[BaseException] = []
    done = threading.Event()

    def keep_asking() -> None:
        while not done.is_set():
            try:
                with live.generation() as generation:
                    assert answers(generation)
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=keep_asking) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for n in range(6):
            swap(home, f"t{n}")
            with live.generation() as generation:  # taken up: one old generation is kept, so slower is too late
                assert generation.name == f"t{n}"
    finally:
        done.set()
        for thread in threads:
            thread.join(20)
    assert not failures
