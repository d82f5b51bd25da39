"""A PDF as paragraphs: pypdf gives the text in pieces with their places, `index.formats.pdf_lines` makes lines of them.

A PDF has no paragraphs, so they are guessed from sizes, gaps and line ends; running heads and page numbers are dropped, and
words parted at a line's end are made whole.
"""

import io
import re
from typing import Any

from index.cleaning import Block
from index.formats.draft import Draft, Limits
from index.formats.metadata import Metadata, Unreadable
from index.formats.pdf_lines import Line, body_size, lines_of, paragraphs, without_running_heads

_NO_TITLE = re.compile(r"untitled|microsoft \w+ - .*|.*\.(docx?|indd|pdf|qxd|rtf|odt|tex|dvi|pptx?)|[\W\d]*|\(.*\)", re.I)


def read(content: bytes, limits: Limits) -> Draft:
    """A draft of a PDF. Raises Unreadable: encrypted, too many pages, no text; and what pypdf raises on broken ones."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, WrongPasswordError

    reader = PdfReader(io.BytesIO(content))
    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except (DependencyError, WrongPasswordError):
        locked = True
    if locked:
        raise Unreadable("it is encrypted; save a copy without a password")
    if (count := len(reader.pages)) > limits.pages:
        raise Unreadable(f"it has {count:,} pages, more than {limits.pages:,}; split it")
    pages, chars = [], 0
    for number in range(count):
        pages.append(lines_of(reader.pages[number], number))
        chars += sum(len(line.text) for line in pages[-1])
        if chars > 2 * limits.max_chars:
            break  # it is told as too long
    lines = without_running_heads(pages)
    if not lines:
        raise Unreadable("it holds no text but perhaps pictures of pages; run a text recognition over it, for example ocrmypdf")
    usual = body_size(lines)
    blocks = [Block(p.text, "heading" if p.size > 1.15 * usual and len(p.text) < 300 else None) for p in paragraphs(lines)]
    return Draft(_stated(reader.metadata, lines, blocks, usual), tuple(blocks))


def _stated(about: Any, lines: list[Line], blocks: list[Block], usual: float) -> Metadata:
    """Title and author; the dates in a PDF are those of the file, not of what it says."""
    author = str((about and about.author) or "")
    named = " " in author and not _NO_TITLE.fullmatch(author)  # else it is an account's name
    return Metadata.guessed(title=_title(about, lines, blocks, usual), author=author if named else None)


def _title(about: Any, lines: list[Line], blocks: list[Block], usual: float) -> str | None:
    """The stated title if the first page has it too; else its largest heading; else the stated one if it reads like one."""
    stated = " ".join(str((about and about.title) or "").split())
    if _NO_TITLE.fullmatch(stated):
        stated = ""
    first = [line for line in lines if line.page == lines[0].page]
    words = set(re.findall(r"\w+", stated.casefold()))
    if words and words <= set(re.findall(r"\w+", " ".join(line.text for line in first).casefold())):
        return stated
    largest = max(first, key=lambda line: line.size)
    if largest.size > 1.3 * usual:
        return next((b.text for b in blocks if b.kind == "heading" and largest.text in b.text), None)
    return stated or None
