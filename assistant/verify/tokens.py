"""A text as words, numbers and signs, folded so that two spellings of one word meet."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.lexical import fold

Kind = Literal["word", "number", "mixed", "sign"]

_TOKEN = re.compile(
    r"(?P<number>(?>(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,:/]\d+)*)(?!\w))"  # 8.4  1,300  1 300  24/7  10:30
    r"|(?P<mixed>\d+(?:[.,]\d+)*\w+|[^\W\d]\w*\d\w*(?:-\w+)*|[^\W\d_]+-\d\w*)"  # 90bn  2nd  miauuuu5_7  MS-13
    r"|(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’‘`´][^\W\d_]+)*)"  # U.S.  don't
    r"|(?P<sign>\S)"
)
_APOSTROPHES = str.maketrans("’‘`´", "''''")


@dataclass(frozen=True, slots=True)
class Token:
    """`text` as it stands at `start` and `end`; `folded` in lower case without accents, dots and possessive."""

    text: str
    folded: str
    kind: Kind
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it has a capital letter anywhere: `Zetas`, `UNODC`, `eBay`."""
        return self.kind != "sign" and any(map(str.isupper, self.text))


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order."""
    return tuple(_token(m) for m in _TOKEN.finditer(text))


def _token(match: re.Match[str]) -> Token:
    kind: Kind = match.lastgroup  # type: ignore[assignment]
    return Token(match[0], _folded(match[0], kind), kind, match.start(), match.end())


def _folded(text: str, kind: Kind) -> str:
    folded = fold(text.translate(_APOSTROPHES))
    if kind != "word":
        return folded
    folded = folded.replace(".", "")
    return folded.removesuffix("'s") or folded
