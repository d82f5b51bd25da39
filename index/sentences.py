"""The sentences of an article, as offsets into its text: the unit that is embedded, retrieved and quoted.

Sentencex finds the boundaries; what it gets wrong on text copied from the web is mended here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from sentencex import get_sentence_boundaries

from index.cleaning import Kind, Stretch

VERSION = 1
"""Part of the index's recipe: raise it when the same text would be split differently."""

MAX_WORDS = 80

_GLUED = re.compile(r"(?<=[a-zà-ÿ]{2}[.!?])(?=[A-ZÀ-Þ“][a-zà-ÿ]*[ ’'])")  # "members.But social": a lost line break
_APOSTROPHE = re.compile(r"(?<=\w)[‘’](?=\w)")  # "Mexico‘s": read as an opening quote it would hide boundaries
_CLAUSE = re.compile(r"(?<=[;:—–])\s+|(?<=,)\s+(?=(?:and|but|or|while|which|who|y|pero|que|e|mas)\b)|(?<=,)\s+")
_WORD = re.compile(r"\S{1,50}")  # what has no spaces is cut too


@dataclass(frozen=True, slots=True)
class Sentence:
    """`article.text[start:end]`, in Unicode code points, without white space at its ends.

    `paragraph` counts the stretches of the article; sentences of two paragraphs are never quoted as one.
    """

    start: int
    end: int
    kind: Kind
    paragraph: int


def split_sentences(text: str, stretches: tuple[Stretch, ...], language: str | None) -> list[Sentence]:
    """All sentences in order; what lies between two of them is white space."""
    return [
        Sentence(start, end, stretch.kind, number)
        for number, stretch in enumerate(stretches)
        for start, end in _spans(text, stretch, language or "en")
    ]


def _spans(text: str, stretch: Stretch, language: str) -> Iterator[tuple[int, int]]:
    if stretch.kind != "body":
        yield stretch.start, stretch.end
        return
    masked = _APOSTROPHE.sub("'", text[stretch.start : stretch.end])  # one for one: offsets hold
    cuts = {b["end_index"] for b in get_sentence_boundaries(language, masked)}
    cuts |= {m.start() for m in _GLUED.finditer(masked)}
    for start, end in _trimmed(masked, sorted(cuts | {len(masked)})):
        for a, b in _clauses(masked, start, end):
            yield stretch.start + a, stretch.start + b


def _trimmed(text: str, cuts: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in cuts:
        piece = text[start:cut]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = cut


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split what is longer than MAX_WORDS at the last clause boundary before that, or at a space if there is none."""
    words = [m.start() for m in _WORD.finditer(text, start, end)]
    first = 0
    while len(words) - first > MAX_WORDS:
        limit = words[first + MAX_WORDS]
        boundaries = [m.end() for m in _CLAUSE.finditer(text, words[first + MAX_WORDS // 4], limit)]
        cut = boundaries[-1] if boundaries else limit
        yield start, start + len(text[start:cut].rstrip())
        start = cut
        first = bisect_left(words, cut, first)
    yield start, end
