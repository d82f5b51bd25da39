"""Scores of replies, as pure functions: what was right, how much was refused, what was found.

A place is (article id, start, end), offsets in Unicode code points; two places overlap when they share a character.
"""

import re
from collections.abc import Sequence

import numpy as np

from evals.intervals import Statistic, Weights

Place = tuple[str, int, int]

MAX_WORDS = 150
"""An answer that quotes more words than this is not correct: long quotes must not buy correctness."""


def overlaps(a: Place, b: Place) -> bool:
    """Whether two places of one article share a character."""
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def holds(text: str, words: str) -> bool:
    """Whether `words` stand in `text` as whole words and whole numbers, case aside: "300" isn't in "1,300"."""
    return re.search(pattern_of(words.casefold()), text.casefold()) is not None


def pattern_of(words: str) -> str:
    """A regular expression for `words` as whole words and whole numbers."""
    before = r"(?<!\w)" + (r"(?<!\d[.,])" if words[:1].isdigit() else "")
    after = (r"(?![.,]\d)" if words[-1:].isdigit() else "") + r"(?!\w)"
    return before + re.escape(words) + after


def unmet_groups(quotes: Sequence[str], groups: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The groups of reference answers none of whose members stands in any of the quotes."""
    return [group for group in groups if not any(holds(quote, member) for quote in quotes for member in group)]


def answer_correct(
    quotes: Sequence[str], places: Sequence[Place], groups: Sequence[Sequence[str]], gold: Sequence[Place]
) -> tuple[bool, str]:
    """Whether an answer is right, and why not.

    Right = every group is met by the quotes, and one quote overlaps a gold place, and the quotes have at most MAX_WORDS
    words together. An answer without quotes (a refusal) is not right.
    """
    if not quotes:
        return False, "refused"
    if (words := words_quoted(quotes)) > MAX_WORDS:
        return False, f"{words} words quoted"
    if unmet := unmet_groups(quotes, groups):
        return False, "missing: " + "; ".join(" / ".join(group) for group in unmet)
    if not any(overlaps(place, right) for place in places for right in gold):
        return False, "no quote from a place that answers"
    return True, ""


def words_quoted(quotes: Sequence[str]) -> int:
    """Words (runs without white space) in all quotes together."""
    return sum(len(quote.split()) for quote in quotes)


def citation_precision(places: Sequence[Place], gold: Sequence[Place]) -> float | None:
    """Citations that overlap a gold place / citations; None without citations."""
    if not places:
        return None
    return sum(any(overlaps(p, right) for right in gold) for p in places) / len(places)


def quote_fidelity(quotes: Sequence[str], places: Sequence[Place], texts: dict[str, str]) -> float | None:
    """Quotes that are the characters at their place in the article / quotes; None without quotes. Nothing is believed."""
    if not quotes:
        return None
    right = sum(texts.get(id, "")[start:end] == quote for quote, (id, start, end) in zip(quotes, places, strict=True))
    return right / len(quotes)


def recall_at(found: Sequence[Place], gold: Sequence[Place], k: int) -> float:
    """Gold places that one of the first k found places overlaps / gold places."""
    return sum(any(overlaps(place, right) for place in found[:k]) for right in gold) / len(gold)


def hit_at(found: Sequence[Place], gold: Sequence[Place], k: int) -> float:
    """1 if one of the first k found places overlaps a gold place, else 0."""
    return float(any(overlaps(place, right) for place in found[:k] for right in gold))


def reciprocal_rank(found: Sequence[Place], gold: Sequence[Place]) -> float:
    """1 / the rank of the first found place that overlaps a gold one; 0 if none does."""
    ranks = (n for n, place in enumerate(found, 1) if any(overlaps(place, right) for right in gold))
    return 1.0 / next(ranks, float("inf"))


def balanced_accuracy(answerable: Sequence[bool], refused: Sequence[bool]) -> Statistic:
    """(unanswerable and refused / unanswerable + answerable and answered / answerable) / 2, of weighted questions."""
    no = ~np.array(answerable, dtype=bool)
    right = np.array(refused, dtype=bool) == no

    def figure(weights: Weights) -> float:
        with np.errstate(invalid="ignore"):
            recall = np.divide(weights @ (no & right), weights @ no)
            kept = np.divide(weights @ (~no & right), weights @ ~no)
        return float(recall + kept) / 2

    return figure


def auroc(confidences: Sequence[float], answerable: Sequence[bool]) -> Statistic:
    """How often an answerable question has the higher confidence of a random pair with an unanswerable one; ties half.

    As a figure of weighted questions: sum over pairs of w_yes x w_no x (1 if higher, 1/2 if equal) / sum of w_yes x w_no.
    """
    sure, is_yes = np.array(confidences, dtype=float), np.array(answerable, dtype=bool)
    yes, no = np.flatnonzero(is_yes), np.flatnonzero(~is_yes)
    no = no[np.argsort(sure[no], kind="stable")]
    below, at_most = (np.searchsorted(sure[no], sure[yes], side) for side in ("left", "right"))

    def figure(weights: Weights) -> float:
        up_to = np.concatenate([[0.0], np.cumsum(weights[no])])
        pairs = weights[yes].sum() * up_to[-1]
        return float(weights[yes] @ (up_to[below] + up_to[at_most]) / (2 * pairs)) if pairs else float("nan")

    return figure


def risk_coverage(confidences: Sequence[float], correct: Sequence[bool]) -> list[tuple[float, float]]:
    """Answering only what is surest: (share of questions answered, share of those that are wrong), surest first.

    A point after each distinct confidence; an unanswerable question that is answered counts as wrong.
    """
    order = sorted(zip(confidences, correct, strict=True), key=lambda pair: -pair[0])
    points, wrong = [], 0
    for n, (confidence, right) in enumerate(order, 1):
        wrong += not right
        if n == len(order) or order[n][0] != confidence:
            points.append((n / len(order), wrong / n))
    return points
