"""A number of a text: its value, what it measures, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.verify import units
from assistant.verify.dates import Date
from assistant.verify.tokens import Token


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text. `value` is None for what can't be read: then `text` itself must be in the sentences."""

    text: str
    value: Fraction | None
    unit: str | None = None
    vague: bool = False  # thousands, several million
    date: Date | None = None
    first: int = 0  # the tokens that it takes: first <= token < last
    last: int = 0


def measured(words: Sequence[Token], at: int, end: int, value: Fraction, unit: str | None, vague: bool) -> Quantity:
    """The number in the tokens from `at` to before `end`, with the unit before or after it."""
    after = end
    if unit is None:
        unit, after = units.unit_after(words, end)
        sign = units.sign_before(words, at)
        unit, after = (sign, end) if sign and unit not in units.CURRENCY.values() else (unit, after)
    if unit in units.LONGER:
        factor, unit = units.LONGER[unit]
        value *= factor
    return Quantity("", value, unit, vague, first=at, last=max(after, end))
