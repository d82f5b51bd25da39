"""The lexical half of retrieval: BM25 over passages, by bm25s."""

import re
import unicodedata
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import bm25s
import numpy as np
from numpy.typing import NDArray

VERSION = 1
"""Part of the index's recipe: raise it when the same text would give other terms."""

_WORD = re.compile(r"\w+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")  # "RoadAlphaBay": words that lost the space between them


def fold(text: str) -> str:
    """Lower case without accents, so that `Ántrax` and `antrax` are one word."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def terms(text: str) -> list[str]:
    """The words of a text, folded; a word with a capital inside gives its parts too."""
    found = []
    for word in _WORD.findall(text):
        parts = _CAMEL.split(word)
        found.extend(fold(part) for part in ([word, *parts] if len(parts) > 1 else parts))
    return found


class Lexical:
    """BM25 (Robertson's idf as Lucene has it, k1 1.5, b 0.75) over the passages of an index, in the manifest's order."""

    def __init__(self, ranker: bm25s.BM25) -> None:
        self._ranker = ranker
        scores = ranker.scores
        self._data: NDArray[np.float32] = scores["data"]
        self._starts: NDArray[np.int64] = scores["indptr"]
        self._rows: NDArray[np.int64] = scores["indices"]
        self.passages = int(scores["num_docs"])

    @classmethod
    def build(cls, texts: list[str]) -> Self:
        """Index passages; all in one go, as bm25s can't add to what it has."""
        ranker = bm25s.BM25()
        ranker.index([terms(text) for text in texts], show_progress=False)
        return cls(ranker)

    def save(self, folder: Path) -> None:
        """Write into `folder`, which is made."""
        self._ranker.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote."""
        return cls(bm25s.BM25.load(folder, show_progress=False))

    def idf(self, term: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)) for a term in n of N passages."""
        n = self._count(term)
        return float(np.log1p((self.passages - n + 0.5) / (n + 0.5)))

    def known(self, term: str) -> bool:
        """Whether any passage holds the term."""
        return self._count(term) > 0

    def scores(self, question_terms: list[str]) -> NDArray[np.float32]:
        """One score a passage: BM25 divided by the best that the question's known terms could reach, 0 to 1.

        The best is the sum, over the terms, of each one's highest score in any passage.
        """
        total = np.zeros(self.passages, dtype=np.float32)
        best = 0.0
        for term in set(question_terms):
            if (span := self._span(term)) is not None:
                total[self._rows[span]] += self._data[span]
                best += float(self._data[span].max())
        return total / best if best else total

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        return dict(self._ranker.vocab_dict)

    def _span(self, term: str) -> slice | None:
        column = self._vocabulary.get(term)
        if column is None or self._starts[column] == self._starts[column + 1]:
            return None
        return slice(int(self._starts[column]), int(self._starts[column + 1]))

    def _count(self, term: str) -> int:
        span: Any = self._span(term)
        return span.stop - span.start if span else 0
