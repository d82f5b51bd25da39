"""Which sentences are quoted, given how they score."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.quote_reader import NEAR_BEST, OTHER_ARTICLE, QuoteReader, rank_sentences
from assistant.retriever import ScoredPassage
from index.article import Article
from index.passages import split_passages
from index.store import StoredPassage

RAW = "T\n\nAnna Smith built the bridge. She drew its plans. The town paid for it. Nobody thanked her."


def passage(scores, id="a"):
    (split,) = split_passages(Article.parse(id, RAW.encode()), 150)
    values = np.asarray(scores, dtype=np.float32)
    stored = StoredPassage(split, np.ones(2, dtype=np.float32), np.ones((len(scores), 2), dtype=np.float32))
    return ScoredPassage(stored, float(values.max()), values, values, values, values, 0.0)


def made(raw, scores, id="a"):
    (split,) = split_passages(Article.parse(id, f"T\n\n{raw}".encode()), 150)
    values = np.asarray(scores, dtype=np.float32)
    stored = StoredPassage(split, np.ones(2, dtype=np.float32), np.ones((len(scores), 2), dtype=np.float32))
    return ScoredPassage(stored, float(values.max()), values, values, values, values, 0.0)


def quoted(found, wanted="one", quotes=3):
    text = Article.parse("a", RAW.encode()).text
    claims = QuoteReader(quotes).read(rank_sentences(found, ""), wanted)
    return [text[s.start : s.end] for claim in claims for s in claim.spans]


def test_the_best_sentence_alone():
    assert quoted([passage([0.5, 0.2, 0.9, 0.3])]) == ["The town paid for it."]


def test_what_leans_on_the_sentence_before_is_quoted_with_it():
    assert quoted([passage([0.5, 0.9, 0.1, 0.3])]) == ["Anna Smith built the bridge. She drew its plans."]


def test_a_second_quote_only_close_to_the_best():
    near, far = 0.9 - NEAR_BEST["one"] / 2, 0.9 - NEAR_BEST["one"] * 1.5
    assert quoted([passage([0.1, 0.1, 0.9, near])]) == ["The town paid for it.", "Nobody thanked her."]
    assert quoted([passage([0.1, 0.1, 0.9, far])]) == ["The town paid for it."]
    assert quoted([passage([0.1, 0.1, 0.9, far])], "several") == ["The town paid for it.", "Nobody thanked her."]


def test_no_two_quotes_share_a_character_or_the_same_words():
    assert quoted([passage([0.9, 0.9, 0.1, 0.1])], "several") == ["Anna Smith built the bridge."]
    twice = [passage([0.1, 0.1, 0.9, 0.1]), passage([0.1, 0.1, 0.9, 0.1], id="copy")]
    assert quoted(twice, "several") == ["The town paid for it."]


def test_each_article_speaks_when_each_is_asked_about():
    other = passage([0.1, 0.1, 0.1, 0.9 - OTHER_ARTICLE / 2], id="b")
    claims = QuoteReader(3).read(rank_sentences([passage([0.1, 0.1, 0.9, 0.89]), other], ""), "each article")
    assert [span.article_id for claim in claims for span in claim.spans] == ["a", "b", "a"]
    assert len(QuoteReader(3).read(rank_sentences([passage([0.1, 0.1, 0.9, 0.1]), other], ""), "one")) == 1


@pytest.mark.parametrize("quotes", [1, 2])
def test_never_more_quotes_than_the_setting(quotes):
    assert len(quoted([passage([0.9, 0.1, 0.9, 0.9])], "several", quotes)) == quotes


def test_ranking_is_the_same_whatever_the_order_of_what_was_found():
    found = [passage([0.5, 0.2, 0.9, 0.3]), passage([0.5, 0.2, 0.9, 0.3], id="b")]
    assert [s.text for s in rank_sentences(found, "")] == [s.text for s in rank_sentences(found[::-1], "")]
    assert rank_sentences([], "") == []
    assert replace(rank_sentences(found, "")[0], score=0.0).text == "The town paid for it."


def test_a_number_counts_where_one_is_asked_for_and_what_was_shown_counts_less():
    found = [passage([0.5, 0.505, 0.1, 0.1])]
    assert [s.text for s in rank_sentences(found, "Who?")[:2]] == ["She drew its plans.", "Anna Smith built the bridge."]
    assert rank_sentences(found, "Who?", shown="“She drew its plans.” [1]")[0].text == "Anna Smith built the bridge."
    assert rank_sentences(found, "When?")[0].text == "She drew its plans."  # neither holds a number


def test_what_comes_next_after_what_was_shown_counts_more():
    found = [passage([0.5, 0.48, 0.1, 0.1])]
    assert rank_sentences(found, "And then?")[0].text == "Anna Smith built the bridge."
    assert rank_sentences(found, "And then?", shown="“Anna Smith built the bridge.” [1]")[0].text == "She drew its plans."


def test_what_was_shown_counts_no_less_where_it_offers_the_figure_asked_for():
    dated = [made("It rose in 1932. It fell. It rose again.", [0.5, 0.1, 0.49])]
    assert rank_sentences(dated, "When?", shown="It rose in 1932.")[0].text == "It rose in 1932."
    assert rank_sentences(dated, "Why?", shown="It rose in 1932.")[0].text == "It rose again."


def test_last_year_is_read_against_the_date_of_the_article():
    found = [made("It fell last year. It rose.", [0.5, 0.51], "old"), made("It fell last year. It sank.", [0.5, 0.1], "new")]
    records = {"old": {"published": "2016-01-02"}, "new": {"published": "2018-01-02"}}
    best = rank_sentences(found, "What fell in 2017?", records=records)[0]
    assert (best.text, best.found.passage.article_id, best.published) == ("It fell last year.", "new", "2018-01-02")
    assert rank_sentences(found, "What fell in 2017?")[0].text == "It rose."


def test_the_newest_article_counts_more_where_the_latest_is_asked_for():
    found = [made("It is 4.", [0.5], "old"), made("It is 5.", [0.49], "new"), made("It is 6.", [0.49], "undated")]
    records = {"old": {"published": "2016-01-02"}, "new": {"published": "2018-01-02"}, "undated": {"published": None}}
    assert rank_sentences(found, "What is the latest?", records=records)[0].text == "It is 5."
    assert rank_sentences(found, "What is it?", records=records)[0].text == "It is 4."


def test_the_words_that_answer_are_marked_where_they_are_certain():
    text = Article.parse("a", b"T\n\nIt rose in 1932. It fell.").text
    ranked = rank_sentences([made("It rose in 1932. It fell.", [0.9, 0.1])], "When did it rise?")
    (claim,) = QuoteReader(3).read(ranked, "one", "When did it rise?", 0.99)
    assert text[slice(*claim.spans[0].answer)] == "1932"
    for question, sure in (("When did it rise?", 0.6), ("Why did it rise?", 0.99)):
        (claim,) = QuoteReader(3).read(ranked, "one", question, sure)
        assert claim.spans[0].answer is None
