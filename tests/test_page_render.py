import re

import pytest

from assistant.answer import Answer, Citation, CitedClaim, Refusal, Related
from assistant.page import render
from assistant.page.labels import labels
from index.article import Article
from index.formats.metadata import Metadata

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "a](javascript:alert(1))",
    "[1](#cite-other-0-5-abcdef)",
    "![x](http://evil.example/i.png)",
    "<form action=//evil.example><button>go</button></form>",
    "`code` ${7*7} $$x$$ <svg onload=alert(1)>",
    "# heading",
    "https://evil.example www.evil.example me@evil.example",
]
COMMON = {
    "question": "?",
    "standalone_question": "?",
    "language": "en",
    "reader": "quotes",
    "timings": {},
    "confidence": 0.9,
}


def article(text="One sentence stands here.", id="a", title="A title"):
    stated = Metadata(title=title, publisher="The Paper", published="2020-02-03")
    return Article.parse(id, text.encode(), stated=stated)


def answer_of(*articles, **changes):
    claims = [CitedClaim((Citation(n, a, 0, len(a.text)),)) for n, a in enumerate(articles, 1)]
    return Answer(claims=tuple(claims), related=(), **(COMMON | changes))


def refusal_of(*related, **changes):
    return Refusal(related=tuple(related), **(COMMON | changes))


def unescaped_links(markdown):
    return re.findall(r"(?<!\\)\]\(([^)]*)\)", markdown)


def test_an_answer_has_a_marker_a_quote_and_names_its_source():
    said = render.answer(answer_of(article()), 2)
    mark = render.mark("One sentence stands here.")
    assert said == (
        f"“One sentence stands here.” [1](#cite-a-0-25-{mark})\n\n---\n\n"
        f"**Sources**\n\n- A title · The Paper · 2020-02-03\n  - [1](#cite-a-0-25-{mark}) “One sentence stands here.”"
    )


def test_quotes_stand_under_their_article():
    one, other = article(), article(id="b", title="Another")
    notes = render.answer(answer_of(one, other, one), 2).partition("---")[2]
    lines = [line for line in notes.splitlines() if line.lstrip().startswith("- ")]
    assert [re.findall(r"- (?:\[(\d)\]|(\w+))", line)[0] for line in lines] == [
        ("", "A"),
        ("1", ""),
        ("3", ""),
        ("", "Another"),
        ("2", ""),
    ]


def test_what_is_under_way_is_said_and_what_was_shown_stays_when_it_is_stopped():
    claims = answer_of(article()).claims
    shown = render.partial(claims, "Checking quotes…")
    assert shown.endswith("\n\n*Checking quotes…*") and "(#cite-a-0-25-" in shown
    stopped = render.stopped(shown, labels("en"))
    assert "(#cite-a-0-25-" in stopped and stopped.endswith("*Stopped.*") and "Checking" not in stopped
    assert render.stopped(render.partial([], "Searching…"), labels("es")) == "*Detenido.*"


def test_limits_that_admit_nothing_are_said():
    assert render.answer(refusal_of(), 0) == "No article is within the limits of this chat; take them off, or widen them."


@pytest.mark.parametrize("reply", [answer_of(article()), refusal_of()])
def test_a_reply_from_an_older_index_says_so(reply):
    assert render.answer(reply, 1, older=True).endswith(f"\n\n*{labels('en').older}*")
    assert labels("en").older not in render.answer(reply, 1)


def test_an_incomplete_answer_says_so():
    assert labels("en").incomplete in render.answer(answer_of(article(), complete=False), 1)


@pytest.mark.parametrize("id", ["plain", "folder/a b", "ü#1", "a-1-2", "50%41", "x)y(z"])
def test_a_link_names_its_article_whatever_the_id(id):
    from urllib.parse import unquote

    found = re.fullmatch(r"#cite-([A-Za-z0-9_.~%-]+)-(\d+)-(\d+)-([0-9a-f]{6})", render.place("cite", id, 3, 9, "quoted"))
    assert found and unquote(found[1]) == id and found.groups()[1:3] == ("3", "9")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_link_and_no_tag(text):
    said = render.answer(answer_of(article(text="So " + text, title=text)), 1)
    assert all(link.startswith("#cite-a-0-") for link in unescaped_links(said)) and len(unescaped_links(said)) == 2
    assert not re.search(r"(?<!\\)[<`$!#](?!cite-)", said)
    assert not re.search(r"(?<!\\)(https?|www)[:.]", said)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_reading_adds_no_link_and_no_tag(text):
    said = render.answer(refusal_of(Related("a", text, 0, len(text), text, 0.3)), 1)
    assert [link[:10] for link in unescaped_links(said)] == ["#read-a-0-"]
    assert not re.search(r"(?<!\\)[<`$!#](?!read-)", said)


@pytest.mark.parametrize("text", [*HOSTILE, "plain", "\u200b - no list"])
def test_a_question_is_shown_as_it_was_and_read_back(text):
    assert render.plain(render.asked(text)) == text.replace("\u200b", "").strip()
    assert not unescaped_links(render.asked(text))


def test_what_cannot_be_shown_is_replaced_and_what_is_too_long_is_cut():
    assert render.asked("a\0b\ud800c") == "a\ufffdb\ufffdc"
    assert len(render.asked("x" * 100_000)) < 700
    assert render.asked(" \n ") == ""


def test_a_refusal_says_what_was_searched_and_offers_reading():
    text = "A heading\n" + "word " * 100
    said = render.answer(refusal_of(Related("a", "A title", 5, 5 + len(text), text, 0.3)), 2)
    assert said.startswith("The articles don't answer this.\n\n2 articles were searched.\n\n---\n\n**Closest passages")
    assert f"- [A title](#read-a-5-{5 + len(text)}-{render.mark(text)})" in said
    assert "A heading · word" in said and said.endswith("…") and len(said.splitlines()[-1]) < 200


def test_a_refusal_without_reading_is_a_sentence():
    assert render.answer(refusal_of(), 1) == "The articles don't answer this.\n\n1 article was searched."


@pytest.mark.parametrize(("language", "said"), [("es", "Fuentes"), ("pt", "Fontes"), ("en", "Sources"), ("xx", "Sources")])
def test_labels_follow_the_question(language, said):
    assert f"**{said}**" in render.answer(answer_of(article(), language=language), 1)


def test_history_holds_no_markers_and_no_sources():
    assert render.plain(render.answer(answer_of(article(text="It cost $5 [sic].")), 1)) == "“It cost $5 [sic].”"


@pytest.mark.parametrize(
    ("text", "words", "bold"),
    [
        ("It cost $6 billion then.", "$6 billion", "It cost **\\$6 billion** then."),
        ("By 2017, 60% had it.", "60%", "By 2017, **60%** had it."),
        ("2018 was the year.", "2018", "**2018** was the year."),
        ("It was 2 * 3 in 2018.", "2018", "It was 2 \\* 3 in **2018**."),
        ("The 1990s were long.", "1990", "The 1990s were long."),
    ],
)
def test_the_words_that_answer_are_bold_and_plain_text_again_in_the_history(text, words, bold):
    a, start = article(text), text.index(words)
    cited = Citation(1, a, 0, len(text), answer_span=(start, start + len(words)))
    said = render.answer(Answer(claims=(CitedClaim((cited,)),), related=(), **COMMON), 1)
    assert said.startswith(f"“{bold}” [1](")
    assert render.plain(said) == f"“{text}”"
    assert said.count(bold) == 1 + (bold.count("*") == 0)  # in the notes it is not bold


def test_quotes_that_disagree_stand_under_their_articles_names():
    one, other = article("It cost $6.", title="*One*"), article("It cost $7.", id="b", title="Other")
    claims = [CitedClaim((Citation(n, a, 0, len(a.text)),), named=True) for n, a in enumerate((one, other), 1)]
    said = render.answer(Answer(claims=tuple(claims), related=(), **COMMON), 2)
    assert said.startswith("\\*One\\*: “It cost \\$6.” [1](")
    assert "\n\nOther: “It cost \\$7.” [2](" in said
