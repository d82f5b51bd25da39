"""One writer a home: a lock that the system lets go when its holder dies, and who holds it, for the next to name."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import HomeError, HomeLocked


@contextmanager
def writer_lock(home: Path, *folders: Path) -> Iterator[None]:
    """Be the one that writes in `home`, which is made, as are `folders`.

    Raises HomeLocked at once if another is, naming its process, HomeError if the folder can't be written.
    """
    lock = FileLock(home / "lock")
    try:
        for folder in (home, *folders):
            folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        write_whole(home / "lock.holder", json.dumps(_me()))
    except Timeout:
        raise HomeLocked(f"{holder(home)} is building the index in {home}; try again when it is done.") from None
    except OSError as error:
        lock.release()
        raise HomeError(
            f"The folder {home} can't be written: {error.strerror or error}.", repair="export FOOTNOTE_HOME=~/.footnote"
        ) from error
    try:
        yield
    finally:
        (home / "lock.holder").unlink(missing_ok=True)
        lock.release()


def is_locked(home: Path) -> bool:
    """Whether a process is writing there now."""
    if not (home / "lock").exists():
        return False
    lock = FileLock(home / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def holder(home: Path) -> str:
    """Who holds the lock, or held it last and was killed, in words."""
    try:
        who = json.loads((home / "lock.holder").read_text(encoding="utf-8"))
        return f"Another footnote (process {int(who['pid'])} on {who['host']}, since {who['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "Another footnote"


def _me() -> dict[str, str | int]:
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat(timespec="seconds")}


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step that neither a crash nor a power cut can split."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut (a folder can't be synced everywhere: then that's left out)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
