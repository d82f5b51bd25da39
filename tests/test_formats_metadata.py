"""What a file states: a slip of a person is told, what a page says in passing is taken or left."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.metadata import Metadata, Unreadable

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"title": "  The \n flood "}, Metadata(title="The flood")),
        ({"Title": "The flood", "kind": "report"}, Metadata(title="The flood")),
        ({"author": ["Ann", "Bob"]}, Metadata(author="Ann, Bob")),
        ({"authors": [{"name": "Ann"}, {"name": "Bob"}]}, Metadata(author="Ann, Bob")),
        ({"author": {"@type": "Person", "name": "Ann"}}, Metadata(author="Ann")),
        ({"date": date(2016, 3, 4)}, Metadata(published="2016-03-04")),
        ({"published": datetime(2016, 3, 4, 10)}, Metadata(published="2016-03-04")),
        ({"date": "2016-01-01", "published": "2016-03-04"}, Metadata(published="2016-03-04")),
        ({"published": "2016-03-04", "date": "2016-01-01"}, Metadata(published="2016-03-04")),
        ({"lang": "en-US"}, Metadata(language="en")),
        ({"language": "PT_br"}, Metadata(language="pt")),
        ({"url": "HTTPS://example.org/a?b#c"}, Metadata(url="HTTPS://example.org/a?b#c")),
        ({"title": None, "author": [], "publisher": "", "url": " "}, Metadata()),
        ({"title": 1984}, Metadata(title="1984")),
        ({"title": True}, Metadata()),
    ],
)
def test_what_is_stated_is_taken(values: dict[str, object], expected: Metadata) -> None:
    assert Metadata.stated(values, "front matter") == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", "last spring"),
        ("date", "2016-13-01"),
        ("published", "04/03/2016"),
        ("url", "javascript:alert(1)"),
        ("url", "example.org/a"),
        ("url", "http://[broken"),
        ("url", "https://a b"),
        ("language", "English"),
        ("language", "e"),
    ],
)
def test_a_slip_is_told_with_the_field_and_its_value(field: str, value: str) -> None:
    with pytest.raises(Unreadable) as told:
        Metadata.stated({field: value}, "front matter")
    assert f"its front matter says '{field}: {value}', which is no " in str(told.value)
    assert Metadata.guessed(**{{"date": "published"}.get(field, field): value}) == Metadata()


def test_no_control_character_and_no_half_character_is_taken() -> None:
    assert Metadata.guessed(title="a\x1b[31m\0\x9b\ud800\n b") == Metadata(title="a [31m b")


def test_a_title_has_an_end() -> None:
    assert len(Metadata.guessed(title="word " * 10_000).title or "") < 500


@given(st.dictionaries(st.sampled_from(["title", "author", "published", "url", "language", "date", "x"]), values))
def test_whatever_is_stated_gives_metadata_or_one_line(stated: dict[str, object]) -> None:
    try:
        made = Metadata.stated(stated, "object")
    except Unreadable as why:
        assert "\n" not in str(why)
    else:
        assert all(value is None or (value and value == value.strip()) for value in (made.title, made.author, made.url))


def test_what_is_known_wins_over_what_is_said() -> None:
    assert Metadata(title="a").over(Metadata(title="b", url="http://x.y")) == Metadata(title="a", url="http://x.y")
