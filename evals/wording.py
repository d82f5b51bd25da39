"""Numbers and names as the report and the terminal show them."""

from typing import Any


def duration(seconds: float) -> str:
    """A time in words: `84 ms`, `1.3 s`."""
    return f"{1000 * seconds:.0f} ms" if seconds < 1 else f"{seconds:.3g} s"


def percent(value: float) -> str:
    """`74.6%`."""
    return f"{100 * value:.1f}%"


def interval(figure: dict[str, Any]) -> str:
    """`70.2–79.3`, or nothing where there is none."""
    return "" if figure["low"] is None else f"{100 * figure['low']:.1f}–{100 * figure['high']:.1f}"


def words_of(figure: dict[str, Any]) -> str:
    """A figure as a sentence has it."""
    bounds = f", 95% interval {interval(figure)}" if figure["low"] is not None else ""
    return f"{percent(figure['value'])}{bounds}, n = {figure['n']}"


def kind_words(kind: str) -> str:
    """`near miss` for near_miss."""
    return kind.replace("_", " ")


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 miss`, `2,310 misses`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
