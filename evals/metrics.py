"""From the results of a run to its figures, each with an interval and the number of questions behind it."""

from collections.abc import Callable
from typing import Any

from evals.intervals import Interval, Statistic, mean_interval, statistic_interval
from evals.scorers import auroc, balanced_accuracy, risk_coverage

Result = dict[str, Any]

MEANS: dict[str, tuple[str, Callable[[Result], Any]]] = {
    "accuracy": ("answerable questions whose answer is correct", lambda r: r.get("correct")),
    "graded": ("answers that the grading model calls correct", lambda r: r.get("grade")),
    "answered": ("answerable questions that were answered", lambda r: r["outcome"] == "answered" if r["answerable"] else None),
    "refusal_recall": (
        "unanswerable questions that were refused",
        lambda r: None if r["answerable"] else r["outcome"] == "refused",
    ),
    "refusal_precision": (
        "refused questions that are unanswerable",
        lambda r: not r["answerable"] if r["outcome"] == "refused" else None,
    ),
    "citation_precision": ("quotes from a place that answers", lambda r: r.get("precision")),
    "quote_fidelity": ("quotes that are the article's characters", lambda r: r.get("fidelity")),
    "hit_1": ("the first passage is one that answers", lambda r: r.get("hit_1")),
    "recall_5": ("places that answer within the first five passages", lambda r: r.get("recall_5")),
    "mrr": ("1 / rank of the first passage that answers", lambda r: r.get("mrr")),
    "in_1": ("the first sentence answers", lambda r: r.get("in_1")),
    "in_3": ("one of the first three sentences answers", lambda r: r.get("in_3")),
    "words": ("words quoted in an answer", lambda r: r.get("words") if r["outcome"] == "answered" else None),
}
"""Each figure that is a mean over questions: what it is, and its value for one result (None where it has none)."""

WHOLE: dict[str, tuple[str, Callable[[list[Result]], Statistic]]] = {
    "balanced_accuracy": (
        "mean of answered (answerable) and refused (unanswerable)",
        lambda rs: balanced_accuracy([r["answerable"] for r in rs], [r["outcome"] == "refused" for r in rs]),
    ),
    "auroc": (
        "an answerable question has more confidence than an unanswerable one",
        lambda rs: auroc([r["confidence"] for r in rs], [r["answerable"] for r in rs]),
    ),
}
"""Each figure of all questions together: what it is, and its function of the results."""

FIGURES = {name: what for table in (MEANS, WHOLE) for name, (what, _) in table.items()}
"""Every figure's name, and what it is."""

AT_MOST = {"words"}
"""Figures of which less is better; the others lie between 0 and 1, and more is better."""


def metrics_of(results: list[Result]) -> dict[str, Any]:
    """All figures of a run: `all`, `by_kind`, `unscored`, and the risk-coverage curve.

    A figure is {value, low, high, n}: its 95% interval (None where there is but one group) and its questions.
    """
    scored = [r for r in results if r["outcome"] != "unscored"]
    kinds = dict.fromkeys(r["kind"] for r in scored)
    return {
        "all": _means(scored) | _whole(scored),
        "by_kind": {kind: _means([r for r in scored if r["kind"] == kind]) for kind in kinds},
        "unscored": len(results) - len(scored),
        "risk_coverage": _curve(scored),
    }


def is_miss(result: Result) -> bool:
    """Whether a reply was wrong: not correct (or, without reference answers, no quote of a place that answers); or
    an answer where there is none. An unscored question is none.
    """
    if result["outcome"] == "unscored":
        return False
    if not result["answerable"]:
        return bool(result["outcome"] == "answered")
    if "correct" in result:
        return not result["correct"]
    return not result.get("precision")


def _means(results: list[Result]) -> dict[str, Any]:
    figures = {}
    for name, (_, value_of) in MEANS.items():
        pairs = [(float(v), r["group"]) for r in results if (v := value_of(r)) is not None]
        if pairs:
            figures[name] = _figure(mean_interval([v for v, _ in pairs], [g for _, g in pairs]), len(pairs))
    return figures


def _whole(results: list[Result]) -> dict[str, Any]:
    groups = [r["group"] for r in results]
    found = {name: statistic_interval(of(results), groups) for name, (_, of) in WHOLE.items()}
    return {name: _figure(interval, len(results)) for name, interval in found.items() if interval}


def _figure(interval: Interval, n: int) -> dict[str, Any]:
    value, low, high = interval
    return {"value": value, "low": low, "high": high, "n": n}


def _curve(results: list[Result]) -> list[tuple[float, float]]:
    """None where no answer can be called correct, as without reference answers."""
    rated = [r for r in results if not r["answerable"] or r.get("correct") is not None]
    if not any(r["answerable"] for r in rated):
        return []
    return risk_coverage([r["confidence"] for r in rated], [r["answerable"] and bool(r.get("correct")) for r in rated])
