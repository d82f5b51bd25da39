"""PDFs: paragraphs out of lines, without running heads, with parted words made whole; and what is told of the others."""

import pytest
from made_pdf import TEXT_PDF, Placed, encrypted_pdf, many_pages, page_pdf, pages_pdf, stream

from index.formats.draft import Limits
from index.formats.metadata import Unreadable
from index.formats.pdf import read

BODY = [
    "The river rose for three days and then it fell again, and no",
    "body in the village had ever seen it as high as it was seen",
    "on the last of them.",
]


def lines(texts: list[str], top: float = 700, size: float = 10, left: float = 50, gap: float = 12) -> list[Placed]:
    return [(left, top - gap * n, size, text) for n, text in enumerate(texts)]


def page(number: int) -> list[Placed]:
    head = (50.0, 780.0, 8.0, f"The Daily Post, Annual Report {number}")
    foot = (280.0, 20.0, 8.0, f"Page {number} of 3")
    word = ["one", "two", "three"][number - 1]
    said = [f"{line[:-1]} {word}" for line in BODY]
    return [head, *lines([f"On day {number} it rose. {BODY[0]}", *BODY[1:]]), *lines(said, top=640), foot]


def read_pages(*pages: list[Placed], about: str = "") -> list[tuple[str, str | None]]:
    return [tuple(block) for block in read(pages_pdf(list(pages), about), Limits()).blocks]


def test_lines_are_joined_to_paragraphs() -> None:
    indented = [(62.0, 664.0, 10.0, BODY[0]), *lines(BODY[1:], top=652)]
    assert read_pages([*lines(BODY), *indented]) == [(" ".join(BODY), None)] * 2


def test_a_gap_parts_paragraphs() -> None:
    assert read_pages([*lines([BODY[0], BODY[1]]), *lines(BODY, top=650)]) == [
        (" ".join(BODY[:2]), None),
        (" ".join(BODY), None),
    ]


def test_running_heads_and_page_numbers_are_dropped() -> None:
    texts = [text for text, _ in read_pages(page(1), page(2), page(3))]
    assert not any("Daily Post" in text or "Page" in text for text in texts)
    assert all(f"On day {number} it rose." in " ".join(texts) for number in (1, 2, 3))


def test_a_line_that_comes_once_is_no_running_head() -> None:
    assert "The Daily Post, Annual Report 1" in [text for text, _ in read_pages(page(1), lines(BODY))]


def test_in_a_long_report_the_heads_of_chapters_are_dropped_too() -> None:
    pages = [
        [(50.0, 780.0, 8.0, f"Chapter {n // 4}: The flood  {n}"), *lines([f"{n} times it rose.", "y" * n])]
        for n in range(1, 13)
    ]
    assert not any("Chapter" in text for text, _ in read_pages(*pages))


def test_a_table_of_contents_is_no_text() -> None:
    assert read_pages(lines(["The flood . . . . . . . . 7", "What was lost.........12", *BODY])) == [(" ".join(BODY), None)]


def test_items_of_a_list_are_paragraphs_also_with_a_bullet_of_another_size() -> None:
    items = [(50.0, 700.0 - 30 * n, 7.0, "\x95") for n in range(2)]
    words = [(60.0, 700.0 - 30 * n, 10.0, text) for n, text in enumerate(["The bridge and what", "The mill"])]
    rest = (60.0, 688.0, 10.0, "stood on it")
    drawn = [items[0], words[0], rest, items[1], words[1]]
    assert [text for text, _ in read_pages([*drawn, *lines(BODY, top=600)])][:2] == [
        "• The bridge and what stood on it",
        "• The mill",
    ]


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = lines([*BODY[:2]])
    second = lines(["on the last of them."], top=700)
    assert read_pages(first, second) == [(" ".join(BODY), None)]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("The govern-", "ment of the village met again in the school.", "The government of"),
        ("The well-", "known mayor, well-known in the village, met them.", "The well-known mayor"),
        ("The years 1937-", "1940 were the worst of years in the village.", "The years 1937- 1940 were"),
        ("The talks of Anna-", "Maria and of the village went on for days.", "The talks of Anna- Maria and"),
    ],
)
def test_a_word_parted_at_the_end_of_a_line_is_made_whole(first: str, second: str, joined: str) -> None:
    ((text, _),) = read_pages(lines([first, second]))
    assert text.startswith(joined)


def test_larger_letters_make_a_heading_also_over_two_lines() -> None:
    title = lines(["River rises again in the", "valley of the mills"], top=760, size=20, gap=24)
    heading = lines(["What was lost"], top=690, size=13)
    found = read_pages([*title, *heading, *lines(BODY, top=670)])
    assert found[:2] == [("River rises again in the valley of the mills", "heading"), ("What was lost", "heading")]


@pytest.mark.parametrize(
    ("about", "title", "author"),
    [
        ("/Title(River rises)", "River rises", None),
        ("/Title(Microsoft Word - draft 7.docx)/Author(mueller)", "River rises again", None),
        ("/Title(untitled)/Author(Ana Perez)", "River rises again", "Ana Perez"),
        ("/Title(Template of the agency)/Author(\\(anonymous\\))", "River rises again", None),
        ("/CreationDate(D:20160304)", "River rises again", None),
    ],
)
def test_the_title_is_one_that_the_page_shows(about: str, title: str, author: str | None) -> None:
    content = pages_pdf([[*lines(["River rises again"], top=760, size=20), *lines(BODY)]], about)
    stated = read(content, Limits()).metadata
    assert (stated.title, stated.author, stated.published) == (title, author, None)


def test_a_stated_title_stands_where_the_page_shows_none() -> None:
    assert read(pages_pdf([lines(BODY)], "/Title(The flood of 1937)"), Limits()).metadata.title == "The flood of 1937"
    assert read(pages_pdf([lines(BODY)], "/Title(report.indd)"), Limits()).metadata.title is None


def test_what_gives_no_text_is_told() -> None:
    with pytest.raises(Unreadable, match="encrypted"):
        read(encrypted_pdf("secret"), Limits())
    with pytest.raises(Unreadable, match="text recognition"):
        read(page_pdf(stream(b"q Q")), Limits())
    with pytest.raises(Unreadable, match="it has 12 pages, more than 10"):
        read(many_pages(12), Limits(pages=10))


def test_a_lock_without_a_password_is_open() -> None:
    assert read(encrypted_pdf(""), Limits()).blocks == read(TEXT_PDF, Limits()).blocks


def test_reading_ends_where_an_article_is_too_long() -> None:
    pages = [lines([f"{'word ' * n}and {n * 'x'} more of it."]) for n in range(1, 41)]
    assert sum(len(block.text) for block in read(pages_pdf(pages), Limits(max_chars=100)).blocks) < 400
