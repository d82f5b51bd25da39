"""Markdown as paragraphs: headings known as such, links as their text; pictures and raw HTML are left out."""

import re
from typing import TYPE_CHECKING

from index.cleaning import Block, Kind
from index.formats import front_matter
from index.formats.draft import Draft
from index.formats.text import decode

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}
_INLINE = {"text", "code_inline", "text_special"}


def read(content: bytes) -> Draft:
    """A draft of a Markdown file (CommonMark and tables), with its front matter. Raises Unreadable."""
    metadata, text = front_matter.split(decode(content))
    return Draft(metadata, blocks(text))


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs of Markdown: those in lists are body text; rows of tables and fenced code are there, but never quoted."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    found: list[Block] = []
    row: list[str] | None = None
    lists = 0
    kind: Kind | None = None
    for token in parser.parse(text):
        match token.type:
            case "heading_open":
                kind = "heading"
            case "heading_close":
                kind = None
            case "list_item_open" | "list_item_close":
                lists += token.nesting
            case "tr_open":
                row = []
            case "tr_close":
                found.append(Block(" | ".join(row or ()), "caption"))
                row = None
            case "fence":
                found.append(Block(token.content.rstrip("\n"), "caption"))
            case "code_block":  # four spaces before a line: more often an author's indented paragraph
                found.append(Block(token.content.rstrip("\n")))
            case "inline" if row is not None:
                row.append(_text(token).replace("\n", " "))
            case "inline":
                found.append(Block(_text(token), kind or ("body" if lists else None)))
    return tuple(found)


def _text(token: "Token") -> str:
    """The characters of a paragraph that a reader would see."""
    return re.sub(r"(?<=\S)  +", " ", "".join(map(_shown, token.children or ())))


def _shown(part: "Token") -> str:
    if part.type == "html_inline":
        return "\n" if re.match(r"<br\b", part.content, re.I) else ""
    return part.content if part.type in _INLINE else _BREAKS.get(part.type, "")
