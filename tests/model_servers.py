"""OpenAI-compatible servers for the tests: honest and hostile ones, on loopback, whose every word is scripted.

A behaviour is an async function of an `Exchange`: it reads what was sent, and sends what it likes.
"""

import asyncio
import json
import re
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest
import uvicorn

_NUMBERED = re.compile(r"^(.+) \[(\d+\.\d+)\]$", re.M)
_QUESTION = re.compile(r"^(?:Last question|Question): (.*)$", re.M)


@dataclass
class Exchange:
    """One request, and the means to answer it. `gone` is set when the client leaves."""

    path: str
    body: dict
    send: Callable[[dict], Awaitable[None]]
    gone: asyncio.Event
    started: bool = False

    @property
    def system(self) -> str:
        return self.body["messages"][0]["content"]

    @property
    def user(self) -> str:
        return self.body["messages"][-1]["content"]

    @property
    def sentences(self) -> dict[str, str]:
        """The numbered sentences of the prompt, by their ids."""
        return {id: text for text, id in _NUMBERED.findall(self.user)}

    @property
    def question(self) -> str:
        return _QUESTION.findall(self.user)[-1]

    @property
    def best(self) -> tuple[str, str]:
        """Of the numbered sentences the one that shares most words with the question, with its id."""
        asked = set(re.findall(r"\w+", self.question.lower()))
        return max(self.sentences.items(), key=lambda pair: len(asked & set(re.findall(r"\w+", pair[1].lower()))))

    async def start(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        pairs = {"content-type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
        named = [(name.encode(), value.encode()) for name, value in pairs.items()]
        await self.send({"type": "http.response.start", "status": status, "headers": named})
        self.started = True

    async def raw(self, text: str) -> None:
        if not self.started:
            await self.start()
        await self.send({"type": "http.response.body", "body": text.encode(), "more_body": True})

    async def end(self) -> None:
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})

    async def event(self, choices: list, **more: object) -> None:
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": self.body["model"], "choices": choices}
        await self.raw(f"data: {json.dumps(chunk | more)}\n\n")

    async def say(self, text: str) -> None:
        await self.event([{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}])

    async def finish(self, reason: str = "stop") -> None:
        await self.event([{"index": 0, "delta": {}, "finish_reason": reason}])
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        await self.event([], usage=usage)
        await self.raw("data: [DONE]\n\n")
        await self.end()

    async def reply(self, text: str, reason: str = "stop") -> None:
        """All of a text, in pieces of a few characters, as models give it."""
        for at in range(0, len(text), 7):
            await self.say(text[at : at + 7])
        await self.finish(reason)

    async def error(self, status: int, message: str, **headers: str) -> None:
        await self.start(status, "application/json", **headers)
        await self.raw(json.dumps({"error": {"message": message, "type": "error", "code": None}}))
        await self.end()


Behaviour = Callable[[Exchange], Awaitable[None]]


@dataclass
class ModelServer:
    """A server that behaves as it is told, in a thread of its own. `behave` may be changed at any time.

    `requests` are the bodies that it was sent; `cancelled` the times (monotonic) at which a client left an answer.
    """

    behave: Behaviour
    requests: list[dict] = field(default_factory=list)
    cancelled: list[float] = field(default_factory=list)
    url: str = ""

    def __enter__(self) -> "ModelServer":
        config = uvicorn.Config(
            self._app, port=0, log_level="critical", lifespan="off", interface="asgi3", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 10
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.01)
        assert self._server.started
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}/v1"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(5)

    async def _app(self, scope, receive, send) -> None:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        data = json.loads(body)
        self.requests.append(data)
        exchange = Exchange(scope["path"], data, send, asyncio.Event())
        watching = asyncio.create_task(_watch(receive, exchange.gone))
        answering = asyncio.create_task(self.behave(exchange))
        leaving = asyncio.create_task(exchange.gone.wait())
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            self.cancelled.append(time.monotonic())
            answering.cancel()
        watching.cancel()
        leaving.cancel()
        await asyncio.gather(answering, return_exceptions=True)


async def _watch(receive, gone: asyncio.Event) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    gone.set()


def says(text: str, reason: str = "stop") -> Behaviour:
    """Answers every question with this text."""

    async def behave(exchange: Exchange) -> None:
        await exchange.reply(text, reason)

    return behave


async def first_sentence(exchange: Exchange) -> None:
    """Honest and dull: the numbered sentence nearest to the question, as it stands."""
    id, text = exchange.best
    await exchange.reply(f"{text} [{id}]")


@pytest.fixture(scope="module")
def server():
    """One that answers with the nearest sentence, until a test has it behave otherwise."""
    with ModelServer(first_sentence) as running:
        yield running
