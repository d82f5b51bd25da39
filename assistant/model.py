"""The only module that talks to a model. It is asked from threads, and none of them waits longer than its budget.

The call itself runs on an event loop of its own: there a stall before the first word or amid the text can be cut, and
so can a call whose asker has left. A LlamaIndex LLM that blocks the loop holds up nothing but itself: its loop is left
behind, and the next question has a new one.
"""

import asyncio
import logging
import threading
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.llms import LLM

from assistant.budget import Budget
from assistant.cancellation import Abandoned, Cancellation
from assistant.errors import ModelError
from assistant.model_failure import ModelFailure, failure_of
from assistant.settings import Settings
from index.settings import OPENAI_URL
from prompts import Message

MAX_CHARS = 50_000
"""Characters of one reply that are read: what never stops is cut off."""

_SLACK = 0.5  # seconds past the budget after which the loop is taken to hang
_COUNTS = ("prompt_tokens", "completion_tokens", "total_tokens")

_log = logging.getLogger(__name__)


class Reply:
    """What a model says to one prompt: iterate for the text, piece by piece, as it comes.

    Afterwards `finish` is how the server says that it ended: "stop", "length" and so on; "" where it broke off without
    a word, and None for a model that doesn't tell. Iterating raises ModelFailure, and Abandoned when the asker left.
    """

    def __init__(self, pieces: Iterator[ChatResponse], budget: Budget) -> None:
        self._pieces, self._budget = pieces, budget
        self.finish: str | None = None

    def __iter__(self) -> Iterator[str]:
        counts: dict[str, int] = {}
        try:
            for piece in self._pieces:
                self._note(piece, counts)
                if piece.delta:
                    yield piece.delta
        finally:
            self._budget.add_usage(counts)

    def _note(self, piece: ChatResponse, counts: dict[str, int]) -> None:
        choices = getattr(piece.raw, "choices", None)
        if choices is not None:
            self.finish = next((c.finish_reason for c in choices if c.finish_reason), self.finish or "")
        told = {name: piece.additional_kwargs.get(name) for name in _COUNTS}
        counts |= {name: count for name, count in told.items() if isinstance(count, int) and count > 0}


class Model:
    """A language model that can be asked from any thread. Close it when done."""

    def __init__(self, llm: LLM) -> None:
        self._llm = llm
        self.name = llm.metadata.model_name or llm.class_name()
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def stream(
        self, prompt: tuple[Message, ...], budget: Budget, cancellation: Cancellation, seconds: float | None = None
    ) -> Reply:
        """Ask, as one request on the budget; no longer than what it has left, nor than `seconds`."""
        limit = min(budget.remaining(), budget.seconds if seconds is None else seconds)
        return Reply(self._pieces(prompt, budget, cancellation, limit), budget)

    def complete(
        self, prompt: tuple[Message, ...], budget: Budget, cancellation: Cancellation, seconds: float | None = None
    ) -> str:
        """As `stream`, the whole text at once. Raises ModelFailure, also where the server broke off."""
        reply = self.stream(prompt, budget, cancellation, seconds)
        text = "".join(reply)
        if reply.finish not in ("stop", None):
            raise ModelFailure("the reply broke off")
        return text

    def close(self) -> None:
        """End the event loop and its connections."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is not None:
            client = getattr(self._llm, "_aclient", None)
            asyncio.run_coroutine_threadsafe(_finish(client), loop)

    def _pieces(
        self, prompt: tuple[Message, ...], budget: Budget, cancellation: Cancellation, seconds: float
    ) -> Iterator[ChatResponse]:
        if not budget.allows():
            raise ModelFailure("the budget of this question is used up")
        budget.spend_request()
        told: SimpleQueue[ChatResponse | Exception | None] = SimpleQueue()
        loop = self._running_loop()
        call = asyncio.run_coroutine_threadsafe(self._call(prompt, seconds, told), loop)
        try:

            def leave() -> None:
                call.cancel()
                told.put(Abandoned())

            with cancellation.stopping(leave):
                while (piece := told.get(timeout=budget.remaining() + _SLACK)) is not None:
                    if isinstance(piece, Exception):
                        raise piece
                    yield piece
        except Empty:
            self._leave_behind(loop)
            raise ModelFailure("the time was up") from None
        finally:
            call.cancel()

    async def _call(
        self, prompt: tuple[Message, ...], seconds: float, told: "SimpleQueue[ChatResponse | Exception | None]"
    ) -> None:
        """Put every piece of the reply into `told`, at the end None, or what went wrong."""
        messages = [ChatMessage(role=MessageRole(message.role), content=message.text) for message in prompt]
        said = 0
        try:
            async with asyncio.timeout(seconds):
                async for piece in await self._llm.astream_chat(messages):
                    told.put(piece)
                    said += len(piece.delta or "")
                    if said > MAX_CHARS:
                        raise ModelFailure("the reply never ended")
                    await asyncio.sleep(0)  # a model that never waits would never be cut
            told.put(None)
        except TimeoutError:
            told.put(ModelFailure("the time was up"))
        except Exception as error:  # whatever a server or a library brings about, it is a failure of the model
            _log.debug("A model failed.", exc_info=True)
            told.put(failure_of(error))

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=_run, args=(self._loop,), name="model", daemon=True).start()
            return self._loop

    def _leave_behind(self, loop: asyncio.AbstractEventLoop) -> None:
        with self._lock:
            if self._loop is loop:
                self._loop = None
        loop.call_soon_threadsafe(loop.stop)


def chosen_model(settings: Settings, llm: LLM | None = None) -> Model | None:
    """The model that writes answers: `llm`, or the one that the settings name; None where quotes are to answer.

    Raises ModelError.
    """
    if settings.reader == "quotes" or not (llm or settings.model or settings.reader):
        return None
    if llm is not None:
        return Model(llm)
    if not settings.model:
        raise ModelError("A model is to answer, but none is named.", repair="export FOOTNOTE_MODEL=...")
    return open_model(settings.model, settings.openai_api_key.get_secret_value(), settings.openai_base_url, settings)


def open_model(name: str, key: str, url: str, settings: Settings) -> Model:
    """A model of an OpenAI-compatible server, with no retries of the libraries: the budget decides on those.

    Raises ModelError where there is neither a key nor an address.
    """
    if not key and not url:
        message = f"The model {name} needs OPENAI_API_KEY, or OPENAI_BASE_URL for another server than OpenAI's."
        raise ModelError(message, repair="export OPENAI_API_KEY=...")
    from llama_index.llms.openai_like import OpenAILike

    return Model(
        OpenAILike(
            model=name,
            api_key=key or "none",  # an empty one would be looked for in the environment
            api_base=url or OPENAI_URL,
            is_chat_model=True,
            context_window=settings.model_context,
            max_tokens=settings.model_tokens,
            temperature=0.0,
            max_retries=0,
            timeout=settings.model_timeout,
            additional_kwargs={"stream_options": {"include_usage": True}},
        )
    )


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _finish(client: Any) -> None:
    """Cancel what runs, close the connections, and stop the loop."""
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    if hasattr(client, "close"):
        await client.close()
    asyncio.get_running_loop().call_soon(asyncio.get_running_loop().stop)
