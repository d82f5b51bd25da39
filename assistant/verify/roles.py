"""Whether two names of a claim have changed places: who did it, and to whom.

Code can't tell roles in general. Two things it can tell. Order: where the claim and a sentence have the same word between
the same two names, a passive turns the order of the names round, and nothing else does; an "of", a possessive, or a
preposition before the second name says nothing either way, and is let pass. And company: the word right before or after a
name (`drug boss Zambada`, `Gartner projects`) must not stand so beside other names only.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.verify.named import BEFORE_NAME, Name, named
from assistant.verify.names import offered, sought
from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import Token, tokens
from assistant.verify.vocabulary import content

_PASSIVE = frozenset(["by", "por", "pelo", "pela", "pelos", "pelas"])
_LOOSE = frozenset(
    """of from in on at to with for against via through like as into than under among including about de del da do dos das
    en em con com para contra como sobre a ao""".split()
)
_MARKS = frozenset("“”\"‘’'")
_AND = frozenset("and or y e o u ou".split())
_LISTING = _MARKS | _AND | {",", "the", "la", "el", "los", "las", "o", "a"}
_LIKE = frozenset(["of", "like", "such", "as"])
_FAR = 5  # words and signs
_CLOSE = 12


_Quote = tuple[Sequence[Token], Sequence[Name]]


class _Link(NamedTuple):
    """What stands between two names: the stems, whether it ends with the `by` of a passive, whether it leaves roles open."""

    stems: frozenset[str]
    passive: bool
    loose: bool


def swapped_roles(claim: str, evidence: Evidence) -> Rejection | None:
    """The first two names whose order around a word they share contradicts every sentence that has them both so."""
    words = tokens(claim)
    ours = list(named(words, sought))
    held = [(quote, list(named(quote, offered))) for quote in map(tokens, evidence.quotes)]
    for a, b in pairwise(ours):
        link = _link(words, a, b)
        agree = [verdict for quote, names in held for verdict in _verdicts(quote, names, a, b, link)]
        if agree and not any(agree):
            return Rejection(Reason.ROLES, f"{a.text(words)}, {b.text(words)}")
    return _wrong_company(words, ours, held)


def _wrong_company(words: Sequence[Token], ours: Sequence[Name], held: Sequence[_Quote]) -> Rejection | None:
    theirs: dict[tuple[str, str], set[str]] = {}
    for quote, names in held:
        for listed in _lists(quote, names):
            for beside in _company(quote, listed):
                theirs.setdefault(beside, set()).update(*(name.words for name in listed))
    for listed in _lists(words, ours):
        for beside in _company(words, listed):
            for name in listed:
                if beside in theirs and not theirs[beside] & name.words and not _near(held, name, beside[1]):
                    return Rejection(Reason.ROLES, f"{name.text(words)} {' '.join(beside)}")
    return None


def _near(held: Sequence[_Quote], name: Name, beside: str) -> bool:
    """Whether a sentence has the word a few words from the name, if not beside it: `Mexico's powerful Sinaloa cartel`."""
    for quote, names in held:
        for own in names:
            if own.words & name.words:
                around = (*quote[max(0, own.first - _FAR) : own.first], *quote[own.last : own.last + _FAR])
                if beside in content(around):
                    return True
    return False


def _lists(words: Sequence[Token], names: Sequence[Name]) -> Iterator[list[Name]]:
    """Names that an "and" or "or" makes one list, which have their company in common; a name alone is a list too."""
    listed: list[Name] = []
    for name in names:
        between = {t.folded for t in words[listed[-1].last : name.first]} if listed else set()
        if listed and (not between <= _LISTING or not between):
            yield from _ended(words, listed)
            listed = []
        listed.append(name)
    yield from _ended(words, listed)


def _ended(words: Sequence[Token], listed: list[Name]) -> Iterator[list[Name]]:
    last = words[listed[-2].last : listed[-1].first] if len(listed) > 1 else ()
    yield from [listed] if any(t.folded in _AND for t in last) else ([name] for name in listed)


def _company(words: Sequence[Token], listed: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """The stems right before the first of a list and right after its last, each with the side where it stands."""
    at, how = listed[0].first - 1, "after"
    while at >= 0 and words[at].folded in BEFORE_NAME | _LIKE:
        how = f"{how} {words[at].folded}" if words[at].folded == "of" else how
        at -= 1
    if at >= 0 and (before := content(words[at : at + 1])):
        yield how, before[0]
    at = listed[-1].last
    while at < len(words) and words[at].folded in _MARKS:
        at += 1
    if at < len(words) and (after := content(words[at : at + 1])):
        yield "before", after[0]


def _link(words: Sequence[Token], a: Name, b: Name) -> _Link:
    inside = words[a.last : b.first]
    possessive = any(t.text.endswith(("'s", "’s", "‘s")) for t in (*inside, words[a.last - 1]))
    leading = [t.folded for t in inside if t.folded not in BEFORE_NAME]
    passive = leading[-1:] != [] and leading[-1] in _PASSIVE
    loose = len(inside) > _CLOSE or possessive or "of" in leading or (leading[-1:] != [] and leading[-1] in _LOOSE)
    return _Link(frozenset(content(inside)), passive, loose)


def _verdicts(quote: Sequence[Token], names: Sequence[Name], a: Name, b: Name, link: _Link) -> Iterator[bool]:
    """For each place where a sentence has both names around a shared word: whether the order agrees with the claim's."""
    for n, first in enumerate(names):
        for second in names[n + 1 :]:
            same = bool(first.words & a.words and second.words & b.words)
            if not same and not (first.words & b.words and second.words & a.words):
                continue
            theirs = _link(quote, first, second)
            if theirs.stems & link.stems:
                turned = theirs.passive != link.passive
                yield theirs.loose or link.loose or same != turned
