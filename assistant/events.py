"""What happens between a question and its reply, as it happens: for those who show it while it is under way.

Searching       articles are being searched: how many are within the limits
Found           passages were found: how many will be read; what is written from them is checked next
ClaimShown      a claim was verified, with its citations: it will be in the answer, and is never taken back
Done            the reply
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from assistant.answer import CitedClaim, Reply
from assistant.cancellation import Cancellation


@dataclass(frozen=True, slots=True)
class Searching:
    """So many articles are being searched."""

    articles: int


@dataclass(frozen=True, slots=True)
class Found:
    """So many passages are read for an answer."""

    passages: int


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A sentence of the answer, verified."""

    claim: CitedClaim


@dataclass(frozen=True, slots=True)
class Done:
    """The reply, whole."""

    reply: Reply


Event = Searching | Found | ClaimShown | Done
Observer = Callable[[Event], None]
"""Told of each event, in the thread that answers."""


def unobserved(event: Event) -> None:
    """The observer where nobody looks on."""


async def stream(answer: Callable[[Observer, Cancellation], Reply]) -> AsyncGenerator[Event]:
    """Run `answer` in a thread and yield its events as they come, `Done` at the end; what it raises is raised here.

    It is cancelled when nobody iterates any more.
    """
    loop = asyncio.get_running_loop()
    events: asyncio.Queue[Event | None] = asyncio.Queue()
    cancellation = Cancellation()

    def tell(event: Event | None) -> None:
        if not loop.is_closed():  # nobody waits any more
            loop.call_soon_threadsafe(events.put_nowait, event)

    def work() -> Reply:
        try:
            return answer(tell, cancellation)
        finally:
            tell(None)

    running = asyncio.ensure_future(asyncio.to_thread(work))
    running.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody may be there to hear of it
    try:
        while (event := await events.get()) is not None:
            yield event
        yield Done(await running)
    finally:
        cancellation.cancel()
