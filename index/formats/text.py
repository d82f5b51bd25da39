"""Plain text, and what all text formats share: from bytes to characters, in an encoding that can be told for certain."""

import codecs

from index.cleaning import paragraphs
from index.formats.draft import Draft
from index.formats.metadata import Metadata, Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_BINARY = "it is a binary file (it holds NUL bytes), not text"


def decode(content: bytes) -> str:
    """The characters of a text file: UTF-8, or UTF-16 where a byte order mark says so. Raises Unreadable."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-16" and b"\0" in content:
            raise Unreadable(_BINARY) from error
        name = encoding.upper().removesuffix("-SIG")
        raise Unreadable(f"it is not {name} text (byte {error.start}); convert it, for example with iconv") from error
    if "\0" in text:
        raise Unreadable(_BINARY)
    return text


def read(content: bytes) -> Draft:
    """A draft of a plain text file."""
    return Draft(Metadata(), paragraphs(decode(content)))
