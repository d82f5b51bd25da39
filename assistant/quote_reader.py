"""The reader that needs no model: it answers with the best sentences of the articles, as they stand."""

from dataclasses import dataclass

from assistant.answer import Claim, Span
from assistant.antecedent import antecedents
from assistant.retriever import ScoredPassage
from index.sentences import Sentence

NEAR_BEST = 0.03
"""A further quote is given only when its score is this close to the best one's."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence that may be quoted, in its passage, with what speaks for it."""

    found: ScoredPassage
    position: int
    score: float

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.found.sentences[self.position]

    @property
    def text(self) -> str:
        """Its characters."""
        return self.found.passage.quote(self.sentence)


def rank_sentences(found: list[ScoredPassage]) -> list[ScoredSentence]:
    """All quotable sentences of the passages, best first."""
    ranked = [ScoredSentence(p, i, float(score)) for p in found for i, score in enumerate(p.scores)]
    return sorted(ranked, key=lambda s: (-s.score, s.found.passage.id, s.position))


class QuoteReader:
    """Writes claims that are quotes: the best sentence, and those that come close to it."""

    name = "quotes"

    def __init__(self, quotes: int) -> None:
        self._quotes = quotes

    def read(self, ranked: list[ScoredSentence]) -> list[Claim]:
        """One claim a quote, best first; what leans on the sentence before it is quoted with that."""
        claims: list[Claim] = []
        seen: set[str] = set()
        for candidate in ranked[: 3 * self._quotes]:
            if candidate.score < ranked[0].score - NEAR_BEST or len(claims) == self._quotes:
                break
            span = _with_antecedent(candidate)
            text = candidate.text
            if text not in seen and not any(_overlap(span, other) for claim in claims for other in claim.spans):
                claims.append(Claim((span,)))
            seen.add(text)
        return claims


def _with_antecedent(candidate: ScoredSentence) -> Span:
    passage = candidate.found.passage
    before = antecedents(passage)[candidate.position]
    return Span(passage.article_id, (before or candidate.sentence).start, candidate.sentence.end)


def _overlap(a: Span, b: Span) -> bool:
    return a.article_id == b.article_id and a.start < b.end and b.start < a.end
