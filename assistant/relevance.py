"""Whether what a model wrote leans on sentences that speak to the question, as the search sees it.

The check tells whether a sentence is true to what it cites, not whether it answers. SmolLM2-135M often wrote something
true beside the question; of its sentences on the seeds that passed the check, those that answered leaned on the best
sentence of all, and all but a few of the others on one that lay more than NEAR behind it.
"""

from assistant.answer import Claim, Span
from assistant.quote_reader import ScoredSentence

NEAR = 0.06
"""How far behind the best sentence the best of a claim's may lie, for an answer to begin with it."""

FURTHER = 0.15
"""The same for the claims after the first."""


class Relevance:
    """How far claims are from the best sentence, by the scores of `ranked`, best first."""

    def __init__(self, ranked: list[ScoredSentence]) -> None:
        self._ranked = ranked

    def behind(self, claim: Claim) -> float:
        """The best score of all - that of the claim's best sentence; infinite where none of its sentences has a score."""
        scores = (s.score for s in self._ranked if any(_holds(span, s) for span in claim.spans))
        return self._ranked[0].score - max(scores, default=float("-inf"))


def _holds(span: Span, one: ScoredSentence) -> bool:
    """Whether a scored sentence lies in a cited place."""
    sentence = one.sentence
    return span.article_id == one.found.passage.article_id and span.start <= sentence.start and sentence.end <= span.end
