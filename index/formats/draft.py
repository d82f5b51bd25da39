"""What a format's module gives: what a file states of itself, and its paragraphs."""

from dataclasses import dataclass

from index.cleaning import Block
from index.formats.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may take: characters in an article's text, pages, and bytes when it is unpacked."""

    max_chars: int = 2_000_000
    pages: int = 2_000
    unpacked: int = 64_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before cleaning.

    `id` and `sha256` are only given where one file holds many articles; else the file has them.
    """

    metadata: Metadata
    blocks: tuple[Block, ...]
    id: str | None = None
    sha256: str | None = None


def too_long(max_chars: int) -> str:
    """Why an article that is too long is not taken."""
    return f"it is longer than {max_chars:,} characters; split it, or raise FOOTNOTE_MAX_ARTICLE_CHARS"
