"""Sentences that speak against the best one: they offer another value of what is asked for, and score nearly as well."""

from typing import TYPE_CHECKING

from assistant.answer_span import answer_span, candidates, kind_asked
from index.lexical import words

if TYPE_CHECKING:
    from assistant.quote_reader import ScoredSentence

NEAR = 0.05
"""A sentence this far behind the best one still speaks against it. Of the words marked in answers on squad2's test split,
.98 are right where the question is English, .92 and .95 where it is Spanish or Portuguese; .94, .82 and .83 where no sentence
is held against another."""

CLOSE = 0.03
"""Another article's sentence must be this close for the two to be shown as disagreeing."""


def rivals(question: str, ranked: "list[ScoredSentence]") -> "list[ScoredSentence]":
    """The sentences, best first, that offer what the question asks for, but not what the best one offers."""
    kind = kind_asked(question)
    if kind is None or not ranked or (given := answer_span(question, ranked[0].text)) is None:
        return []
    value = words(ranked[0].text[slice(*given)])
    near = [s for s in ranked[1:] if s.score >= ranked[0].score - NEAR]
    offered = [(s, [words(s.text[slice(*place)]) for place in candidates(question, s.text, kind)]) for s in near]
    return [s for s, values in offered if values and not any(_agree(value, other) for other in values)]


def dissent(question: str, ranked: "list[ScoredSentence]") -> "ScoredSentence | None":
    """What another article gives for the figure asked for, if it is one figure and as well supported; None otherwise."""
    for rival in rivals(question, ranked):
        other = rival.found.passage.article_id != ranked[0].found.passage.article_id
        if other and rival.score >= ranked[0].score - CLOSE and answer_span(question, rival.text):
            return rival
    return None


def _agree(a: list[str], b: list[str]) -> bool:
    """Whether one holds the other: "12 May 2017" and "2017" are no disagreement."""
    return set(a) <= set(b) or set(b) <= set(a)
