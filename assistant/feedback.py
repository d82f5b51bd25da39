"""What people say of answers, kept as JSON lines in the home: one a thumb, never changed afterwards."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from index.errors import HomeError

FILE = "feedback.jsonl"
_LARGEST = 50_000_000  # bytes: what a broken or hostile client could fill the disk with ends here


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Feedback:
    """A thumb, up or down, on the reply to a question, with an optional word.

    `history` are the turns before the question; `places` the quotes that were shown: article id, start, end.
    """

    verdict: Literal["up", "down"]
    question: str
    reply: str
    word: str = ""
    history: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, int, int], ...] = ()
    limits: str = ""
    time: str = field(default_factory=_now)


def append(home: Path, feedback: Feedback) -> None:
    """Add a line to the log, down to the disk. Raises HomeError when it can't be written."""
    path = home / FILE
    line = (json.dumps(asdict(feedback)) + "\n").encode()
    try:
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(handle).st_size
            if size and os.pread(handle, 1, size - 1) != b"\n":  # a full disk cut the last line off
                line = b"\n" + line
            if size + len(line) > _LARGEST:
                raise HomeError(f"{path} is full ({_LARGEST:,} bytes); move it away, and a new one is begun.")
            if os.write(handle, line) != len(line):
                raise HomeError(f"{path} could not be written whole; is the disk full?")
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise HomeError(f"The feedback can't be written to {path}: {error.strerror or error}.") from error


def read(home: Path) -> Iterator[Feedback]:
    """All feedback of a home, oldest first; a line that a full disk cut off is passed over. Raises HomeError."""
    path = home / FILE
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise HomeError(f"{path} can't be read: {error}.") from error
    for line in lines:
        try:
            data = json.loads(line)
            history = tuple((str(role), str(text)) for role, text in data.pop("history"))
            places = tuple((str(id), int(start), int(end)) for id, start, end in data.pop("places"))
            yield Feedback(**data, history=history, places=places)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
