"""One process writes in a home; the next is told at once who it is."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import HomeError, HomeLocked
from index.writer_lock import writer_lock

HOLD = """
import sys, time
from pathlib import Path
from index.writer_lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print('held', flush=True)
    time.sleep(60)
"""


def test_one_process_writes_and_the_next_is_told_at_once_until_it_is_gone(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, os.fspath(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        started = time.monotonic()
        with pytest.raises(HomeLocked, match=rf"process {holder.pid} on .*, since 20\d\d-"), writer_lock(tmp_path):
            pass
        assert time.monotonic() - started < 1
    finally:
        holder.kill()  # as SIGKILL: nothing is cleaned up
        holder.wait()
        holder.stdout.close()  # type: ignore[union-attr]
    with writer_lock(tmp_path):
        pass


def test_the_lock_is_let_go_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), writer_lock(tmp_path):
        raise RuntimeError
    with writer_lock(tmp_path):
        pass


@pytest.mark.parametrize("home", ["file", "file/home", "file/deep/er"])
def test_a_home_that_can_not_be_made_is_told(tmp_path: Path, home: str) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(HomeError, match="can't be written"), writer_lock(tmp_path / home):
        pass
