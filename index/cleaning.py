"""From the characters of a file to an article's title, text and stretches. Drops and folds; never inserts.

The text of an article is what is left of its file when boilerplate lines are dropped and no-break spaces are folded to
spaces, one for one. Every stretch of it has a kind; only `body` is ever quoted. A stretch is a paragraph: lines are
dropped whole, or cut at their end, so that no place where something was dropped lies inside a stretch.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["body", "heading", "caption"]

VERSION = 2
"""Part of the index's recipe: raise it when the same file would be cleaned differently."""

_TERMINAL = re.compile(r"[.!?…:;,][\"'”’»)\]]*$|[。！？]$")
_BULLET = re.compile(r"^\s*([-*•–+]|\d+[.)])\s+\S")
_CREDIT = re.compile(r"\b(photos?|image|picture|capture|courtesy|credits?|via|getty|reuters|foto|imagen|cortesía)\b", re.I)
_BOILERPLATE = re.compile(
    r"^this (article|story|post|piece|report) (was )?(originally|first) (appeared|published|posted)\b.{0,80}$"
    r"|^if you have any problems viewing this article\b.{0,80}$"
    r"|^(read|see|learn) more\W*$"
    r"|^(share|tweet|print|email|subscribe|sign up|advertisement|related articles?)\W*$"
    r"|^(publicidade?|compartir|compartilhar|leer más|leia mais|seguir leyendo)\W*$",
    re.I,
)
_ORIGIN = re.compile(
    r"^this \w+ (?:was )?(?:originally|first) (?:appeared|published|posted) (?:at|in|on|by) (\D{1,60}?)\.?$", re.I
)
_TRAILING_LINK = re.compile(r"(?<=[.!?…\"”’»)\]])\s*(?i:read more|continue reading)\W*$|\s*\b(Read More|Continue Reading)\W*$")
_HEADING_WORDS, _CAPTION_WORDS, _QUESTION_HEADING_WORDS, _TITLE_CHARS = 16, 40, 6, 200
_RUN = 6  # words: a run this long does not stand in two places by chance


class Block(NamedTuple):
    """A paragraph as its file has it; `kind` is None where the file doesn't mark it, and it is told by its words."""

    text: str
    kind: Kind | None = None


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


def clean(blocks: Iterable[Block], *, title: str | None = None) -> Cleaned:
    """Clean the paragraphs of a file.

    `title` is the one stated elsewhere (in front matter); without it a first line that reads like a title is taken as
    one, and left out of the text, as are its repetitions.
    """
    found = [Block(block.text.translate(_FOLD), block.kind) for block in blocks]
    found = [block for block in found if block.text.strip()]
    if title is None and len(found) > 1 and _is_title(found[0]):
        title = found.pop(0).text.lstrip("# ").strip()
    publisher = next((m[1] for b in found if (m := _ORIGIN.match(b.text.strip()))), None)
    kept = [Block(_TRAILING_LINK.sub("", b.text), b.kind) for b in _without_boilerplate(found, title)]
    kept = [block for block in kept if block.text.strip()]
    runs = _runs([block.text for block in kept])
    kinds = [block.kind or _kind(block.text, runs) for block in kept]
    if "body" not in kinds:  # a list of names, a single word: all there is can be quoted
        kinds = ["body" for _ in kept]
    return Cleaned(title, publisher, *_joined([block.text for block in kept], kinds))


def paragraphs(raw: str) -> tuple[Block, ...]:
    """The paragraphs of plain text.

    Each is a line, save where the lines of a block between blank lines are hard-wrapped: then the block is one
    paragraph, its line breaks kept.
    """
    found: list[str] = []
    text = raw.translate(_FOLD).replace("\r\n", "\n").replace("\r", "\n")
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line for line in block.split("\n") if line.strip()]
        if len(lines) > 1 and _wrapped(lines):
            found.append("\n".join(lines))
        else:
            found.extend(lines)
    return tuple(map(Block, found))


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


def _wrapped(lines: list[str]) -> bool:
    if any(_BULLET.match(line) or line.startswith("#") for line in lines):
        return False
    return all(len(line) <= 120 for line in lines) and all(len(line) >= 40 for line in lines[:-1])


def _is_title(block: Block) -> bool:
    text = block.text.strip()
    if block.kind not in (None, "heading") or len(text) > _TITLE_CHARS or "\n" in text:
        return False
    return block.kind == "heading" or text.startswith("# ") or not re.search(r"[.:;,…][\"'”’»)\]]*$", text)


def _without_boilerplate(blocks: list[Block], title: str | None) -> list[Block]:
    squeezed = [" ".join(block.text.split()) for block in blocks]
    later = [" ".join(squeezed[i + 1 :]) for i in range(min(len(squeezed), 10))]
    kept = []
    for i, line in enumerate(squeezed):
        rest = line.replace(title, "").strip("# ") if title else line
        teaser = i < len(later) and _is_teaser(rest, later[i])
        if rest and not teaser and not _BOILERPLATE.match(line):
            kept.append(blocks[i])
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


def _kind(paragraph: str, runs: dict[tuple[str, ...], int]) -> Kind:
    line = paragraph.strip()
    words = len(line.split())
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
