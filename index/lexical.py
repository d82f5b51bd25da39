"""The lexical half of retrieval: terms, and BM25 over passages by bm25s."""

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

import bm25s
import numpy as np
from numpy.typing import NDArray

VERSION = 2
"""Part of the index's recipe: raise it when the same text would give other terms."""

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")  # "RoadAlphaBay": words that lost the space between them
_LONG, _SHORT = 6, 4
"""Letters of a word that make its two terms: cognates, plurals and names meet across languages without a stemmer."""

PSEUDO = 100
"""Passages that hold nothing, added where idfs are reckoned: in a corpus of a few passages rarity means little yet."""

STOP_WORDS = frozenset(
    """a an the of in on at by for with from to and or is are was were be been being do does did has have had what
    which who whom whose when where why how that this these those it its as into than then there their his her he she
    they them you your i we our us can could would should will may might not no about s t
    el la los las un una unos unas de del al en por para con sin sobre y o e u que cual cuales quien quienes cuando donde
    como cuanto cuantos cuanta cuantas es son fue fueron era eran ser esta estan ha han se su sus lo le les este estos
    estas ese esa si mas entre
    os as um uma uns umas do da dos das nas nos na em pelo pela com sem ou qual quais quem quando onde quanto quantos
    quanta quantas sao foi foram seu sua seus suas lhe esse essa isso nao ao aos""".split()
)
"""Function words of English, Spanish and Portuguese, without accents, dropped from every text: its language matters not."""


def fold(text: str) -> str:
    """Lower case without accents, so that `Ántrax` and `antrax` are one word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words of a text, folded, function words and all; a word with a capital inside gives its parts too."""
    # An accent apart from its letter would end the word.
    return [folded for word in _WORD.findall(unicodedata.normalize("NFC", text)) for folded in _folded(word)]


@lru_cache(maxsize=100_000)
def _folded(word: str) -> tuple[str, ...]:
    """A word as it is looked for, and its parts if it has a capital inside. Kept: texts repeat their words."""
    parts = _CAMEL.split(word)
    return tuple(fold(part) for part in ([word, *parts] if len(parts) > 1 else parts))


def terms(text: str) -> list[str]:
    """Two terms for each word that is no function word: its first six letters and, marked with ~, its first four."""
    long: list[str] = []
    short: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        for folded in _folded(word):
            if folded not in STOP_WORDS:
                long.append(folded[:_LONG])
                short.append("~" + folded[:_SHORT])
    return long + short


class Lexical:
    """BM25 (as Lucene has it, k1 1.5, b 0.75) over the passages of an index, in the manifest's order."""

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
        # bm25s can't index passages without a single term; no question has an empty one.
        ranker.index([terms(text) or [""] for text in texts], show_progress=False)
        return cls(ranker)

    def save(self, folder: Path) -> None:
        """Write into `folder`, which is made."""
        self._ranker.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote."""
        return cls(bm25s.BM25.load(folder, show_progress=False))

    def idf(self, term: str) -> float:
        """ln(1 + (N + PSEUDO - n + 0.5) / (n + 0.5)) for a term that n of N passages hold; highest for one in none."""
        return self._idf(term, self.passages + PSEUDO)

    def _idf(self, term: str, passages: int) -> float:
        span = self._span(term)
        n = span.stop - span.start if span else 0
        return float(np.log1p((passages - n + 0.5) / (n + 0.5)))

    def weights(self, *questions: str) -> dict[str, float]:
        """Each term of a question with its share of the sum of their idfs; of several questions, the mean of these."""
        shares: dict[str, float] = {}
        for question in questions:
            idfs = {term: self.idf(term) for term in terms(question)}
            total = sum(idfs.values()) * len(questions)
            for term, idf in idfs.items():
                shares[term] = shares.get(term, 0.0) + idf / total
        return shares

    def scores(self, weights: dict[str, float]) -> NDArray[np.float32]:
        """One score a passage, 0 to 1: its BM25 with `weights` for idfs.

        A term's part of Lucene's BM25 never exceeds its idf, so the sum of the weights, which is 1, bounds the score.
        Terms that no passage holds have their share too, so that this half fades out by itself when a question is in
        another language.
        """
        total = np.zeros(self.passages, dtype=np.float32)
        for term, weight in weights.items():
            if (span := self._span(term)) is not None:
                total[self._rows[span]] += self._data[span] * np.float32(weight / self._idf(term, self.passages))
        return total

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        return dict(self._ranker.vocab_dict)

    def _span(self, term: str) -> slice | None:
        column = self._vocabulary.get(term)
        if column is None or self._starts[column] == self._starts[column + 1]:
            return None
        return slice(int(self._starts[column]), int(self._starts[column + 1]))


def coverage(weights: dict[str, float], held: Iterable[AbstractSet[str]]) -> NDArray[np.float32]:
    """The share of a question's terms, by `Lexical.weights`, that each of several sets of terms holds: 0 to 1."""
    shares: list[Any] = [sum(w for term, w in weights.items() if term in terms) for terms in held]
    return np.asarray(shares, dtype=np.float32)
