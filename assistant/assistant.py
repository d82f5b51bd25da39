"""The Python surface: an Assistant over a published index."""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Iterable
from typing import Any, Self

from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant.answer import Related, Reply
from assistant.conversation import History
from assistant.engine import Asked, QueryEngine, related
from assistant.errors import QuestionError
from assistant.events import Event, Observer, stream, unobserved
from assistant.quote_check import Part, QuoteChecker
from assistant.retriever import Filters, Question, Retriever
from assistant.settings import Settings
from index.article import Article
from index.live import LiveIndex
from index.recipe import recipe

_UNTYPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Assistant:
    """Answers questions from the articles of one index. Safe to use from several threads; close it when done.

    `query_engine` is the LlamaIndex query engine behind `ask`.
    """

    def __init__(self, settings: Settings, embedder: BaseEmbedding, live: LiveIndex) -> None:
        self.settings = settings
        self._embedder, self._live = embedder, live
        self.query_engine = QueryEngine(live, embedder, settings)
        self._checker = QuoteChecker(settings.max_question_chars)

    @classmethod
    def open(cls, settings: Settings | None = None, *, embedder: BaseEmbedding | None = None) -> Self:
        """Open the published index of `settings.home` (settings from the environment when not given).

        `embedder` stands in for the default one; it must be the one that the index was built with.
        Raises SettingsError, IndexMissing, IndexMismatch, IndexDamaged.
        """
        settings = settings or Settings.from_environment()
        if embedder is None:
            from index.embedder import E5Embedding

            embedder = E5Embedding()
        return cls(settings, embedder, LiveIndex(settings.home, recipe(settings, embedder.model_name)))

    def ask(self, question: str, history: History = (), filters: Filters | None = None) -> Reply:
        """Answer a question, or refuse it.

        `history` holds the turns before it, oldest first, as ("user" or "assistant", text); `filters` limits the
        articles. Raises QuestionError for an empty or overlong question, IndexUnusable when the index is gone.
        """
        return self._answer(question, history, filters, unobserved)

    async def aask(self, question: str, history: History = (), filters: Filters | None = None) -> Reply:
        """As `ask`, without holding up the event loop."""
        return await asyncio.to_thread(self.ask, question, history, filters)

    async def astream(self, question: str, history: History = (), filters: Filters | None = None) -> AsyncIterator[Event]:
        """As `aask`, telling what happens as it happens: Searching, Found, ClaimShown for each, Done with the reply."""
        async for event in stream(lambda observer: self._answer(question, history, filters, observer)):
            yield event

    def check_quote(self, text: str) -> tuple[Part, ...]:
        """Whether the articles hold a quotation: exact, near (with what differs) or absent, each part of it apart.

        Raises QuestionError for a text that is too short to be told, or too long.
        """
        with self._live.generation() as generation:
            return self._checker.check(text, {id: r["sha256"] for id, r in generation.records.items()}, generation.article)

    def search(self, text: str, limit: int = 10, filters: Filters | None = None) -> list[Related]:
        """The passages closest to a text, best first, with their scores. Raises QuestionError for an empty text."""
        question = Question(self._checked(text), filters=filters)
        with self._live.generation() as generation:
            nodes = Retriever(generation, self._embedder, limit).retrieve(question)
            return [related(n.node.found, generation) for n in nodes]  # type: ignore[attr-defined]

    def articles(self) -> list[dict[str, Any]]:
        """A record an article: id, title, publisher, url, published, language, passages (how many)."""
        shown = ("id", "title", "publisher", "url", "published", "language", "passages")
        with self._live.generation() as generation:
            return [{name: record[name] for name in shown} for record in generation.manifest.articles]

    def article(self, id: str) -> Article:
        """An article with its text. Raises KeyError for an unknown id."""
        with self._live.generation() as generation:
            return generation.article(id)

    def close(self) -> None:
        """Close the index."""
        self._live.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answer(self, question: str, history: History, filters: Filters | None, observer: Observer) -> Reply:
        asked = Asked(self._checked(question), filters=filters, history=tuple(history), observer=observer)
        reply: Reply = self.query_engine.query(asked).metadata["reply"]  # type: ignore[index]
        return reply

    def _checked(self, question: str) -> str:
        text = " ".join(_UNTYPED.sub(" ", question).split())
        limit = self.settings.max_question_chars
        if not text:
            raise QuestionError("The question is empty.")
        if len(text) > limit:
            raise QuestionError(f"The question has {len(text):,} characters; {limit:,} can be asked at once.")
        return text


_shared: Assistant | None = None
_shared_lock = threading.Lock()


def ask(question: str, history: Iterable[tuple[str, str]] = (), filters: Filters | None = None) -> Reply:
    """`Assistant.ask` on one assistant that all callers share, opened by the first with settings from the environment."""
    global _shared
    with _shared_lock:
        if _shared is None:
            _shared = Assistant.open()
    return _shared.ask(question, history, filters)
