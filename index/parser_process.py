"""Reading files that nobody vouches for in a child process: one for many files, and a new one when it had to end."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

from index.cleaning import Block
from index.formats.draft import Draft, Limits
from index.formats.kinds import FileKind
from index.formats.metadata import Metadata, Unreadable

MEMORY = 512 * 1024 * 1024
"""Bytes of address space that the child may have, its interpreter and libraries (190 MB) among them."""

SECONDS = 30
"""Of work for one file (of JSON lines: for one line)."""

_PATIENCE = 4  # times as long by the clock, as the machine may be busy: then this side ends the child
_ENVIRONMENT = {  # nothing of ours, so no key; the same hashes, clock and encoding wherever it runs
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
    "OPENBLAS_NUM_THREADS": "1",  # a library's library reserves address space for each thread
}


class ParserProcess:
    """The child, started with the first file. To be closed, or used as a context manager."""

    def __init__(self, limits: Limits, *, memory: int = MEMORY, seconds: int = SECONDS) -> None:
        self._limits, self._memory, self._seconds = limits, memory, seconds
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def read(self, kind: FileKind, content: bytes) -> list[Draft | Unreadable]:
        """The drafts in a file's bytes, or in its place why a part of it gives none.

        A file that ends a child which has read others gets a second try, with a child of its own.
        Raises Unreadable when the file gives nothing at all.
        """
        if self._child is None:
            self._child = self._start()
        first = self._child.read == 0
        try:
            found, more = self._child.exchange(kind, content, 32 * self._limits.max_chars + 8 * len(content) + 65_536)
        except (OSError, ValueError, TypeError, KeyError, EOFError):  # cut off, or no message of ours
            late, status = self._child.stop()
            self._child = None
            if not late and not first:
                return self.read(kind, content)
            raise Unreadable(self._why(late, status)) from None
        if not more:
            self.close()
            if not first:
                return self.read(kind, content)
        if len(found) == 1 and isinstance(found[0], Unreadable):
            raise found[0]
        return found

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.stop()
            self._child = None

    def _start(self) -> "_Child":
        package = os.fspath(Path(__file__).resolve().parent.parent)
        code = f"import sys; sys.path.insert(0, {package!r}); from index.parser_child import run; run(sys.argv[1:])"
        limits = [self._memory, self._seconds, self._limits.max_chars, self._limits.pages, self._limits.unpacked]
        return _Child([sys.executable, "-B", "-P", "-s", "-c", code, *map(str, limits)], self._seconds * _PATIENCE)

    def _why(self, late: bool, status: int) -> str:
        if late:
            return f"reading it took longer than {self._seconds} s"
        name = signal.Signals(-status).name if status < 0 else f"status {status}"
        return f"it ended the program that reads it ({name})"


class _Child:
    """A running child; `read` counts the files that it has been given."""

    def __init__(self, command: list[str], patience: int) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            start_new_session=True,  # Ctrl+C is for this side to answer
        )
        self._patience, self._late = patience, False
        self.read = 0

    def exchange(self, kind: FileKind, content: bytes, longest: int) -> tuple[list[Draft | Unreadable], bool]:
        """Send a file; what it gives, in no more than `longest` bytes, and whether the child can take another.

        Raises OSError, ValueError, TypeError, KeyError or EOFError when the child ends, or says what no child of ours would.
        """
        self.read += 1
        watch = threading.Timer(self._patience, self._end)
        watch.start()
        try:
            with_content = json.dumps({"kind": kind, "size": len(content)}).encode() + b"\n" + content
            self._pipe(self._process.stdin).write(with_content)
            self._pipe(self._process.stdin).flush()
            found: list[Draft | Unreadable] = []
            while True:
                line = self._pipe(self._process.stdout).readline(longest)
                longest -= len(line)
                if not line.endswith(b"\n"):
                    raise EOFError
                message = json.loads(line)
                if "end" in message:
                    return found, message["end"] == "more"
                found.append(Unreadable(str(message["why"])) if "why" in message else _draft(message))
        finally:
            watch.cancel()

    def stop(self) -> tuple[bool, int]:
        """End it. Whether it took too long, and its exit status, negative for a signal."""
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # closing tries once more to send what could not be sent
                self._pipe(pipe).close()
        try:
            status = self._process.wait(0.5)  # one that is idle ends itself, one that died can say how
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        return self._late or status == -signal.SIGPROF, status

    def _end(self) -> None:
        self._late = True
        self._process.kill()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise EOFError
        return pipe


def _draft(message: dict[str, Any]) -> Draft:
    blocks = tuple(Block(str(text), kind) for text, kind in message["blocks"])
    if not {block.kind for block in blocks} <= {None, "body", "heading", "caption"}:
        raise ValueError("a kind of block that there isn't")
    return Draft(Metadata(*message["metadata"]), blocks, message["id"], message["sha256"])
