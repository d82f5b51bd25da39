"""Scorers, each beside arithmetic done by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scorers import (
    MAX_WORDS,
    answer_correct,
    auroc,
    balanced_accuracy,
    citation_precision,
    hit_at,
    holds,
    overlaps,
    quote_fidelity,
    recall_at,
    reciprocal_rank,
    risk_coverage,
    unmet_groups,
    words_quoted,
)


def once(statistic, n):
    return statistic(np.ones(n))


def test_places_overlap_when_they_share_a_character():
    assert overlaps(("a", 0, 5), ("a", 4, 9))
    assert not overlaps(("a", 0, 5), ("a", 5, 9))  # the end is not included
    assert not overlaps(("a", 0, 5), ("b", 0, 5))


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [
        ("It cost $90 billion.", "$90 billion", True),
        ("It cost $90 billion.", "90 billion", True),
        ("It cost $190 billion.", "90 billion", False),
        ("up by 1,300 percent", "300 percent", False),
        ("up by 1,300 percent", "1,300 percent", True),
        ("8.4 billion", "8", False),
        ("in 2013, he", "2013", True),
        ("in 2013.", "2013", True),
        ("AL-QAIDA", "Al-Qaida", True),
        ("cartels", "cartel", False),
        ("Ántrax", "ntrax", False),
        ("(a+b)", "(a+b)", True),
    ],
)
def test_words_and_numbers_are_held_whole(text, words, held):
    assert holds(text, words) is held


def test_every_group_is_met_by_any_member():
    quotes, groups = ["Brazil and Peru.", "In 2013."], [["Brazil", "Brasil"], ["2013", "2014"], ["Chile"]]
    assert unmet_groups(quotes, groups) == [["Chile"]]


GOLD = [("a", 10, 20)]


@pytest.mark.parametrize(
    ("quotes", "places", "right", "why"),
    [
        (["In 2013."], [("a", 12, 18)], True, ""),
        (["In 2014."], [("a", 12, 18)], False, "missing: 2013"),
        (["In 2013."], [("a", 20, 28)], False, "no quote from a place that answers"),
        (["In 2013.", "x"], [("b", 1, 9), ("a", 19, 20)], True, ""),  # one quote meets the group, another the place
        (["2013 " + "word " * 149], [("a", 0, 99)], True, ""),  # 150 words
        (["2013 " + "word " * 150], [("a", 0, 99)], False, "151 words quoted"),
        ([], [], False, "refused"),
    ],
)
def test_an_answer_is_correct(quotes, places, right, why):
    assert MAX_WORDS == 150
    assert answer_correct(quotes, places, [["2013"]], GOLD) == (right, why)


def test_words_are_runs_without_white_space():
    assert words_quoted(["one two", " three\u00a0four\nfive "]) == 5


def test_citation_precision():
    assert citation_precision([("a", 15, 16), ("a", 30, 40), ("b", 15, 16), ("a", 5, 11)], GOLD) == 2 / 4
    assert citation_precision([], GOLD) is None


def test_quote_fidelity_is_read_in_the_article():
    texts = {"a": "He denied it."}
    places = [("a", 0, 9), ("a", 0, 9), ("b", 0, 9)]
    assert quote_fidelity(["He denied", "He admitt", "He denied"], places, texts) == 1 / 3
    assert quote_fidelity([], [], texts) is None


def test_ranks():
    gold = [("a", 0, 10), ("b", 0, 10)]
    found = [("c", 0, 9), ("a", 5, 9), ("a", 9, 30), ("b", 20, 30), ("b", 3, 4)]
    assert hit_at(found, gold, 1) == 0
    assert hit_at(found, gold, 2) == 1
    assert recall_at(found, gold, 4) == 1 / 2
    assert recall_at(found, gold, 5) == 2 / 2
    assert reciprocal_rank(found, gold) == 1 / 2
    assert reciprocal_rank(found[:1], gold) == 0


def test_balanced_accuracy():
    answerable = [True, True, True, True, False, False]
    refused = [False, False, False, True, True, False]
    statistic = balanced_accuracy(answerable, refused)
    assert once(statistic, 6) == (3 / 4 + 1 / 2) / 2
    # The first question drawn twice, the fourth not at all: 4/4 answered; the last drawn twice: 1/3 refused.
    assert statistic(np.array([2, 1, 1, 0, 1, 2])) == pytest.approx((4 / 4 + 1 / 3) / 2)
    assert math.isnan(once(balanced_accuracy([True], [False]), 1))


def test_auroc():
    # Pairs (answerable, unanswerable): .9 > .5, .9 > .1, .5 = .5 (half), .5 > .1: 3.5 of 4
    statistic = auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False])
    assert once(statistic, 4) == 3.5 / 4
    # The second answerable one three times: (1 + 1 + 3 x (0.5 + 1)) / (4 x 2)
    assert statistic(np.array([1, 3, 1, 1])) == (1 + 1 + 3 * 1.5) / 8
    assert math.isnan(once(auroc([0.9], [True]), 1))


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.9]), st.booleans()), min_size=1, max_size=20))
def test_auroc_is_the_share_of_pairs(rated):
    yes, no = ([c for c, a in rated if a is wanted] for wanted in (True, False))
    found = once(auroc([c for c, _ in rated], [a for _, a in rated]), len(rated))
    if yes and no:
        assert found == pytest.approx(np.mean([(y > n) + (y == n) / 2 for y in yes for n in no]))
    else:
        assert math.isnan(found)


def test_risk_coverage():
    # Surest first: .9 right, .8 wrong and .8 right together, .1 wrong
    points = risk_coverage([0.1, 0.8, 0.9, 0.8], [False, False, True, True])
    assert points == [(1 / 4, 0 / 1), (3 / 4, 1 / 3), (4 / 4, 2 / 4)]
    assert risk_coverage([], []) == []
