"""A web page as an article: trafilatura finds its main text and what it states; nothing is run, fetched or rendered.

Navigation, cookie banners, comments and the like are left out. Trafilatura is only ever given characters, never an address.
"""

import re
from codecs import BOM_UTF8
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

from index.cleaning import Block, Kind
from index.formats.draft import Draft
from index.formats.metadata import Metadata, Unreadable
from index.formats.text import decode as decode_text

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.I)
_KNOWN = re.compile(r"us-ascii|(iso-8859|windows)-\d+|cp\d+|koi8-[ru]|gb(k|2312|18030)|big5|shift_jis|euc-(jp|kr)", re.I)
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1900-01-01", "max_date": "2100-01-01"}
_UNSEEN = ".//template | .//noscript | .//object | .//iframe | .//svg | .//nav | .//*[@hidden]"
_OF_OTHERS = ".//aside | .//footer"  # their dates and names are those of other articles, or of the site
_BREAKS = {"p", "head", "item", "quote", "row", "cell", "code", "list", "table", "div", "ab"}
_PROSE_TAGS = {"p", "head", "item", "cell", "hi", "ref", "del"}  # within them, code is a word or two
_KINDS: dict[str, Kind] = {"head": "heading", "item": "body", "code": "caption"}
_PROSE = 120  # characters: a cell with a sentence this long is no figure or name
_GUESSED_FROM = 500  # characters: then the text tells its language better than the page's template does


def read(content: bytes) -> Draft:
    """A draft of a web page. Raises Unreadable when no article is found in it."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(decode(content))
    if tree is None:
        raise Unreadable("it is no web page that can be read, or an empty one")
    _drop(tree, _UNSEEN)
    page = deepcopy(tree)
    found = bare_extraction(tree, include_comments=False)
    body = getattr(found, "body", None)
    blocks = () if body is None else tuple(_Paragraphs(body).found)
    if not blocks:
        raise Unreadable("no article was found in it; is its text filled in by a script?")
    short = sum(len(block.text) for block in blocks) < _GUESSED_FROM
    return Draft(_stated(page, page.get("lang") if short else None), blocks)


def decode(content: bytes) -> str:
    """The characters of a page: as its byte order mark or it itself says, else UTF-8, else Windows-1252, as browsers do.

    Raises Unreadable for what is no text.
    """
    declared = _CHARSET.search(content[:4096])
    label = declared[1].decode("ascii").lower() if declared else ""
    if _KNOWN.fullmatch(label) and b"\0" not in content and not content.startswith(BOM_UTF8):
        try:
            return content.decode("cp1252" if label in ("iso-8859-1", "us-ascii") else label)
        except (UnicodeDecodeError, LookupError):
            pass
    try:
        return decode_text(content)
    except Unreadable:
        if b"\0" in content:
            raise
        return content.decode("cp1252", "replace")


def _stated(page: Any, language: str | None) -> Metadata:
    from trafilatura.metadata import extract_metadata

    _drop(page, _OF_OTHERS)
    found = extract_metadata(page, date_config=dict(_DATES))
    names = [name.strip() for name in (found.author or "").split(";")]
    host = urlsplit(found.url or "").hostname or ""
    site = None if found.sitename in (host, host.removeprefix("www.")) else found.sitename  # its fallback, stated nowhere
    return Metadata.guessed(
        title=found.title,
        author=[name for name in names if not re.search(r"\d", name)],
        publisher=site,
        url=found.url,
        published=found.date,
        language=language,
    )


def _drop(tree: Any, path: str) -> None:
    for element in tree.xpath(path):
        if element.getparent() is not None:
            element.drop_tree()


class _Paragraphs:
    """The paragraphs of the tree that trafilatura gives, whose elements are p, head, list, item, quote, table, row ..."""

    def __init__(self, body: Any) -> None:
        self.found: list[Block] = []
        self._text: list[str] = []
        self._walk(body, None)
        self._end(None)

    def _walk(self, element: Any, kind: Kind | None) -> None:
        tag = element.tag
        if not isinstance(tag, str):  # a comment
            return
        if tag == "row" and not _laid_out(element):
            self._end(kind)
            self.found.append(Block(" | ".join(map(_line, element)), "caption"))
            return
        inline = tag == "code" and element.getparent().tag in _PROSE_TAGS
        own = kind if inline else _KINDS.get(tag, kind)
        breaks = tag in _BREAKS and not inline
        if breaks:
            self._end(kind)
        self._text.append("\n" if tag == "lb" else element.text or "")
        for child in element:
            self._walk(child, own)
            self._text.append(child.tail or "")
        if breaks:
            self._end(own)

    def _end(self, kind: Kind | None) -> None:
        if text := " ".join("".join(self._text).split()):
            self.found.append(Block(text, kind))
        self._text.clear()


def _laid_out(row: Any) -> bool:
    """Whether a table's row is but the page's layout: one cell, or one that holds prose."""
    return len(row) < 2 or any(len(line) > _PROSE and re.search(r"[.!?]\W*$", line) for line in map(_line, row))


def _line(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
