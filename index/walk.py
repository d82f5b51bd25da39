"""The files that are meant by the paths that someone gives: folders are walked, and no link leads out of them."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import CorpusError
from index.formats import sidecar
from index.formats.kinds import KINDS
from index.quarantine import Skipped


@dataclass(slots=True)
class Found:
    """The files to read, by their real paths; those that are not to be read; and how many of other kinds there are."""

    files: dict[Path, None] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


def find_files(paths: Iterable[Path]) -> Found:
    """All files at `paths`, and in folders those that can be articles by their names, hidden ones apart.

    Raises CorpusError when a path is missing.
    """
    found = Found()
    for path in paths:
        if not _exists(path):
            raise CorpusError(f"There is no file or folder {path} (looked for from {Path.cwd()}).")
        if path.is_dir():
            _walk(path, found)
        else:
            found.files[_real(path)] = None
    return found


def ids(files: Iterable[Path]) -> dict[str, Path]:
    """An id for each file: its stem, or the path relative to the folder that all share where two have one stem."""
    files = list(files)
    stems = Counter(f.stem for f in files)
    shared = Path(os.path.commonpath([f.parent for f in files])) if files else Path()
    relative = {f: f.relative_to(shared).as_posix() for f in files}
    alone = {f for f in files if stems[f.stem] == 1 and f.stem not in relative.values()}  # "a.txt.txt" beside "a.txt"
    # A name that isn't Unicode comes from the system with surrogates, which no JSON and no database takes.
    return {(f.stem if f in alone else relative[f]).encode("utf-8", "backslashreplace").decode(): f for f in files}


def _walk(folder: Path, found: Found) -> None:
    top = _real(folder)

    def refuse(error: OSError) -> None:
        found.skipped.append(Skipped(Path(error.filename), error.strerror or "it can't be entered"))

    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in folders:
            if _leads_out(Path(root, name), top):
                found.skipped.append(Skipped(Path(root, name), "it is a link to a folder outside; give that folder itself"))
        for path in (Path(root, name) for name in sorted(names) if not _hidden(name)):
            if path.name.endswith(sidecar.ENDING):
                if not any(_described(path, names)):
                    found.skipped.append(Skipped(path, "there is no file beside it that it could describe"))
            elif path.suffix.lower() not in KINDS:
                found.others[path.suffix.lower()] += 1
            elif _leads_out(path, top):
                found.skipped.append(Skipped(path, "it is a link to a file outside of its folder; give that file itself"))
            else:
                found.files[_real(path)] = None


def _described(path: Path, names: list[str]) -> Iterator[str]:
    """The files of a folder that a metadata file is about."""
    about = path.name.removesuffix(sidecar.ENDING)
    return (n for n in names if n == about or (Path(n).stem == about and not n.endswith(sidecar.ENDING)))


def _leads_out(path: Path, top: Path) -> bool:
    return path.is_symlink() and not _real(path).is_relative_to(top)


def _hidden(name: str) -> bool:
    """Files that a person doesn't see: those of the system, and what Word and editors leave while a file is open."""
    return name.startswith((".", "~$")) or name.endswith("~")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long, a folder that may not be entered
        return False


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve raises on a loop of links before Python 3.13
