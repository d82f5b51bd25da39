"""One writer a server: a lease that its holder renews, and that runs out when the holder is gone.

The lease is a collection of a name that only one can have; its metadata say who holds it and until when, by the server's
clock. What has run out is set aside by its own id, so that nobody takes away the lease of another who was faster.

It is best effort: a holder that sleeps past its lease finds that out before it publishes, but not if it falls asleep
between looking and publishing. What would come of that is an older index that answers, never a damaged one: what is
published is never written again.
"""

import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.chroma_server import PREFIX, ChromaServer
from index.errors import FootnoteError, HomeLocked

LEASE = PREFIX + "lease"

SECONDS = 60.0
"""How long a lease holds; it is renewed four times as often."""


class Lease:
    """The right to write, as long as it is renewed."""

    def __init__(self, server: ChromaServer, held: Any, token: str) -> None:
        self._server, self._held, self._token = server, held, token
        self._over = threading.Event()
        self._renewing = threading.Thread(target=self._renew, name="lease", daemon=True)
        self._renewing.start()

    def check(self) -> None:
        """Raises HomeLocked when it ran out and another took it, IndexUnreachable when the server can't be asked."""
        if not self._server.update(self._held, _me(self._server, self._token)):
            raise HomeLocked(
                f"This build lost its right to write to {self._server.where}: it was out of touch for over {SECONDS:.0f} s,"
                " and another footnote took over.",
                repair="footnote index build",
            )

    def let_go(self) -> None:
        """Make room for the next; if the server can't be asked, the lease runs out by itself."""
        self._over.set()
        with suppress(FootnoteError):
            self._server.drop_this(self._held, _aside())
        self._renewing.join(timeout=1)

    def _renew(self) -> None:
        while not self._over.wait(SECONDS / 4):
            with suppress(FootnoteError):
                self.check()


@contextmanager
def lease(server: ChromaServer) -> Iterator[Lease]:
    """Be the one that writes to `server`. Raises HomeLocked at once if another is, naming it; IndexUnreachable."""
    token = uuid.uuid4().hex
    _OURS.add(token)
    try:
        taken = Lease(server, _take(server, token), token)
        try:
            yield taken
        finally:
            taken.let_go()
    finally:
        _OURS.discard(token)


def _take(server: ChromaServer, token: str) -> Any:
    for _ in range(3):
        if (made := server.create(LEASE, _me(server, token))) is not None:
            return made
        other = server.find(LEASE)
        if other is None:  # it was let go just now
            continue
        metadata = dict(other.metadata or {})
        left = float(metadata.get("until", 0)) - server.now()
        if left > 0 and not _left_here(metadata):
            who = f"process {metadata.get('pid')} on {metadata.get('host')}, since {metadata.get('since')}"
            raise HomeLocked(
                f"Another footnote ({who}) is building the index on {server.where}; try again when it is done."
                f" If it was killed, its lease ends in {left:.0f} s."
            )
        server.drop_this(other, _aside())
    raise HomeLocked(f"Other footnotes are about to build the index on {server.where}; try again.")


def _me(server: ChromaServer, token: str) -> dict[str, Any]:
    return {
        "token": token,
        "until": server.now() + SECONDS,
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "processes": _processes(),
        "since": _SINCE,
    }


_SINCE = datetime.now(UTC).isoformat(timespec="seconds")


_OURS: set[str] = set()
"""The tokens of leases that this process holds or takes; not of one that it could not let go of, as the server was gone."""


def _left_here(metadata: dict[str, Any]) -> bool:
    """Whether the holder was a process of this machine (of this container, too) that there is no more, or was this one."""
    if not _processes() or (metadata.get("host"), metadata.get("processes")) != (socket.gethostname(), _processes()):
        return False
    if metadata.get("pid") == os.getpid():
        return metadata.get("token") not in _OURS
    try:
        os.kill(int(metadata["pid"]), 0)
    except ProcessLookupError:
        return True
    except (OSError, KeyError, TypeError, ValueError):
        return False
    return False


def _processes() -> str:
    """What tells the process numbers of this machine from those of another, or of another container; empty if nothing does."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _aside() -> str:
    return f"{PREFIX}aside-{uuid.uuid4().hex}"
