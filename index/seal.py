"""The seal of a generation: the size and the SHA-256 of every file, so that damage is told before Chroma opens it.

Chroma's open writes into one file of its own, its SQLite database: a row of the table `acquire_write`, and with it some
bytes of the database's header. Of the database the pages are hashed, as many as there were when it was sealed, without
those that such a row may go to: the page of that table (it is emptied before) and free pages. Measured, 100,000 sentences
(320 MB): 0.6 s to check. What a damaged free page or table page can do is make the open fail, which is told as well.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from index.errors import IndexDamaged

SEAL = "seal.json"
_DATABASE = "chroma/chroma.sqlite3"
_CHANGING = ((24, 40), (92, 100))  # of the header: change counter, size, free pages; what last wrote
_BLOCK = 1 << 20


def write_seal(folder: Path) -> None:
    """Seal what `folder` holds, once all of it is closed and on the disk: until then the folder counts as a draft."""
    with closing(sqlite3.connect(folder / _DATABASE)) as database, database:
        database.execute("DELETE FROM acquire_write")
        (page_size,) = database.execute("PRAGMA page_size").fetchone()
        (root,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'acquire_write'").fetchone()
    free = sorted({root, *_free_pages(folder / _DATABASE, page_size)})
    files = (f for f in folder.rglob("*") if f.is_file() and f.name != SEAL and not _placeholder(f))
    names = sorted(f.relative_to(folder).as_posix() for f in files)
    size = (folder / _DATABASE).stat().st_size
    seal: dict[str, Any] = {"page_size": page_size, "skip": free, "files": {}}
    for name in names:
        with (folder / name).open("rb+") as file:
            os.fsync(file.fileno())
        seal["files"][name] = _entry(folder, name, seal, size)
    for directory in {(folder / name).parent for name in names}:
        _sync(directory)
    new = folder / (SEAL + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(json.dumps(seal | {"sum": _sum(seal)}))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / SEAL)
    _sync(folder)


def read_seal(folder: Path) -> dict[str, Any]:
    """The seal of a generation. Raises IndexDamaged."""
    try:
        seal = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        if seal.pop("sum") != _sum(seal):
            raise ValueError("its sum is another")
        return dict(seal)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(folder / SEAL, f"can't be read: {error}") from error


def check_seal(folder: Path, seal: dict[str, Any], within: str = "") -> None:
    """Compare the files in `folder` with a seal, those whose names begin with `within`.

    Raises IndexDamaged, which names the first that differs.
    """
    for name, sealed in seal["files"].items():
        if not name.startswith(within):
            continue
        try:
            held = _entry(folder, name, seal, sealed[0])
        except FileNotFoundError:
            raise _damaged(folder / name, "is missing") from None
        except OSError as error:
            raise _damaged(folder / name, f"can't be read: {error.strerror or error}") from error
        if held != sealed:
            raise _damaged(folder / name, "is not what was written")


def _placeholder(file: Path) -> bool:
    """Whether it belongs to an HNSW index that Chroma has not saved yet, and makes anew from its database at first use."""
    return file.suffix == ".bin" and not (file.parent / "index_metadata.pickle").exists()


def _damaged(path: Path, why: str) -> IndexDamaged:
    return IndexDamaged(f"{path} {why}.", repair="footnote index build")


def _entry(folder: Path, name: str, seal: dict[str, Any], size: int) -> list[Any]:
    """Size and hash of a file; of the database, those of its first `size` bytes without what may change."""
    path = folder / name
    held = path.stat().st_size
    if name != _DATABASE:
        size = held
    digest = hashlib.sha256()
    skipped = [((p - 1) * seal["page_size"], p * seal["page_size"]) for p in seal["skip"]]
    with path.open("rb") as file:
        for start, end in _kept(size, [*_CHANGING, *skipped]) if name == _DATABASE else [(0, size)]:
            file.seek(start)
            for at in range(start, end, _BLOCK):
                digest.update(file.read(min(_BLOCK, end - at)))
    return [min(size, held), digest.hexdigest()]


def _kept(size: int, skipped: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches of 0..size outside `skipped`."""
    at = 0
    for start, end in sorted(skipped):
        if at < start:
            yield at, min(start, size)
        at = max(at, end)
    if at < size:
        yield at, size


def _free_pages(database: Path, page_size: int) -> Iterator[int]:
    """The numbers of the pages that hold nothing, by the list that the database's header begins (sqlite.org/fileformat)."""
    with database.open("rb") as file:

        def number(at: int) -> int:
            file.seek(at)
            return int.from_bytes(file.read(4), "big")

        trunk = number(32)
        while trunk:
            yield trunk
            start = (trunk - 1) * page_size
            yield from (number(start + 8 + 4 * i) for i in range(number(start + 4)))
            trunk = number(start)


def _sum(seal: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(seal, sort_keys=True).encode()).hexdigest()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
