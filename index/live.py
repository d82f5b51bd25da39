"""The index as a program that runs for long sees it: a newly published generation is taken up between two questions."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from index.errors import IndexMismatch
from index.generation import Generation
from index.place import Place


class LiveIndex:
    """Hands out the generation that answers, and closes an old one when the last question on it is done."""

    def __init__(self, place: Place, recipe: dict[str, Any]) -> None:
        """Open the published generation. Raises IndexMissing, IndexMismatch, IndexDamaged."""
        self._place, self._recipe = place, recipe
        self._lock = threading.Lock()
        self._users: dict[Generation, int] = {}
        self._now = self._open(place.current_name())

    @contextmanager
    def generation(self) -> Iterator[Generation]:
        """The newest published generation, open for as long as the block lasts."""
        with self._lock:
            generation = self._newest()
            self._users[generation] = self._users.get(generation, 0) + 1
        try:
            yield generation
        finally:
            with self._lock:
                if generation in self._users:  # else everything was closed meanwhile
                    self._users[generation] -= 1
                self._close_unused()

    def close(self) -> None:
        """Close every generation; those in use, too."""
        with self._lock:
            for generation in {*self._users, self._now}:
                generation.close()
            self._users.clear()

    def _newest(self) -> Generation:
        name = self._place.current_name()
        if name != self._now.name:
            old, self._now = self._now, self._open(name)
            self._users.setdefault(old, 0)
            self._close_unused()
        return self._now

    def _close_unused(self) -> None:
        for generation in [g for g, n in self._users.items() if n == 0 and g is not self._now]:
            del self._users[generation]
            generation.close()

    def _open(self, name: str) -> Generation:
        generation = self._place.open(name)
        made = generation.manifest.recipe
        if made != self._recipe:
            generation.close()
            differ = [k for k in {**made, **self._recipe} if made.get(k) != self._recipe.get(k)]
            sides = "; ".join(f"{k} is {made.get(k)!r} there and {self._recipe.get(k)!r} here" for k in differ)
            message = f"The index in {self._place.where} was made with other settings: {sides}."
            raise IndexMismatch(message, repair="footnote index build")
        return generation
