"""The kinds of files that can be articles, told by their names, and checked against how they begin."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Literal

from index.formats.draft import Draft, Limits
from index.formats.metadata import Unreadable

FileKind = Literal["text", "markdown", "html", "pdf", "docx", "json", "jsonl"]

KINDS: dict[str, FileKind] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""By the ending of a file's name."""

MAX_BYTES: dict[FileKind, int] = {"html": 20_000_000, "pdf": 100_000_000, "docx": 50_000_000, "json": 50_000_000}
"""Larger files are not read. Of text no more than four bytes a character; of JSON lines, this holds for a line."""

_BEGINNINGS: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"\s{0,64}%PDF-"), "pdf", "it is a PDF by its content: rename it to .pdf"),
    (re.compile(rb"PK\x03\x04"), "docx", "it is a zip archive, or a Word document to be renamed to .docx"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "", "it is an old or an encrypted Word document: save it as .docx, without a password"),
    (re.compile(rb"\{\\rtf"), "", "it is rich text: save it as .docx"),
    (re.compile(rb"\x1f\x8b"), "", "it is packed with gzip: unpack it"),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s{0,64}<(?:!doctype\s+html|html)\b", re.I),
        "html",
        "it is a web page by its content: rename it to .html",
    ),
)


def kind_of(name: str) -> FileKind:
    """The kind of a file by its name; what has no known ending is text."""
    return KINDS.get(PurePath(name).suffix.lower(), "text")


def max_bytes(kind: FileKind, max_chars: int) -> int:
    """How many bytes of a file (of JSON lines: of a line) are read at the most."""
    return MAX_BYTES.get(kind, 8 * max_chars if kind == "jsonl" else 4 * max_chars + 65_536)


def check_beginning(kind: FileKind, content: bytes) -> None:
    """Raise Unreadable when a file begins as one of another kind does."""
    for pattern, real, why in _BEGINNINGS:
        if real != kind and pattern.match(content):
            raise Unreadable(why)


def read(kind: FileKind, content: bytes, limits: Limits) -> Iterator[Draft | Unreadable]:
    """The drafts in a file's bytes, or in its place why a part of it gives none.

    Raises Unreadable, and what the parsers raise: all but text is to be read in a process of its own.
    """
    check_beginning(kind, content)
    match kind:  # each imported only when a file of its kind comes
        case "text":
            from index.formats import text

            yield text.read(content)
        case "markdown":
            from index.formats import markdown

            yield markdown.read(content)
        case "html":
            from index.formats import html

            yield html.read(content)
        case "pdf":
            from index.formats import pdf

            yield pdf.read(content, limits)
        case "docx":
            from index.formats import docx

            yield docx.read(content, limits)
        case "json":
            from index.formats import json_articles

            yield from json_articles.read(content)
        case "jsonl":
            from index.formats import json_articles

            yield json_articles.read_line(content)
