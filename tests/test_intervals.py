"""Bootstrap intervals."""

import math

import numpy as np
import pytest

from evals.intervals import DRAWS, mean_interval, statistic_interval


def test_an_interval_is_that_of_the_same_draws_done_by_hand():
    values, groups = [1.0, 0.0, 1.0, 1.0], ["a", "a", "b", "c"]
    sums, counts = np.array([1.0, 1.0, 1.0]), np.array([2.0, 1.0, 1.0])
    drawn = np.random.default_rng(0).integers(0, 3, size=(DRAWS, 3))
    means = [sums[d].sum() / counts[d].sum() for d in drawn]
    value, low, high = mean_interval(values, groups)
    assert value == 3 / 4
    assert (low, high) == tuple(np.percentile(means, [2.5, 97.5]))
    assert (low, high) == (0.5, 1.0)  # all "a" gives 1/2, none 1


def test_the_same_values_have_the_same_interval_and_order_does_not_matter_within_a_group():
    values, groups = [1.0, 0.0, 0.0, 1.0, 1.0], list("aabbc")
    assert mean_interval(values, groups) == mean_interval(values, groups)
    assert mean_interval([0.0, 1.0, *values[2:]], groups) == mean_interval(values, groups)


def test_grouped_questions_are_less_sure_than_single_ones():
    values = [1.0] * 20 + [0.0] * 20
    single, grouped = ([str(i // size) for i in range(40)] for size in (1, 10))
    widths = [high - low for _, low, high in (mean_interval(values, g) for g in (single, grouped))]
    assert widths[1] > 1.5 * widths[0]


def test_an_interval_holds_about_as_often_as_it_says():
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(100):
        values = (rng.random(100) < 0.7).astype(float)
        _, low, high = mean_interval(list(values), [str(i) for i in range(100)])
        held += low <= 0.7 <= high
    assert 88 <= held <= 100


def test_one_group_says_nothing_of_others():
    assert mean_interval([1.0, 0.0], ["a", "a"]) == (0.5, None, None)
    assert statistic_interval(lambda w: float(w.sum()), ["a", "a"]) == (2.0, None, None)


def test_a_mean_as_a_statistic_has_the_interval_of_the_mean():
    values, groups = np.array([1.0, 0.0, 1.0, 0.0, 1.0]), ["a", "b", "b", "c", "d"]
    found = statistic_interval(lambda w: float(w @ values / w.sum()), groups)
    assert found == pytest.approx(mean_interval(list(values), groups))


def test_a_figure_that_some_draws_lack_is_taken_from_the_others():
    def share_of_first(weights):
        return math.nan if weights[0] == 0 else 1.0

    assert statistic_interval(share_of_first, ["a", "b"]) == (1.0, 1.0, 1.0)
    assert statistic_interval(lambda w: math.nan, ["a", "b"]) is None
