"""The lines of a PDF's pages, which of them are running heads, and which belong to one paragraph."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any

_EDGE = 3  # lines at the top and at the foot of a page in which a running head is looked for
_LONG = 10  # pages; from here on a running head stands on three at least, as that of a chapter may, else on two,
_SHARE = 0.02  # and on this share of the pages: the last word of a paragraph ends many pages of a long report
_HEAD_CHARS = 60
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite|p[áa]g(?:ina|\.)?)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|de|von)\s*\d+)?\W*", re.I
)
_CONTENTS = re.compile(r"(?:\.\s?){5}\s*\d*$")
_BULLET = re.compile(r"[•▪◦‣●■]")
_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_PARTED = re.compile(r"(\w+)[-\u2010\u00ad]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: `left` and `height` (from below) of its start, and the size of its letters, in points."""

    text: str
    page: int
    left: float
    height: float
    size: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines joined, and the size of their letters."""

    text: str
    size: float


def lines_of(page: Any, number: int) -> list[Line]:
    """The lines of a pypdf page, in the order in which they are drawn."""
    lines: list[Line] = []
    pieces: list[tuple[str, float, float, float]] = []

    def end() -> None:
        text = " ".join("".join(piece[0] for piece in pieces).split())
        if text and not _CONTENTS.search(text):
            _, left, height, _ = next(piece for piece in pieces if piece[0].strip())
            size = max(pieces, key=lambda piece: len(piece[0]))[3]  # a bullet or a first letter may have its own
            lines.append(Line(text, number, left, height, size))
        pieces.clear()

    def take(text: str, outer: list[float], inner: list[float], font: Any, size: float) -> None:
        for part in re.split(r"(\n)", text):
            if part == "\n":
                end()
            elif part:
                pieces.append((part, *_place(outer, inner, size)))

    page.extract_text(visitor_text=take)
    end()
    return lines


def _place(outer: list[float], inner: list[float], size: float) -> tuple[float, float, float]:
    """Left, height and size on the page: the text's matrix times the drawing's, as a PDF composes them."""
    left = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scale = (inner[2] ** 2 + inner[3] ** 2) ** 0.5 * (outer[2] ** 2 + outer[3] ** 2) ** 0.5
    return left, height, round(abs(size) * scale, 1)


def without_running_heads(pages: list[list[Line]]) -> list[Line]:
    """All lines but those that stand at the edge of several pages, their numbers apart, and page numbers."""
    edges = [_edges(lines) for lines in pages]
    seen = Counter(key for both in edges for key in {_key(line) for edge in both for line in edge})
    needed = max(2 if len(pages) < _LONG else 3, _SHARE * len(pages))
    kept: list[Line] = []
    for lines, both in zip(pages, edges, strict=True):
        heads = {id(line) for edge in both for line in takewhile(lambda line: _is_head(line, seen, needed), edge)}
        kept.extend(line for line in lines if id(line) not in heads)
    return kept


def _edges(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines at the top and at the foot of a page, from its edge inwards."""
    down = sorted(lines, key=lambda line: -line.height)
    return down[:_EDGE], down[_EDGE:][-_EDGE:][::-1]


def _is_head(line: Line, seen: Counter[str], needed: float) -> bool:
    return seen[_key(line)] >= needed or bool(_PAGE_NUMBER.fullmatch(line.text))


def _key(line: Line) -> str:
    """What is the same in a running head on every page: in a short one, all but the number of the page."""
    text = line.text.casefold()
    return re.sub(r"\d+", "#", text) if len(text) <= _HEAD_CHARS else text


def body_size(lines: list[Line]) -> float:
    """The size that most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """Lines that belong together, joined; a word parted at a line's end is made whole."""
    down = [a.height - b.height for a, b in pairwise(lines) if a.page == b.page and a.size == b.size]
    gaps = sorted(gap for gap in down if gap > 0.5 * body_size(lines)) or [0.0]
    leading = gaps[len(gaps) // 5]  # a low one: between short paragraphs most gaps are wider
    longest = Counter[float]()
    for line in lines:
        longest[line.size] = max(longest[line.size], len(line.text))
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1][-1], line, leading, longest[line.size]):
            groups[-1].append(line)
        else:
            groups.append([line])
    words = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(line.text for line in lines).casefold()))
    return [Paragraph(_joined(group, words), group[0].size) for group in groups]


def _continues(last: Line, line: Line, leading: float, longest: int) -> bool:
    """Whether a line goes on with the paragraph of the last one."""
    if abs(line.size - last.size) > 0.08 * last.size or _BULLET.match(line.text):
        return False
    ended = bool(_END.search(last.text))
    gap = last.height - line.height
    if line.page != last.page or gap < 0:  # at the top of the next column or page
        return not ended
    if gap > max(1.4 * leading, 1.5 * line.size):
        return False
    indented = line.left > last.left + 0.8 * line.size
    return not (ended and (indented or len(last.text) < 0.75 * longest))


def _joined(lines: list[Line], words: Counter[str]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        parted = _PARTED.search(text)
        rest = re.match(r"[^\W\d_]+", line.text)
        if not parted or not rest or not rest[0][0].islower():
            text += " " + line.text
            continue
        compound = f"{parted[1]}-{rest[0]}".casefold()
        keeps = "\u00ad" not in parted[0] and words[compound] > words[compound.replace("-", "")]
        text = (text if keeps else text[: parted.end(1)]) + line.text
    return text
