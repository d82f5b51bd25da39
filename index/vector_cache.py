"""The vectors of texts that were embedded before, in one SQLite file: no text is embedded twice.

A vector is found by the recipe that made it (the model, and that it was given the text as a passage) and the SHA-256 of the
text. It is kept as float32 with a CRC-32 of both, so that a damaged one is never used: whatever is wrong with the file, it is
dropped and begun anew, and `notice` says so. Only the process that holds the writer's lock opens it.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.errors import HomeError

Vectors = NDArray[np.float32]
T = TypeVar("T")

FILE = "vectors.sqlite3"

_TABLE = """CREATE TABLE IF NOT EXISTS vectors
    (recipe TEXT, text BLOB, vector BLOB NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY (recipe, text)) WITHOUT ROWID"""
_TOGETHER = 500  # texts looked up in one statement
_MEMORY = Path(":memory:")
_OUTSIDE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM}
"""What SQLite reports when the disk is at fault, not the file: then nothing is dropped."""


class VectorCache:
    """Vectors by text, for one recipe. Raises HomeError when the disk can't be written."""

    def __init__(self, path: Path, recipe: str) -> None:
        """Open or make the file; one that isn't a cache is dropped."""
        self.notice = ""
        """What was found damaged, in a sentence, or nothing."""
        self._path, self._recipe = path, recipe
        try:
            self._database = _opened(path)
        except sqlite3.Error as error:
            self._begin_anew(error)

    @classmethod
    def in_memory(cls) -> Self:
        """A cache that ends with the process."""
        return cls(_MEMORY, "")

    def get(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are known of these texts."""
        try:
            return self._get(texts)
        except (sqlite3.Error, ValueError, TypeError) as error:
            self._begin_anew(error)
            return {}

    def put(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep one vector (a row) for each text, down to the disk."""
        pairs = [(_digest(text), vector.tobytes()) for text, vector in zip(texts, vectors, strict=True)]
        rows = [(self._recipe, digest, vector, zlib.crc32(digest + vector)) for digest, vector in pairs]
        try:
            self._put(rows)
        except sqlite3.Error as error:
            self._begin_anew(error)
            self._put(rows)

    def keep_only(self, texts: Iterable[str]) -> None:
        """Forget the vectors of all other texts and recipes, down to the last byte: the file is written anew."""
        if self._path == _MEMORY:
            return
        new = self._path.with_name(self._path.name + ".new")
        new.unlink(missing_ok=True)
        kept = VectorCache(new, self._recipe)
        try:
            for batch in _batches(dict.fromkeys(texts)):
                if known := self.get(batch):
                    kept.put(list(known), np.stack(list(known.values())))
        finally:
            kept.close()
            self.close()
        new.replace(self._path)
        self._database = _opened(self._path)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _get(self, texts: Sequence[str]) -> dict[str, Vectors]:
        by_digest = {_digest(text): text for text in texts}
        found = {}
        for batch in _batches(by_digest):
            marks = ",".join("?" * len(batch))
            select = f"SELECT text, vector, crc FROM vectors WHERE recipe = ? AND text IN ({marks})"  # noqa: S608 - marks only
            for digest, vector, crc in self._database.execute(select, (self._recipe, *batch)):
                if digest not in by_digest or zlib.crc32(digest + vector) != crc:
                    raise ValueError("a vector is not what was written")
                found[by_digest[digest]] = np.frombuffer(vector, dtype=np.float32)
        return found

    def _put(self, rows: list[tuple[str, bytes, bytes, int]]) -> None:
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)

    def _begin_anew(self, error: Exception) -> None:
        """Drop the file and make a new one, if it is at fault. Raises HomeError if the disk is."""
        if (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in _OUTSIDE:
            raise HomeError(f"{self._path} can't be written: {error}.", repair="footnote doctor") from error
        self.notice = f"The cache of vectors {self._path} was damaged ({error}) and is begun anew."
        if hasattr(self, "_database"):
            self._database.close()
        for file in (self._path, *(self._path.with_name(self._path.name + end) for end in ("-journal", "-wal", "-shm"))):
            file.unlink(missing_ok=True)
        self._database = _opened(self._path)


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA secure_delete = ON")
        with database:
            database.execute(_TABLE)
        database.execute("SELECT recipe, text, vector, crc FROM vectors LIMIT 1").fetchall()
    except BaseException:
        database.close()
        raise
    return database


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _TOGETHER)):
        yield batch
