"""The folder of one generation: its manifest, and its parts opened."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from index.bm25 import BM25
from index.errors import HomeError, IndexDamaged
from index.generation import Generation, Manifest
from index.store import Store

_REPAIR = "footnote index build"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the generation in a folder. Raises IndexDamaged."""
    path = folder / "manifest.json"
    try:
        return Manifest.from_json(path.read_text(encoding="utf-8"), os.fspath(path))
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{path} can't be read: {error}.", repair=_REPAIR) from error


def open_folder(folder: Path, manifest: Manifest) -> Generation:
    """Open what a folder holds, sealed or not. Raises IndexDamaged."""
    try:
        bm25 = BM25.load(folder / "lexical")
    except Exception as error:  # numpy and json raise many kinds on damaged files
        raise IndexDamaged(f"{folder / 'lexical'} can't be read: {error}.", repair=_REPAIR) from error
    with ExitStack() as stack:
        usable = stack.enter_context(writable(folder))
        store = open_store(usable)
        return Generation(folder.name, os.fspath(folder), manifest, bm25, store, let_go=stack.pop_all().close)


@contextmanager
def writable(folder: Path) -> Iterator[Path]:
    """The folder of a generation or, where Chroma couldn't write in it as it does when it opens, a copy for as long.

    Raises HomeError when that can't be made.
    """
    chroma = folder / "chroma"
    if not chroma.exists() or all(os.access(path, os.W_OK) for path in (chroma, chroma / "chroma.sqlite3")):
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="footnote-", ignore_cleanup_errors=True) as made:
        copy = Path(made) / folder.name
        try:
            shutil.copytree(chroma, copy / "chroma", copy_function=shutil.copyfile)
            shutil.copyfile(folder / "manifest.json", copy / "manifest.json")
            for place in (copy / "chroma", *(copy / "chroma").iterdir()):
                place.chmod(0o700)
        except OSError as error:
            message = f"{folder} can't be written, nor copied to {made}: {error.strerror or error}."
            raise HomeError(message, repair="footnote doctor") from error
        yield copy


def open_store(folder: Path) -> Store:
    """The collections in the folder of a generation. Raises IndexDamaged when there are none."""
    if not (folder / "chroma" / "chroma.sqlite3").is_file():  # Chroma would make an empty one
        raise IndexDamaged(f"{folder / 'chroma'} is missing.", repair=_REPAIR)
    return Store(folder / "chroma")
