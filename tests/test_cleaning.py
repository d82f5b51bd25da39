"""Cleaning drops lines and folds spaces, one for one; it never inserts, and knows headings and captions from body text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import cleaning
from index.cleaning import Block, Cleaned, paragraphs

ODD = [
    *"\u00a0\u202f\u2007\ufeff\r\n\t\u2028\u2029\u0085\x0b\x0c\x1c\u200b\u0301\u3000😀𝔸.!?,;:“”‘’\"'#-—…",
    "\r\n", "\n\n", " ", "x" * 60, "word ", "This article originally appeared at X.\n", "Read More", "U.S. ",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=300), st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=5)), max_size=80).map("".join)
)

BODY = "The river rose for three days and then fell again. Nobody in the village had seen it as high."


def clean(raw: str, title: str | None = None) -> Cleaned:
    return cleaning.clean(paragraphs(raw), title=title)


def kinds(cleaned: Cleaned) -> dict[str, str]:
    return {cleaned.text[s.start : s.end]: s.kind for s in cleaned.stretches}


def folds_to(raw: str, kept: str) -> bool:
    """Whether a character of the file may stand as `kept` in the article."""
    if raw == kept:
        return True
    if kept == " ":
        return raw.isspace() or raw == "\ufeff" or ord(raw) < 32 or ord(raw) == 127
    return kept == "\n" and raw in "\r\u2028\u2029"


@settings(max_examples=400, deadline=None)
@given(texts)
@example("Title\r\nA\u00a0body\u2028of lines.")
def test_what_is_kept_stands_in_the_file_in_the_same_order_with_nothing_inserted(raw: str) -> None:
    rest = iter(raw)
    for kept in clean(raw).text:
        assert any(folds_to(c, kept) for c in rest), f"{kept!r} is not in the file there"


@settings(max_examples=400, deadline=None)
@given(texts)
def test_stretches_are_in_order_and_between_them_lies_only_white_space(raw: str) -> None:
    cleaned = clean(raw)
    at = 0
    for stretch in cleaned.stretches:
        assert at <= stretch.start < stretch.end
        assert not cleaned.text[at : stretch.start].strip()
        shown = cleaned.text[stretch.start : stretch.end]
        assert shown == shown.strip()
        at = stretch.end
    assert not cleaned.text[at:].strip()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["river", "Stone", "1937"]), min_size=3, max_size=12), min_size=1, max_size=6))
def test_cleaning_what_is_clean_drops_nothing_more(paragraphs: list[list[str]]) -> None:
    raw = "\n\n".join(" ".join(words) + f" number {i}." for i, words in enumerate(paragraphs))
    once = clean(raw, title="Other").text
    assert clean(once, title="Other").text == once


@settings(max_examples=200, deadline=None)
@given(texts)
def test_there_is_always_something_to_quote_where_there_is_text(raw: str) -> None:
    cleaned = clean(raw)
    assert any(s.kind == "body" for s in cleaned.stretches) == bool(cleaned.text.strip())


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2007", "\ufeff", "\x0b", "\x0c", "\x85", "\x00", "\x1f", "\x7f"])
def test_odd_spaces_and_control_characters_become_spaces_one_for_one(space: str) -> None:
    assert clean(f"It{space}rose by 3{space}{space}metres.").text == "It rose by 3  metres."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_every_kind_of_line_end_ends_a_paragraph(end: str) -> None:
    cleaned = clean(f"A first line of the text.{end}{end}A second line.", title="T")
    assert [cleaned.text[s.start : s.end] for s in cleaned.stretches] == ["A first line of the text.", "A second line."]


def test_a_first_line_without_a_full_stop_is_the_title_and_leaves_the_text() -> None:
    cleaned = clean(f"The Flood of 1937\n\n{BODY}")
    assert (cleaned.title, cleaned.text) == ("The Flood of 1937", BODY)


@pytest.mark.parametrize(
    "first", [BODY, "It rose,", "He said: “The river is rising.”", 'She answered: "Nobody knows."', "It rose (by a metre.)"]
)
def test_a_first_line_that_ends_as_a_sentence_does_is_no_title(first: str) -> None:
    cleaned = clean(f"{first}\n\n{BODY} And on.")
    assert cleaned.title is None
    assert first in cleaned.text


def test_repetitions_of_the_title_are_dropped_also_doubled_on_one_line() -> None:
    title = "The Flood of 1937"
    cleaned = clean(f"{title}\n\n{title} {title}\n{BODY}\n\n{title}\n")
    assert cleaned.text == BODY


def test_a_title_within_a_sentence_stays() -> None:
    cleaned = clean(f"The Flood\n\nThe book The Flood sold well in the year after. {BODY}")
    assert "The book The Flood sold well" in cleaned.text


def test_a_heading_that_repeats_the_stated_title_is_dropped() -> None:
    assert cleaning.clean([Block("The Flood", "heading"), Block(BODY)], title="The Flood").text == BODY


def test_a_teaser_that_breaks_off_and_is_told_in_full_later_is_dropped() -> None:
    teaser = BODY[:60] + "..."
    assert clean(f"The Flood of 1937\n\n{teaser}\n\n{BODY}").text == BODY


def test_an_ellipsis_that_is_not_told_later_stays() -> None:
    line = "Nobody knew where the river would have gone in the end..."
    assert line in clean(f"The Flood of 1937\n\n{line}\n\n{BODY}").text


@pytest.mark.parametrize(
    "line",
    [
        "This article originally appeared at InSight Crime.",
        "This story was first published in The Daily Post",
        "If you have any problems viewing this article, please report it here.",
        "Read more",
        "Read More »",
        "Share",
        "Advertisement",
        "PUBLICIDAD",
        "Leia mais »",
    ],
)
def test_boilerplate_lines_are_dropped(line: str) -> None:
    assert clean(f"The Flood of 1937\n\n{line}\n\n{BODY}\n\n{line}").text == BODY


@pytest.mark.parametrize("end", [" Read More", " read more", " Read more »", "Read More", " Continue reading"])
def test_a_link_at_the_end_of_a_paragraph_is_cut(end: str) -> None:
    assert clean(f"The Flood of 1937\n\n{BODY}{end}\n\nIt happened once.").text == f"{BODY}\nIt happened once."


@pytest.mark.parametrize(
    "line", ["The teachers want all children to read more.", "They share. They want us to continue reading!"]
)
def test_a_sentence_that_ends_in_the_words_of_a_link_stays_whole(line: str) -> None:
    assert clean(f"The Flood of 1937\n\n{line}\n\n{BODY}").text == f"{line}\n{BODY}"


def test_a_publisher_is_taken_from_the_line_that_states_it() -> None:
    assert clean(f"Title here\n\nThis article originally appeared at InSight Crime.\n\n{BODY}").publisher == "InSight Crime"


@pytest.mark.parametrize(
    "line", ["This article was first published in 2016.", "This post was originally published on March 3, 2016", BODY]
)
def test_no_publisher_is_made_of_a_date_or_of_nothing(line: str) -> None:
    assert clean(f"Title here\n\n{line}\n\n{BODY}").publisher is None


def test_headings_captions_and_lists_are_told_from_body_text() -> None:
    listed = "- three bridges and a mill"
    lines = [BODY, "What was lost", "Why here?", "The old bridge. Photo by A. Smith", listed]
    assert kinds(clean("\n\n".join(["The Flood", *lines, "It took years, they said: “all of it.”"]))) == {
        BODY: "body",
        "What was lost": "heading",
        "Why here?": "heading",
        "The old bridge. Photo by A. Smith": "caption",
        listed: "body",
        "It took years, they said: “all of it.”": "body",
    }


def test_a_line_that_repeats_a_part_of_a_longer_paragraph_is_a_caption() -> None:
    pulled = "Nobody in the village had seen it as high."
    assert kinds(clean(f"The Flood\n\n{BODY}\n\n{pulled}\n\nIt fell."))[pulled] == "caption"


def test_a_list_of_names_alone_can_be_quoted() -> None:
    assert set(kinds(clean("Anna\nBerta\nClara")).values()) == {"body"}


def test_a_hard_wrapped_block_is_one_paragraph_with_its_line_breaks() -> None:
    block = (
        "The river rose for three days and then it fell\nagain, which nobody in the village had ever seen\nbefore that year."
    )
    cleaned = clean(f"The Flood\n\n{block}\n\n{BODY}")
    assert [cleaned.text[s.start : s.end] for s in cleaned.stretches] == [block, BODY]


LONG = "What the people of the village said about the flood, in their own words and at some length, later."


def test_a_kind_that_the_file_marks_is_kept_whatever_the_words() -> None:
    marked = [Block(BODY), Block(LONG, "heading"), Block("Short", "body"), Block(LONG + " And on.", "caption")]
    assert kinds(cleaning.clean(marked, title="The Flood")) == {
        BODY: "body",
        LONG: "heading",
        "Short": "body",
        LONG + " And on.": "caption",
    }


def test_a_marked_heading_at_the_top_is_the_title_also_with_a_full_stop() -> None:
    cleaned = cleaning.clean([Block("It rose.", "heading"), Block(BODY)])
    assert (cleaned.title, cleaned.text) == ("It rose.", BODY)


@pytest.mark.parametrize("kind", ["body", "caption"])
def test_a_first_block_that_is_marked_as_no_heading_is_no_title(kind: cleaning.Kind) -> None:
    assert cleaning.clean([Block("Los Alamos", kind), Block(BODY)]).title is None


def test_blocks_without_text_are_dropped() -> None:
    assert cleaning.clean([Block(""), Block(" \u00a0\n"), Block(BODY)], title="T").text == BODY
