"""The process that verifies: it may wait, it may be ended, and it doesn't outlive the one that started it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import IndexDamaged
from index.verifier_process import VerifierProcess


def test_it_waits_for_the_folder_that_it_is_to_check(seeds_home):
    with VerifierProcess() as process:
        time.sleep(0.5)
        process.verify(next((seeds_home / "generations").iterdir()))


def test_a_folder_that_holds_no_generation_is_told_of(tmp_path):
    odd = tmp_path / "an odd \udcff name"
    odd.mkdir()
    with (
        VerifierProcess() as process,
        pytest.raises(IndexDamaged, match=r"did not pass its check: .* can't be read"),
    ):
        process.verify(odd)


def test_one_that_is_not_needed_is_ended():
    process = VerifierProcess()
    process.close()
    assert process._process.poll() is not None


def test_it_ends_when_the_one_that_started_it_does():
    code = """
import os; from index.verifier_process import VerifierProcess
print(VerifierProcess()._process.pid, flush=True); os.kill(os.getpid(), 9)
"""
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, timeout=60, check=False)
    status = Path(f"/proc/{int(done.stdout)}/status")
    if not status.parent.parent.is_dir():
        pytest.skip("no /proc to look in")
    end = time.monotonic() + 30
    while status.exists() and "zombie" not in status.read_text():
        assert time.monotonic() < end
        time.sleep(0.1)
