"""The one way from a question to a reply: a LlamaIndex query engine over the retriever."""

import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import QueryBundle

from assistant.answer import Answer, Citation, CitedClaim, Claim, Refusal, Rejected, Related, Reply
from assistant.calibration import calibration_of
from assistant.conversation import standalone
from assistant.cues import subject, wanted
from assistant.errors import CitationError
from assistant.events import ClaimShown, Found, Observer, Searching, unobserved
from assistant.language import language_of
from assistant.quote_reader import QuoteReader, ScoredSentence, rank_sentences
from assistant.retriever import Question, Retriever, ScoredPassage
from assistant.settings import Settings
from assistant.sufficiency import THRESHOLD, confidence
from index.article import Article
from index.errors import IndexDamaged
from index.generation import Generation
from index.live import LiveIndex

READ = 8
"""Passages that a reader is given."""


@dataclass
class Asked(Question):
    """A question as it was asked, with the turns before it. `query_str` is what was typed; `observer` looks on."""

    history: tuple[tuple[str, str], ...] = field(default=())
    observer: Observer = field(default=unobserved)


class QueryEngine(BaseQueryEngine):
    """question (+ history) -> standalone question -> passages -> enough? -> reader -> claims -> citations -> reply.

    `query` returns a LlamaIndex `Response`: its text, the passages as `source_nodes`, and in its metadata the `reply` and
    the sentences that could be quoted, best first, as `ranked`.
    """

    def __init__(self, live: LiveIndex, embedder: BaseEmbedding, settings: Settings) -> None:
        super().__init__(callback_manager=None)
        self._live, self._embedder, self._settings = live, embedder, settings
        self._reader = QuoteReader(settings.quotes)

    def _query(self, query_bundle: QueryBundle) -> Response:
        asked = query_bundle if isinstance(query_bundle, Asked) else Asked(query_bundle.query_str)
        with self._live.generation() as generation:
            try:
                return self._answer(asked, generation)
            except IndexDamaged:
                with self._live.generation() as newest:
                    if newest is generation:
                        raise
                    # Two new ones were published meanwhile, and the files of the one in use were dropped.
                    return self._answer(asked, newest)

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        import asyncio

        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}

    def _answer(self, asked: Asked, generation: Generation) -> Response:
        clock = _Clock()
        asked.observer(Searching(sum(asked.filters is None or asked.filters.admits(r) for r in generation.manifest.articles)))
        alone = standalone(asked.query_str, asked.history)
        variants = [subject(variant) for variant in alone.variants]
        question = Question(alone.text, custom_embedding_strs=variants, filters=asked.filters)
        nodes = Retriever(generation, self._embedder).retrieve(question)
        found: list[ScoredPassage] = [n.node.found for n in nodes]  # type: ignore[attr-defined]
        clock.lap("retrieve")
        asked.observer(Found(min(len(found), READ)))
        shown = "\n".join(text for role, text in asked.history if role != "user")
        ranked = rank_sentences(found[:READ], asked.query_str, shown)
        sure = self._confidence(question, found, ranked, generation)
        draft = self._reader.read(ranked, wanted(asked.query_str)) if sure >= THRESHOLD else []
        claims, rejected = self._cited(draft, generation)
        for claim in claims:
            asked.observer(ClaimShown(claim))
        clock.lap("read")
        common: dict[str, Any] = {
            "question": asked.query_str,
            "standalone_question": alone.text,
            "language": language_of(asked.query_str),
            "related": self._related(found, generation),
            "reader": self._reader.name,
            "confidence": sure,
            "rejected": rejected,
            "timings": clock.laps(),
        }
        reply: Reply = Answer(claims=claims, **common) if claims else Refusal(**common)
        return Response(reply.text, source_nodes=nodes, metadata={"reply": reply, "ranked": ranked})

    def _confidence(
        self, question: Question, found: list[ScoredPassage], ranked: list[ScoredSentence], generation: Generation
    ) -> float:
        if not ranked:
            return 0.0
        vector = np.asarray(question.embedding, dtype=np.float32)
        title = str(generation.records[ranked[0].found.passage.article_id]["title"])
        by = calibration_of(self._embedder.model_name)
        return confidence(question.query_str, vector, found, ranked[0], title, by)

    def _cited(self, claims: list[Claim], generation: Generation) -> tuple[tuple[CitedClaim, ...], tuple[Rejected, ...]]:
        """Claims with their citations, numbered as they come; a claim without its quote in the article is rejected."""
        articles: dict[str, Article] = {}
        cited: list[CitedClaim] = []
        rejected: list[Rejected] = []
        number = 0
        for claim in claims:
            try:
                citations: list[Citation] = []
                for span in claim.spans:
                    if span.article_id not in articles:
                        articles[span.article_id] = generation.article(span.article_id)
                    citations.append(Citation(number + 1 + len(citations), articles[span.article_id], span.start, span.end))
                cited.append(CitedClaim(tuple(citations)))
                number += len(citations)
            except (CitationError, KeyError):
                rejected.append(Rejected(str(claim.spans), "no such quote"))
        return tuple(cited), tuple(rejected)

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
