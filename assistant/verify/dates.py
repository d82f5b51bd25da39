"""Dates: `March 3, 2021`, `3 March 2021`, `3 de marzo de 2021`, `2021-03-03`, `December 2013`, weekdays."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.verify.numerals import ORDINAL, SMALL, known
from assistant.verify.tokens import Token

_MONTHS = {
    name: number
    for number, names in enumerate(
        """january jan enero ene janeiro; february feb febrero fevereiro fev; march mar marzo marco; april apr abril abr;
        may mayo maio mai; june jun junio junho; july jul julio julho; august aug agosto ago;
        september sept sep septiembre setiembre setembro; october oct octubre outubro; november nov noviembre novembro;
        december dec diciembre dic dezembro dez""".split(";"),
        1,
    )
    for name in names.split()
}
_AMBIGUOUS = frozenset("march may mar mai jan ago dec set sept sep dez jun jul oct nov fev feb dic ene abr apr marco".split())
"""Words that are something else too, or short: a month only with a capital or beside a number."""
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        """monday lunes segunda-feira; tuesday martes terca-feira; wednesday miercoles quarta-feira;
        thursday jueves quinta-feira; friday viernes sexta-feira; saturday sabado; sunday domingo""".split(";")
    )
    for name in names.split()
}
_BEFORE_MONTH = frozenset(
    """in of since until till by early late mid last next from through during de del desde hasta en em ate desde every each this
    and to - –""".split()
)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|º|o)?$")


class Date(NamedTuple):
    """What a text says of a date; None what it leaves open. A weekday is 0 for Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def within(self, other: "Date") -> bool:
        """Whether all that this date says, the other says too."""
        return all(own is None or own == theirs for own, theirs in zip(self, other, strict=True))


def date(words: Sequence[Token], at: int, language: str) -> tuple[Date, int] | None:
    """The date that begins at a token, and the index of the first token after it."""
    return _iso(words, at) or _weekday(words, at) or _day_month(words, at, language) or _month_day(words, at, language)


def _iso(words: Sequence[Token], at: int) -> tuple[Date, int] | None:
    parts = [t.text for t in words[at : at + 5]]
    if len(parts) == 5 and parts[1] == parts[3] == "-" and re.fullmatch(r"\d{4}-\d\d-\d\d", "".join(parts)):
        return Date(int(parts[0]), int(parts[2]), int(parts[4])), at + 5
    return None


def _weekday(words: Sequence[Token], at: int) -> tuple[Date, int] | None:
    if at + 2 < len(words) and words[at + 1].text == "-" and f"{words[at].folded}-{words[at + 2].folded}" in _WEEKDAYS:
        return Date(weekday=_WEEKDAYS[f"{words[at].folded}-{words[at + 2].folded}"]), at + 3
    number = _WEEKDAYS.get(words[at].folded)
    if number is None and words[at].text[:1].isupper():
        number = _WEEKDAYS.get(words[at].folded.removesuffix("s"))
    return (Date(weekday=number), at + 1) if number is not None else None


def _day_month(words: Sequence[Token], at: int, language: str) -> tuple[Date, int] | None:
    day = _day(words[at], language)
    step = _skip(words, at + 1, {"of", "de"})
    if day is None or step >= len(words) or (month := _MONTHS.get(words[step].folded)) is None:
        return None
    year, end = _year(words, step + 1)
    return Date(year, month, day), end


def _month_day(words: Sequence[Token], at: int, language: str) -> tuple[Date, int] | None:
    month = _MONTHS.get(words[at].folded)
    if month is None or not _is_month(words, at):
        return None
    step = _skip(words, at + 1, {".", "the"})
    if step < len(words) and (day := _day(words[step], language)) is not None:
        year, end = _year(words, step + 1)
        return Date(year, month, day), end
    year, end = _year(words, at + 1)
    return Date(year, month), end


def _is_month(words: Sequence[Token], at: int) -> bool:
    if words[at].folded not in _AMBIGUOUS:
        return True
    near = words[at + 1 : at + 3]
    if any(t.kind in {"number", "mixed"} for t in near[:1]) or any(t.kind == "number" and len(t.text) == 4 for t in near):
        return True
    return words[at].text[:1].isupper() and at > 0 and words[at - 1].folded in _BEFORE_MONTH


def _day(token: Token, language: str) -> int | None:
    match = _DAY.match(token.folded)
    day = int(match[1]) if match else known(token.folded, ORDINAL, language) or known(token.folded, SMALL, language) or 0
    return day if 1 <= day <= 31 else None


def _year(words: Sequence[Token], at: int) -> tuple[int | None, int]:
    step = _skip(words, at, {",", "of", "de", "del", "."})
    if step < len(words) and re.fullmatch(r"[12]\d{3}", words[step].text):
        return int(words[step].text), step + 1
    return None, at


def _skip(words: Sequence[Token], at: int, over: set[str]) -> int:
    return at + 1 if at < len(words) and words[at].folded in over else at
