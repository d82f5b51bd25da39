"""How sure a figure is: bootstrap intervals, resampled by group, always with the same draws."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

DRAWS = 2000


def mean_interval(values: Sequence[float], groups: Sequence[str]) -> tuple[float, float, float]:
    """Mean, and the bounds of its 95% percentile-bootstrap interval; whole groups are drawn, with replacement.

    Questions about one article or conversation stand or fall together: drawn one by one they would look surer.
    """
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for value, group in zip(values, groups, strict=True):
        totals[group][0] += value
        totals[group][1] += 1
    sums, counts = np.array(list(totals.values())).T
    drawn = np.random.default_rng(0).integers(0, len(sums), size=(DRAWS, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(np.mean(values)), float(low), float(high)
