"""Years and newness: what a question asks for, and what a sentence means by "last year", given its article's date."""

import re
from datetime import date

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_RELATIVE = {
    -1: re.compile(r"\b(?:last year|the previous year|el a[nñ]o pasado|n?o ano passado)\b", re.IGNORECASE),
    0: re.compile(r"\b(?:this year|this year's|(?:en )?este a[nñ]o|n?este ano)\b", re.IGNORECASE),
    1: re.compile(
        r"\b(?:next year|el (?:pr[oó]ximo a[nñ]o|a[nñ]o que viene)|n?o (?:pr[oó]ximo ano|ano que vem))\b", re.IGNORECASE
    ),
}
_LATEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|m[aá]s recientes?|[uú]ltim[ao]s? (?:datos?|cifras?|noticias?|informes?)"
    r"|mais recentes?|[uú]ltim[ao]s? (?:dados?|n[uú]meros?|not[ií]cias?|relat[oó]rios?))\b",
    re.IGNORECASE,
)


def years_asked(question: str, today: date) -> frozenset[str]:
    """The years that a question names, or means by "last year" on the day that it is asked."""
    return frozenset(_YEAR.findall(question)) | _relative(question, today.year)


def years_said(text: str, published: str | None) -> frozenset[str]:
    """The years that a text names, and those that it means by "last year" and the like.

    `published` is its article's date (ISO 8601); where there is none, nobody knows which year the last was.
    """
    named = frozenset(_YEAR.findall(text))
    year = (published or "")[:4]
    return named | _relative(text, int(year)) if year.isdecimal() else named


def asks_latest(question: str) -> bool:
    """Whether the newest is asked for."""
    return bool(_LATEST.search(question))


def _relative(text: str, year: int) -> frozenset[str]:
    return frozenset(str(year + by) for by, pattern in _RELATIVE.items() if pattern.search(text))
