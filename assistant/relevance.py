"""Whether what a model wrote leans on sentences that speak to the question, as the search sees it.

The check tells whether a sentence is true to what it cites, not whether it answers: a weak model often writes something true
beside the question. How far scores lie apart differs from question to question, most of all between languages, so it is told
on the question's own scale: 0 is the best sentence of those found, 1 the middle one.
"""

from statistics import median

from assistant.answer import Claim, Span
from assistant.quote_reader import ScoredSentence

NEAR = 0.6
"""How far towards the middle one the best of a claim's sentences may lie, for an answer to begin with it."""

FURTHER = 0.8
"""The same for the claims after the first."""

CLOSE = 0.06
"""A score so little behind the best one is not far, however narrow the scale: so far behind may a further quote be, too."""


class Relevance:
    """How far claims are from the best sentence, by the scores of `ranked`, best first."""

    def __init__(self, ranked: list[ScoredSentence]) -> None:
        self._ranked = ranked
        self._best = ranked[0].score
        self._middle = median(one.score for one in ranked)

    def far(self, claim: Claim) -> float:
        """How far towards the middle one the claim's best sentence lies; infinite where none of its sentences has a score."""
        scores = (s.score for s in self._ranked if any(_holds(span, s) for span in claim.spans))
        behind = self._best - max(scores, default=float("-inf"))
        return 0.0 if behind <= CLOSE else behind / (self._best - self._middle or CLOSE)


def _holds(span: Span, one: ScoredSentence) -> bool:
    """Whether a scored sentence lies in a cited place."""
    sentence = one.sentence
    return span.article_id == one.found.passage.article_id and span.start <= sentence.start and sentence.end <= span.end
