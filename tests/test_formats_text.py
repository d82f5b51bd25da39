"""From bytes to characters: only in encodings that can be told for certain."""

import pytest

from index.cleaning import Block
from index.formats.metadata import Metadata, Unreadable
from index.formats.text import decode, read

TEXT = "El río creció. 😀"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_can_be_told_is_decoded(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_both_orders_of_utf_16_are_known_by_their_mark(mark: bytes) -> None:
    assert decode(mark + TEXT.encode("utf-16-le" if mark[0] == 0xFF else "utf-16-be")) == TEXT


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (TEXT.encode("utf-16-le"), "binary"),
        (TEXT.encode("utf-32"), "binary"),
        ("río".encode("latin-1"), r"not UTF-8 text \(byte 1\).*iconv"),
        (TEXT.encode("utf-16")[:-1], "not UTF-16"),
        (b"\xef\xbb\xbfa\xff", r"not UTF-8 text"),
        (b"a\0b", "binary"),
        (b"\xed\xa0\x80", "not UTF-8"),
    ],
)
def test_what_can_not_be_told_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        decode(content)


def test_a_draft_has_paragraphs_and_states_nothing() -> None:
    draft = read(b"The flood\r\n\r\nIt rose.\r\n")
    assert draft.blocks == (Block("The flood"), Block("It rose."))
    assert draft.metadata == Metadata()
