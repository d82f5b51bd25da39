"""Generations in a folder of this machine.

    home/CURRENT                     the name of the generation that answers
    home/lock, home/lock.holder      held by the one process that writes; who that is
    home/generations/<name>/
        manifest.json                what it was made of and how
        chroma/                      passages and sentence vectors
        lexical/                     BM25
        seal.json                    sizes and hashes of the files above, written once the check has passed

Chroma can't survive a kill while it writes, so a generation with a seal is never written again: a new one is built beside
it (as a copy of the last, or afresh), closed, checked in a process of its own, sealed, and then `CURRENT` is replaced in one
step. A folder without a seal is a draft.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Collection
from contextlib import AbstractContextManager, closing
from pathlib import Path

from index.errors import HomeError, IndexDamaged, IndexMissing
from index.generation import Generation, Manifest
from index.lexical import Lexical
from index.place import next_name
from index.seal import SEAL, check_seal, read_seal, write_seal
from index.store import Store
from index.writer_lock import sync_folder, write_whole, writer_lock

_REPAIR = "footnote index build"


class LocalPlace:
    """A home folder; see `index.place.Place`."""

    def __init__(self, home: Path) -> None:
        """The folder is made by `writer`, not here."""
        self.home = home
        self._folders = home / "generations"

    @property
    def where(self) -> str:
        """The home folder."""
        return os.fspath(self.home)

    def current_name(self) -> str:
        """What `CURRENT` says. Raises IndexMissing, IndexDamaged, HomeError."""
        path = self.home / "CURRENT"
        try:
            name = path.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            raise IndexMissing(f"There is no index in {self.home} yet.", repair=_REPAIR) from None
        except ValueError as error:
            raise IndexDamaged(f"{path} names no generation: {error}.", repair=_REPAIR) from error
        except OSError as error:
            raise HomeError(f"{path} can't be read: {error.strerror or error}.") from error
        if not name or name != os.path.basename(name) or name in (".", "..") or "\0" in name or len(name) > 100:  # noqa: PTH119
            raise IndexDamaged(f"{path} names no generation.", repair=_REPAIR)
        return name

    def names(self) -> list[str]:
        """The folders that have a seal, oldest first."""
        try:
            return sorted(f.name for f in self._folders.iterdir() if (f / SEAL).is_file())
        except OSError:
            return []

    def folder(self, name: str) -> Path:
        """The folder of a generation."""
        return self._folders / name

    def manifest(self, name: str) -> Manifest:
        """What a generation was made of. Raises IndexDamaged."""
        return read_manifest(self.folder(name))

    def open(self, name: str) -> Generation:
        """Open a generation, its files compared with its seal first. Raises IndexDamaged."""
        manifest = self.manifest(name)
        check_seal(self.folder(name), read_seal(self.folder(name)))
        return open_folder(self.folder(name), manifest)

    def begin(self, base: str | None = None) -> "LocalDraft":
        """A draft in a folder of its own, with a copy of the collections of `base`."""
        taken = [f.name for f in self._folders.iterdir()]
        return LocalDraft(self._folders / next_name([*taken, *self._current_or_none()]), self.folder(base) if base else None)

    def publish(self, name: str, keep: Collection[str] = ()) -> None:
        """Replace `CURRENT`, and drop all but `name` and `keep`."""
        sync_folder(self._folders)
        write_whole(self.home / "CURRENT", name + "\n")
        self.drop_others({name, *keep})

    def drop_others(self, keep: Collection[str]) -> None:
        """Remove the folders that aren't in `keep`."""
        for folder in self._folders.iterdir():
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)

    def writer(self) -> AbstractContextManager[None]:
        """The lock of the home, which is made."""
        return writer_lock(self.home, self._folders)

    def _current_or_none(self) -> list[str]:
        try:
            return [self.current_name()]
        except (IndexMissing, IndexDamaged):
            return []


class LocalDraft:
    """A generation that is being written into a folder; see `index.place.Draft`."""

    def __init__(self, folder: Path, base: Path | None) -> None:
        """Make the folder, and copy the collections of `base` into it. Raises IndexDamaged when `base` is damaged."""
        self.folder = folder
        folder.mkdir()
        self.name, self.base = folder.name, base.name if base else None
        try:
            if base:
                self._copy(base)
            self.store = Store(folder / "chroma")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._open = True

    def _copy(self, base: Path) -> None:
        """Copy the collections while no reader's open can write in them, and make sure that they are what was sealed."""
        with closing(sqlite3.connect(base / "chroma" / "chroma.sqlite3")) as database, database:
            database.execute("BEGIN")
            database.execute("SELECT count(*) FROM acquire_write").fetchone()  # others read now, and wait to write
            try:
                shutil.copytree(base / "chroma", self.folder / "chroma")
            except shutil.Error as error:  # a list of files, each with its reason
                raise OSError(str(error.args[0][0][2])) from error
        check_seal(self.folder, read_seal(base), within="chroma/")

    def finish(self, manifest: Manifest, texts: list[str]) -> None:
        """Write BM25 and the manifest, and close the store."""
        self.store.close()
        self._open = False
        Lexical.build(texts).save(self.folder / "lexical")
        (self.folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")

    def check(self) -> None:
        """Verify it in a process of its own, and seal it. Raises IndexDamaged."""
        verify_apart(self.folder)
        write_seal(self.folder)

    def discard(self) -> None:
        """Close the store and remove the folder, unless it is sealed."""
        if self._open:
            self.store.close()
        if not (self.folder / SEAL).is_file():
            shutil.rmtree(self.folder, ignore_errors=True)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the generation in a folder. Raises IndexDamaged."""
    path = folder / "manifest.json"
    try:
        return Manifest.from_json(path.read_text(encoding="utf-8"), os.fspath(path))
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{path} can't be read: {error}.", repair=_REPAIR) from error


def open_folder(folder: Path, manifest: Manifest) -> Generation:
    """Open what a folder holds, sealed or not. Raises IndexDamaged."""
    if not (folder / "chroma" / "chroma.sqlite3").is_file():  # Chroma would make an empty one
        raise IndexDamaged(f"{folder / 'chroma'} is missing.", repair=_REPAIR)
    try:
        lexical = Lexical.load(folder / "lexical")
    except Exception as error:  # numpy and json raise many kinds on damaged files
        raise IndexDamaged(f"{folder / 'lexical'} can't be read: {error}.", repair=_REPAIR) from error
    return Generation(folder.name, os.fspath(folder), manifest, lexical, Store(folder / "chroma"))


def verify_apart(folder: Path) -> None:
    """Verify a generation in a process of its own, as damage can end a process that opens it. Raises IndexDamaged."""
    package = os.fspath(Path(__file__).resolve().parent.parent)
    check = "import sys; from index.verify import main; sys.exit(main(sys.argv[1]))"
    command = [sys.executable, "-c", check, os.fspath(folder.resolve())]
    done = subprocess.run(command, capture_output=True, text=True, cwd=package, check=False)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        why = lines[-1] if lines else f"the check ended with status {done.returncode}"
        raise IndexDamaged(f"The index in {folder} did not pass its check: {why.rstrip('.')}.", repair=_REPAIR)
