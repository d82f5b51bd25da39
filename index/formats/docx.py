"""A Word document as paragraphs: headings, lists and tables known by their styles; deleted and hidden text left out.

Only four parts of the archive are read, each as XML without entities and within a size; macros, pictures, comments and
what lies behind links are never touched.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from index.cleaning import Block, Kind
from index.formats.draft import Draft, Limits
from index.formats.metadata import Metadata, Unreadable

_PARTS = 10_000
_UNSEEN = {"del", "moveFrom", "Fallback", "delText", "instrText", "pict", "rPr", "pPr"}
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_STYLES: tuple[tuple[str, Kind | None], ...] = (
    (r"heading \d|title|subtitle", "heading"),
    (r"caption|html preformatted|macro text", "caption"),
    (r"list( .*)?", "body"),
)
_PROSE = 120  # characters: a cell with a sentence this long is layout, not a figure or a name


def read(content: bytes, limits: Limits) -> Draft:
    """A draft of a .docx file. Raises Unreadable, and what zipfile and lxml raise on broken ones."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if len(archive.infolist()) > _PARTS:
            raise Unreadable(f"its archive has more than {_PARTS:,} parts")
        parts = _Parts(archive, limits.unpacked)
        types = parts.xml("[Content_Types].xml")
        document = next(
            (e.get("PartName") for e in types if re.search(r"document\S*\.main\+xml$", e.get("ContentType", ""))), None
        )
        if document is None:
            raise Unreadable("it is a zip archive, but no Word document")
        styles = _style_names(parts.xml("word/styles.xml", missing="<styles/>"))
        body = _Body(parts.xml(document.lstrip("/")), styles)
        core = parts.xml("docProps/core.xml", missing="<core/>")
    stated = {_name(e): e.text for e in core if isinstance(e.tag, str)}
    title = body.title or stated.get("title")
    if not body.found:
        raise Unreadable("it holds no text")
    return Draft(Metadata.guessed(title=title, author=stated.get("creator")), tuple(body.found))


class _Parts:
    """The XML parts of an archive, no more than `left` bytes of them, whatever the archive says of their sizes."""

    def __init__(self, archive: zipfile.ZipFile, left: int) -> None:
        self._archive, self._left, self._most = archive, left, left

    def xml(self, name: str, missing: str = "") -> Any:
        from lxml import etree

        try:
            with self._archive.open(name) as part:
                content = part.read(self._left + 1)
        except KeyError:
            if not missing:
                raise Unreadable(f"it is a zip archive, but no Word document ({name[:80]} is missing)") from None
            content = missing.encode()
        self._left -= len(content)
        if self._left < 0:
            raise Unreadable(f"it unpacks to more than {self._most // 1_000_000} MB")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(content, parser)
        if root.getroottree().docinfo.doctype:
            raise Unreadable("its XML declares entities, which no Word document does")
        return root


class _Body:
    """The paragraphs of a document, in order, and the one in the style "Title", if there is one."""

    def __init__(self, document: Any, styles: dict[str, str]) -> None:
        self.found: list[Block] = []
        self.title: str | None = None
        self._styles = styles
        self._walk(document)

    def _walk(self, element: Any) -> None:
        for child in element:
            name = _name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tr" and not _laid_out(child):
                self.found.append(Block(" | ".join(_cells(child)), "caption"))
            elif name not in _UNSEEN:
                self._walk(child)

    def _paragraph(self, paragraph: Any) -> None:
        style, listed = self._style(paragraph)
        text = " ".join("".join(_pieces(paragraph)).split())
        if text and not style.startswith("toc "):
            kind = next((kind for pattern, kind in _STYLES if re.fullmatch(pattern, style)), None)
            self.found.append(Block(text, kind or ("body" if listed else None)))
            if style == "title" and self.title is None:
                self.title = text
        for box in paragraph.iter("{*}txbxContent"):
            if not any(_name(above) == "Fallback" for above in box.iterancestors()):
                self._walk(box)

    def _style(self, paragraph: Any) -> tuple[str, bool]:
        """The name of its style, and whether it is an item of a list."""
        about = paragraph.find("{*}pPr")
        style = None if about is None else about.find("{*}pStyle")
        id = "" if style is None else next(iter(style.attrib.values()), "")
        return self._styles.get(id, ""), about is not None and about.find("{*}numPr") is not None


def _pieces(element: Any) -> Iterator[str]:
    """The characters of a paragraph that a reader sees, those of text boxes anchored in it apart."""
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "r" and child.find("{*}rPr/{*}vanish") is not None:
            continue
        elif name not in _UNSEEN and name != "txbxContent":
            yield from _pieces(child)


def _cells(row: Any) -> list[str]:
    """The text of each cell of a row, its paragraphs joined."""
    return [" ".join(" ".join("".join(_pieces(p)) for p in cell.iter("{*}p")).split()) for cell in row.iter("{*}tc")]


def _laid_out(row: Any) -> bool:
    """Whether a table's row is but the page's layout: one cell, a table within, or a cell that holds prose."""
    lines = _cells(row)
    nested = row.find(".//{*}tbl") is not None
    return nested or len(lines) < 2 or any(len(line) > _PROSE and re.search(r"[.!?]\W*$", line) for line in lines)


def _style_names(styles: Any) -> dict[str, str]:
    """Style names by id; the ids are in the language of the author's Word, the names are not."""
    names = {}
    for style in styles.iter("{*}style"):
        name = style.find("{*}name")
        id = next((value for key, value in style.attrib.items() if key.endswith("styleId")), None)
        if id and name is not None:
            names[id] = next(iter(name.attrib.values()), "").lower()
    return names


def _name(element: Any) -> str:
    """The tag without its namespace, which differs between two editions of the standard."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
