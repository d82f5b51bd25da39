"""What the calibration learns from: questions of the outside sets' dev split, whose articles answer them or don't."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.retriever import Filters
from evals.follow_ups import follow_ups
from evals.outside import load_set
from evals.questions import EvalQuestion

QUESTIONS = 500
"""Answerable questions a language; each is asked once of everything, once near its own paragraph, and once far from it."""

NEAR = 300
"""Near misses a language. They weigh little: few can be told, and who can't tell them must not refuse what is answerable."""

SIZES = (2, 3, 5, 10, 20, 60)
"""How many paragraphs a small corpus has."""

SHARES = {
    "whole-en": 1.5,
    "whole-es": 1.0,
    "whole-pt": 1.0,
    "few": 0.7,
    "far": 2.0,
    "few-far": 0.7,
    "near": 0.1,
    "follow-whole": 1.0,
    "follow-few": 1.0,
    "follow-turn": 0.5,
    "follow-far": 0.7,
    "follow-few-far": 0.3,
    "follow-switch": 0.5,
}
"""What the samples of a kind weigh together, beside the other kinds of their class, however many there are."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A question, with the articles that it is limited to, whether those answer, and the corpus that it is asked of.

    `kind` is one of SHARES, with the language behind it where there are several.
    """

    kind: str
    question: EvalQuestion
    filters: Filters | None
    answerable: bool
    corpus: str = "squad2"

    @property
    def share(self) -> float:
        """What its kind weighs."""
        return SHARES.get(self.kind) or SHARES[self.kind.rpartition("-")[0]]


def samples(data: Path) -> Iterator[Sample]:
    """All of them, in an order that is always the same; `data` holds the outside sets."""
    draw = random.Random(1)  # noqa: S311 - a sample, not a secret
    titles: dict[str, list[str]] = {}
    for article in load_set("squad2-en", data).articles:
        titles.setdefault(article.title, []).append(article.id)
    for language in ("en", "es", "pt"):
        asked = [q for q in load_set(f"squad2-{language}", data).questions if q.split == "dev"]
        dev = [q for q in asked if q.answerable]
        for question in draw.sample(dev, min(QUESTIONS, len(dev))):
            own = question.gold_quotes[0].article_id
            yield Sample(f"whole-{language}", question, None, True)
            yield Sample(f"few-{language}", question, _paragraphs(titles, draw, own), True)
            yield Sample(f"few-far-{language}", question, _paragraphs(_without(titles, own), draw, None), False)
        for question in draw.sample(missed := [q for q in asked if not q.answerable], min(NEAR, len(missed))):
            yield Sample(f"near-{language}", question, None, False)
        if language == "en":
            yield from _following(dev, titles, draw)
    for question in load_set("mtrag", data).questions:
        if question.split != "dev":
            continue
        yield Sample("far", replace(question, history=()), None, False)
        if question.history:
            yield Sample("follow-far", question, None, False)
            if question.answerable:
                yield Sample("follow-turn", question, None, True, corpus="mtrag")


def _following(dev: list[EvalQuestion], titles: dict[str, list[str]], draw: random.Random) -> Iterator[Sample]:
    """Follow-ups that the paragraphs answer, and not; `switch`: they answer the question before it, but not the follow-up."""
    made = list(follow_ups(dev, {id: title for title, ids in titles.items() for id in ids}))
    for question in made:
        own = question.gold_quotes[0].article_id
        rest = _without(titles, own)
        yield Sample("follow-whole", question, None, True)
        yield Sample("follow-few", question, _paragraphs(titles, draw, own), True)
        yield Sample("follow-few-far", question, _paragraphs(rest, draw, None), False)
        other = draw.choice([q for q in made if any(q.gold_quotes[0].article_id in ids for ids in rest.values())])
        switched = replace(other, history=question.history)
        apart = _without(titles, other.gold_quotes[0].article_id)
        yield Sample("follow-switch", switched, _paragraphs(apart, draw, own), False)


def _without(titles: dict[str, list[str]], id: str) -> dict[str, list[str]]:
    """The titles but that of a paragraph."""
    return {title: ids for title, ids in titles.items() if id not in ids}


def _paragraphs(titles: dict[str, list[str]], draw: random.Random, own: str | None) -> Filters:
    """So many neighbouring paragraphs of one to four titles, `own` among them."""
    size = draw.choice(SIZES)
    chosen = draw.sample(sorted(titles), draw.randint(1, 4))
    ids: set[str] = {own} if own else set()
    for title in chosen:
        start = draw.randrange(len(titles[title]))
        ids |= set(titles[title][start : start + max(1, size // len(chosen))])
    return Filters(article_ids=frozenset(ids))
