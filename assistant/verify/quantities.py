"""Every number of a text: its value, what it measures, and how exactly it is meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest

from assistant.verify import units
from assistant.verify.dates import date
from assistant.verify.numerals import SCALES, SMALL, known, numeral, scaled
from assistant.verify.quantity import Quantity, measured
from assistant.verify.ratios import GLUED, multiple, ordinal, share, span
from assistant.verify.tokens import Token, tokens

_SHORT_SCALES = {"k": 1000, "m": 10**6, "mm": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}
_RANGE = frozenset("to and or - – — a y e o u ou ate and/or".split())
_AND_HALF = {"en": ("and", "half"), "es": ("y", "medio", "media"), "pt": ("e", "meio", "meia")}
_PRONOUN = frozenset("no any every some each another this that the other which".split())


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The numbers of a text in their order."""
    words = tokens(text)
    return tuple(_with_ranges(list(_found(text, words, language)), words))


def _found(text: str, words: Sequence[Token], language: str) -> Iterator[Quantity]:
    at = 0
    while at < len(words):
        found = _at(words, at, language)
        if found is None:
            at += 1
            continue
        first = found.first
        yield replace(found, text=text[words[first].start : words[found.last - 1].end].casefold())
        at = max(found.last, at + 1)


def _at(words: Sequence[Token], at: int, language: str) -> Quantity | None:
    if dated := date(words, at, language):
        return Quantity("", None, date=dated[0], first=at, last=dated[1])
    token = words[at]
    if token.kind == "sign" or (language == "en" and _pronoun(words, at)):
        return None
    return (
        share(words, at, language)
        or ordinal(words, at, language)
        or multiple(words, at, language)
        or _number(words, at, language)
        or span(words, at)
        or (Quantity("", None, first=at, last=at + 1) if token.kind != "word" else None)
    )


def _pronoun(words: Sequence[Token], at: int) -> bool:
    """`no one`, `one another`: not a number."""
    if words[at].folded != "one":
        return False
    before, after = (words[i].folded if 0 <= i < len(words) else "" for i in (at - 1, at + 1))
    return before in _PRONOUN or after == "another" or words[at].text.casefold().endswith("'s")


def _number(words: Sequence[Token], at: int, language: str) -> Quantity | None:
    token, vague = words[at], False
    glued = GLUED.fullmatch(token.folded)
    if token.kind == "number" or glued:
        value = reading(glued[1] if glued else token.text, language)
        if value is None:
            return None
        end, unit = at + 1, None
        if glued:
            factor = _SHORT_SCALES.get(glued[2])
            unit = None if factor else units.MEASURE.get(glued[2]) or units.CURRENCY.get(glued[2])
            if not factor and not unit:
                return None
            value *= factor or 1
        else:
            value, end = _short_scale(words, end, value)
            value, end = scaled(words, end, value, language)[:2]
    else:
        unit = None
        counted = numeral(words, at, language)
        if counted is None:
            return None
        value, end, vague = counted
        value, end = _decimal(words, value, end, language)
    value = -value if _negative(words, at) else value
    if not vague and end < len(words) and (halved := _and_half(words, end, language)):
        unit = units.TIME.get(words[end].folded)  # tres años y medio
        value, end = _halved(words, value, halved, end, language)
    return measured(words, at, end, value, unit, vague)


def _negative(words: Sequence[Token], at: int) -> bool:
    if at == 0:
        return False
    before = words[at - 1]
    apart = at == 1 or words[at - 2].end < before.start  # not the dash of a range
    if before.folded in {"minus", "menos"}:
        return at == 1 or words[at - 2].folded not in {"o", "ou"}  # "más o menos": about
    return before.text in {"-", "−", "–"} and apart and before.end == words[at].start


def _short_scale(words: Sequence[Token], at: int, value: Fraction) -> tuple[Fraction, int]:
    factor = _SHORT_SCALES.get(words[at].folded) if at < len(words) else None
    return (value * factor, at + 1) if factor and words[at].folded in {"bn", "mn", "mln", "tn"} else (value, at)


def reading(digits: str, language: str) -> Fraction | None:
    """The value of digits with their signs: in English a comma groups and a point divides; elsewhere it may be otherwise.

    None where nothing says which it is: `1,300` in a Spanish text, `3,5` in an English one.
    """
    if re.fullmatch(r"\d+|\d{1,3}(?: \d{3})+", digits):
        return Fraction(digits.replace(" ", ""))
    grouped = re.fullmatch(r"(\d{1,3}(?:([.,])\d{3})+)(?:(?!\2)[.,](\d+))?", digits)
    grouping = "," if language == "en" else "."
    if grouped and (digits.count(grouped[2]) > 1 or grouped[3] or grouped[2] == grouping):
        return Fraction(re.sub(r"[.,]", "", grouped[1]) + "." + (grouped[3] or "0"))
    if re.fullmatch(r"\d+[.,]\d+", digits):
        divider = "." if "." in digits else ","
        if divider == "." if language == "en" else not grouped:
            return Fraction(digits.replace(",", "."))
    return None


def _decimal(words: Sequence[Token], value: Fraction, end: int, language: str) -> tuple[Fraction, int]:
    """`nine point five million`, `dos coma cinco millones`."""
    if end + 1 < len(words) and words[end].folded in {"point", "coma", "virgula", "punto", "ponto"}:
        digits, step = "", end + 1
        while step < len(words) and (digit := known(words[step].folded, SMALL, language)) is not None and digit < 10:
            digits, step = digits + str(digit), step + 1
        if digits:
            return scaled(words, step, value + Fraction("0." + digits), language)[:2]
    return value, end


def _and_half(words: Sequence[Token], end: int, language: str) -> int | None:
    """The end of `and a half` (or `y medio` after the unit: `tres años y medio`), where that stands here."""
    conjunction, *half = _AND_HALF[language]
    for start in (end, end + 1):
        step = start + 1
        if start > end and units.TIME.get(words[end].folded) is None:
            return None
        if step < len(words) and words[start].folded == conjunction:
            step += words[step].folded == "a"
            if step < len(words) and words[step].folded in half:
                return step + 1
    return None


def _halved(words: Sequence[Token], value: Fraction, halved: int, end: int, language: str) -> tuple[Fraction, int]:
    """`two and a half million`; `a million and a half` is half a million more."""
    scale = next((SCALES[w.folded] for w in reversed(words[:end]) if w.folded in SCALES), 1) if value >= 100 else 1
    scale = scale if value % scale == 0 and words[end - 1].folded in SCALES else 1
    return scaled(words, halved, value + Fraction(scale, 2), language)[:2]


def _with_ranges(found: Sequence[Quantity], words: Sequence[Token]) -> Iterator[Quantity]:
    """In `between three and five percent` the three are percent too; `30 to 40 million` may begin at 30 million."""
    for quantity, after in zip_longest(found, found[1:]):
        joined = after and quantity.value is not None and quantity.unit is None and not quantity.date
        if joined and after and after.unit and after.value is not None:
            between = words[quantity.last : after.first]
            if 1 <= len(between) <= 2 and between[0].folded in _RANGE and all(t.kind == "sign" for t in between[1:]):
                yield replace(quantity, unit=after.unit)
                continue
        yield quantity
