"""An article states what its file states: title, publisher, date; what the file doesn't state is None."""

import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.cleaning import Block
from index.formats.draft import Draft
from index.formats.metadata import Metadata, Unreadable

ENGLISH = "The river rose for three days and then it fell again, and nobody in the village had ever seen it as high as that."
SPANISH = (
    "El río creció durante tres días y después bajó otra vez, y nadie en el pueblo lo había visto nunca tan alto como entonces."
)
PORTUGUESE = (
    "O rio subiu durante três dias e depois baixou outra vez, e ninguém na aldeia o tinha visto tão alto como então, não."
)


def parse(text: str, suffix: str = ".txt", id: str = "flood") -> Article:
    return Article.parse(id, text.encode(), suffix=suffix)


def test_what_a_plain_file_does_not_state_is_none() -> None:
    article = parse(ENGLISH)
    assert (article.publisher, article.url, article.published) == (None, None, None)
    assert article.title == article.id == "flood"


def test_the_hash_is_that_of_the_bytes() -> None:
    content = b"\xef\xbb\xbf" + ENGLISH.encode()
    assert Article.parse("x", content).sha256 == hashlib.sha256(content).hexdigest()


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    with_mark = Article.parse("x", b"\xef\xbb\xbf" + ENGLISH.encode())
    assert with_mark.text == ENGLISH
    assert Article.parse("x", b"\xef\xbb\xbf---\ntitle: T\n---\nA text.\n", suffix=".md").title == "T"


FRONT = """---
title: "The Flood: a report"
publisher: Daily Post
url: https://example.org/a:b
published: 2016-03-04T10:00:00Z
language: en
author: Ann Smith
kind: not kept
---
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_is_read_and_leaves_the_text(end: str) -> None:
    article = parse((FRONT + "# The Flood: a report\n\n" + ENGLISH).replace("\n", end), ".md")
    assert (article.title, article.publisher, article.url) == ("The Flood: a report", "Daily Post", "https://example.org/a:b")
    assert (article.published, article.language, article.author) == ("2016-03-04", "en", "Ann Smith")
    assert article.text == ENGLISH


def test_front_matter_of_a_plain_text_file_is_text() -> None:
    assert "Daily Post" in parse(FRONT + ENGLISH).text


def test_empty_front_matter_fields_state_nothing() -> None:
    article = parse("---\ntitle:\npublisher: \nurl:\npublished: ''\nlanguage:\n---\n# The Flood\n\n" + ENGLISH, ".md")
    assert (article.title, article.publisher, article.url, article.published) == ("The Flood", None, None, None)
    assert article.language == "en"


def test_a_date_that_is_none_is_said_so_by_name() -> None:
    with pytest.raises(ValueError, match=r"published: last spring"):
        parse("---\npublished: last spring\n---\n" + ENGLISH, ".md")


@pytest.mark.parametrize("text", ["-----\nA first part.\n\n---\nA second part.", "---\nA first part. No second mark."])
def test_a_rule_at_the_top_is_no_front_matter_and_nothing_is_lost(text: str) -> None:
    assert "A first part." in parse(text, ".md").text


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (SPANISH, "es"), (PORTUGUESE, "pt"), ("1937. 42!", None)])
def test_the_language_is_guessed_from_the_text_and_none_without_letters(text: str, language: str | None) -> None:
    assert parse(text).language == language


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"A text.\0 and more", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
        (b"caf\xe9 au lait", "not UTF-8"),
        ("Ein Text.".encode("utf-16-le"), "binary"),
        (b"", "no text"),
        (b" \n\t\r\n\xc2\xa0\xef\xbb\xbf", "no text"),
        (b"Read more\n\nShare", "no text"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Article.parse("x", content)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([".txt", ".md"]))
def test_any_bytes_give_an_article_with_text_or_one_line_that_says_why(content: bytes, suffix: str) -> None:
    try:
        article = Article.parse("x", content, suffix=suffix)
    except ValueError as error:
        assert str(error).startswith(("it", "its"))
        assert "\n" not in str(error)
    else:
        assert article.text.strip()
        assert article.title


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200), st.sampled_from([".txt", ".md"])
)
def test_an_article_comes_back_from_its_record_through_json(text: str, suffix: str) -> None:
    try:
        article = parse(text, suffix)
    except ValueError:
        return
    record = json.loads(json.dumps(article.record()))
    assert "text" not in record
    assert Article.from_record(record, article.text) == article


def test_a_title_stays_the_files_stem_when_the_id_is_a_path() -> None:
    assert parse(ENGLISH, id="2016/march/flood.txt").title == "flood.txt"


def test_what_is_stated_beside_a_file_wins_over_what_it_says() -> None:
    stated = Metadata(title="Known", language="es")
    article = Article.parse("x", FRONT.encode() + ENGLISH.encode(), suffix=".md", stated=stated)
    assert (article.title, article.language, article.publisher) == ("Known", "es", "Daily Post")


def test_a_draft_without_text_is_no_article() -> None:
    with pytest.raises(Unreadable, match="no text"):
        Article.from_draft("x", Draft(Metadata(title="T"), (Block("T", "heading"),)), sha256="")
