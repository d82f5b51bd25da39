"""From results to figures."""

import pytest

from evals.gates import Gate, unmet
from evals.metrics import FIGURES, is_miss, metrics_of


def result(id, kind="fact", *, answerable=True, outcome="answered", confidence=0.9, group=None, **scores):
    common = {"id": id, "kind": kind, "answerable": answerable, "outcome": outcome, "group": group or id}
    return common | {"confidence": confidence} | scores


RESULTS = [
    result("a", correct=True, precision=1.0, words=10, confidence=0.9),
    result("b", correct=False, precision=0.5, words=30, confidence=0.6),
    result("c", "list", correct=False, outcome="refused", words=0, confidence=0.2),
    result("d", "far", answerable=False, outcome="refused", words=0, confidence=0.1),
    result("e", "far", answerable=False, words=20, confidence=0.7),
    {"id": "f", "kind": "fact", "answerable": True, "outcome": "unscored", "group": "f", "error": "KeyError: 1"},
]


@pytest.fixture(scope="module")
def metrics():
    return metrics_of(RESULTS)


def test_figures_by_hand(metrics):
    values = {name: (figure["value"], figure["n"]) for name, figure in metrics["all"].items()}
    assert values == {
        "accuracy": (pytest.approx(1 / 3), 3),
        "answered": (pytest.approx(2 / 3), 3),
        "refusal_recall": (1 / 2, 2),
        "refusal_precision": (1 / 2, 2),  # of c and d
        "citation_precision": (0.75, 2),
        "words": (20.0, 3),  # of a, b and e: a refusal has no words
        "balanced_accuracy": (pytest.approx((2 / 3 + 1 / 2) / 2), 5),
        "auroc": (4 / 6, 5),  # a over d and e; b over d; c over d: 4 of 6 pairs
    }
    assert set(values) <= set(FIGURES)
    for figure in metrics["all"].values():
        assert figure["low"] <= figure["value"] <= figure["high"]


def test_a_failure_is_counted_and_is_never_called_incorrect(metrics):
    assert metrics["unscored"] == 1
    assert metrics["all"]["accuracy"]["n"] == 3
    assert metrics["by_kind"]["fact"]["accuracy"] == {"value": 0.5, "low": 0.0, "high": 1.0, "n": 2}
    assert not is_miss(RESULTS[-1])


def test_kinds_have_figures_of_their_own(metrics):
    assert list(metrics["by_kind"]) == ["fact", "list", "far"]
    assert metrics["by_kind"]["list"]["accuracy"] == {"value": 0.0, "low": None, "high": None, "n": 1}
    assert "accuracy" not in metrics["by_kind"]["far"]
    assert metrics["by_kind"]["far"]["refusal_recall"]["value"] == 0.5


def test_the_risk_coverage_curve(metrics):
    # Surest first: a right, e wrong (it has no answer), b wrong, c wrong, d wrong (were it answered)
    assert metrics["risk_coverage"] == [(0.2, 0.0), (0.4, 1 / 2), (0.6, 2 / 3), (0.8, 3 / 4), (1.0, 4 / 5)]


def test_a_set_without_reference_answers_has_no_curve():
    assert metrics_of([result("a", precision=1.0), RESULTS[3]])["risk_coverage"] == []


def test_a_run_without_a_scored_question_has_no_figures():
    assert metrics_of(RESULTS[-1:]) == {"all": {}, "by_kind": {}, "unscored": 1, "risk_coverage": []}


def test_misses():
    assert [r["id"] for r in RESULTS if is_miss(r)] == ["b", "c", "e"]
    assert is_miss(result("g", precision=0.0))
    assert not is_miss(result("g", precision=0.5))  # a set without reference answers
    assert is_miss(result("g", outcome="refused", precision=None))


def test_gates(metrics):
    scored = metrics | {"unscored": 0}
    met = ["accuracy=0.33", "fact.accuracy=0.5", "refusal_recall=.5", "words=20"]
    assert unmet([Gate.parse(text) for text in met], scored) == []
    assert unmet([Gate.parse("accuracy=0.9"), Gate.parse("words=19")], scored) == [
        "accuracy is 0.3333 (n = 3), and is to be at least 0.9",
        "words is 20.0000 (n = 3), and is to be at most 19",
    ]
    assert unmet([Gate.parse("accuracy=1.01")], metrics_of(RESULTS[:1])) != []


def test_a_figure_that_is_not_there_meets_no_gate(metrics):
    scored = metrics | {"unscored": 0}
    assert unmet([Gate.parse("mrr=0"), Gate.parse("spanish.accuracy=0")], scored) == [
        "mrr is to be at least 0, and no question of this run gives it",
        "spanish.accuracy is to be at least 0, and no question of this run gives it",
    ]


def test_failures_meet_no_gate(metrics):
    assert unmet([Gate.parse("accuracy=0")], metrics) == ["1 of the questions could not be scored, so no gate is met"]
    assert unmet([], metrics) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("accuracy", "isn't NAME=VALUE"),
        ("=1", "the figure '' is unknown"),
        ("acuracy=1", "the figure 'acuracy' is unknown; known are accuracy"),
        ("riddle.accuracy=1", "the kind 'riddle' is unknown; known are fact"),
        ("fact.auroc=1", "unknown for a kind"),
        ("accuracy=high", "'high' is no number"),
        ("accuracy=nan", "'nan' is no number"),
        ("accuracy=", "'' is no number"),
    ],
)
def test_a_gate_that_cannot_be_read(text, said):
    with pytest.raises(ValueError, match=said):
        Gate.parse(text)
