"""How exactly a number is meant: `more than 500`, `up to 500`, `about 500`, in English, Spanish and Portuguese."""

import re
from collections.abc import Sequence
from typing import Literal

from assistant.verify import units
from assistant.verify.tokens import Token

Bound = Literal["", "more", "less", "about"]

_WORDS: dict[Bound, str] = {
    "more": r"(?:no|not) (?:less|fewer) than|more than|over|above|exceed\w*|upwards of|at least|mas de|al menos|por lo menos"
    r"|no menos de|superior\w* a|mais de|pelo menos|ao menos|nao menos de",
    "less": r"(?:no|not) more than|less than|fewer than|under|below|up to|at most|as many as|as much as|menos de|hasta"
    r"|a lo sumo|como maximo|no mas de|ate|no maximo|nao mais de|inferior\w* a",
    "about": r"about|around|approximately|approx|roughly|some|nearly|almost|circa|close to|alrededor de|unos|unas|cerca de|casi"
    r"|aproximadamente|mas o menos|quase|por volta de|mais ou menos|uns|umas",
}
_BEFORE = re.compile("|".join(f"(?P<{name}>(?:^|(?<= ))(?:{words})$)" for name, words in _WORDS.items()))
_AFTER = re.compile(r"or (?:more|less|fewer|so)\b|o (?:mas|menos)\b|ou (?:mais|menos)\b")
_REACH = 4  # words


def bound(words: Sequence[Token], first: int, last: int) -> Bound:
    """How the number that takes the tokens from `first` to before `last` is meant."""
    if after := _AFTER.match(" ".join(t.folded for t in words[last : last + 2])):
        return {"more": "more", "mas": "more", "mais": "more", "so": "about"}.get(after[0].split()[1], "less")  # type: ignore[return-value]
    while first and words[first - 1].folded in units.CURRENCY | {"a": "", "the": "", "us": ""}:
        first -= 1
    before = _BEFORE.search(" ".join(t.folded for t in words[max(0, first - _REACH) : first]))
    if not before:
        return ""
    if before[0] in {"over", "under"} and any(t.folded in units.TIME for t in words[first:last]):
        return ""  # "over ten years" may be during
    return before.lastgroup  # type: ignore[return-value]
