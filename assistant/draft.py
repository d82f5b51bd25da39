"""What a model writes, as it comes, cut into draft sentences with the ids that they end in.

A sentence is given out once nothing that follows can change it. So half a marker is never seen, and what was given out
stays. Everything else is left to the checks: a sentence without ids is given out as one without ids.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.cleaning import Stretch
from index.sentences import split_sentences
from prompts import NO_ANSWER

MAX_CHARS = 1500
"""A sentence with more characters is given up: cut off, and without ids."""

MAX_GROUPS = 8
"""Places in one sentence where ids stand; a sentence with more of them is taken to end there."""

_ID = r"\d{1,3}\.\d{1,3}"
_OPEN, _CLOSE = r"[\[【［]", r"[\]】］]"
_LABEL = r"(?:[\^#]|[^\W\d_]{1,12}[ .:]{0,2})?"
_BETWEEN = r"\s*(?:[,;/&+]|and|y|e|[-–])?\s*"
_SQUARE = rf"{_OPEN}\s*{_LABEL}{_ID}(?:{_BETWEEN}{_LABEL}{_ID})*\s*(?:†[^\]】］]{{0,60}})?{_CLOSE}"
_ROUND = rf"[(（]\s*{_ID}(?:{_BETWEEN}{_ID})*\s*[)）]"
_NO_ID = rf"{_OPEN}\s*{_LABEL}\d{{1,3}}\s*(?:†[^\]】］]{{0,60}})?{_CLOSE}"
_MARKER = rf"(?:{_SQUARE}|{_ROUND}|{_NO_ID})"
_MARKERS = re.compile(rf"(?:\s*{_MARKER})+")
_HALF = re.compile(r"[\[【［(（][^\])】］）]{0,80}$")
_END = re.compile(r"[.!?…。]+[\"'”’»)\]*_`]*")
_ENDED = re.compile(rf"{_END.pattern}\s*$")
_FENCE = re.compile(r"```[\w-]*|~~~[\w-]*")
_LEAD = re.compile(r"^(?:\s*(?:[-*•>#]+|\d{1,2}[.)])\s+)+")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+")
_THINKING, _THOUGHT = re.compile(r"<think(?:ing)?>", re.I), re.compile(r"</think(?:ing)?>", re.I)
_TAG = len("</thinking>")


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that a model wrote, without its ids, and those ids in their order, each once. Nothing is checked yet."""

    text: str
    ids: tuple[str, ...]


class DraftParser:
    """Takes text piece by piece and gives out draft sentences, cut as those of articles in `language` are."""

    def __init__(self, language: str | None) -> None:
        self._language = language
        self._thoughts = _Thoughts()
        self._text = ""  # what no sentence was made of yet
        self._said = ""

    @property
    def no_answer(self) -> bool:
        """Whether NO_ANSWER is all that was written."""
        return self._said.strip(" \n\t*`\"'.[]()") == NO_ANSWER

    def feed(self, piece: str) -> Iterator[Draft]:
        """The sentences that a further piece of text completes."""
        yield from self._take(self._thoughts.without(piece), ended=False)

    def end(self) -> Iterator[Draft]:
        """The sentences that only the end completes."""
        yield from self._take(self._thoughts.rest(), ended=True)

    def _take(self, said: str, ended: bool) -> Iterator[Draft]:
        self._text += said
        self._said += said[: 10 * len(NO_ANSWER)] if len(self._said) < 10 * len(NO_ANSWER) else ""
        while (end := _claim_end(self._text, ended)) is not None:
            claim, self._text = self._text[:end], self._text[end:]
            yield from self._split(claim)

    def _split(self, claim: str) -> Iterator[Draft]:
        """The ids belong to the last sentence of `claim`; those before it have none."""
        ids = tuple(dict.fromkeys(id for m in re.finditer(_MARKER, claim) for id in _ids(m[0])))
        text = _clean(claim)
        if not text:
            return
        *before, last = _sentences(text, self._language)
        yield from (Draft(sentence, ()) for sentence in before)
        yield Draft(last[:MAX_CHARS], ids if len(last) <= MAX_CHARS else ())


class _Thoughts:
    """Leaves out what a model thinks aloud between tags."""

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False

    def without(self, piece: str) -> str:
        self._held += piece
        said = ""
        while tag := (_THOUGHT if self._thinking else _THINKING).search(self._held):
            said += "" if self._thinking else self._held[: tag.start()]
            self._held, self._thinking = self._held[tag.end() :], not self._thinking
        half = self._held.rfind("<", -_TAG)
        keep = half if half >= 0 and (self._thinking or "<thinking>".startswith(self._held[half:].lower())) else len(self._held)
        said += "" if self._thinking else self._held[:keep]
        self._held = self._held[keep:]
        return said

    def rest(self) -> str:
        return "" if self._thinking else self._held


def _claim_end(text: str, ended: bool) -> int | None:
    """Where the first claim of a text ends for certain; None if there is none, or it can't be told yet."""
    for n, markers in enumerate(_MARKERS.finditer(text), 1):
        end = markers.end() if n == MAX_GROUPS else _end_at(text, markers.start(), markers.end(), ended)
        if end is not None:
            return _line_end(text, markers.start()) or end
    if line := _line_end(text, len(text)):
        return line
    if ended and text.strip():
        return len(text)
    return len(text) if len(text) > MAX_CHARS else None


def _end_at(text: str, start: int, end: int, ended: bool) -> int | None:
    """Where a claim ends whose markers are text[start:end]: there, behind a full stop after them, or not here (None)."""
    rest = text[end:].lstrip(" \t")
    if not ended and (not rest or _HALF.match(rest)):
        return None  # more markers may come, or the one that has begun is not yet whole
    if not rest or rest[0] == "\n":
        return end
    stop = _END.match(rest)
    if stop is None:
        return end if _ENDED.search(text[:start]) and not rest[0].islower() else None  # "the U.S. [1.2] officials"
    return len(text) - len(rest) + stop.end() if ended or stop.end() < len(rest) else None


def _line_end(text: str, limit: int) -> int | None:
    """Where a line with words ends before `limit`, unless markers follow it on the next; None if there is no such line."""
    for match in re.finditer(r"\n+", text[:limit]):
        rest = text[match.end() :].lstrip()
        if text[: match.start()].strip() and rest and not re.match(r"[\[【［(（]", rest):
            return match.start()
    return None


def _ids(marker: str) -> list[str]:
    """The ids in a marker; a number that is no id is one that doesn't exist."""
    return re.findall(_ID, marker) or re.findall(r"\d+", marker)


def _clean(claim: str) -> str:
    """The words of a claim: without markers, fences, list signs and emphasis."""
    text = _FENCE.sub(" ", _MARKERS.sub(" ", claim))
    text = "\n".join(_LEAD.sub("", line) for line in text.splitlines())
    text = " ".join(_EMPHASIS.sub("", text).split())
    return re.sub(r"\s+([.,;:!?…])", r"\1", text)


def _sentences(text: str, language: str | None) -> list[str]:
    """A text as sentences."""
    return [text[s.start : s.end] for s in split_sentences(text, (Stretch(0, len(text), "body"),), language)] or [text]
