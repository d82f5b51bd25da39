"""The process that reads files nobody vouches for: it is given bytes and gives back drafts, within limits, and can die.

It reads requests on its standard input, each a line of JSON and then the bytes of a file, and answers each on its
standard output with lines of JSON: a draft, or why there is none, and at last `{"end": "more"}`, or `{"end": "last"}` when
it had better be replaced. It opens no file and no address, may
write no file, and has none of the environment of the process that started it (see `index.parser_process`).
"""

import json
import os
import resource
import signal
from contextlib import suppress
from typing import Any, BinaryIO

from index.formats.draft import Draft, Limits, too_long
from index.formats.kinds import read
from index.formats.metadata import Unreadable

_NAMES = {"html": "web page", "pdf": "PDF", "docx": "Word document", "markdown": "Markdown", "json": "JSON", "jsonl": "JSON"}


def run(arguments: list[str]) -> None:
    """Be the child: bytes of memory, seconds, and the fields of `Limits`, in their order."""
    memory, seconds, *limits = map(int, arguments)
    answer_all(memory, seconds, Limits(*limits))


def answer_all(memory: int, seconds: int, limits: Limits) -> None:
    """Answer requests until there are no more: at most `memory` bytes of address space, `seconds` of work for each file."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    _limit(memory)
    while line := requests.readline():
        request = json.loads(line)
        content = requests.read(request["size"])
        signal.setitimer(signal.ITIMER_PROF, seconds)  # ends this process, wherever it is; waiting for a busy machine is free
        intact = _answer(request["kind"], content, limits, replies)
        _send(replies, {"end": "more" if intact else "last"})
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit(memory: int) -> None:
    wanted = {resource.RLIMIT_AS: memory, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0, resource.RLIMIT_NOFILE: 64}
    for limit, value in wanted.items():
        with suppress(ValueError, OSError):  # macOS has no limit on address space
            resource.setrlimit(limit, (value, value))


def _answer(kind: Any, content: bytes, limits: Limits, replies: BinaryIO) -> bool:
    """Send all that a file gives. False when this process had better be replaced by a new one."""
    why, intact = "", True
    try:
        for made in read(kind, content, limits):
            _send(replies, {"why": str(made)} if isinstance(made, Unreadable) else _message(made, limits))
    except Unreadable as error:
        why = str(error)
    except MemoryError:
        why, intact = "reading it takes more memory than a file may", False
    except RecursionError:
        why, intact = "it is nested too deeply", False
    except Exception as error:  # parsers raise what they like on what isn't theirs
        said = " ".join(str(error).split())[:200]
        why = f"it is no {_NAMES[kind]} that can be read" + (f" ({said})" if said else "")
    if why:
        _send(replies, {"why": why})
    return intact


def _message(draft: Draft, limits: Limits) -> dict[str, Any]:
    if sum(len(block.text) for block in draft.blocks) > 2 * limits.max_chars:  # cleaning may still drop some
        return {"why": too_long(limits.max_chars)}
    stated = draft.metadata
    return {
        "metadata": [stated.title, stated.author, stated.publisher, stated.url, stated.published, stated.language],
        "blocks": draft.blocks,
        "id": draft.id,
        "sha256": draft.sha256,
    }


def _send(replies: BinaryIO, message: dict[str, Any]) -> None:
    replies.write(json.dumps(message).encode() + b"\n")
    replies.flush()
