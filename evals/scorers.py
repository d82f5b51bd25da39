"""Scores of replies, as pure functions: what was right, how much was refused, what was found.

A place is (article id, start, end), offsets in Unicode code points; two places overlap when they share a character.
"""

import re
from collections.abc import Sequence

import numpy as np

Place = tuple[str, int, int]

MAX_WORDS = 150
"""An answer that quotes more words than this is not correct: long quotes must not buy correctness."""


def overlaps(a: Place, b: Place) -> bool:
    """Whether two places of one article share a character."""
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def holds(text: str, words: str) -> bool:
    """Whether `words` stand in `text` as whole words, case aside."""
    return re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", text.casefold()) is not None


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


def refusal_scores(answerable: Sequence[bool], refused: Sequence[bool]) -> dict[str, float | None]:
    """Precision, recall and balanced accuracy of refusing. A value is None where its denominator is 0.

    precision = unanswerable and refused / refused; recall = unanswerable and refused / unanswerable;
    balanced accuracy = (recall + answerable and answered / answerable) / 2.
    """
    right = sum(r and not a for a, r in zip(answerable, refused, strict=True))
    answered = sum(a and not r for a, r in zip(answerable, refused, strict=True))
    recall = _ratio(right, sum(not a for a in answerable))
    kept = _ratio(answered, sum(answerable))
    balanced = (recall + kept) / 2 if recall is not None and kept is not None else None
    return {"refusal_precision": _ratio(right, sum(refused)), "refusal_recall": recall, "balanced_accuracy": balanced}


def auroc(confidences: Sequence[float], answerable: Sequence[bool]) -> float | None:
    """How often an answerable question has the higher confidence of a random pair with an unanswerable one; ties half."""
    yes = np.array([c for c, a in zip(confidences, answerable, strict=True) if a])
    no = np.sort([c for c, a in zip(confidences, answerable, strict=True) if not a])
    if not len(yes) or not len(no):
        return None
    below, at_most = np.searchsorted(no, yes, "left"), np.searchsorted(no, yes, "right")
    return float((below + at_most).sum() / (2 * len(yes) * len(no)))


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


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
