"""The index as a program that runs for long sees it: a newly published generation is taken up between two questions.

A damaged generation is noticed when it is opened, or when a question meets the damage: then the last good one answers, and
`LiveIndex.notice` says so.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from index.errors import IndexDamaged, IndexMismatch
from index.generation import Generation, check_recipe
from index.place import Place

_AGAIN = 60.0
"""Seconds until a generation that couldn't be opened is tried again: it may have been for want of memory or of handles."""


class LiveIndex:
    """Hands out the generation that answers, and closes an old one when the last question on it is done."""

    def __init__(self, place: Place, recipe: dict[str, Any]) -> None:
        """Open the published generation. Raises IndexMissing, IndexMismatch, IndexDamaged."""
        self._place, self._recipe = place, recipe
        self._lock = threading.Lock()
        self._users: dict[Generation, int] = {}
        self._damaged: dict[str, tuple[float, str]] = {}
        self._now: Generation | None = None
        self.notice = ""
        """What is wrong though questions are answered, in a line with the command that mends it; or nothing."""
        with self._lock:
            self._newest()

    @contextmanager
    def generation(self) -> Iterator[Generation]:
        """The newest published generation that is sound, open for as long as the block lasts.

        After an IndexDamaged that the block raises, the generation is opened again, and so its files are looked at again.
        """
        with self._lock:
            generation = self._newest()
            self._users[generation] = self._users.get(generation, 0) + 1
        doubted = False
        try:
            yield generation
        except IndexDamaged:
            doubted = True
            raise
        finally:
            with self._lock:
                if doubted and self._now is generation:
                    self._now = None
                if generation in self._users:  # else everything was closed meanwhile
                    self._users[generation] -= 1
                self._close_unused()

    def close(self) -> None:
        """Close every generation; those in use, too."""
        with self._lock:
            for generation in {*self._users, *filter(None, [self._now])}:
                generation.close()
            self._users.clear()

    def _newest(self) -> Generation:
        names, damage = self._names()
        for name in names:
            if (why := self._told(name)) is None:
                try:
                    return self._take(name, damage)
                except IndexMismatch:
                    if name == names[0] and not damage:
                        raise
                    continue
                except IndexDamaged as error:
                    if self._names()[0][:1] != names[:1]:  # dropped while it was opened: a newer one is there
                        return self._newest()
                    why = error.message
                    self._damaged[name] = (time.monotonic(), why)
            damage = damage or why
        raise IndexDamaged(damage or f"There is no sound index in {self._place.where}.", repair="footnote index build")

    def _names(self) -> tuple[list[str], str]:
        """The generations in the order in which they are tried, and what is wrong with the word on which is current."""
        damage = ""
        try:
            first = [self._place.current_name()]
        except IndexDamaged as error:
            first, damage = [], error.message
        return [*first, *(name for name in reversed(self._place.names()) if name not in first)], damage

    def _told(self, name: str) -> str | None:
        """Why a generation is known not to be sound."""
        when, why = self._damaged.get(name, (0.0, ""))
        return why if why and time.monotonic() - when < _AGAIN else None

    def _take(self, name: str, damage: str) -> Generation:
        """Open a generation unless it is open, and let it answer from now on."""
        old = self._now
        if old is None or name != old.name:
            self._now = self._open(name)
            if old:
                self._users.setdefault(old, 0)
            self._close_unused()
        assert self._now is not None  # noqa: S101 - for the type
        mend = f"The index made {self._now.manifest.created or 'before'} answers instead. Run: footnote index build"
        self.notice = f"{damage} {mend}" if damage else ""
        return self._now

    def _close_unused(self) -> None:
        for generation in [g for g, n in self._users.items() if n == 0 and g is not self._now]:
            del self._users[generation]
            generation.close()

    def _open(self, name: str) -> Generation:
        generation = self._place.open(name)
        try:
            check_recipe(generation.manifest, self._recipe, self._place.where)
        except IndexMismatch:
            generation.close()
            raise
        return generation
