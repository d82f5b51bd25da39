"""Where generations live: in a folder of this machine, or on a Chroma server.

`build.py`, `live.py`, `verify.py`, `doctor.py` and the command line know a `Place`, never its folders or collections.

- A generation's name is `<number>-<UTC time>`, six digits and more, one higher than any name there is: names sort in the
  order of their making even when the clock was set back. `next_name` makes it. It suits a folder and a collection.
- Writing: `with place.writer(): draft = place.begin(base); draft.store.write(rows); draft.finish(manifest, bm25);
  draft.check(); place.publish(draft.name, keep={...})`. A draft is nobody's to read: `names()` doesn't list it. `check()`
  verifies it and, if it passes, makes it a whole generation that `names()` lists; `publish()` then makes it the one that
  `current_name()` gives, in one step that a crash can't split.
- `begin(base)` may start from a copy of the generation `base`; then `draft.base` is that name, and only the change has to be
  written (`store.remove`, `store.write`). A place that can't copy cheaply leaves `draft.base` None: all is written.
- `open()` gives a `Generation` made of parts (manifest, BM25, store), wherever they came from, and raises IndexDamaged when
  it can tell that the parts aren't what was published; `Generation.close()` lets go of them.
- What else is written (the cache of vectors, feedback) stays in the home folder whatever the place is.
"""

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Protocol

from index.bm25 import BM25
from index.generation import Generation, Manifest
from index.settings import IndexSettings
from index.store import Store


class Draft(Protocol):
    """A generation that is being written."""

    @property
    def name(self) -> str:
        """Its name, also once it is published."""

    @property
    def base(self) -> str | None:
        """The generation that it began as a copy of, or None: then it began empty."""

    @property
    def store(self) -> Store:
        """The collections to write into, until `finish`."""

    def finish(self, manifest: Manifest, bm25: BM25) -> None:
        """Write BM25 over the passages (in the manifest's order) and the manifest, and close the store."""

    def check(self) -> None:
        """Verify what was written, and make it a whole generation. Raises IndexDamaged."""

    def discard(self) -> None:
        """Remove what was written; does nothing once `check` has passed."""


class Place(Protocol):
    """Where generations live."""

    @property
    def where(self) -> str:
        """The folder or address, for messages."""

    def current_name(self) -> str:
        """The generation that answers. Raises IndexMissing when there is none, IndexDamaged when it can't be told."""

    def names(self) -> list[str]:
        """All whole generations, oldest first: the current one, the last one, and a newer one after a rollback."""

    def open(self, name: str) -> Generation:
        """Open a generation for questions. Raises IndexDamaged."""

    def manifest(self, name: str) -> Manifest:
        """What a generation was made of, without opening it. Raises IndexDamaged."""

    def verify(self, name: str) -> None:
        """Read and search all of a generation. Raises IndexDamaged."""

    def begin(self, base: str | None = None) -> Draft:
        """Start a generation, as a copy of `base` if one is given and copying is cheap. Within `writer` only."""

    def publish(self, name: str, keep: Collection[str] = ()) -> None:
        """Let `name` answer from now on, and drop all generations but it and `keep`. Within `writer` only."""

    def drop_others(self, keep: Collection[str]) -> None:
        """Remove drafts that a killed build left, and the generations that aren't in `keep`. Within `writer` only."""

    def writer(self) -> AbstractContextManager[None]:
        """Be the only one that writes here. Raises HomeLocked at once if another does, HomeError if it can't be had."""


def place_of(settings: IndexSettings) -> Place:
    """The place that the settings name."""
    if settings.chroma_url:
        from index.chroma_server import Address, ChromaServer
        from index.server_place import ServerPlace

        return ServerPlace(ChromaServer(Address.of(settings)), settings.home)
    from index.local_place import LocalPlace

    return LocalPlace(settings.home)


def next_name(taken: Iterable[str]) -> str:
    """A name for a new generation: its number is one above those of the names that are taken, whatever the clock says."""
    numbers = (name.partition("-")[0] for name in taken)
    highest = max((int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 19), default=0)
    return f"{highest + 1:06}-{datetime.now(UTC):%Y%m%dT%H%M%S}"
