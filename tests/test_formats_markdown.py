"""Markdown as a reader would see it, with what its front matter states."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cleaning import Block
from index.formats.markdown import blocks, read
from index.formats.metadata import Unreadable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One\n\nTwo\n===\n\n### Three *four*", [("One", "heading"), ("Two", "heading"), ("Three four", "heading")]),
        ("It [rose](http://x.y 'z') **fast**, `so` they\nsaid.", [("It rose fast, so they\nsaid.", None)]),
        ("It ![a picture](http://x.y/i.png) rose.", [("It rose.", None)]),
        ("[It rose.][1]\n\n[1]: http://x.y", [("It rose.", None)]),
        ("AT&amp;T rose 5 &lt; 6 \\*.", [("AT&T rose 5 < 6 *.", None)]),
        ("- One\n- Two\n  - Three\n\n1. Four", [("One", "body"), ("Two", "body"), ("Three", "body"), ("Four", "body")]),
        ("> It rose.\n\nThey said.", [("It rose.", None), ("They said.", None)]),
        ("```py\nx = 1\n```", [("x = 1", "caption")]),
        ("    An indented line.", [("An indented line.", None)]),
        ("| a | b |\n|---|---|\n| 1 | **2** |", [("a | b", "caption"), ("1 | 2", "caption")]),
        ("It <b onclick='x'>rose</b><br>fast.", [("It rose\nfast.", None)]),
        ("<div><script>harm()</script></div>\n\nIt rose.", [("It rose.", None)]),
        ("<!-- It fell. -->\n\nIt rose.", [("It rose.", None)]),
        ("It rose.  \nIt fell.", [("It rose.\nIt fell.", None)]),
        ("It rose.\n\n---\n\nIt fell.", [("It rose.", None), ("It fell.", None)]),
    ],
)
def test_what_is_seen_is_kept_with_its_kind(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert list(blocks(text)) == [Block(*block) for block in expected]  # type: ignore[arg-type]


def test_front_matter_is_stated_and_no_text() -> None:
    draft = read(b"---\ntitle: The flood\n---\n# The flood\n\nIt rose.")
    assert draft.metadata.title == "The flood"
    assert draft.blocks == (Block("The flood", "heading"), Block("It rose."))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Unreadable):
        read(b"\xff\xff")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*"#*_`[]()!<>|-\n\\&;:\t 1", "a b", "\n\n", "```", "](", "<b>", "&amp;"]), max_size=60).map(
        "".join
    )
)
def test_any_text_gives_blocks_of_its_own_characters(text: str) -> None:
    made = "".join(block.text for block in blocks(text))
    assert set(made) <= set(text) | set(" |\n")
