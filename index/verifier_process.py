"""Verifying a generation in a process of its own, as damage can end a process that opens it."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

from index.errors import IndexDamaged

_CODE = "import json, sys; from index.verify import main; sys.exit(main(json.loads(sys.stdin.readline() or 'null')))"


class VerifierProcess:
    """Checks one folder. It may be started ahead: importing what it needs takes it two seconds, and it waits then.

    To be closed, or used as a context manager; it ends by itself when the process that started it does.
    """

    def __init__(self) -> None:
        """Start it."""
        package = os.fspath(Path(__file__).resolve().parent.parent)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CODE],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            cwd=package,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def verify(self, folder: Path) -> None:
        """Check the generation in a folder. Raises IndexDamaged."""
        where = json.dumps(os.fspath(folder.resolve())) + "\n"  # a path may hold what no encoding does
        _, said = self._process.communicate(where)
        if self._process.returncode != 0:
            lines = said.strip().splitlines()
            why = lines[-1] if lines else f"the check ended with status {self._process.returncode}"
            raise IndexDamaged(
                f"The index in {folder} did not pass its check: {why.rstrip('.')}.", repair="footnote index build"
            )

    def close(self) -> None:
        """End it, whatever it does."""
        if self._process.poll() is None:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stderr):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()


def verify_apart(folder: Path) -> None:
    """Verify a generation in a process that is started for it. Raises IndexDamaged."""
    with VerifierProcess() as process:
        process.verify(folder)
