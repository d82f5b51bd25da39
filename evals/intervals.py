"""How sure a figure is: bootstrap intervals, resampled by group, always with the same draws."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000

Weights = NDArray[np.float64]
"""How often each question was drawn, shape (questions,)."""

Statistic = Callable[[Weights], float]
"""A figure of weighted questions; not a number where there is none."""

Interval = tuple[float, float | None, float | None]
"""A figure, and the bounds of its 95% interval; None where there is but one group, which says nothing of others."""


def mean_interval(values: Sequence[float], groups: Sequence[str]) -> Interval:
    """Mean, and the bounds of its 95% percentile-bootstrap interval; whole groups are drawn, with replacement.

    Questions about one article or conversation stand or fall together: drawn one by one they would look surer.
    """
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for value, group in zip(values, groups, strict=True):
        totals[group][0] += value
        totals[group][1] += 1
    if len(totals) < 2:
        return float(np.mean(values)), None, None
    sums, counts = np.array(list(totals.values())).T
    drawn = _draws(len(sums))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(np.mean(values)), float(low), float(high)


def statistic_interval(statistic: Statistic, groups: Sequence[str]) -> Interval | None:
    """As `mean_interval`, of any figure of weighted questions; None where all of them together have none.

    A draw without the figure (none of its questions was refused, say) is passed over.
    """
    value = statistic(np.ones(len(groups)))
    if np.isnan(value):
        return None
    figures = np.array([statistic(weights) for weights in _weights(groups)])
    figures = figures[~np.isnan(figures)]
    if not len(figures):
        return value, None, None
    low, high = np.percentile(figures, [2.5, 97.5])
    return value, float(low), float(high)


def _weights(groups: Sequence[str]) -> Iterator[Weights]:
    names, member = np.unique(np.array(groups, dtype=object).astype(str), return_inverse=True)
    if len(names) < 2:
        return
    for drawn in _draws(len(names)):
        yield np.bincount(drawn, minlength=len(names))[member].astype(np.float64)


def _draws(groups: int) -> NDArray[np.int64]:
    return np.random.default_rng(0).integers(0, groups, size=(DRAWS, groups))
