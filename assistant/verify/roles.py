"""Whether two names of a claim have changed places: who did it, and to whom.

Code can't tell roles in general. Two things it can tell. Order: where the claim and a sentence have the same word between
the same two names, a passive turns the order of the names round, and nothing else does; an "of", a possessive, or a
preposition before the second name says nothing either way, and is let pass. And company: the word right before or after a
name (`drug boss Zambada`, `Gartner projects`) must not stand so beside other names only.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.verify.names import offered, sought, starts_sentence
from assistant.verify.numerals import SMALL
from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import Token, tokens
from assistant.verify.vocabulary import COMMON, content, is_plain

_PASSIVE = frozenset(["by", "por", "pelo", "pela", "pelos", "pelas"])
_LOOSE = frozenset(
    """of from in on at to with for against via through like as into than under among including about de del da do dos das
    en em con com para contra como sobre a ao""".split()
)
_BEFORE_NAME = frozenset("the a an el la los las o os as um uma un una “ \" ‘ '".split())
_MARKS = frozenset("“”\"‘’'")
_AND = frozenset("and or y e o u ou".split())
_LISTING = _MARKS | _AND | {",", "the", "la", "el", "los", "las", "o", "a"}
_LIKE = frozenset(["of", "like", "such", "as"])
_FAR = 5  # words and signs
_CLOSE = 12


class _Name(NamedTuple):
    words: frozenset[str]
    first: int
    last: int  # the token after it


_Quote = tuple[Sequence[Token], Sequence[_Name]]


class _Link(NamedTuple):
    """What stands between two names: the stems, whether it ends with the `by` of a passive, whether it leaves roles open."""

    stems: frozenset[str]
    passive: bool
    loose: bool


def swapped_roles(claim: str, evidence: Evidence) -> Rejection | None:
    """The first two names whose order around a word they share contradicts every sentence that has them both so."""
    words = tokens(claim)
    named = list(_names(words, sought))
    held = [(quote, list(_names(quote, offered))) for quote in map(tokens, evidence.quotes)]
    for a, b in pairwise(named):
        link = _link(words, a, b)
        agree = [verdict for quote, names in held for verdict in _verdicts(quote, names, a, b, link)]
        if agree and not any(agree):
            return Rejection(Reason.ROLES, f"{_text(words, a)}, {_text(words, b)}")
    return _wrong_company(words, named, held)


def _wrong_company(words: Sequence[Token], named: Sequence[_Name], held: Sequence[_Quote]) -> Rejection | None:
    theirs: dict[tuple[str, str], set[str]] = {}
    for quote, names in held:
        for listed in _lists(quote, names):
            for beside in _company(quote, listed):
                theirs.setdefault(beside, set()).update(*(name.words for name in listed))
    for listed in _lists(words, named):
        for beside in _company(words, listed):
            for name in listed:
                if beside in theirs and not theirs[beside] & name.words and not _near(held, name, beside[1]):
                    return Rejection(Reason.ROLES, f"{_text(words, name)} {' '.join(beside)}")
    return None


def _near(held: Sequence[_Quote], name: _Name, beside: str) -> bool:
    """Whether a sentence has the word a few words from the name, if not beside it: `Mexico's powerful Sinaloa cartel`."""
    for quote, names in held:
        for own in names:
            if own.words & name.words:
                around = (*quote[max(0, own.first - _FAR) : own.first], *quote[own.last : own.last + _FAR])
                if beside in content(around):
                    return True
    return False


def _lists(words: Sequence[Token], names: Sequence[_Name]) -> Iterator[list[_Name]]:
    """Names that an "and" or "or" makes one list, which have their company in common; a name alone is a list too."""
    listed: list[_Name] = []
    for name in names:
        between = {t.folded for t in words[listed[-1].last : name.first]} if listed else set()
        if listed and (not between <= _LISTING or not between):
            yield from _ended(words, listed)
            listed = []
        listed.append(name)
    yield from _ended(words, listed)


def _ended(words: Sequence[Token], listed: list[_Name]) -> Iterator[list[_Name]]:
    last = words[listed[-2].last : listed[-1].first] if len(listed) > 1 else ()
    yield from [listed] if any(t.folded in _AND for t in last) else ([name] for name in listed)


def _company(words: Sequence[Token], listed: Sequence[_Name]) -> Iterator[tuple[str, str]]:
    """The stems right before the first of a list and right after its last, each with the side where it stands."""
    at, how = listed[0].first - 1, "after"
    while at >= 0 and words[at].folded in _BEFORE_NAME | _LIKE:
        how = f"{how} {words[at].folded}" if words[at].folded == "of" else how
        at -= 1
    if at >= 0 and (before := content(words[at : at + 1])):
        yield how, before[0]
    at = listed[-1].last
    while at < len(words) and words[at].folded in _MARKS:
        at += 1
    if at < len(words) and (after := content(words[at : at + 1])):
        yield "before", after[0]


def _names(words: Sequence[Token], forms: Callable[[Token], set[str]]) -> Iterator[_Name]:
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end].capital and words[end].kind != "sign" and not _common(words, end):
            end += 1
        if end > at and (end == len(words) or words[end].text != "-"):  # not "Amazon-like"
            yield _Name(frozenset(form for t in words[at:end] for form in forms(t)), at, end)
        at = max(end, at + 1)


def _common(words: Sequence[Token], at: int) -> bool:
    """Whether a word with a capital is no name: `The`, or a common word that begins a sentence."""
    word = words[at].folded
    return is_plain(word) or (starts_sentence(words, at) and (word in COMMON or word in SMALL))


def _link(words: Sequence[Token], a: _Name, b: _Name) -> _Link:
    inside = words[a.last : b.first]
    possessive = any(t.text.endswith(("'s", "’s", "‘s")) for t in (*inside, words[a.last - 1]))
    leading = [t.folded for t in inside if t.folded not in _BEFORE_NAME]
    passive = leading[-1:] != [] and leading[-1] in _PASSIVE
    loose = len(inside) > _CLOSE or possessive or "of" in leading or (leading[-1:] != [] and leading[-1] in _LOOSE)
    return _Link(frozenset(content(inside)), passive, loose)


def _verdicts(quote: Sequence[Token], names: Sequence[_Name], a: _Name, b: _Name, link: _Link) -> Iterator[bool]:
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


def _text(words: Sequence[Token], name: _Name) -> str:
    return " ".join(t.text for t in words[name.first : name.last])
