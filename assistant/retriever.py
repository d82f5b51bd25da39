"""Finds passages: sentence vectors and BM25, fused on their scores."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from numpy.typing import NDArray

from index.generation import Generation
from index.lexical import terms
from index.passages import Passage
from index.sentences import Sentence
from index.store import StoredPassage, Vectors

SENTENCES = 50
"""Nearest sentences that are looked up; their passages and the best of BM25 are then scored exactly."""

LEXICAL_PASSAGES = 20
MEAN_WEIGHT = 0.5
LEXICAL_WEIGHT = 0.12


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
    """A passage with what speaks for it: `score` orders passages, `cosines` has one value a quotable sentence."""

    stored: StoredPassage
    score: float
    cosines: NDArray[np.float32]
    lexical: float

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.stored.passage

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences that may be quoted, in the order of `cosines`."""
        return self.stored.quotable


class PassageNode(TextNode):
    """A found passage as LlamaIndex's interfaces pass it on."""

    found: Any

    @classmethod
    def of(cls, found: ScoredPassage) -> NodeWithScore:
        """Wrap a passage with its score."""
        p = found.passage
        place = {"article_id": p.article_id, "start": p.start, "end": p.end}
        return NodeWithScore(node=cls(id_=p.id, text=p.text, metadata=place, found=found), score=found.score)


class Retriever(BaseRetriever):
    """Question -> the passages that speak to it, best first.

    Score of a passage: cosine of its best sentence + MEAN_WEIGHT x cosine with the mean of its sentences
    + LEXICAL_WEIGHT x (share of the question's terms that the index holds) x BM25 / the best that BM25 could give.
    """

    def __init__(self, generation: Generation, embedder: BaseEmbedding, limit: int = 8) -> None:
        self._generation, self._embedder, self._limit = generation, embedder, limit
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [PassageNode.of(found) for found in self._find(query_bundle)]

    def _find(self, bundle: QueryBundle) -> list[ScoredPassage]:
        filters = bundle.filters if isinstance(bundle, Question) else None
        if bundle.embedding is None:
            bundle.embedding = self._embedder.get_query_embedding(bundle.query_str)
        vector = np.asarray(bundle.embedding, dtype=np.float32)
        asked = terms(bundle.query_str)
        lexical = self._generation.lexical.scores(asked) * LEXICAL_WEIGHT * self._known_share(asked)
        by_id = self._lexical_by_id(lexical)
        candidates = self._candidates(vector, lexical, filters)
        scored = [self._score(row, vector, by_id) for row in self._generation.store.stored(candidates).values()]
        return sorted(scored, key=lambda s: (-s.score, s.passage.id))[: self._limit]

    def _known_share(self, asked: list[str]) -> float:
        return sum(map(self._generation.lexical.known, asked)) / len(asked) if asked else 0.0

    def _lexical_by_id(self, lexical: NDArray[np.float32]) -> dict[str, float]:
        return {self._generation.passage_ids[i]: float(lexical[i]) for i in np.flatnonzero(lexical)}

    def _candidates(self, vector: Vectors, lexical: NDArray[np.float32], filters: Filters | None) -> list[str]:
        """Passages worth an exact score. Within limits all are: Chroma's filters are slower than numpy."""
        if filters is not None:
            admitted = [r for r in self._generation.manifest.articles if filters.admits(r)]
            return [f"{r['id']}#{n}" for r in admitted for n in range(r["passages"])]
        near = [id for id, _ in self._generation.store.nearest(vector, min(SENTENCES, self._generation.manifest.sentences))]
        best = [int(i) for i in np.argsort(-lexical, kind="stable")[:LEXICAL_PASSAGES] if lexical[i] > 0]
        return list(dict.fromkeys([*near, *(self._generation.passage_ids[i] for i in best)]))

    def _score(self, row: StoredPassage, vector: Vectors, lexical: dict[str, float]) -> ScoredPassage:
        cosines = row.vectors @ vector
        best = float(cosines.max()) if len(cosines) else float(row.mean @ vector)
        words = lexical.get(row.passage.id, 0.0)
        return ScoredPassage(row, best + MEAN_WEIGHT * float(row.mean @ vector) + words, cosines, words)
