"""The words of a text as they are looked for: terms, and how many of a question's stand in a text."""

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

VERSION = 2
"""Part of the index's recipe: raise it when the same text would give other terms."""

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")  # "RoadAlphaBay": words that lost the space between them
_LONG, _SHORT = 6, 4
"""Letters of a word that make its two terms: cognates, plurals and names meet across languages without a stemmer."""

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


def coverage(weights: dict[str, float], held: Iterable[AbstractSet[str]]) -> NDArray[np.float32]:
    """The share of a question's terms, by `BM25.weights`, that each of several sets of terms holds: 0 to 1."""
    shares: list[Any] = [sum(w for term, w in weights.items() if term in terms) for terms in held]
    return np.asarray(shares, dtype=np.float32)
