"""Kinds are told by names, and checked against how a file begins."""

import pytest
from made_docx import docx
from made_pdf import TEXT_PDF

from index.formats.draft import Draft, Limits
from index.formats.kinds import KINDS, check_beginning, kind_of, max_bytes, read
from index.formats.metadata import Unreadable

PAGE = b"<!doctype html><html><body><p>It rose for three days, and then it fell again, as it had before.</p></body></html>"
SAMPLES = {
    "text": b"It rose.",
    "markdown": b"It *rose*.",
    "html": PAGE,
    "pdf": TEXT_PDF,
    "docx": docx(),
    "json": b'[{"text": "It rose."}]',
    "jsonl": b'{"text": "It rose."}',
}


def test_every_kind_has_a_sample() -> None:
    assert set(SAMPLES) == set(KINDS.values())


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_kind_is_read(kind) -> None:
    (draft,) = read(kind, SAMPLES[kind], Limits())
    assert isinstance(draft, Draft)
    assert draft.blocks


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("real", ["html", "pdf", "docx"])
def test_one_kind_in_the_name_of_another_is_told(kind, real) -> None:
    if kind == real:
        check_beginning(kind, SAMPLES[real])
        return
    with pytest.raises(Unreadable, match=f"renamed? (it )?to .{real}"):
        check_beginning(kind, SAMPLES[real])


def test_names_are_read_whatever_their_case() -> None:
    assert [kind_of(n) for n in ("a.PDF", "a.b.Html", "README", "a.xyz", ".txt")] == ["pdf", "html", "text", "text", "text"]


def test_of_text_as_many_bytes_are_read_as_its_characters_may_take() -> None:
    assert max_bytes("text", 1000) >= 4000
    assert max_bytes("pdf", 1000) == 100_000_000
