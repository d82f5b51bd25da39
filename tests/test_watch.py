"""A watch tells of every change once it has settled, costs little, and ends when it is told to."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from index.watch import SHARE, Watch, look


class Eyes:
    """Sees what it is told to, one look after the other, and the last of it from then on."""

    def __init__(self, *seen: int, takes: float = 0.0) -> None:
        self.seen, self.looks, self.takes = list(seen), 0, takes

    def __call__(self, paths: object) -> dict[Path, tuple[int, int, int]]:
        time.sleep(self.takes)
        self.looks += 1
        size = self.seen.pop(0) if len(self.seen) > 1 else self.seen[0]
        return {Path("a.txt"): (size, 0, 0)}


def test_a_change_is_told_once_two_looks_saw_the_same() -> None:
    eyes = Eyes(1, 1, 2, 3, 4, 4, 4)
    watch = Watch([], every=0.01, eyes=eyes)
    assert watch.wait(threading.Event())
    assert eyes.looks == 6
    assert not watch.wait(stopped_after(0.2))


def stopped_after(seconds: float) -> threading.Event:
    stop = threading.Event()
    threading.Timer(seconds, stop.set).start()
    return stop


def test_what_changed_during_a_build_is_told_after_it() -> None:
    watch = Watch([], every=0.01, eyes=Eyes(1, 2, 2, 3))
    assert watch.wait(threading.Event())
    assert watch.wait(threading.Event())  # from 2 to 3, though every later look sees the same


def test_it_ends_when_it_is_told_to_and_after_the_time_given() -> None:
    watch = Watch([], every=0.01, eyes=Eyes(1))
    assert not watch.wait(stopped_after(0.1))
    assert watch.wait(threading.Event(), at_most=0.05)


def test_slow_looks_take_no_more_than_a_twentieth_of_the_time() -> None:
    eyes = Eyes(1, takes=0.05)
    watch = Watch([], every=0.01, eyes=eyes)
    assert not watch.wait(stopped_after(2.5))
    assert eyes.looks <= 2 + 2.5 / (0.05 * SHARE)


def test_it_sees_files_their_metadata_and_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    file = tmp_path / "corpus" / "a.txt"
    seen = [look([tmp_path / "corpus"])]
    for change in (
        lambda: file.write_text("One."),
        lambda: file.write_text("One more."),
        lambda: os.utime(file, (1, 1)),
        lambda: (tmp_path / "corpus" / "a.txt.meta.toml").write_text('title = "A"'),
        lambda: file.rename(tmp_path / "corpus" / "b.txt"),
        (tmp_path / "corpus" / "b.txt").unlink,
    ):
        change()
        seen.append(look([tmp_path / "corpus"]))
    assert all(before != after for before, after in itertools.pairwise(seen))
    assert seen[-1] == seen[0] == look([tmp_path / "nowhere"]) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_takes_up_changes_survives_a_failed_build_and_ends_cleanly(tmp_path: Path, number: int) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("The first bridge was opened in 1932.")
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "index", "build", "--watch", str(corpus)]
    env = os.environ | {"FOOTNOTE_HOME": str(tmp_path / "home")}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        guard = threading.Timer(240, process.kill)
        guard.start()

        def until(text: str) -> None:
            assert any(text in line for line in iter(process.stderr.readline, "")), text

        until("The index is built: 1 article")
        until("Watching")
        (corpus / "b.txt").write_text("The second bridge fell in 1940.")
        until("Of its articles 1 added")
        until("Watching")
        (corpus / "a.txt").unlink()
        (corpus / "b.txt").write_bytes(b"\0")
        until("footnote: No article to index")
        until("Watching")
        (corpus / "b.txt").write_text("The second bridge was built again.")
        until("1 changed, 1 removed")
        until("Watching")
        process.send_signal(number)
        until("The watch has ended.")
        assert process.wait(30) == 0
        guard.cancel()
    assert not (tmp_path / "home" / "lock.holder").exists()
