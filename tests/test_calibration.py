"""What the calibration makes of samples, on samples made up here."""

import numpy as np
import pytest

from assistant.sufficiency import FEATURES
from evals.calibration import FOLLOW_UPS, balanced, fit, lenient, level
from evals.calibration_samples import SHARES, Sample
from evals.questions import EvalQuestion

QUESTION = EvalQuestion("q", "far", "Who?", (), False, (), (), "q")


def test_fit_finds_the_logistic_regression_that_made_the_labels():
    draw = np.random.default_rng(0)
    rows = draw.normal(size=(4000, 2)) * [1.0, 10.0]
    p = 1 / (1 + np.exp(-(1.5 * rows[:, 0] - 0.2 * rows[:, 1] + 1.0)))
    right = draw.random(4000) < p
    assert fit(rows, right, np.ones(4000)) == pytest.approx([1.5, -0.2, 1.0], abs=0.15)


def test_a_row_that_weighs_twice_counts_as_two():
    rows, right = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([False, True, False, True])
    twice = fit(np.r_[rows, rows[1:2]], np.r_[right, right[1:2]], np.ones(5))
    weighed = fit(rows, right, np.array([1, 2, 1, 1]))
    sides = [w[0] * 1.5 + w[1] for w in (twice, weighed)]  # the ridge is on scaled rows, whose scale differs a little
    assert sides[0] == pytest.approx(sides[1], abs=0.1)


def test_classes_weigh_the_same_and_kinds_by_their_shares():
    kinds = [("whole-en", True)] * 3 + [("few-en", True)] + [("far", False)] * 2 + [("few-far-es", False)]
    drawn = [Sample(kind, QUESTION, None, yes) for kind, yes in kinds]
    weights = balanced(drawn)
    assert weights.mean() == pytest.approx(1)
    assert weights[:4].sum() == pytest.approx(weights[4:].sum())
    assert weights[:3].sum() / weights[3] == pytest.approx(SHARES["whole-en"] / SHARES["few"])
    assert weights[4] == weights[5]
    assert weights[4:6].sum() / weights[6] == pytest.approx(SHARES["far"] / SHARES["few-far"])


def test_the_constant_lets_as_many_be_answered_as_are_refused():
    logits = np.array([3.0, 2.0, 1.0, -1.0, 0.5, -2.0, -3.0, -4.0, 9.0])
    kinds = np.array(["whole-en"] * 4 + ["far"] * 4 + ["few-en"])
    moved = logits + level(logits, kinds)
    assert (moved[kinds == "whole-en"] >= 0).mean() == (moved[kinds == "far"] < 0).mean() == 0.75


def test_follow_ups_are_answered_as_often_as_is_wanted():
    follows = list(FEATURES).index("follows")
    rows = np.zeros((202, len(FEATURES)))
    rows[:101, follows] = 1
    rows[:101, 0] = np.linspace(-5, 5, 101)
    right = np.arange(202) < 101
    weights = np.zeros(len(FEATURES) + 1)
    weights[0], weights[-1] = 1.0, -2.0
    weights[follows] += lenient(rows, right, weights)
    sure = rows @ weights[:-1] + weights[-1] >= -1e-9
    assert sure[:101].mean() == pytest.approx(FOLLOW_UPS, abs=0.011)
    assert not sure[101:].any()
