"""BM25 over the passages of an index: how often each term stands in each passage, and scores made of that when it is asked.

Scores aren't stored, so that an index whose articles changed a little is made from the last one: the counts of the passages
that stayed are taken over, wherever they now stand, and only new ones are read: 0.4 s with 14,000 passages (96,000 sentences)
that stay, where making all of it anew took 10 s.
"""

import json
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from index.lexical import terms

K1, B = 1.5, 0.75
"""A term that stands twice counts little more than once; a longer passage's terms count less."""

PSEUDO = 100
"""Passages that hold nothing, added where idfs are reckoned: in a corpus of a few passages rarity means little yet."""

_MOST = np.iinfo(np.uint16).max
_ARRAYS = {"starts": np.int64, "rows": np.int32, "counts": np.uint16, "lengths": np.int32}


class BM25:
    """BM25 as Lucene has it, over passages in the manifest's order; each is a row.

    Term n, the n-th of `vocabulary`, stands `counts[i]` times in the passage `rows[i]`, for i from `starts[n]` to
    `starts[n + 1]`, rows rising. `lengths` has how many terms each passage holds.
    """

    def __init__(self, vocabulary: Sequence[str], arrays: Mapping[str, NDArray[Any]]) -> None:
        """Raises ValueError for arrays that don't fit each other."""
        self._column = {term: n for n, term in enumerate(vocabulary)}
        self._starts, self._rows, self._counts, self._lengths = (np.asarray(arrays[n], kind) for n, kind in _ARRAYS.items())
        entries = len(self._rows)
        fit = len(self._starts) == len(vocabulary) + 1 and len(self._counts) == entries == self._starts[-1]
        if not fit or (entries and not 0 <= self._rows.min() <= self._rows.max() < len(self._lengths)):
            raise ValueError("its parts don't fit each other")
        self.passages = len(self._lengths)
        mean = max(1.0, float(self._lengths.mean())) if self.passages else 1.0
        self._norms = (K1 * (1 - B + B * self._lengths / mean)).astype(np.float32)

    @classmethod
    def build(cls, texts: Sequence[str]) -> Self:
        """Of passages that are all new."""
        empty = cls([], {"starts": np.zeros(1), "rows": np.empty(0), "counts": np.empty(0), "lengths": np.empty(0)})
        return empty.revised([], dict(enumerate(texts)))

    def revised(self, rows: Sequence[int], texts: Mapping[int, str]) -> Self:
        """Of other passages: `rows` has the row there of each passage of this one, -1 where it is gone; `texts` the new ones.

        Together they must give each row once, from 0 on. What comes is what `build` makes of all the texts.
        """
        column = dict(self._column)
        lengths = np.zeros(len(texts) + sum(row >= 0 for row in rows), np.int32)
        placed = np.asarray(rows, np.int64)
        lengths[placed[placed >= 0]] = self._lengths[placed >= 0]
        new, held = _count(texts, column), self._entries(placed)
        lengths[new["places"]] = new["lengths"]
        term, row, counts = (np.concatenate([held[part], new[part]]) for part in ("terms", "rows", "counts"))
        order = np.argsort(term << 32 | row, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(term, minlength=len(column)))])
        used = np.diff(starts) > 0  # a term that went with its passages has no column any more
        vocabulary = [t for t, kept in zip(column, used, strict=True) if kept]
        parts = {"starts": np.concatenate([[0], starts[1:][used]]), "rows": row[order], "counts": counts[order]}
        return type(self)(vocabulary, parts | {"lengths": lengths})

    def _entries(self, placed: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """Term, new row and count of each entry of the passages that stay."""
        rows = placed[self._rows]
        terms = np.repeat(np.arange(len(self._column)), np.diff(self._starts))
        stay = rows >= 0
        return {"terms": terms[stay], "rows": rows[stay], "counts": self._counts[stay].astype(np.int64)}

    def save(self, folder: Path) -> None:
        """Write into `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "terms.json").write_text(json.dumps(list(self._column)), encoding="utf-8")
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, f"_{name}"), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote. Raises OSError, ValueError and others of json's and numpy's for what isn't that."""
        vocabulary = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        return cls(vocabulary, {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS})

    def idf(self, term: str) -> float:
        """ln(1 + (N + PSEUDO - n + 0.5) / (n + 0.5)) for a term that n of N passages hold; highest for one in none."""
        span = self._span(term)
        n = span.stop - span.start
        return float(np.log1p((self.passages + PSEUDO - n + 0.5) / (n + 0.5)))

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

        That is, of each term, weight * f / (f + K1 * (1 - B + B * length / mean length)) for a term that stands f times in a
        passage (Robertson and Zaragoza 2009, without the factor K1 + 1, as in Lucene). No term gives more than its weight,
        and the weights' sum is 1. Terms that no passage holds have their share too, so that this half fades out by itself
        when a question is in another language.
        """
        total = np.zeros(self.passages, dtype=np.float32)
        for term, weight in weights.items():
            span = self._span(term)
            rows, counts = self._rows[span], self._counts[span].astype(np.float32)
            total[rows] += np.float32(weight) * counts / (counts + self._norms[rows])
        return total

    def _span(self, term: str) -> slice:
        """Where a term's entries are."""
        column = self._column.get(term)
        return slice(0, 0) if column is None else slice(int(self._starts[column]), int(self._starts[column + 1]))


def _count(texts: Mapping[int, str], column: dict[str, int]) -> dict[str, NDArray[np.int64]]:
    """Term, row and count of each term of each text, new ones added to `column`; of each text, row and number of terms."""
    found, counts, sizes, lengths = array("l"), array("l"), array("l"), array("l")
    for text in texts.values():
        held = Counter(terms(text))
        found.extend([column.setdefault(term, len(column)) for term in held])
        counts.extend(held.values())
        sizes.append(len(held))
        lengths.append(held.total())
    places = np.fromiter(texts, np.int64, len(texts))
    most = np.minimum(_int64(counts), _MOST)
    return {
        "terms": _int64(found),
        "rows": np.repeat(places, _int64(sizes)),
        "counts": most,
        "places": places,
        "lengths": _int64(lengths),
    }


def _int64(numbers: "array[int]") -> NDArray[np.int64]:
    return np.asarray(numbers, np.int64)
