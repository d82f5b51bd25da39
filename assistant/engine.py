"""The one way from a question to a reply: a LlamaIndex query engine over the retriever."""

import asyncio
import math
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import QueryBundle

from assistant.answer import Answer, CitedClaim, Refusal, Related, Reply
from assistant.budget import Budget
from assistant.calibration import calibration_of
from assistant.cancellation import Cancellation
from assistant.citing import Check, Citer
from assistant.conversation import Standalone, standalone
from assistant.cues import subject
from assistant.events import ClaimShown, Found, Observer, Searching, unobserved
from assistant.language import language_of
from assistant.model import Model
from assistant.model_reader import ModelReader
from assistant.nearness import nearness_of
from assistant.quote_reader import QuoteReader, ScoredSentence, rank_sentences
from assistant.retriever import Question, Retriever, ScoredPassage
from assistant.rewriting import rewritten
from assistant.settings import Settings
from assistant.sufficiency import THRESHOLD, confidence
from assistant.verify import verify
from assistant.writing import Material, Writer, Written
from index.errors import IndexDamaged
from index.generation import Generation
from index.live import LiveIndex

READ = 8
"""Passages that a reader is given."""


@dataclass
class Asked(Question):
    """A question as it was asked, with the turns before it. `query_str` is what was typed.

    `observer` looks on; `cancellation` is set when nobody waits for the reply any more.
    """

    history: tuple[tuple[str, str], ...] = field(default=())
    observer: Observer = field(default=unobserved)
    cancellation: Cancellation = field(default_factory=Cancellation)


class QueryEngine(BaseQueryEngine):
    """question (+ history) -> standalone question -> passages -> enough? -> reader -> claims -> citations -> reply.

    `query` returns a LlamaIndex `Response`: its text, the passages as `source_nodes`, and in its metadata the `reply` and
    the sentences that could be quoted, best first, as `ranked`. With a `model`, that writes the claims.
    """

    def __init__(self, live: LiveIndex, embedder: BaseEmbedding, settings: Settings, model: Model | None = None) -> None:
        super().__init__(callback_manager=None)
        self._live, self._embedder, self._settings, self._model = live, embedder, settings, model
        self._writer = Writer(QuoteReader(settings.quotes), ModelReader(model, settings) if model else None)
        similarity = nearness_of(embedder) if model else None
        self._check: Check = lambda text, evidence: verify(text, evidence, similarity)

    def unchecked(self) -> "QueryEngine":
        """An engine that shows whatever a model writes with ids that exist: for measuring what the check keeps out."""
        engine = QueryEngine(self._live, self._embedder, self._settings, self._model)
        engine._check = lambda text, evidence: None
        if engine._model is not None:
            reader = ModelReader(engine._model, engine._settings)
            engine._writer = Writer(QuoteReader(engine._settings.quotes), reader, near=math.inf, further=math.inf)
        return engine

    def _query(self, query_bundle: QueryBundle) -> Response:
        asked = query_bundle if isinstance(query_bundle, Asked) else Asked(query_bundle.query_str)
        shown: list[CitedClaim] = []
        try:
            with self._live.generation() as generation:
                return self._answer(asked, generation, shown)
        except IndexDamaged:
            if shown:
                raise
            # Its files were damaged, or dropped as two new ones were published: the newest sound one is opened.
            with self._live.generation() as generation:
                return self._answer(asked, generation, shown)

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        asked = query_bundle if isinstance(query_bundle, Asked) else Asked(query_bundle.query_str)
        try:
            return await asyncio.to_thread(self._query, asked)
        finally:
            asked.cancellation.cancel()

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}

    def _answer(self, asked: Asked, generation: Generation, shown: list[CitedClaim]) -> Response:
        clock = _Clock()
        budget = Budget(self._settings.model_timeout, self._settings.model_requests)
        asked.observer(Searching(sum(asked.filters is None or asked.filters.admits(r) for r in generation.manifest.articles)))
        offline = standalone(asked.query_str, asked.history)
        alone = self._rewritten(asked, offline, budget)
        if alone is not offline:
            clock.lap("standalone")
        question = Question(alone.text, custom_embedding_strs=[subject(v) for v in alone.variants], filters=asked.filters)
        nodes = Retriever(generation, self._embedder).retrieve(question)
        found: list[ScoredPassage] = [n.node.found for n in nodes]  # type: ignore[attr-defined]
        clock.lap("retrieve")
        asked.observer(Found(min(len(found), READ)))
        said = "\n".join(text for role, text in asked.history if role != "user")
        ranked = rank_sentences(found[:READ], offline.question, said, generation.records)
        sure = self._confidence(question, found, ranked, generation)
        written = Written(self._writer.name)
        if sure >= THRESHOLD:
            material = Material(offline.question, alone.text, found[:READ], ranked, generation, sure)
            written = self._written(material, offline, asked, budget, shown)
        clock.lap("read")
        common: dict[str, Any] = {
            "question": asked.query_str,
            "standalone_question": alone.text,
            "language": language_of(asked.query_str),
            "related": self._related(found, generation),
            "reader": written.reader,
            "confidence": sure,
            "rejected": tuple(written.rejected),
            "complete": written.complete,
            "note": written.note,
            "failure": written.failure,
            "usage": dict(budget.usage),
            "timings": clock.laps(),
        }
        if self._model is not None and written.first_claim is not None:
            common["timings"]["first_claim"] = written.first_claim
        reply: Reply = Answer(claims=tuple(written.claims), **common) if written.claims else Refusal(**common)
        return Response(reply.text, source_nodes=nodes, metadata={"reply": reply, "ranked": ranked})

    def _rewritten(self, asked: Asked, offline: Standalone, budget: Budget) -> Standalone:
        """A follow-up as the model makes it stand alone; where it can't, and for any other question, `offline`."""
        if self._model is None or len(offline.variants) == 1:
            return offline
        limit = self._settings.max_question_chars
        text = rewritten(asked.query_str, asked.history, self._model, limit, budget, asked.cancellation)
        return Standalone(text, (text, *offline.variants)) if text else offline

    def _written(
        self, material: Material, offline: Standalone, asked: Asked, budget: Budget, shown: list[CitedClaim]
    ) -> Written:
        def show(claim: CitedClaim) -> None:
            shown.append(claim)
            asked.observer(ClaimShown(claim))

        # The check is given the user's own words: what a model made of them would let its own names in.
        citer = Citer(material.generation, offline.text, self._check)
        return self._writer.write(material, citer, show, budget, asked.cancellation)

    def _confidence(
        self, question: Question, found: list[ScoredPassage], ranked: list[ScoredSentence], generation: Generation
    ) -> float:
        if not ranked:
            return 0.0
        vector = np.asarray(question.embedding, dtype=np.float32)
        record = generation.records[ranked[0].found.passage.article_id]
        by = calibration_of(self._embedder.model_name)
        follows = len(question.embedding_strs) > 1
        return confidence(
            question.query_str, vector, found, ranked[0], record["title"], by, follows=follows, language=record["language"]
        )

    def _related(self, found: list[ScoredPassage], generation: Generation) -> tuple[Related, ...]:
        return tuple(related(f, generation) for f in found[: self._settings.related])


def related(found: ScoredPassage, generation: Generation) -> Related:
    """A found passage as reading."""
    p = found.passage
    title = str(generation.records[p.article_id]["title"])
    return Related(p.article_id, title, p.start, p.end, p.text, round(found.score, 4))


class _Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name], self._last = now - self._last, now

    def laps(self) -> dict[str, float]:
        return self._laps | {"total": time.perf_counter() - self._start}
