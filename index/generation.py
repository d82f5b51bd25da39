"""A published index, and how it is published.

    home/CURRENT                     the name of the generation that answers
    home/lock                        held by the one process that writes
    home/generations/<name>/
        manifest.json                what it was made of and how
        chroma/                      passages and sentence vectors
        lexical/                     BM25

Chroma can't survive a kill while it writes, so a generation that `CURRENT` names is never written again: a new one is
built beside it, verified, and then `CURRENT` is replaced in one step.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from index.article import Article
from index.errors import HomeError, HomeLocked, IndexDamaged, IndexMissing
from index.lexical import Lexical
from index.passages import Passage
from index.store import Store

FORMAT = 1
"""Of the manifest and the folders: raise it when an older program couldn't read them."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of and how: `recipe` must be that of the present settings for it to be used."""

    recipe: dict[str, Any]
    articles: tuple[dict[str, Any], ...]
    """Article records, with `passages` (how many) and `content` (a hash of passage ids and texts)."""
    sentences: int
    created: str
    format: int = FORMAT
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def passage_ids(self) -> list[str]:
        """All passages, in the order that BM25 counts them."""
        return [f"{a['id']}#{n}" for a in self.articles for n in range(a["passages"])]

    def save(self, folder: Path) -> None:
        """Write `manifest.json`, down to the disk."""
        _write(folder / "manifest.json", json.dumps(asdict(self), ensure_ascii=False))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read `manifest.json`. Raises IndexDamaged."""
        try:
            data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            if data["format"] != FORMAT:
                raise ValueError(f"it has format {data['format']}, and this program reads {FORMAT}")
            made = cls(**(data | {"articles": tuple(data["articles"])}))
            for record in made.articles:
                Article.from_record({k: v for k, v in record.items() if k not in ("passages", "content")}, "")
                _ = int(record["passages"]), str(record["content"])
            return made
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise IndexDamaged(f"{folder / 'manifest.json'} can't be read: {error}.", repair="footnote index build") from error


class Generation:
    """An opened generation: its manifest, its Chroma collections, its BM25."""

    def __init__(self, folder: Path) -> None:
        """Open what `folder` holds. Raises IndexDamaged."""
        self.folder = folder
        self.manifest = Manifest.load(folder)
        if not (folder / "chroma" / "chroma.sqlite3").is_file():  # Chroma would make an empty one
            raise IndexDamaged(f"{folder / 'chroma'} is missing.", repair="footnote index build")
        try:
            self.lexical = Lexical.load(folder / "lexical")
        except Exception as error:  # numpy and json raise many kinds on damaged files
            raise IndexDamaged(f"{folder / 'lexical'} can't be read: {error}.", repair="footnote index build") from error
        self.store = Store(folder / "chroma")
        self.passage_ids = self.manifest.passage_ids
        held, expected = self.store.counts(), (len(self.passage_ids), self.manifest.sentences)
        if held != expected:
            self.store.close()
            message = (
                f"{folder / 'chroma'} holds {held[0]} passages and {held[1]} sentences, not {expected[0]} and {expected[1]}."
            )
            raise IndexDamaged(message, repair="footnote index build")

    @property
    def name(self) -> str:
        """Its folder's name."""
        return self.folder.name

    @cached_property
    def records(self) -> dict[str, dict[str, Any]]:
        """Article records by id."""
        return {record["id"]: record for record in self.manifest.articles}

    def article(self, id: str) -> Article:
        """An article, its text joined from its passages. Raises KeyError for an unknown id."""
        record = dict(self.records[id])
        ids = [f"{id}#{n}" for n in range(record.pop("passages"))]
        record.pop("content")
        found = self.store.passages(ids)
        if len(found) != len(ids):
            raise IndexDamaged(f"{self.folder} has lost passages of {id}.", repair="footnote index build")
        return Article.from_record(record, "".join(found[i].text for i in ids))

    def close(self) -> None:
        """Let go of Chroma's files."""
        self.store.close()


def current(home: Path) -> Path:
    """The folder of the generation that answers. Raises IndexMissing when there is none."""
    try:
        name = (home / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing(f"There is no index in {home} yet.", repair="footnote index build") from None
    except ValueError as error:
        raise IndexDamaged(f"{home / 'CURRENT'} names no generation: {error}.", repair="footnote index build") from error
    except OSError as error:
        raise HomeError(f"{home / 'CURRENT'} can't be read: {error}.") from error
    return home / "generations" / name


def current_name(home: Path) -> str | None:
    """The name of the generation that answers, or None when there is none or it can't be told."""
    try:
        return current(home).name
    except (IndexMissing, IndexDamaged):
        return None


def publish(home: Path, name: str) -> None:
    """Let `name` be the generation that answers, in one step that a crash can't split; drop all but it and the last."""
    keep = {name, current_name(home)}
    _sync(home / "generations")
    _write(home / "CURRENT.new", name + "\n")
    (home / "CURRENT.new").replace(home / "CURRENT")
    _sync(home)
    drop_others(home, keep)


def drop_others(home: Path, keep: set[str | None]) -> None:
    """Remove the generations that aren't in `keep`: older ones, and what a killed build left."""
    for folder in (home / "generations").iterdir():
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def writer(home: Path) -> Iterator[None]:
    """Be the one that writes in `home`, which is made. Raises HomeLocked at once if another is, HomeError if it can't."""
    try:
        (home / "generations").mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / "lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise HomeLocked(f"Another footnote is building the index in {home}; try again when it is done.") from None
    except OSError as error:
        raise HomeError(
            f"The folder {home} can't be written: {error.strerror or error}.", repair="export FOOTNOTE_HOME=~/.footnote"
        ) from error
    try:
        yield
    finally:
        lock.release()


def content_hash(passages: Iterable[Passage]) -> str:
    """A hash of the ids and texts of an article's passages; Chroma's files change when they are merely opened."""
    digest = hashlib.sha256()
    for passage in passages:
        digest.update(f"{passage.id}\0{passage.text}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the names in a folder survive a power cut (a folder can't be synced everywhere: then that's left out)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
