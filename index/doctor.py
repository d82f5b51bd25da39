"""Looking at all that an index needs: what is wrong, and the command that mends it."""

import platform
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from index.errors import FootnoteError, IndexMissing
from index.generation import check_recipe
from index.local_place import LocalPlace
from index.place import Place
from index.revision import PACKAGES
from index.seal import SEAL
from index.vector_cache import FILE
from index.writer_lock import holder, is_locked

SPARE = 200_000_000
"""Bytes that must be free beside those of another generation."""

_BUILD = "footnote index build"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is, what was found, and the command that mends it unless all is well."""

    subject: str
    found: str
    repair: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing has to be done."""
        return not self.repair


def examine(home: Path, place: Place, recipe: dict[str, Any]) -> Iterator[Finding]:
    """Look at everything, from the programs to the vectors. Changes nothing in the index; raises nothing of ours."""
    yield _programs()
    yield _home(home)
    yield _space(home)
    yield _writer(home)
    yield _cache(home / FILE)
    if isinstance(place, LocalPlace):
        yield from _drafts(place)
    yield from _generations(place, recipe)


def _programs() -> Finding:
    found = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            return Finding("programs", f"the package {package} is missing", "pip install -c constraints.txt -e .")
    return Finding("programs", ", ".join(found))


def _home(home: Path) -> Finding:
    above = next((p for p in (home, *home.absolute().parents) if p.exists()), Path.cwd())
    elsewhere = "export FOOTNOTE_HOME=~/.footnote"
    if not above.is_dir():
        return Finding("home", f"{above} is no folder", elsewhere)
    try:
        with tempfile.TemporaryFile(dir=above):
            pass
    except OSError as error:
        return Finding(
            "home", f"{above} can't be written ({error.strerror or error}); questions are answered from a copy", elsewhere
        )
    return Finding("home", f"{home} can be written")


def _space(home: Path) -> Finding:
    above = next(p for p in (home.absolute(), *home.absolute().parents) if p.exists())
    folders = home / "generations"
    sizes = [sum(f.stat().st_size for f in g.rglob("*") if f.is_file()) for g in folders.iterdir()] if folders.is_dir() else []
    free, needed = shutil.disk_usage(above).free, max(sizes, default=0) + SPARE
    found = f"{free / 1e6:,.0f} MB are free; a build needs about {needed / 1e6:,.0f} MB"
    return Finding("disk", found, "" if free > needed else f"df -h '{above}'")


def _writer(home: Path) -> Finding:
    return Finding("writer", f"{holder(home)} is building" if is_locked(home) else "nobody is building the index")


def _cache(path: Path) -> Finding:
    if not path.exists():
        return Finding("cache", "no vectors are cached")
    try:
        with closing(sqlite3.connect(f"file:{path.absolute().as_posix()}?mode=ro", uri=True)) as database:
            (sound,) = database.execute("PRAGMA quick_check").fetchone()
            (count,) = database.execute("SELECT count(*) FROM vectors").fetchone()
        if sound != "ok":
            raise sqlite3.DatabaseError(sound)
    except sqlite3.Error as error:
        return Finding("cache", f"{path} is damaged ({error}); it is made anew when it is used", f"rm '{path}'")
    return Finding("cache", f"{count:,} vectors are cached ({path.stat().st_size / 1e6:,.1f} MB)")


def _drafts(place: LocalPlace) -> Iterator[Finding]:
    folders = place.home / "generations"
    drafts = [f.name for f in folders.iterdir() if not (f / SEAL).is_file()] if folders.is_dir() else []
    if drafts and not is_locked(place.home):
        yield Finding("drafts", f"a build that was killed left {', '.join(sorted(drafts))}; the next one removes it", _BUILD)


def _generations(place: Place, recipe: dict[str, Any]) -> Iterator[Finding]:
    try:
        current = place.current_name()
    except IndexMissing as error:
        yield Finding("index", error.message, error.repair)
        return
    except FootnoteError as error:
        yield Finding("index", error.message, error.repair or _BUILD)
        current = ""
    for name in reversed(place.names()):
        subject = "index" if name == current else "older index"
        try:
            manifest = place.manifest(name)
            place.verify(name)
            if name == current:
                check_recipe(manifest, recipe, place.where)
            yield Finding(subject, f"{name} is sound: {len(manifest.articles):,} articles, {manifest.sentences:,} sentences")
        except FootnoteError as error:
            yield Finding(subject, error.message, error.repair or _BUILD)
    if current and current not in place.names():
        yield Finding("index", f"{current}, which shall answer, is not there or is not whole", _BUILD)
