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
from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path

from index.errors import HomeError, IndexDamaged, IndexMissing
from index.generation import Generation, Manifest
from index.generation_folder import open_folder, read_manifest, writable
from index.local_draft import LocalDraft
from index.place import next_name
from index.seal import SEAL, check_seal, read_seal
from index.verifier_process import verify_apart
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
            if self.names():  # sealed, so checked and whole: it may answer
                raise IndexDamaged(f"{path} is missing.", repair=_REPAIR) from None
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

    def verify(self, name: str) -> None:
        """Compare the files with their seal, and read and search them in a process of its own. Raises IndexDamaged."""
        folder = self.folder(name)
        check_seal(folder, read_seal(folder))
        with writable(folder) as usable:
            verify_apart(usable)

    def begin(self, base: str | None = None) -> LocalDraft:
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
