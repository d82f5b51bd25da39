"""Whether every number, sum, percentage, date and ordinal of a claim stands in the sentences that it cites."""

from collections.abc import Iterator, Sequence

from assistant.verify import units
from assistant.verify.bounds import bound
from assistant.verify.quantities import quantities
from assistant.verify.quantity import Quantity
from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import Token, tokens
from assistant.verify.vocabulary import stem
from index.lexical import STOP_WORDS


def missing_number(claim: str, evidence: Evidence, language: str) -> Rejection | None:
    """The first number of the claim that no cited sentence has: the value alone is not enough, the unit counts too."""
    held = [(quote, quantities(quote, language)) for quote in evidence.quotes]
    words = tokens(claim)
    stated = quantities(claim, language)
    for quantity in stated:
        if not any(_states(found, quantity, quote, words) for quote, found in held):
            return Rejection(Reason.NUMBER, quantity.text)
        if not _as_exact(quantity, words, held):
            return Rejection(Reason.NUMBER, f"how exactly {quantity.text} is meant")
        if _names_another(quantity, words, held):
            return Rejection(Reason.NUMBER, f"{words[quantity.first - 1].text} {quantity.text}")
    if (loose := _loose_measure(words, stated, evidence)) is not None:
        return Rejection(Reason.NUMBER, loose)
    return None


def _states(found: tuple[Quantity, ...], quantity: Quantity, quote: str, words: tuple[Token, ...]) -> bool:
    if quantity.value is None and not quantity.date:
        return any(t.folded == quantity.text for t in tokens(quote)) or any(q.text == quantity.text for q in found)
    if any(_same(own, quantity) for own in found):
        return True
    if quantity.value == 1 and quantity.unit is None:
        return _one(quantity, words, quote)
    return quantity.value == 2 and quantity.unit is None and any(t.folded in {"both", "ambos", "ambas"} for t in tokens(quote))


def _as_exact(quantity: Quantity, words: tuple[Token, ...], held: Sequence[tuple[str, tuple[Quantity, ...]]]) -> bool:
    """`more than 500` stays so; a number that is exact in a sentence may be `about` so much in a claim."""
    allowed = {own := bound(words, quantity.first, quantity.last), "" if own == "about" else own}
    found = False
    for quote, theirs in held:
        for other in theirs:
            if quantity.value is not None and _same(other, quantity):
                found = True
                if bound(tokens(quote), other.first, other.last) in allowed:
                    return True
    return not found


def _names_another(quantity: Quantity, words: Sequence[Token], held: Sequence[tuple[str, tuple[Quantity, ...]]]) -> bool:
    """Whether `Stage 2` names what the sentences number otherwise: they have `Stage 3`, and 2 of another thing."""
    if quantity.unit or quantity.date or not quantity.first or words[quantity.first - 1].folded in STOP_WORDS:
        return False
    label = stem(words[quantity.first - 1].folded)
    numbered = []
    for quote, found in held:
        theirs = tokens(quote)
        for own in found:
            if own.first and stem(theirs[own.first - 1].folded) == label:
                numbered.append(own.value)
            elif own.last < len(theirs) and stem(theirs[own.last].folded) == label and own.value == quantity.value:
                return False  # `the second stage`
    return bool(numbered) and quantity.value not in numbered


def _same(own: Quantity, stated: Quantity) -> bool:
    if stated.date:
        return bool(own.date and stated.date.within(own.date))
    if own.date:  # "in 2013", where the sentence has "in December 2013"
        return stated.unit is None and not stated.vague and stated.value == own.date.year
    if own.value is None or own.value != stated.value or own.vague != stated.vague:
        return False
    return own.unit == stated.unit or (own.unit, stated.unit) in {("us$", "$"), ("r$", "brl"), ("mx$", "$"), ("mx$", "peso")}


def _one(quantity: Quantity, words: tuple[Token, ...], quote: str) -> bool:
    """`one hacker` where the sentence has `a hacker`, `a young hacker` or `a single hacker`."""
    counted = {t.folded for t in words[quantity.last : quantity.last + 3] if t.kind == "word"}
    held = tokens(quote)
    for at, token in enumerate(held):
        after = {t.folded for t in held[at + 1 : at + 3]}
        if (
            token.folded in {"a", "an", "single", "un", "una", "um", "uma", "solo", "sola", "unico", "unica"}
            and counted & after
        ):
            return True
    return False


def _loose_measure(words: tuple[Token, ...], stated: tuple[Quantity, ...], evidence: Evidence) -> str | None:
    """A measure without a number (`a month`, `yearly`) that no cited sentence has."""
    measured = set(_times_of(words))
    held = {unit for quote in evidence.quotes for unit in _times_of(tokens(quote))}
    return next(iter(sorted(measured - held)), None) if measured - held else None


def _times_of(words: tuple[Token, ...]) -> Iterator[str]:
    for token in words:
        if unit := units.TIME.get(token.folded):
            yield units.LONGER.get(unit, (0, unit))[1]
