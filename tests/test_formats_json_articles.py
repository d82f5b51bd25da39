"""Articles as JSON: the documented fields, and what is said of an object that can't be used."""

import json
import re
from dataclasses import astuple
from typing import Any

import pytest
from conftest import REPOSITORY
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import Block
from index.formats import sidecar
from index.formats.draft import Draft
from index.formats.json_articles import read, read_line
from index.formats.metadata import Metadata, Unreadable

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def line(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def test_all_fields_are_taken_and_others_passed_over() -> None:
    draft = read_line(
        line(
            id=7, title="The flood", text="It rose.\n\nIt fell.", author=["Ann", "Bob"], publisher="Daily Post",
            url="https://x.example/7", published="2016-03-04T10:00:00Z", language="en", section="news", tags=[1],
        )
    )  # fmt: skip
    assert draft.id == "7"
    assert draft.blocks == (Block("It rose."), Block("It fell."))
    assert draft.metadata == Metadata("The flood", "Ann, Bob", "Daily Post", "https://x.example/7", "2016-03-04", "en")


def test_the_hash_is_that_of_what_is_said_not_of_its_spelling() -> None:
    one = read_line(b'{"text": "It rose \\u00e9.", "id": "a"}')
    other = read_line('{"id":"a","text":"It rose é."}\n'.encode())
    assert one.sha256 == other.sha256
    assert one.sha256 != read_line(line(id="a", text="It fell.")).sha256


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"5", "no object"),
        (b"[]", "no object"),
        (line(title="x"), "no text in the field 'text'"),
        (line(text="  "), "no text"),
        (line(text=5), "no text"),
        (b'{"text": "a \\ud800 b"}', r"half a character \(\\ud800\) at 2"),
        (line(text="x", published="soon"), "published: soon"),
        (line(text="x", url="ftp://x"), "url: ftp://x"),
        (line(text="x", id={"a": 1}), "'id' is neither"),
        (line(text="x", id=True), "'id' is neither"),
        (line(text="x", id="a\x1b[2J"), "can't be shown"),
        (line(text="x", id="a" * 201), "longer than 200"),
        (line(text="x", id=" a"), "can't be shown"),
        (b"[" * 100_000, "nested too deeply"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_what_can_not_be_used_is_told(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_line(content)


def test_a_file_holds_one_article_or_a_list_of_them() -> None:
    (one,) = read(line(text="It rose."))
    assert isinstance(one, Draft) and one.id is None
    first, second, third = read(json.dumps([{"id": "a", "text": "It rose."}, {"id": "b"}, {"id": "c", "text": "x"}]).encode())
    assert isinstance(first, Draft) and isinstance(third, Draft)
    assert str(second) == "its object 2 can't be used: it has no text in the field 'text'"
    assert list(read(b"[]")) == []


@given(st.dictionaries(st.sampled_from(["text", "id", "title", "published", "url"]), anything))
def test_any_object_gives_a_draft_or_one_line(item: dict[str, Any]) -> None:
    try:
        draft = read_line(json.dumps(item).encode())
    except Unreadable as why:
        assert "\n" not in str(why)
    else:
        assert any(block.text.strip() for block in draft.blocks)
        assert draft.sha256


def test_the_examples_of_the_readme_are_read_whole() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"```json\n(.*?)```", readme, re.S)
    (beside,) = re.findall(r"```toml\n(.*?)```", readme, re.S)
    draft = read_line(line.encode())
    assert draft.id == "w1"
    assert None not in astuple(draft.metadata)
    assert sidecar.read(beside.encode(), "x.meta.toml") == draft.metadata
