"""Generations on a Chroma server: each is three collections, and what answers is named by the metadata of a fourth.

    footnote-current                 metadata: the name of the generation that answers
    footnote-lease                   held by the one process that writes (see `index.server_lease`)
    footnote-manifest-<name>         rows of text: the manifest; metadata: its hash, and whether the generation is whole
    footnote-passages-<name>         texts, where they lie, mean vectors
    footnote-sentences-<name>        vectors

BM25 is made from the texts and kept in the home, where it may be deleted at any time. The generation that answers changes
in one step (the metadata of a collection are replaced whole). A collection is written by one build only, and no more once
its generation is whole. Not in one step: writing a generation, which nobody reads before it is whole, and dropping one; who
asks a generation that is dropped in that moment is told so, and asks the newest.
"""

import hashlib
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from index.bm25 import BM25
from index.chroma_server import PREFIX, WRITE_SECONDS, ChromaServer
from index.errors import FootnoteError, HomeError, IndexDamaged, IndexMissing
from index.generation import Generation, Manifest, check_counts
from index.place import next_name
from index.server_lease import Lease, lease
from index.server_store import ServerStore, read_rows, write_rows
from index.verify import verify
from index.writer_lock import writer_lock

CURRENT = PREFIX + "current"
_MANIFEST = PREFIX + "manifest-"
_PARTS = (_MANIFEST, PREFIX + "passages-", PREFIX + "sentences-")
_REPAIR = "footnote index build"


class ServerPlace:
    """A database of a Chroma server, and a home for what is made from it; see `index.place.Place`."""

    def __init__(self, server: ChromaServer, home: Path) -> None:
        """Nothing is asked of the server yet."""
        self.server, self._lexicals, self._home = server, home / "lexical", home
        self._lease: Lease | None = None

    @property
    def where(self) -> str:
        """The server's address."""
        return self.server.where

    def current_name(self) -> str:
        """Raises IndexMissing, IndexDamaged, IndexUnreachable."""
        held = self.server.find(CURRENT)
        if held is None and self.names():
            raise IndexDamaged(f"The collection {CURRENT} on {self.where} is missing.", repair=_REPAIR)
        if held is None:
            raise IndexMissing(f"There is no index on {self.where} yet.", repair=_REPAIR)
        name = dict(held.metadata or {}).get("generation")
        if not name:
            raise IndexDamaged(f"The collection {CURRENT} on {self.where} names no generation.", repair=_REPAIR)
        return str(name)

    def names(self) -> list[str]:
        """Those whose manifest says that they are whole, oldest first."""
        found = self.server.names().items()
        return sorted(name.removeprefix(_MANIFEST) for name, m in found if name.startswith(_MANIFEST) and m.get("whole"))

    def manifest(self, name: str) -> Manifest:
        """Raises IndexDamaged, IndexUnreachable."""
        return self._manifest(name)[0]

    def open(self, name: str) -> Generation:
        """Open a generation, and make its BM25 if this home has none of it yet. Raises IndexDamaged, IndexUnreachable."""
        manifest, digest = self._manifest(name)
        store = ServerStore(self.server.address, name)
        try:
            lexical = self._lexical(name, digest, manifest, store)
        except BaseException:
            store.close()
            raise
        generation = Generation(name, f"{self.where} ({name})", manifest, lexical, store)
        try:
            check_counts(manifest, store, generation.where)
        except BaseException:
            generation.close()
            raise
        return generation

    def verify(self, name: str) -> None:
        """Read and search all of a generation; in this process, as a server's damage can't end it. Raises IndexDamaged."""
        generation = self.open(name)
        try:
            verify(generation)
        finally:
            generation.close()

    def begin(self, base: str | None = None) -> "ServerDraft":
        """An empty draft: a server can't copy a collection."""
        names = [name.removeprefix(part) for name in self.server.names() for part in _PARTS if name.startswith(part)]
        with suppress(IndexMissing, IndexDamaged):
            names.append(self.current_name())
        return ServerDraft(self, next_name(names))

    def publish(self, name: str, keep: Collection[str] = ()) -> None:
        """Let `name` answer, if the right to write is still ours; drop all but it and `keep`."""
        assert self._lease is not None, "within `writer` only"  # noqa: S101
        self._lease.check()
        metadata = {"generation": name}
        held = self.server.find(CURRENT) or self.server.create(CURRENT, metadata)
        if held is None or not self.server.update(held, metadata):
            raise HomeError(f"Another program changes {CURRENT} on {self.where}.", repair=_REPAIR)
        self.drop_others({name, *keep})

    def drop_others(self, keep: Collection[str]) -> None:
        """Drop the collections of other generations, manifests first: then they are drafts; and what the home has of them."""
        kept = {part + name for part in _PARTS for name in keep}
        for part in (*_PARTS, PREFIX + "aside-"):
            for name in self.server.names():
                if name.startswith(part) and name not in kept:
                    self.server.drop(name)
        for folder in self._lexicals.glob("*"):
            if not folder.name.startswith(tuple(f"{name}-" for name in keep)):
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def writer(self) -> Iterator[None]:
        """The lock of the home, where vectors are cached, and the lease of the server."""
        with writer_lock(self._home), lease(self.server) as held:
            self._lease = held
            try:
                yield
            finally:
                self._lease = None

    def _manifest(self, name: str) -> tuple[Manifest, str]:
        """The manifest and its hash."""
        held = self.server.find(_MANIFEST + name)
        where = f"The manifest of {name} on {self.where}"
        if held is None:
            raise IndexDamaged(f"{where} is gone.", repair=_REPAIR)
        text = read_rows(self.server.address, _MANIFEST + name)
        digest = _digest(text)
        if digest != dict(held.metadata or {}).get("sha256"):
            raise IndexDamaged(f"{where} is not what was written.", repair=_REPAIR)
        return Manifest.from_json(text, where), digest

    def _lexical(self, name: str, digest: str, manifest: Manifest, store: ServerStore) -> BM25:
        folder = self._lexicals / f"{name}-{digest[:16]}"
        count = len(manifest.passage_ids)
        try:
            kept = BM25.load(folder)
            if kept.passages == count:
                return kept
        except Exception:  # noqa: S110 - whatever is wrong with a cache, it is made anew
            pass
        texts = store.texts(manifest.passage_ids)
        made = BM25.build(texts)
        self.keep_lexical(made, folder.name)
        return made

    def keep_lexical(self, made: BM25, name: str) -> None:
        """Keep BM25 in the home, if that can be written, in place of that of other generations."""
        new = self._lexicals / f"{name}.new"
        with suppress(OSError):
            shutil.rmtree(new, ignore_errors=True)
            made.save(new)
            shutil.rmtree(self._lexicals / name, ignore_errors=True)
            new.replace(self._lexicals / name)
            held = [folder for folder in self._lexicals.iterdir() if folder.name != name]
            for folder in sorted(held)[:-1]:  # the last one may still be asked
                shutil.rmtree(folder, ignore_errors=True)


class ServerDraft:
    """A generation that is being written to a server; see `index.place.Draft`."""

    base: str | None = None

    def __init__(self, place: ServerPlace, name: str) -> None:
        """Make its collections. Raises HomeError if they are there already."""
        self.name, self._place, self._server = name, place, place.server
        self._whole = False
        self._held: Any = self._server.create(_MANIFEST + name, {"whole": False})
        if self._held is None:
            raise HomeError(f"There is a generation {name} on {place.where} already.", repair=_REPAIR)
        self.store = ServerStore(self._server.address, name, new=True, seconds=WRITE_SECONDS)
        self._digest = ""

    def finish(self, manifest: Manifest, bm25: BM25) -> None:
        """Write the manifest, keep BM25 in the home, close the store."""
        self.store.close()
        text = manifest.to_json()
        self._digest = _digest(text)
        write_rows(self._server.address, _MANIFEST + self.name, text)
        self._server.update(self._held, {"whole": False, "sha256": self._digest})
        self._place.keep_lexical(bm25, f"{self.name}-{self._digest[:16]}")

    def check(self) -> None:
        """Read and search all of it. Raises IndexDamaged."""
        self._place.verify(self.name)
        self._whole = self._server.update(self._held, {"whole": True, "sha256": self._digest})
        if not self._whole:
            raise IndexDamaged(f"Another program dropped {self.name} from {self._place.where}.", repair=_REPAIR)

    def discard(self) -> None:
        """Drop what was written unless it is whole; what can't be dropped now is by the next build."""
        self.store.close()
        if not self._whole:
            with suppress(FootnoteError):
                for part in _PARTS:
                    self._server.drop(part + self.name)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
