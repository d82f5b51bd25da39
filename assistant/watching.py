"""`footnote index build --watch`: build, and build again whenever the articles change."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.index_cli import build_and_report
from assistant.terminal import stderr
from index.errors import FootnoteError
from index.settings import SEEDS

if TYPE_CHECKING:
    from assistant.settings import Settings

_AGAIN = 60.0
"""Seconds until a build that failed is tried again though no article changed: the disk may have room by then."""


def keep_building(settings: "Settings", paths: list[Path], *, verbose: bool = False, purge: bool = False) -> None:
    """Build until SIGINT or SIGTERM; a build that fails is told, and the watch goes on."""
    from index.watch import Watch

    stop = threading.Event()
    with _stopped_by_signals(stop):
        try:
            watch = Watch(paths or [SEEDS])
            told = ""
            while True:
                try:
                    build_and_report(settings, paths, verbose=verbose, purge=purge)
                    told, again = "", float("inf")
                except FootnoteError as error:
                    if str(error) != told:
                        stderr.print(f"footnote: {error}")
                    told, again = str(error), _AGAIN
                stderr.print("Watching for changes; Ctrl+C ends it.")
                if not watch.wait(stop, again):
                    break
        except KeyboardInterrupt:
            pass
    stderr.print("The watch has ended.")


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """Set `stop` at a signal, and interrupt what is under way: a build cleans up behind itself."""

    def end(number: int, frame: object) -> None:
        stop.set()
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
