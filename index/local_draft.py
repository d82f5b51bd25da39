"""A generation that is being written into a folder."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from index.bm25 import BM25
from index.generation import Manifest
from index.seal import SEAL, check_seal, read_seal, write_seal
from index.store import Store
from index.verifier_process import VerifierProcess


class LocalDraft:
    """A generation that is being written into a folder; see `index.place.Draft`."""

    def __init__(self, folder: Path, base: Path | None) -> None:
        """Make the folder, and copy the collections of `base` into it. Raises IndexDamaged when `base` is damaged."""
        self.folder = folder
        folder.mkdir()
        self.name, self.base = folder.name, base.name if base else None
        self._verifier = VerifierProcess() if base else None  # a small change is soon written
        self._open = False
        try:
            if base:
                self._copy(base)
            self.store = Store(folder / "chroma")
            self._open = True
        except BaseException:
            self.discard()
            raise

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

    def finish(self, manifest: Manifest, bm25: BM25) -> None:
        """Close the store, write BM25 and the manifest."""
        self.store.close()
        self._open = False
        (self.folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
        bm25.save(self.folder / "lexical")

    def check(self) -> None:
        """Verify it in a process of its own, and seal it. Raises IndexDamaged."""
        self._verifier = self._verifier or VerifierProcess()
        self._verifier.verify(self.folder)
        write_seal(self.folder)

    def discard(self) -> None:
        """Close the store and remove the folder, unless it is sealed."""
        if self._open:
            self.store.close()
        if self._verifier:
            self._verifier.close()
        if not (self.folder / SEAL).is_file():
            shutil.rmtree(self.folder, ignore_errors=True)
