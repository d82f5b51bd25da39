"""Whether two names of a claim would fit its sentences better if each stood in the other's place.

A name is near other words: those that tell something on either side of it, and the preposition before it. In a true claim,
however it is turned, these are near that name in the sentences too. Where they are clearly nearer to another name of the
claim, and the other way round, the two have changed places.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from assistant.verify.named import BEFORE_NAME, Name, named
from assistant.verify.names import offered, sought
from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import Token, tokens
from assistant.verify.vocabulary import is_plain, stem

BESIDE = 2
"""Words on either side of a name that say where it belongs."""

PREPOSITION = 1.0
"""What the same preposition before a name is worth: as much as a word right beside it that is beside it there too."""

BETTER, MORE = 1.3, 0.2
"""Exchanged, two names must fit so many times better, and by so much more. One true claim of 359 falls for it alone."""

_PREPOSITIONS = frozenset(
    """of from in on at to for against via through into than under among by with as de del da do dos das en em por para con com
    contra sobre entre desde ate hasta""".split()
)


class _Text(NamedTuple):
    """A text: its tokens; where among the words that tell something each of them stands, by stem; and its names."""

    words: Sequence[Token]
    telling: Sequence[tuple[int, str]]  # token and stem
    places: Mapping[str, Sequence[int]]  # in `telling`
    names: Sequence[tuple[Name, int, int]]  # with their first place in `telling`, and the one after the last


class _Place(NamedTuple):
    """Where a name stands: the words on its sides, the nearest first, and the preposition before it, if any."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    preposition: str


def exchanged_names(claim: str, evidence: Evidence) -> Rejection | None:
    """The first two names, both of them in the quotes, that fit these better in each other's place."""
    ours, quotes = _text(claim, sought), [_text(quote, offered) for quote in evidence.quotes]

    @cache
    def near(name: Name, word: str) -> int:
        return min((d for quote in quotes if (d := _distance(quote, name, word))), default=0)

    @cache
    def led(name: Name) -> frozenset[str]:
        same = [(quote, one) for quote in quotes for one, *_ in quote.names if one.words & name.words]
        return frozenset(_preposition(quote.words, one) for quote, one in same)

    @cache
    def fit(place: _Place, name: Name) -> float:
        sides = [(steps, near(name, word)) for side in (place.left, place.right) for steps, word in enumerate(side)]
        total = sum(1 / (steps + distance) for steps, distance in sides if distance)
        return total + PREPOSITION * (place.preposition != "" and place.preposition in led(name))

    known = [a for a, *_ in ours.names if any(a.words & b.words for quote in quotes for b, *_ in quote.names)]
    for a, b in combinations(known, 2):
        if a.words & b.words:
            continue
        here, there = _place(ours, a, b), _place(ours, b, a)
        if fit(here, b) + fit(there, a) > BETTER * (fit(here, a) + fit(there, b)) + MORE:
            return Rejection(Reason.ROLES, f"{a.text(ours.words)}, {b.text(ours.words)}")
    return None


def _text(text: str, forms: Callable[[Token], set[str]]) -> _Text:
    words = tokens(text)
    telling = [(i, stem(t.folded)) for i, t in enumerate(words) if t.kind != "sign" and not is_plain(t.folded)]
    places: dict[str, list[int]] = {}
    for place, (_, word) in enumerate(telling):
        places.setdefault(word, []).append(place)
    at = [i for i, _ in telling]
    names = [(name, bisect_left(at, name.first), bisect_left(at, name.last)) for name in named(words, forms)]
    return _Text(words, telling, places, names)


def _place(text: _Text, name: Name, other: Name) -> _Place:
    at = bisect_left(text.telling, (name.first, ""))
    past = bisect_left(text.telling, (name.last, ""))
    reach = BESIDE + other.last - other.first
    left = [word for i, word in reversed(text.telling[max(0, at - reach) : at]) if not other.first <= i < other.last]
    right = [word for i, word in text.telling[past : past + reach] if not other.first <= i < other.last]
    return _Place(tuple(left[:BESIDE]), tuple(right[:BESIDE]), _preposition(text.words, name))


def _preposition(words: Sequence[Token], name: Name) -> str:
    at = name.first - 1
    while at >= 0 and words[at].folded in BEFORE_NAME:
        at -= 1
    return words[at].folded if at >= 0 and words[at].folded in _PREPOSITIONS else ""


def _distance(quote: _Text, name: Name, word: str) -> int:
    """How many telling words from the name a word stands at the least, 1 right beside it; 0 where the quote lacks either."""
    found = [
        first - place if place < first else place - last + 1
        for one, first, last in quote.names
        if one.words & name.words
        for place in quote.places.get(word, ())
        if not first <= place < last
    ]
    return min(found, default=0)
