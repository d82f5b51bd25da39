"""Telling when the articles at some paths change: by looking at names, sizes and times, every now and then.

Notifications of the system miss network folders, and tell a file while it is still being written; a look at 10,000 files takes
0.1 s, and never more than a twentieth of the time is spent on looking.
"""

import math
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from index.errors import CorpusError
from index.formats import sidecar
from index.walk import find_files

Seen = dict[Path, tuple[int, int, int]]
"""Size, time of change and inode of each file."""

EVERY = 1.0
"""Seconds between two looks, at the least."""

SHARE = 20
"""A look that took long is followed by a pause of so many times that."""


def look(paths: Iterable[Path]) -> Seen:
    """What the files of articles, and what is written beside them, look like from outside; of missing paths, nothing."""
    seen: Seen = {}
    for path in paths:
        try:
            files = list(find_files([path]).files)
        except (CorpusError, OSError):
            continue
        for file in [f for article in files for f in (article, *sidecar.names(article))]:
            try:
                status = file.stat()
            except OSError:
                continue
            seen[file] = (status.st_size, status.st_mtime_ns, status.st_ino)
    return seen


class Watch:
    """Looks at some paths from when it is made."""

    def __init__(self, paths: Iterable[Path], *, every: float = EVERY, eyes: Callable[[Iterable[Path]], Seen] = look) -> None:
        """Look every so many seconds."""
        self._paths, self._every, self._eyes = list(paths), every, eyes
        self._taken = eyes(self._paths)

    def wait(self, stop: threading.Event, at_most: float = math.inf) -> bool:
        """Wait until something differs from when this was last called (at first: from when the watch began), and has settled.

        So a file that is still being written is waited for: two looks must see the same. Returns also after `at_most`
        seconds; returns False once `stop` is set.
        """
        last, pause, end = self._taken, self._every, time.monotonic() + at_most
        while not stop.wait(pause):
            started = time.monotonic()
            now = self._eyes(self._paths)
            pause = max(self._every, SHARE * (time.monotonic() - started))
            if (now != self._taken and now == last) or started > end:
                self._taken = now
                return True
            last = now
        return False
