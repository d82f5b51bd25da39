"""The words of the check: what a claim is held against, and why it falls."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a claim is left out. The first two are the reader's to find; the rest are found by `verify`."""

    NO_SENTENCE = "no sentence"  # it cites nothing
    UNKNOWN_SENTENCE = "unknown sentence"  # it cites an id that was never handed out
    MARKUP = "markup"  # links, HTML, images, code, or characters that disguise others
    LANGUAGE = "language"  # it is in another language than what it cites
    QUOTATION = "quotation"  # words in quotation marks that no cited sentence has, letter by letter
    NUMBER = "number"  # a number, sum, percentage, date or ordinal that the cited sentences lack
    NAME = "name"  # a proper name that is neither in them nor in their titles nor in the question
    NEGATION = "negation"  # it denies what they say, or says what they deny
    HEDGE = "hedge"  # it is surer, or less sure, than they are
    CONTENT = "content"  # too many words that they, the titles and the question lack
    ROLES = "roles"  # it says of one what they say of another
    MEANING = "meaning"  # it is too far from them in meaning


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a claim is held against."""

    quotes: tuple[str, ...]  # the cited sentences' own characters
    titles: tuple[str, ...]  # of their articles
    question: str  # as asked, made to stand alone


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a claim is left out, and the words of it that were missed."""

    reason: Reason
    detail: str


Similarity = Callable[[str, tuple[str, ...]], float]
"""How near a claim is in meaning to its quotes: see `assistant.verify.meaning`."""
