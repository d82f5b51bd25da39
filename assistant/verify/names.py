"""Whether every proper name of a claim stands in the sentences that it cites, in their titles, or in the question."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.verify import units
from assistant.verify.quantities import quantities
from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import Token, tokens
from assistant.verify.vocabulary import COMMON, is_plain
from index.lexical import fold

_DEMONYM = re.compile(r"(?:ian[oa]s?|ian|ean|an|n|ese|ano|ana|anos|anas|ans|ians|eans|ense|enses)$")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")  # words that lost the space between them: "RoadAlphaBay"
_WITHIN = frozenset("of on and the for in de del la el los las y da do dos das e a o".split())  # inside a name, not initials
_KNOWN = [  # names that everybody writes in several ways
    {"un", "onu", "united nations", "naciones unidas", "nacoes unidas"},
    {"us", "usa", "eeuu", "eua", "united states", "estados unidos"},
    {"uk", "united kingdom", "reino unido"},
    {"eu", "ue", "european union", "union europea", "uniao europeia"},
]
_INITIALS = 4  # letters
_STEM = 4  # letters of a country's name before its ending
_NEAR = 6  # words between two parts of a name: Joaquín “El Chapo” Guzmán


def missing_name(claim: str, evidence: Evidence, language: str) -> Rejection | None:
    """The first name of the claim that is nowhere in its evidence, or whose parts are not together anywhere there."""
    places = [tokens(_CAMEL.sub(" ", text)) for text in (*evidence.quotes, *evidence.titles, evidence.question)]
    places += [other for place in places for other in _other_ways(place)]
    offers = [[offered(token) for token in place] for place in places]
    held = {form for place in offers for forms in place for form in forms} | set(_glued_and_initials(places, evidence))
    claim = _CAMEL.sub(" ", claim)
    words = tokens(claim)
    counted = {i for q in quantities(claim, language) for i in range(q.first, q.last)}
    before: Token | None = None
    for at, token in enumerate(words):
        number = at in counted and token.folded not in units.BETWEEN  # and not the adjective of "Mexican pesos"
        if number or token.kind == "sign" or not token.capital or token.text == "I":
            before = None
            continue
        first = starts_sentence(words, at)
        if first and (is_plain(token.folded) or token.folded in COMMON):
            before = None
            continue
        if not held & sought(token):
            return Rejection(Reason.NAME, token.text)
        if before and not any(_together(place, sought(before), sought(token)) for place in offers):
            return Rejection(Reason.NAME, f"{before.text} {token.text}")
        before = None if first and not _named(places, token) else token
    return None


def starts_sentence(words: Sequence[Token], at: int) -> bool:
    """Whether a capital at this token says nothing: it is the first word, or the first after a colon or a stop."""
    back = at - 1
    while back >= 0 and words[back].text in "\"“”„«»'‘’‚‹›(-–—¿¡":
        back -= 1
    return back < 0 or words[back].text in {".", ":", ";", "!", "?", "…"}


def _glued_and_initials(places: Iterable[tuple[Token, ...]], evidence: Evidence) -> Iterator[str]:
    """Names as the articles glue them (`RoadAlphaBay` holds `alphabay`), and initials: `United Nations` gives `un`."""
    for text in (*evidence.quotes, *evidence.titles):
        for token in tokens(text):
            parts = [fold(part) for part in _CAMEL.split(token.text)]
            yield from ("".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1))
    for place in places:
        for at in range(len(place)):
            initials = ""
            for later in place[at : at + 10]:
                if later.capital and later.kind == "word":
                    initials += later.folded[0]
                    if len(initials) > 1:
                        yield "^" + initials
                elif later.folded not in _WITHIN:
                    break


def _other_ways(place: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """`U.N.` is the United Nations."""
    line = " ".join(t.folded if t.capital else "-" for t in place)
    for names in _KNOWN:
        if any(re.search(rf"\b{name}\b", line) for name in names):
            yield from (tokens(name.upper()) for name in names)


def _named(places: Iterable[tuple[Token, ...]], token: Token) -> bool:
    return any(t.capital and t.folded == token.folded for place in places for t in place)


def offered(token: Token) -> set[str]:
    """The forms in which a word of the evidence lends itself to a claim; see `sought`."""
    found = _spelled(token) | {"people " + stem for stem in _country(token)} | {"country " + stem for stem in _people(token)}
    return found if token.capital else found | {"plural " + token.folded.removesuffix("s")}


def sought(token: Token) -> set[str]:
    """The forms of a claim's word, one of which the evidence must offer.

    Countries and their peoples meet (`Mexico`, `Mexican`), but neither two countries nor two people: `Mario` is not `Maria`,
    nor `Carlo` `Carlos`. A plural may differ only where the evidence has no capital.
    """
    plural = {"plural " + token.folded.removesuffix("s")} if len(token.folded) > _INITIALS else set()
    return _spelled(token) | {"people " + s for s in _people(token)} | {"country " + s for s in _country(token)} | plural


def _spelled(token: Token) -> set[str]:
    word = token.folded
    if token.text.isupper() or "." in token.text:  # initials: "US" is not "us"
        return {"^" + word, *([word] if len(word) > _INITIALS else [])}
    return {word, word.removesuffix("'")}


def _country(token: Token) -> set[str]:
    stem = token.folded.rstrip("aeiou")
    return {stem} if len(stem) >= _STEM else set()


def _people(token: Token) -> set[str]:
    stem = _DEMONYM.sub("", token.folded)
    return {stem} if stem != token.folded and len(stem) >= _STEM else set()


def _together(place: Sequence[set[str]], before: set[str], after: set[str]) -> bool:
    """Whether both stand near each other in one text, in that order."""
    return any(
        not forms.isdisjoint(before) and any(not later.isdisjoint(after) for later in place[at + 1 : at + 2 + _NEAR])
        for at, forms in enumerate(place)
    )
