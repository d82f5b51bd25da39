"""The index as a program that runs for long sees it: a newly published generation is taken up between two questions."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import IndexMismatch
from index.generation import Generation, current


class LiveIndex:
    """Hands out the generation that `CURRENT` names, and closes an old one when the last question on it is done."""

    def __init__(self, home: Path, recipe: dict[str, Any]) -> None:
        """Open the published generation. Raises IndexMissing, IndexMismatch, IndexDamaged."""
        self._home, self._recipe = home, recipe
        self._lock = threading.Lock()
        self._users: dict[Generation, int] = {}
        self._now = self._open(current(home))

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
        folder = current(self._home)
        if folder != self._now.folder:
            old, self._now = self._now, self._open(folder)
            self._users.setdefault(old, 0)
            self._close_unused()
        return self._now

    def _close_unused(self) -> None:
        for generation in [g for g, n in self._users.items() if n == 0 and g is not self._now]:
            del self._users[generation]
            generation.close()

    def _open(self, folder: Path) -> Generation:
        generation = Generation(folder)
        made = generation.manifest.recipe
        if made != self._recipe:
            generation.close()
            differ = [k for k in {**made, **self._recipe} if made.get(k) != self._recipe.get(k)]
            sides = "; ".join(f"{k} is {made.get(k)!r} there and {self._recipe.get(k)!r} here" for k in differ)
            message = f"The index in {self._home} was made with other settings: {sides}."
            raise IndexMismatch(message, repair="footnote index build")
        return generation
