"""Opening the files that hold articles: regular ones only, within a size, whatever took their place since they were found."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from index.formats import sidecar
from index.formats.draft import too_long
from index.formats.kinds import FileKind, max_bytes
from index.formats.metadata import Metadata, Unreadable


@dataclass(frozen=True, slots=True)
class Beside:
    """What the metadata file beside a file states, and what marks it in the hash of the article."""

    metadata: Metadata = field(default_factory=Metadata)
    mark: bytes = b""


def read_beside(path: Path) -> Beside:
    """What stands in a metadata file beside a file. Raises Unreadable when that can't be used."""
    for name in sidecar.names(path):
        try:
            with opened(name, "jsonl", 0) as file:
                content = file.read(sidecar.MAX_BYTES + 1)
        except FileNotFoundError:
            continue
        except (OSError, Unreadable) as error:
            raise Unreadable(f"its {name.name} can't be read: {reason(error)}") from error
        return Beside(sidecar.read(content, name.name), b"\0" + content)
    return Beside()


def opened(path: Path, kind: FileKind, max_chars: int) -> BinaryIO:
    """Open a regular file, whatever took its place since it was found. Raises OSError, and Unreadable when it is too large.

    A file of JSON lines may have any size, as it is read line by line.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe might never answer
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("it is not a regular file")
        most = max_bytes(kind, max_chars)
        if kind != "jsonl" and status.st_size > most:
            large = f"it takes {status.st_size / 1e6:,.1f} MB, more than the {most / 1e6:,.1f} MB that are read of its kind"
            raise Unreadable(too_long(max_chars) if kind in ("text", "markdown") else large)
        return os.fdopen(handle, "rb")
    except Unreadable:
        os.close(handle)
        raise


def lines(file: BinaryIO, most: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines that aren't empty, numbered from 1; None in place of one that is longer than `most` bytes."""
    number = 0
    while line := file.readline(most + 1):
        number += 1
        if len(line) <= most:
            if line.strip():
                yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(most)
        yield number, None


def reason(error: Exception) -> str:
    """Why a file can't be read, without its path, which stands beside it."""
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
