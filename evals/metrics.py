"""From the results of a run to its figures, each with an interval and the number of questions behind it."""

from collections.abc import Callable
from typing import Any

from evals.intervals import mean_interval
from evals.scorers import auroc, refusal_scores, risk_coverage

Result = dict[str, Any]

MEANS: dict[str, tuple[str, Callable[[Result], Any]]] = {
    "accuracy": ("answerable questions whose answer is correct", lambda r: r.get("correct")),
    "answered": ("answerable questions that were answered", lambda r: r["outcome"] == "answered" if r["answerable"] else None),
    "refusal_recall": (
        "unanswerable questions that were refused",
        lambda r: None if r["answerable"] else r["outcome"] == "refused",
    ),
    "refusal_precision": (
        "refused questions that are unanswerable",
        lambda r: not r["answerable"] if r["outcome"] == "refused" else None,
    ),
    "citation_precision": ("citations of a place that answers", lambda r: r.get("precision")),
    "quote_fidelity": ("quotes that are the article's characters", lambda r: r.get("fidelity")),
    "hit_1": ("the first passage is one that answers", lambda r: r.get("hit_1")),
    "recall_5": ("places that answer within the first five passages", lambda r: r.get("recall_5")),
    "mrr": ("1 / rank of the first passage that answers", lambda r: r.get("mrr")),
    "in_1": ("the first sentence answers", lambda r: r.get("in_1")),
    "in_3": ("one of the first three sentences answers", lambda r: r.get("in_3")),
    "words": ("words quoted in an answer", lambda r: r.get("words") if r["outcome"] == "answered" else None),
}
"""Each figure that is a mean over questions: what it is, and its value for one result (None where it has none)."""


def metrics_of(results: list[Result]) -> dict[str, Any]:
    """All figures of a run: `all`, `by_kind`, `unscored`, and the risk-coverage curve."""
    scored = [r for r in results if r["outcome"] != "unscored"]
    kinds = dict.fromkeys(r["kind"] for r in scored)
    return {
        "all": _figures(scored) | _whole(scored),
        "by_kind": {kind: _figures([r for r in scored if r["kind"] == kind]) for kind in kinds},
        "unscored": len(results) - len(scored),
        "risk_coverage": _curve(scored),
    }


def _figures(results: list[Result]) -> dict[str, Any]:
    figures = {}
    for name, (_, value_of) in MEANS.items():
        pairs = [(float(v), r["group"]) for r in results if (v := value_of(r)) is not None]
        if pairs:
            value, low, high = mean_interval([v for v, _ in pairs], [g for _, g in pairs])
            figures[name] = {"value": value, "low": low, "high": high, "n": len(pairs)}
    return figures


def _whole(results: list[Result]) -> dict[str, Any]:
    """Figures that are no means over questions."""
    answerable = [r["answerable"] for r in results]
    refused = [r["outcome"] == "refused" for r in results]
    found = {
        "balanced_accuracy": refusal_scores(answerable, refused)["balanced_accuracy"],
        "auroc": auroc([r["confidence"] for r in results], answerable),
    }
    return {name: {"value": value, "n": len(results)} for name, value in found.items() if value is not None}


def _curve(results: list[Result]) -> list[tuple[float, float]]:
    rated = [r for r in results if not r["answerable"] or r.get("correct") is not None]
    return risk_coverage([r["confidence"] for r in rated], [r["answerable"] and bool(r.get("correct")) for r in rated])
