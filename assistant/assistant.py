"""The Python surface: an Assistant over a published index."""

import threading
from collections.abc import AsyncGenerator, Iterable
from typing import Any, Self

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import LLM

from assistant.answer import Related, Reply
from assistant.cancellation import Cancellation
from assistant.conversation import History
from assistant.engine import Asked, QueryEngine, related
from assistant.events import Done, Event, Observer, stream, unobserved
from assistant.model import Model, chosen_model
from assistant.quote_check import Part, QuoteChecker
from assistant.retriever import Filters, Question, Retriever
from assistant.settings import Settings
from assistant.typed import checked
from assistant.voices import Address, addresses
from index.article import Article
from index.live import LiveIndex
from index.place import place_of
from index.recipe import recipe


class Assistant:
    """Answers questions from the articles of one index. Safe to use from several threads; close it when done.

    `query_engine` is the LlamaIndex query engine behind `ask`.
    """

    def __init__(self, settings: Settings, embedder: BaseEmbedding, live: LiveIndex, model: Model | None = None) -> None:
        self.settings = settings
        self._embedder, self._live, self._model = embedder, live, model
        self.query_engine = QueryEngine(live, embedder, settings, model)
        self._quoting = QueryEngine(live, embedder, settings)
        self._checker = QuoteChecker(settings.max_question_chars)

    @classmethod
    def open(cls, settings: Settings | None = None, *, llm: LLM | None = None, embedder: BaseEmbedding | None = None) -> Self:
        """Open the published index of `settings.home` (settings from the environment when not given).

        `llm` is the LlamaIndex model that writes answers, in place of the one that the settings name. `embedder` stands in
        for the one of the settings; it must be the one that the index was built with.
        Raises SettingsError, ModelError, EmbedderError, IndexMissing, IndexMismatch, IndexDamaged.
        """
        settings = settings or Settings.from_environment()
        if embedder is None:
            from index.embedder import choose_embedder

            embedder = choose_embedder(settings)
        live = LiveIndex(place_of(settings), recipe(settings, embedder.model_name))
        return cls(settings, embedder, live, chosen_model(settings, llm))

    def ask(self, question: str, history: History = (), filters: Filters | None = None) -> Reply:
        """Answer a question, or refuse it.

        `history` holds the turns before it, oldest first, as ("user" or "assistant", text); `filters` limits the
        articles. Raises QuestionError for an empty or overlong question, IndexUnusable when the index is gone.
        """
        return self._answer(question, history, filters, unobserved, Cancellation())

    def quote(self, question: str, filters: Filters | None = None) -> Reply:
        """As `ask`, but with quotes alone: no model is asked, whatever the settings say."""
        return _reply(self._quoting, Asked(self._checked(question), filters=filters))

    async def aask(self, question: str, history: History = (), filters: Filters | None = None) -> Reply:
        """As `ask`, without holding up the event loop. Cancelled, it stops a model that is writing."""
        async for event in self.astream(question, history, filters):
            if isinstance(event, Done):
                return event.reply
        raise RuntimeError("An answer ended without its reply.")

    def astream(self, question: str, history: History = (), filters: Filters | None = None) -> AsyncGenerator[Event]:
        """As `aask`, telling what happens as it happens: Searching, Found, ClaimShown for each, Done with the reply.

        Closed before its end, it stops a model that is writing.
        """
        return stream(lambda observer, cancellation: self._answer(question, history, filters, observer, cancellation))

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

    @property
    def notice(self) -> str:
        """What is wrong with the index though questions are answered (an older one does), with the command; or nothing."""
        return self._live.notice

    def articles(self) -> list[dict[str, Any]]:
        """A record an article: id, title, publisher, url, published, language, passages (how many)."""
        shown = ("id", "title", "publisher", "url", "published", "language", "passages")
        with self._live.generation() as generation:
            return [{name: record[name] for name in shown} for record in generation.manifest.articles]

    def article(self, id: str) -> Article:
        """An article with its text. Raises KeyError for an unknown id."""
        with self._live.generation() as generation:
            return generation.article(id)

    def addresses(self, id: str) -> tuple[Address, ...]:
        """Where else an article was published: its copies in the index. Raises KeyError for an unknown id."""
        with self._live.generation() as generation:
            return addresses(generation, id)

    def close(self) -> None:
        """Close the index, and the connections to a model."""
        self._live.close()
        if self._model is not None:
            self._model.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answer(
        self, question: str, history: History, filters: Filters | None, observer: Observer, cancellation: Cancellation
    ) -> Reply:
        asked = Asked(
            self._checked(question), filters=filters, history=tuple(history), observer=observer, cancellation=cancellation
        )
        return _reply(self.query_engine, asked)

    def _checked(self, question: str) -> str:
        return checked(question, self.settings.max_question_chars)


def _reply(engine: QueryEngine, asked: Asked) -> Reply:
    reply: Reply = engine.query(asked).metadata["reply"]  # type: ignore[index]
    return reply


_shared: Assistant | None = None
_shared_lock = threading.Lock()


def ask(question: str, history: Iterable[tuple[str, str]] = (), filters: Filters | None = None) -> Reply:
    """`Assistant.ask` on one assistant that all callers share, opened by the first with settings from the environment."""
    global _shared
    with _shared_lock:
        if _shared is None:
            _shared = Assistant.open()
    return _shared.ask(question, history, filters)
