"""The files that the last build left out, and why: kept in the home, so that they can be looked up."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.errors import HomeError

FILE = "quarantine.json"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index, and why."""

    path: Path
    reason: str


def save(home: Path, skipped: Iterable[Skipped]) -> None:
    """Keep what a build left out, in place of what the one before did. Raises HomeError."""
    rows = [[os.fsencode(s.path).decode("utf-8", "backslashreplace"), s.reason] for s in skipped]
    draft = home / (FILE + ".new")
    try:
        home.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(rows), encoding="utf-8")
        draft.replace(home / FILE)
    except OSError as error:
        raise HomeError(f"{home / FILE} can't be written: {error.strerror or error}.") from error


def load(home: Path) -> tuple[Skipped, ...]:
    """What the last build left out; nothing if that isn't known."""
    try:
        rows = json.loads((home / FILE).read_text(encoding="utf-8"))
        return tuple(Skipped(Path(str(path)), str(reason)) for path, reason in rows)
    except (OSError, ValueError, TypeError):
        return ()
