"""From the characters of a file to an article's title, text and stretches. Drops and folds; never inserts.

The text of an article is what is left of its file when boilerplate lines are dropped and no-break spaces are folded to
spaces, one for one. Every stretch of it has a kind; only `body` is ever quoted. A stretch is a paragraph: lines are
dropped whole, or cut at their end, so that no place where something was dropped lies inside a stretch.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["body", "heading", "caption"]

VERSION = 1
"""Part of the index's recipe: raise it when the same file would be cleaned differently."""

_TERMINAL = re.compile(r"[.!?…:;,][\"'”’»)\]]*$|[。！？]$")
_BULLET = re.compile(r"^\s*([-*•–+]|\d+[.)])\s+\S")
_CREDIT = re.compile(r"\b(photos?|image|picture|capture|courtesy|credits?|via|getty|reuters|foto|imagen|cortesía)\b", re.I)
_BOILERPLATE = re.compile(
    r"^this (article|story|post|piece|report) (was )?(originally|first) (appeared|published|posted)\b.{0,80}$"
    r"|^if you have any problems viewing this article\b.{0,80}$"
    r"|^(read|see|learn) more\W*$"
    r"|^(share|tweet|print|email|subscribe|sign up|advertisement|related articles?)\W*$",
    re.I,
)
_ORIGIN = re.compile(
    r"^this \w+ (?:was )?(?:originally|first) (?:appeared|published|posted) (?:at|in|on|by) (\D{1,60}?)\.?$", re.I
)
_TRAILING_LINK = re.compile(r"(?<=[.!?…\"”’»)\]])\s*(?i:read more|continue reading)\W*$|\s*\b(Read More|Continue Reading)\W*$")
_HEADING_WORDS, _CAPTION_WORDS, _QUESTION_HEADING_WORDS, _TITLE_CHARS = 16, 40, 6, 200
_RUN = 6  # words: a run this long does not stand in two places by chance


@dataclass(frozen=True, slots=True)
class Stretch:
    """One paragraph of an article: `text[start:end]`, in Unicode code points."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What a file says: its title and publisher where it states them, its text, and the text's stretches in order."""

    title: str | None
    publisher: str | None
    text: str
    stretches: tuple[Stretch, ...]


def clean(raw: str, *, title: str | None = None, markdown: bool = False) -> Cleaned:
    """Clean the characters of a file.

    `title` is the one stated elsewhere (in front matter); without it a first line that reads like a title is taken as
    one, and left out of the text, as are its repetitions.
    """
    paragraphs = _paragraphs(raw.translate(_FOLD), markdown)
    if title is None and len(paragraphs) > 1 and _reads_like_title(paragraphs[0]):
        title = paragraphs.pop(0).lstrip("# ").strip()
    publisher = next((m[1] for p in paragraphs if (m := _ORIGIN.match(p.strip()))), None)
    kept = [_TRAILING_LINK.sub("", p) for p in _without_boilerplate(paragraphs, title)]
    kept = [p for p in kept if p.strip()]
    runs = _runs(kept)
    kinds = [_kind(p, runs, markdown) for p in kept]
    if "body" not in kinds:  # a list of names, a single word: all there is can be quoted
        kinds = ["body" for _ in kept]
    return Cleaned(title, publisher, *_joined(kept, kinds))


_SPACES = [0xA0, 0x202F, 0x2007, 0xFEFF, 0x85, *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F]  # and control characters
_FOLD = dict.fromkeys(_SPACES, " ") | {0x2028: "\n", 0x2029: "\n"}


def _joined(paragraphs: list[str], kinds: list[Kind]) -> tuple[str, tuple[Stretch, ...]]:
    """The text, a line break after every paragraph that the file had there, and where each paragraph lies in it."""
    stretches, at = [], 0
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        lead = len(paragraph) - len(paragraph.lstrip())
        stretches.append(Stretch(at + lead, at + len(paragraph.rstrip()), kind))
        at += len(paragraph) + 1
    return "\n".join(paragraphs), tuple(stretches)


def _paragraphs(text: str, markdown: bool) -> list[str]:
    """Lines, save where a blank-line block is hard-wrapped: then the block is one paragraph, its line breaks kept."""
    paragraphs: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        if len(lines) > 1 and _wrapped(lines, markdown):
            paragraphs.append("\n".join(lines))
        else:
            paragraphs.extend(lines)
    return paragraphs


def _wrapped(lines: list[str], markdown: bool) -> bool:
    if any(_BULLET.match(line) or line.startswith("#") for line in lines):
        return False
    return markdown or (all(len(line) <= 120 for line in lines) and all(len(line) >= 40 for line in lines[:-1]))


def _reads_like_title(line: str) -> bool:
    text = line.strip()
    return (
        len(text) <= _TITLE_CHARS
        and "\n" not in text
        and (text.startswith("# ") or not re.search(r"[.:;,…][\"'”’»)\]]*$", text))
    )


def _without_boilerplate(paragraphs: list[str], title: str | None) -> list[str]:
    squeezed = [" ".join(p.split()) for p in paragraphs]
    later = [" ".join(squeezed[i + 1 :]) for i in range(min(len(squeezed), 10))]
    kept = []
    for i, line in enumerate(squeezed):
        rest = line.replace(title, "").strip("# ") if title else line
        teaser = i < len(later) and _is_teaser(rest, later[i])
        if rest and not teaser and not _BOILERPLATE.match(line):
            kept.append(paragraphs[i])
    return kept


def _is_teaser(line: str, later: str) -> bool:
    """Whether a line near the top is the beginning of what follows, cut off with an ellipsis."""
    start = re.sub(r"\s*(\.\.\.|…)$", "", line)
    return start != line and len(start) >= 40 and start in later


def _runs(paragraphs: list[str]) -> dict[tuple[str, ...], int]:
    """Each run of six words, with the number of words in the longest paragraph it occurs in."""
    runs: dict[tuple[str, ...], int] = {}
    for paragraph in paragraphs:
        words = _words(paragraph)
        for run in zip(*(words[i:] for i in range(_RUN)), strict=False):
            runs[run] = max(runs.get(run, 0), len(words))
    return runs


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is_pull_quote(line: str, runs: dict[tuple[str, ...], int]) -> bool:
    """Whether every run of words of a line stands in a longer paragraph too."""
    words = _words(line)
    own = list(zip(*(words[i:] for i in range(_RUN)), strict=False))
    return bool(own) and all(runs[run] > len(words) for run in own)


def _kind(paragraph: str, runs: dict[tuple[str, ...], int], markdown: bool) -> Kind:
    line = paragraph.strip()
    words = len(line.split())
    if markdown and line.startswith("#"):
        return "heading"
    if _BULLET.match(line):
        return "body"
    if words <= _CAPTION_WORDS and _is_pull_quote(line, runs):
        return "caption"
    if _TERMINAL.search(line):
        return "heading" if words <= _QUESTION_HEADING_WORDS and line.endswith("?") else "body"
    last = re.split(r"(?<=\w\w)[.!?]\s+", line)[-1]  # not after an initial
    if words <= _CAPTION_WORDS and _CREDIT.search(last):
        return "caption"
    return "heading" if words <= _HEADING_WORDS else "body"
