"""Whether the one who asked is still there: what waits on something outside is told when not."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Abandoned(Exception):
    """Nobody waits for the answer any more. Never shown: there is nobody to show it to."""


class Cancellation:
    """Set once, from any thread, when nobody waits for the answer any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stops: list[Callable[[], object]] = []
        self._set = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits any more."""
        return self._set.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until nobody waits any more; whether that is so."""
        return self._set.wait(seconds)

    def cancel(self) -> None:
        """Stop what is under way; what begins later is stopped at once."""
        with self._lock:
            self._set.set()
            stops = list(self._stops)
        for stop in stops:
            stop()

    @contextmanager
    def stopping(self, stop: Callable[[], object]) -> Iterator[None]:
        """`stop` is called if it is cancelled during the block, or was before."""
        with self._lock:
            self._stops.append(stop)
            cancelled = self._set.is_set()
        try:
            if cancelled:
                stop()
            yield
        finally:
            with self._lock:
                self._stops.remove(stop)
