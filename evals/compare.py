"""Two runs side by side: what changed in the figures, how sure that is, and which questions turned out otherwise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.intervals import Statistic, Weights, statistic_interval
from evals.metrics import MEANS, WHOLE, Result

Pairs = list[tuple[Result, Result]]

_QUESTION = ("kind", "question", "history", "answerable", "reference_answers", "gold_quotes", "group")


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of both runs, over the questions that both scored: `change` is b - a, `low` and `high` its 95% interval."""

    name: str
    a: float
    b: float
    change: float
    low: float | None
    high: float | None
    n: int

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that turned out otherwise: `a` and `b` are right, wrong, answered, refused or unscored."""

    id: str
    kind: str
    question: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs have in common, and what not. `notes` say why figures may not be comparable."""

    notes: tuple[str, ...]
    questions: int
    differences: tuple[Difference, ...]
    by_kind: tuple[Difference, ...]
    flips: tuple[Flip, ...]


def compare(a: dict[str, Any], b: dict[str, Any]) -> Comparison:
    """Compare two runs (what their run.json holds), over the questions that stand in both."""
    of_b = {r["id"]: r for r in b["results"]}
    both: Pairs = [(r, of_b[r["id"]]) for r in a["results"] if r["id"] in of_b]
    scored = [(x, y) for x, y in both if "unscored" not in (x["outcome"], y["outcome"])]
    kinds = dict.fromkeys(x["kind"] for x, _ in scored)
    by_kind = [
        d
        for kind in kinds
        for name in ("accuracy", "refusal_recall")
        if (d := _difference_of_means(name, [p for p in scored if p[0]["kind"] == kind], f"{kind}.{name}"))
    ]
    overall = [_difference_of_means(name, scored, name) for name in MEANS] + [_difference_of_whole(n, scored) for n in WHOLE]
    flips = [
        Flip(x["id"], x["kind"], x["question"], before, after) for x, y in both if (before := state(x)) != (after := state(y))
    ]
    return Comparison(_notes(a, b, both), len(both), tuple(d for d in overall if d), tuple(by_kind), tuple(flips))


def state(result: Result) -> str:
    """How a question turned out. Refusing is right where nothing answers, and answering is wrong there."""
    outcome = str(result["outcome"])
    if outcome != "answered" or not result["answerable"] or "correct" not in result:
        return outcome
    return "right" if result["correct"] else "wrong"


def _difference_of_means(name: str, pairs: Pairs, shown: str) -> Difference | None:
    value_of = MEANS[name][1]

    def ratio(results: list[Result]) -> Statistic:
        values = [value_of(r) for r in results]
        held = np.array([v is not None for v in values], dtype=float)
        numbers = np.array([0.0 if v is None else float(v) for v in values])
        return lambda weights: _ratio(weights, numbers, held)

    n = sum(value_of(x) is not None or value_of(y) is not None for x, y in pairs)
    return _difference(shown, ratio, pairs, n)


def _difference_of_whole(name: str, pairs: Pairs) -> Difference | None:
    return _difference(name, WHOLE[name][1], pairs, len(pairs))


def _difference(name: str, figure: Callable[[list[Result]], Statistic], pairs: Pairs, n: int) -> Difference | None:
    if not n:
        return None
    of_a, of_b = figure([x for x, _ in pairs]), figure([y for _, y in pairs])
    found = statistic_interval(lambda weights: of_b(weights) - of_a(weights), [x["group"] for x, _ in pairs])
    if found is None:
        return None
    once = np.ones(len(pairs))
    return Difference(name, of_a(once), of_b(once), *found, n)


def _ratio(weights: Weights, values: NDArray[np.float64], held: NDArray[np.float64]) -> float:
    count = weights @ held
    return float(weights @ values / count) if count else float("nan")


def _notes(a: dict[str, Any], b: dict[str, Any], both: Pairs) -> tuple[str, ...]:
    notes = []
    if a["set"] != b["set"]:
        notes.append(f"The sets differ: {a['set']} and {b['set']}.")
    elif a.get("questions_sha256") != b.get("questions_sha256"):
        notes.append("The sets differ: the question files are not the same.")
    if a.get("articles_sha256") != b.get("articles_sha256"):
        notes.append("The articles differ.")
    changed = [x["id"] for x, y in both if any(x.get(f) != y.get(f) for f in _QUESTION)]
    if changed:
        notes.append(f"Of the questions in both, {len(changed)} were asked or judged otherwise: {', '.join(changed[:5])}.")
    only = len(a["results"]) - len(both), len(b["results"]) - len(both)
    if any(only):
        notes.append(f"Left out: {only[0]} questions that only A has, {only[1]} that only B has.")
    for part, said in (("selection", "selections"), ("recipe", "recipes"), ("settings", "settings"), ("versions", "versions")):
        if differing := _differing(a.get(part, {}), b.get(part, {})):
            notes.append(f"The {said} differ: {differing}.")
    if a.get("reader") != b.get("reader"):
        notes.append(f"The readers differ: {a.get('reader')} and {b.get('reader')}.")
    unscored = sum("unscored" in (x["outcome"], y["outcome"]) for x, y in both)
    if unscored:
        notes.append(f"Left out of the figures: {unscored} questions that could not be scored in one or both.")
    return tuple(notes)


def _differing(a: dict[str, Any], b: dict[str, Any]) -> str:
    names = [name for name in dict.fromkeys([*a, *b]) if a.get(name) != b.get(name)]
    return ", ".join(f"{name} ({_short(a.get(name))}, {_short(b.get(name))})" for name in names)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."
