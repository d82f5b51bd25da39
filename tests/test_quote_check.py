"""Quotations checked against small articles, and on the command line."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import QuestionError
from assistant.folding import fold
from assistant.quote_check import SHORTEST, QuoteChecker
from index.article import Article

BODY = (
    "“Costs — said Mr. Ñandú — rose by 1,300 percent in ten years,” the Bank’s report says. "
    "It was a non-violent protest of 400 people. The straße was closed.\n\n"
    "Officials have not confirmed the five arrests. The cartels don’t deny that they were paid."
)


def article(id="a", body=BODY):
    return Article.parse(id, body.encode())


def check(text, *articles):
    held = {a.id: a for a in articles or (article(),)}
    return QuoteChecker(2000).check(text, {id: a.sha256 for id, a in held.items()}, held.__getitem__)


def only(text, *articles):
    (part,) = check(text, *articles)
    return part


@pytest.mark.parametrize(
    "text",
    [
        "It was a non-violent protest of 400 people.",
        '"Costs - said mr. ñandú - ROSE by 1,300',
        "Costs – said  Mr.\nN\u0303andu\u0301 — rose",
        "the bank's report says",
        "The STRASSE was closed",
        "«rose by 1,300 percent in ten years»",
        "pro\u00adtest of 400\u200b people",
        "closed. Officials have not confirmed",
    ],
)
def test_the_same_words_are_exact_however_they_are_typed(text):
    part = only(text)
    assert part.verdict == "exact" and len(part.places) == 1
    place = part.places[0]
    assert article().text[place.start : place.end] == place.text and place.text == place.text.strip()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("300 percent in ten years", "the number is cut"),
        ("violent protest of 400 people", "the word is cut: its sense is turned round"),
        ("ficials have not confirmed", "it begins within a word"),
        ("the cartels don", "it ends within a word"),
        ("it was a non-violent protest of 40", "the number is cut at its end"),
    ],
)
def test_what_cuts_a_word_or_a_number_is_not_exact(text, why):
    assert only(text).verdict != "exact", why


def test_near_says_word_by_word_what_differs():
    part = only("Officials have confirmed the six arrests")
    assert part.verdict == "near"
    assert [(r.where, r.text) for r in part.runs] == [
        ("both", "Officials have"),
        ("article", "not"),
        ("both", "confirmed the"),
        ("quotation", "six"),
        ("article", "five"),
        ("both", "arrests"),
    ]
    assert part.places[0].text == "Officials have not confirmed the five arrests."


@pytest.mark.parametrize(
    "text",
    [
        "Nothing of this stands in there",
        "the of in and that were by",
        "arrests five the confirmed not have Officials",
        "zzzz zzzz zzzz",
    ],
)
def test_other_words_are_absent(text):
    part = only(text)
    assert part.verdict == "absent" and not part.places


@pytest.mark.parametrize("ellipsis", ["…", " ... ", "[…]", " [...] ", ". . .", "(…)"])
def test_an_ellipsis_is_never_bridged(ellipsis):
    parts = check(f"Officials have{ellipsis}confirmed the five arrests")
    assert [(p.text.strip(), p.verdict) for p in parts] == [
        ("Officials have", "exact"),
        ("confirmed the five arrests", "exact"),
    ]


def test_a_short_part_is_said_to_be_short_and_a_short_quotation_is_not_checked():
    assert [p.verdict for p in check("Officials ... confirmed the five arrests")] == ["short", "exact"]
    for text in ("", "   ", "five arrests"[: SHORTEST - 1], "a … b … c", "“”", "\u200b" * 40):
        with pytest.raises(QuestionError, match="12 characters"):
            check(text)
    with pytest.raises(QuestionError, match="2,000 can be checked"):
        check("x" * 2001)


def test_every_place_is_told_up_to_a_limit():
    many = [article(f"a{n}", "The same sentence stands here.\n\nThe same sentence stands here.") for n in range(15)]
    places = only("the same sentence stands", *many).places
    assert len(places) == 20 and {(p.article_id, p.start) for p in places} >= {("a0", 0), ("a1", 0)}


def test_the_nearest_article_is_the_one_that_is_told():
    far = article("far", "Officials have denied a lot, the five said, and arrests were made elsewhere.")
    assert only("Officials have not yet confirmed the five arrests", far, article()).places[0].article_id == "a"


def test_what_changed_is_read_anew():
    checker = QuoteChecker(2000)
    for body, verdict in (("One sentence stands here.", "exact"), ("Another stands there.", "absent")):
        changed = article(body=body)
        assert checker.check("one sentence stands here", {"a": changed.sha256}, lambda _, a=changed: a)[0].verdict == verdict


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_folding_keeps_the_way_back(text):
    folded = fold(text)
    assert len(folded.starts) == len(folded.text) + 1 and list(folded.starts) == sorted(folded.starts)
    for start, end in folded.tokens():
        a, b = folded.span(start, end)
        assert 0 <= a < b <= len(text)
        assert fold(text[a:b]).text.strip() == folded.text[start:end]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(20, 120))
def test_every_run_of_whole_words_of_an_article_is_exact(first, length):
    text = article().text
    words = text[first : first + length].split()[1:-1]
    if len(" ".join(words)) >= SHORTEST:
        assert only(" ".join(words)).verdict == "exact"


def test_the_assistant_and_the_command_line_agree(assistant, footnote, seeds_home):
    from dataclasses import asdict

    quote = "User connectivity has grown by 1,300 percent over the last 10 years"
    shown = footnote("check", quote, "--json", home=seeds_home)
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["parts"] == json.loads(json.dumps([asdict(p) for p in assistant.check_quote(quote)]))
    plain = footnote("check", quote, home=seeds_home).stdout
    assert plain.startswith("near: ") and "[-grown-] {+surged+}" in plain
    short = footnote("check", "too short", home=seeds_home)
    assert short.returncode == 1 and "12 characters" in short.stderr
