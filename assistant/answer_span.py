"""The words inside a quote that answer its question: a number, a share, a sum, a year or a date, where that is certain.

Certain is: one such thing is asked for, and the quote offers exactly one that the question doesn't hold already (of several
numbers, the one before the thing that is counted will do). A wrong mark is worse than none. Names are left out: of those
marked on squad2's dev split, half were wrong.
"""

import re
from collections.abc import Iterator
from typing import Literal

from index.lexical import fold, terms

Kind = Literal["share", "sum", "year", "date", "count"]
Place = tuple[int, int]


def _compiled(patterns: dict[Kind, str]) -> dict[Kind, re.Pattern[str]]:
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in patterns.items()}


_ASKED = _compiled(
    {
        "share": r"\b(?:what|which|qu[eé]|qual [eé] [ao]|cu[aá]l es el)\s+(?:percent(?:age)?|share|fraction|porcentaje"
        r"|porcentagem|percentual)\b|\bhow many percent\b",
        "sum": r"\bhow much (?:money\b|(?:\w+\s+){1,8}(?:cost|worth|paid|pay|earn|earned|spend|spent|launder|laundered)\b)"
        r"|\bcu[aá]nto (?:dinero|cuesta|cost[oó])\b|\bquanto (?:dinheiro|custa|custou)\b",
        "year": r"\b(?:what|which|qu[eé]|que)\s+(?:year|a[nñ]o|ano)\b",
        "date": r"^\W*(?:since |until |desde |hasta |at[eé] )?(?:when|cu[aá]ndo|quando)\b|\b(?:what|which) (?:date|day)\b",
        "count": r"\b(?:how many|cu[aá]nt[oa]s|quant[oa]s)\b",
    }
)
_VAGUE = re.compile(r"one|(?:dozen|hundred|thousand|million|billion|trillion)s", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:how many|cu[aá]nt[oa]s|quant[oa]s)\s+((?:[\w-]+\s*){1,3})", re.IGNORECASE)
_BEHIND = 3  # words after a number, among which the thing counted is looked for

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|janeiro|fevereiro|mar[cç]o|maio|junho|julho|setembro|outubro|novembro|dezembro)"
)
_YEAR = r"(?:1\d\d\d|20\d\d)(?!\d|[.,]\d|\s*%)"
_DIGITS = r"\d+(?:[.,]\d+)*"
_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?"
    r"|trillions?)"
)
_SCALE = r"(?:\s*(?:thousand|million|billion|trillion|bn|mil millones|mil|millones|milh[oõ]es|bilh[oõ]es)\b)"
_OFFERED = _compiled(
    {
        "share": rf"(?<![\w.,])(?:{_DIGITS}|{_WORD}(?:[\s-]{_WORD})*)\s*(?:%|per ?cent\b|por ciento\b|por cento\b)",
        "sum": rf"(?:US|R|A|C)?[$€£¥]\s?{_DIGITS}{_SCALE}?"
        rf"|(?<![\w.,])(?:{_DIGITS}{_SCALE}?|{_WORD}(?:[\s-]{_WORD})*)\s+"
        r"(?:(?:U\.?S\.? )?dollars|euros|pounds|pesos|reais|d[oó]lares|yen)\b",
        "year": rf"\b{_YEAR}(?!s)",
        "date": rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:de |of )?{_MONTH}\b\.?(?:,?\s+(?:de |of )?{_YEAR})?"
        rf"|\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+{_YEAR})?"
        rf"|\b{_MONTH}\.?,?\s+(?:de |of )?{_YEAR}|\b{_YEAR}s?\b",
        "count": rf"(?<![\w.,$€£-]){_DIGITS}(?!\w){_SCALE}?|(?<![\w-]){_WORD}(?:[\s-](?:and )?{_WORD})*(?![\w-])",
    }
)


def kind_asked(question: str) -> Kind | None:
    """What kind of thing the question asks for, if it is one that can be marked."""
    return next((kind for kind, pattern in _ASKED.items() if pattern.search(question)), None)


def answer_span(question: str, quote: str) -> Place | None:
    """Where in the quote the words stand that answer the question, in code points; None where that isn't certain."""
    kind = kind_asked(question)
    found = candidates(question, quote, kind) if kind else []
    if kind == "count" and len(found) > 1:
        found = [span for span in found if _counts(question, quote[span[1] :])]
    return found[0] if len(found) == 1 and not _VAGUE.fullmatch(quote[slice(*found[0])]) else None


def candidates(question: str, text: str, kind: Kind) -> list[Place]:
    """What a text offers of a kind, in its order, without what the question says itself."""
    return [span for span in _offered(kind, text) if not _held(text[slice(*span)], question)]


def _offered(kind: Kind, text: str) -> Iterator[Place]:
    """A number inside a date, a share or a sum counts nothing."""
    others: tuple[Kind, ...] = ("date", "share", "sum") if kind == "count" else ()
    taken = [match.span() for other in others for match in _OFFERED[other].finditer(text)]
    for match in _OFFERED[kind].finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield match.span()


def _held(text: str, question: str) -> bool:
    """Whether a question says this already."""
    held = {*terms(question), fold(question)}
    return all(term in held for term in terms(text) or [fold(text)])


def _counts(question: str, after: str) -> bool:
    """Whether what the question asks the number of is named right behind a number."""
    counted = _COUNTED.search(question)
    sought = {term for term in terms(counted.group(1)) if term.startswith("~")} if counted else set()
    return bool(sought & set(terms(" ".join(after.split()[:_BEHIND]))))
