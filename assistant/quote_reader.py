"""The reader that needs no model: it answers with the best sentences of the articles, as they stand."""

from dataclasses import dataclass

from assistant.answer import Claim, Span
from assistant.antecedent import antecedents
from assistant.cues import Wanted, asks_number, has_number
from assistant.retriever import ScoredPassage
from index.sentences import Sentence

NEAR_BEST: dict[Wanted, float] = {"one": 0.03, "several": 0.06, "each article": 0.06}
"""A further quote is given only when its score is this close to the best one's, by how much is asked for."""

OTHER_ARTICLE = 0.15
"""Where each article is asked about, another article's best sentence may lie this far behind the best of all."""

NUMBER = 0.02
"""What a sentence gains that holds a number or a date, where one is asked for."""

SHOWN = 0.05
"""What a sentence loses that the conversation has shown already: a follow-up asks for something else, more often than not."""


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


def rank_sentences(found: list[ScoredPassage], question: str, shown: str = "") -> list[ScoredSentence]:
    """All quotable sentences of the passages, best first: by the retriever's score, + NUMBER, - SHOWN.

    `shown` is what the conversation has answered before.
    """
    number = NUMBER if asks_number(question) else 0.0
    ranked = []
    for passage in found:
        for i, score in enumerate(passage.scores):
            text = passage.passage.quote(passage.sentences[i])
            gained = number * has_number(text) - SHOWN * (text in shown)
            ranked.append(ScoredSentence(passage, i, float(score) + gained))
    return sorted(ranked, key=lambda s: (-s.score, s.found.passage.id, s.position))


class QuoteReader:
    """Writes claims that are quotes: the best sentence, and those that come close to it."""

    name = "quotes"

    def __init__(self, quotes: int) -> None:
        self._quotes = quotes

    def read(self, ranked: list[ScoredSentence], wanted: Wanted) -> list[Claim]:
        """One claim a quote, best first; what leans on the sentence before it is quoted with that."""
        limit = min(self._quotes, 2) if wanted == "one" else self._quotes
        spans: list[Span] = []
        for candidate in self._candidates(ranked, wanted):
            span = _with_antecedent(candidate)
            if len(spans) < limit and not any(_overlap(span, other) for other in spans):
                spans.append(span)
        return [Claim((span,)) for span in spans]

    def _candidates(self, ranked: list[ScoredSentence], wanted: Wanted) -> list[ScoredSentence]:
        near = [s for s in ranked if s.score >= ranked[0].score - NEAR_BEST[wanted]]
        distinct = list({s.text: s for s in reversed(near)}.values())[::-1]
        if wanted != "each article":
            return distinct
        first = {s.found.passage.article_id: s for s in reversed(ranked) if s.score >= ranked[0].score - OTHER_ARTICLE}
        best = sorted(first.values(), key=lambda s: -s.score)
        return [*best, *(s for s in distinct if s not in best)]


def _with_antecedent(candidate: ScoredSentence) -> Span:
    passage = candidate.found.passage
    before = antecedents(passage)[candidate.position]
    return Span(passage.article_id, (before or candidate.sentence).start, candidate.sentence.end)


def _overlap(a: Span, b: Span) -> bool:
    return a.article_id == b.article_id and a.start < b.end and b.start < a.end
