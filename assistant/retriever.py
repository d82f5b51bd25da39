"""Finds passages: sentence vectors and BM25, fused on their scores."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from numpy.typing import NDArray

from assistant.antecedent import antecedents
from assistant.calibration import calibration_of
from assistant.voices import one_voice
from index.generation import Generation
from index.lexical import coverage, terms
from index.passages import Passage
from index.sentences import Sentence
from index.store import StoredPassage, Vectors, body_sentences

PASSAGES = 25
"""Passages that are returned; a reader takes the first of them."""

SENTENCES = 50
"""Nearest sentences that are looked up; their passages and the best of BM25 are then scored exactly."""

MOST_SENTENCES = 3200
"""Nearest sentences that are looked up at the most, where copies of an article take the first places."""

LEXICAL_PASSAGES = 20
"""Passages that BM25 alone may bring in: they hold the question's words though no sentence is near."""

WINDOW_WEIGHT = 0.10
"""Of the share of the question's terms in a sentence and its neighbours: without it, right passage first .862, not .889."""

LEXICAL_WEIGHT = 0.10
"""Of BM25 over the whole passage: worth .003 in English, .018 in Portuguese."""

PASSAGE_WEIGHT = 0.50
"""Of the passage's score in the score of a sentence: the answer in the first three sentences .904, not .894."""

OWN_WEIGHT = 0.10
"""Of the share of the question's terms in the sentence itself: the answer in the first sentence .776, not .763."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits of a question to some articles. Dates are ISO 8601 and inclusive; an article without one is outside."""

    article_ids: frozenset[str] = frozenset()
    publisher: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    language: str | None = None

    def admits(self, record: dict[str, Any]) -> bool:
        """Whether an article's record is within the limits."""
        published = record["published"] or ""
        return (
            (not self.article_ids or record["id"] in self.article_ids)
            and (not self.publisher or record["publisher"] == self.publisher)
            and (not self.language or record["language"] == self.language)
            and (not self.published_from or published >= self.published_from)
            and (not self.published_to or "" < published <= self.published_to)
        )


@dataclass
class Question(QueryBundle):
    """A standalone question with its limits, in the form that LlamaIndex's interfaces take."""

    filters: Filters | None = field(default=None)


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with what speaks for it: its `score` orders passages; the arrays have one value a quotable sentence.

    `cosines` with the question; `own` and `window`: the share, 0 to 1, of the question's terms (by idf) that the
    sentence holds (with the one it leans on), and that it holds with its neighbours; `scores` order sentences;
    `lexical`: the passage's BM25, 0 to 1.
    """

    stored: StoredPassage
    score: float
    cosines: NDArray[np.float32]
    own: NDArray[np.float32]
    window: NDArray[np.float32]
    scores: NDArray[np.float32]
    lexical: float

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.stored.passage

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences that may be quoted, in the order of the arrays."""
        return self.stored.quotable


class PassageNode(TextNode):
    """A found passage as LlamaIndex's interfaces pass it on."""

    found: Any

    @classmethod
    def of(cls, found: ScoredPassage) -> NodeWithScore:
        """Wrap a passage with its score."""
        p = found.passage
        place = {"article_id": p.article_id, "start": p.start, "end": p.end}
        return NodeWithScore(node=cls(id_=p.id, text=p.text, extra_info=place, found=found), score=found.score)


class Retriever(BaseRetriever):
    """Question -> the passages that speak to it, best first. Of copies of an article, only the best is among them.

    Passage = max over its sentences of (cosine + WINDOW_WEIGHT x window coverage) + LEXICAL_WEIGHT x BM25 share.
    Sentence = cosine + PASSAGE_WEIGHT x passage + OWN_WEIGHT x own coverage + WINDOW_WEIGHT x window coverage.
    """

    def __init__(self, generation: Generation, embedder: BaseEmbedding, limit: int = PASSAGES) -> None:
        self._generation, self._embedder, self._limit = generation, embedder, limit
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [PassageNode.of(found) for found in self._find(query_bundle)]

    def _find(self, bundle: QueryBundle) -> list[ScoredPassage]:
        filters = bundle.filters if isinstance(bundle, Question) else None
        if bundle.embedding is None:
            # The first question is often the one before: what is asked twice weighs twice, but is embedded once.
            once = {text: self._embedder.get_query_embedding(text) for text in dict.fromkeys(bundle.embedding_strs)}
            mean = np.mean([once[text] for text in bundle.embedding_strs], axis=0)
            bundle.embedding = list(mean / np.linalg.norm(mean))
        vector = np.asarray(bundle.embedding, dtype=np.float32)
        if calibration := calibration_of(self._embedder.model_name):
            vector = calibration.project(vector)
        weights = self._generation.bm25.weights(*bundle.embedding_strs)
        lexical = self._generation.bm25.scores(weights)
        by_id = {self._generation.passage_ids[i]: float(lexical[i]) for i in np.flatnonzero(lexical)}
        rows = self._generation.store.stored(self._candidates(vector, lexical, filters))
        scored = [_score(row, vector, weights, by_id.get(id, 0.0)) for id, row in rows.items()]
        ranked = sorted(scored, key=lambda s: (-s.score, self._is_copy(s.passage.article_id), s.passage.id))
        heard = one_voice(ranked, lambda s: s.passage.article_id, self._generation.voice)
        return list(islice(heard, self._limit))

    def _candidates(self, vector: Vectors, lexical: NDArray[np.float32], filters: Filters | None) -> list[str]:
        """Passages worth an exact score. Within limits all are: Chroma's filters are slower than numpy."""
        if filters is not None:
            admitted = [r for r in self._generation.manifest.articles if filters.admits(r)]
            return [f"{r['id']}#{n}" for r in admitted for n in range(r["passages"])]
        order = np.argsort(-lexical, kind="stable")[: np.count_nonzero(lexical)]
        best = self._heard(self._generation.passage_ids[i] for i in order)
        return list(dict.fromkeys([*self._near(vector), *islice(best, LEXICAL_PASSAGES)]))

    def _near(self, vector: Vectors) -> list[str]:
        """The passages of the nearest sentences; where copies fill these, of more, so that other voices are heard."""
        total, limit = self._generation.manifest.sentences, SENTENCES
        while True:
            found = self._generation.store.nearest(vector, min(limit, total))
            found.sort(key=lambda near: (-round(near[1], 5), self._is_copy(_article(near[0]))))
            heard = list(self._heard(id for id, _ in found))
            if len(heard) >= SENTENCES // 2 or limit >= min(total, MOST_SENTENCES):
                return heard[:SENTENCES]
            limit *= 4

    def _heard(self, passage_ids: Iterable[str]) -> Iterator[str]:
        return one_voice(passage_ids, _article, self._generation.voice)

    def _is_copy(self, article_id: str) -> bool:
        return self._generation.voice(article_id) != article_id


def _article(passage_id: str) -> str:
    return passage_id.rpartition("#")[0]


def _score(row: StoredPassage, vector: Vectors, weights: dict[str, float], lexical: float) -> ScoredPassage:
    held, windows = _sentence_terms(row.passage)
    own, window = coverage(weights, held), coverage(weights, windows)
    cosines = row.vectors @ vector
    best = float(np.max(cosines + WINDOW_WEIGHT * window)) if held else float(row.mean @ vector)
    score = best + LEXICAL_WEIGHT * lexical
    scores = cosines + PASSAGE_WEIGHT * score + OWN_WEIGHT * own + WINDOW_WEIGHT * window
    return ScoredPassage(row, score, cosines, own, window, scores, lexical)


@lru_cache(maxsize=20_000)
def _sentence_terms(passage: Passage) -> tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]:
    """For each body sentence its terms (with those of the one it leans on), and those of it and its neighbours."""
    body = body_sentences(passage)
    alone = {s: frozenset(terms(passage.quote(s))) for s in body}
    held = tuple(alone[s] | alone[b] if b else alone[s] for s, b in zip(body, antecedents(passage), strict=True))
    windows = tuple(frozenset[str]().union(*(alone[s] for s in body[max(0, i - 1) : i + 2])) for i in range(len(body)))
    return held, windows
