"""Whether a claim says of one thing what its sentences say of another.

Code can't tell a subject in general. Two things it can tell. Stitching: in one clause of a claim the words pass from those
that only one quote has to those that only another has, and nothing links the two: no word of the claim that both have, and
no pronoun at the beginning of the second that may stand for something in the first. And a subject of the claim's own: none
of the words before its first auxiliary is in the quotes, those after it are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import tokens
from assistant.verify.vocabulary import is_plain, stem

COPIED = 2
"""Words of the quotes after an auxiliary that make what stands there theirs."""

_AUXILIARY = frozenset(
    """is are was were be been being am has have had do does did can could will would may might shall should must es son era
    eran fue fueron ha han habia sao foi foram tem tinha esta estan estao""".split()
)
_STANDS_FOR = frozenset(
    """he she it they his her its their this these those such latter former there him them both el ella ellos ellas su sus este
    esta estos estas ese esa esto eso ele ela eles elas seu sua seus suas esse essa isso""".split()
)
_FIRST = 6  # words of a sentence among which such a word leans on the one before
_CLAUSE = frozenset(
    """, ; : ( ) – — and or but while who which that where when because as whose what whom if so with after before y e o u ni
    pero mientras que quien cuando donde porque como cuyo mas enquanto quem quando onde cujo""".split()
)
_PART = frozenset(", ; :".split())


class _Word(NamedTuple):
    """A token, folded, and its stem if it tells something, else empty."""

    folded: str
    stem: str


def wrong_subject(claim: str, evidence: Evidence) -> Rejection | None:
    """Where the claim stitches two quotes, or the subject that no quote has."""
    words, quotes = _words(claim), [_words(quote) for quote in evidence.quotes]
    for before, after in _transitions(words, quotes):
        return Rejection(Reason.ROLES, f"{before}, {after}: of two sentences")
    if subject := _own_subject(words, quotes, evidence.titles):
        return Rejection(Reason.ROLES, " ".join(subject))
    return None


def _words(text: str) -> list[_Word]:
    return [_Word(t.folded, "" if t.kind == "sign" or is_plain(t.folded) else stem(t.folded)) for t in tokens(text)]


def _transitions(words: Sequence[_Word], quotes: Sequence[Sequence[_Word]]) -> Iterator[tuple[str, str]]:
    """Pairs of words that follow each other in a clause, of quotes that nothing links."""
    held = [{word.stem for word in quote} for quote in quotes]
    found = [frozenset(i for i, stems in enumerate(held) if word.stem and word.stem in stems) for word in words]
    clause: list[int] = []
    for at, word in enumerate(words):
        if word.folded in _CLAUSE:
            clause = []
        elif found[at]:
            clause.append(at)
            for before, after in pairwise(clause[-2:]):
                linked = (_linked(found, quotes, i, j) for i in found[before] for j in found[after])
                if not found[before] & found[after] and not any(linked):
                    yield words[before].folded, words[after].folded


def _linked(found: Sequence[frozenset[int]], quotes: Sequence[Sequence[_Word]], i: int, j: int) -> bool:
    shared = any({i, j} <= places for places in found)
    return shared or any(word.folded in _STANDS_FOR for word in quotes[j][:_FIRST])


def _own_subject(words: Sequence[_Word], quotes: Sequence[Sequence[_Word]], titles: Sequence[str]) -> list[str]:
    """The words before the first auxiliary of a claim, if none of them is in the evidence; empty otherwise.

    A word that the claim has more often than the quotes is not held where it stands first. Where a pronoun leads to what
    the quotes say, the subject may be what it stands for.
    """
    theirs = Counter(word.stem for quote in quotes for word in quote)
    theirs.update({word.stem for title in titles for word in _words(title)})
    ours = Counter(word.stem for word in words)
    subject: list[str] = []
    for at, word in enumerate(words):
        if word.folded in _PART:
            subject = []
        elif word.folded in _AUXILIARY:
            copied = [after.stem for after in words[at:] if after.stem and theirs[after.stem]]
            own = all(theirs[w] < ours[w] for w in subject)
            return subject if own and len(copied) >= COPIED and not _led_by_pronoun(set(copied), quotes) else []
        elif word.stem:
            subject.append(word.stem)
    return []


def _led_by_pronoun(copied: set[str], quotes: Sequence[Sequence[_Word]]) -> bool:
    """Whether a pronoun stands before the first of the copied words in a quote that has at least COPIED of them."""
    for quote in quotes:
        held = [at for at, word in enumerate(quote) if word.stem in copied]
        if len(held) >= COPIED and any(word.folded in _STANDS_FOR for word in quote[: held[0]]):
            return True
    return False
