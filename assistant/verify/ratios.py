"""Numbers that are not cardinal: shares (`one third`), ordinals (`second`), multiples (`twice`), decades and centuries."""

import re
from collections.abc import Sequence
from fractions import Fraction

from assistant.verify import units
from assistant.verify.numerals import ORDINAL, PART, SCALES, SMALL, TIMES, known, numeral, scaled
from assistant.verify.quantity import Quantity, measured
from assistant.verify.tokens import Token

GLUED = re.compile(r"(\d+(?:[.,]\d+)*)([^\W\d_]+)")
_ORDINAL_ENDINGS = frozenset("st nd rd th o a er ro ra do da to ta vo mo".split())
_HALF_OF = frozenset("half medio media meio meia".split())


def share(words: Sequence[Token], at: int, language: str) -> Quantity | None:
    """`one third`, `two-thirds`, `a quarter of`, `half`: in percent."""
    token = words[at]
    if slashed := re.fullmatch(r"(\d)/(\d)", token.text):
        share = Fraction(100 * int(slashed[1]), int(slashed[2]) or 1)
        return Quantity("", share, units.SHARE, first=at, last=at + 1) if share < 100 else None
    if token.folded in _HALF_OF and (language == "en") == (token.folded == "half"):
        step = at + 1 + (at + 1 < len(words) and words[at + 1].folded in {"a", "an"})
        if step < len(words) and (words[step].folded in SCALES or words[step].folded == "dozen"):
            multiplied = numeral(words, step, language) or scaled(words, step, Fraction(1), language)
            return measured(words, at, multiplied.end, multiplied.value / 2, None, False)
        return Quantity("", Fraction(50), units.SHARE, first=at, last=at + 1) if language == "en" else None
    if token.folded in {"mitad", "metade", "mitades", "metades"}:
        return Quantity("", Fraction(50), units.SHARE, first=at, last=at + 1)
    count = known(token.folded, SMALL, language) or (1 if token.folded in {"a", "an"} else None)
    if token.kind == "number" and token.text.isdigit():
        count = int(token.text)
    step = at + 1 + (at + 1 < len(words) and words[at + 1].text in {"-", "‑", "‐"})
    parts = PART.get(words[step].folded) if step < len(words) and words[step].folded not in {"second"} else None
    if not count or not parts or count >= parts or (token.folded in {"a", "an"} and not _of(words, step + 1)):
        return None
    return Quantity("", Fraction(100 * count, parts), units.SHARE, first=at, last=step + 1)


def _of(words: Sequence[Token], at: int) -> bool:
    return at < len(words) and words[at].folded in {"of", "de", "del", "da", "do", "dos", "das"}


def ordinal(words: Sequence[Token], at: int, language: str) -> Quantity | None:
    """`first`, `twenty-first`, `3rd`, `3º`; the 1990s."""
    token, step, value = words[at], at, 0
    tens = known(token.folded, SMALL, language) or 0
    if tens >= 20 and at + 2 < len(words) and words[at + 1].text in {"-", "‑"}:
        value, step = tens, at + 2
    number = known(words[step].folded, ORDINAL, language)
    if number is not None and (step == at or number < 10):
        return Quantity("", Fraction(value + number), units.ORDINAL, first=at, last=step + 1)
    match = GLUED.fullmatch(token.folded)
    if match and match[1].isdigit():
        if match[2] in _ORDINAL_ENDINGS:
            return Quantity("", Fraction(match[1]), units.ORDINAL, first=at, last=at + 1)
        if match[2] == "s":  # the 1990s
            return Quantity("", Fraction(match[1]), "decade of", first=at, last=at + 1)
    return None


def multiple(words: Sequence[Token], at: int, language: str) -> Quantity | None:
    """`twice`, `doubled`, `fivefold`."""
    word = words[at].folded
    times = known(word, TIMES, language)
    if times is None and word.endswith("fold"):
        times = SMALL.get(word[:-4]) or (int(word[:-4]) if word[:-4].isdigit() else None)
    if times is None and at + 2 < len(words) and words[at + 1].text == "-" and words[at + 2].folded == "fold":
        times = SMALL.get(word) or (int(word) if word.isdigit() else None)
        return Quantity("", Fraction(times), units.TIMES, first=at, last=at + 3) if times else None
    return Quantity("", Fraction(times), units.TIMES, first=at, last=at + 1) if times else None


def span(words: Sequence[Token], at: int) -> Quantity | None:
    """`a decade`, `for centuries`: years."""
    longer = units.LONGER.get(units.TIME.get(words[at].folded, ""))
    vague = words[at].folded.endswith("s")
    return Quantity("", Fraction(longer[0]), longer[1], vague, first=at, last=at + 1) if longer else None
