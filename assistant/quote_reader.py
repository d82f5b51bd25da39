"""The reader that needs no model: it answers with the best sentences of the articles, as they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from assistant.answer import Claim, Span
from assistant.answer_span import answer_span, candidates, kind_asked
from assistant.antecedent import antecedents
from assistant.cues import Wanted, asks_number, has_number
from assistant.dates import asks_latest, years_asked, years_said
from assistant.retriever import ScoredPassage
from assistant.rivals import dissent, rivals
from index.sentences import Sentence

NEAR_BEST: dict[Wanted, float] = {"one": 0.03, "several": 0.06, "each article": 0.06}
"""A further quote is given only when its score is this close to the best one's, by how much is asked for."""

OTHER_ARTICLE = 0.15
"""Where each article is asked about, another article's best sentence may lie this far behind the best of all."""

CERTAIN = 0.9
"""Confidence from which the words that answer are marked inside a quote."""

NUMBER = 0.02
"""What a sentence gains that holds a number or a date, where one is asked for."""

YEAR = 0.02
"""What a sentence gains that speaks of the year asked about, though it says "last year" and only its article's date tells."""

LATEST = 0.03
"""What the sentences of the newest article found gain, where the newest is asked for."""

SHOWN = 0.03
"""What a sentence loses that the conversation has shown already, unless it offers the figure asked for: a follow-up asks for
something else, more often than not."""

NEXT = 0.03
"""What a sentence gains that comes right after one that the conversation has shown: who asks further often asks for what is
said next. Of follow-ups made of squad2's test questions .81 find the answer in the first sentence, not .79."""

_NO_RECORDS: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence that may be quoted, in its passage, with what speaks for it. `published` is its article's date, if known."""

    found: ScoredPassage
    position: int
    score: float
    published: str | None = None

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.found.sentences[self.position]

    @property
    def text(self) -> str:
        """Its characters."""
        return self.found.passage.quote(self.sentence)


def rank_sentences(
    found: list[ScoredPassage], question: str, shown: str = "", records: Mapping[str, Mapping[str, Any]] = _NO_RECORDS
) -> list[ScoredSentence]:
    """All quotable sentences of the passages, best first: by the retriever's score and what the question gives away.

    That is NUMBER, YEAR, LATEST, SHOWN and NEXT. `shown` is what the conversation has answered before; `records` are those
    of the articles, by id: of them it takes the dates.
    """
    dates = {f.passage.article_id: records.get(f.passage.article_id, {}).get("published") for f in found}
    newest = max((day for day in dates.values() if day), default=None) if asks_latest(question) else None
    years = years_asked(question, date.today())
    number, kind = NUMBER if asks_number(question) else 0.0, kind_asked(question)
    ranked = []
    for passage in found:
        published, before = dates[passage.passage.article_id], False
        for i, score in enumerate(passage.scores):
            text = passage.passage.quote(passage.sentences[i])
            repeated = text in shown
            gained = number * has_number(text) + NEXT * (before and not repeated)
            gained -= SHOWN * (repeated and not (kind and candidates(question, text, kind)))
            gained += YEAR * bool(years and years & years_said(text, published)) + LATEST * (
                newest is not None and published == newest
            )
            ranked.append(ScoredSentence(passage, i, float(score) + gained, published))
            before = repeated
    return sorted(ranked, key=lambda s: (-s.score, s.found.passage.id, s.position))


class QuoteReader:
    """Writes claims that are quotes: the best sentence, and those that come close to it."""

    name = "quotes"

    def __init__(self, quotes: int) -> None:
        self._quotes = quotes

    def read(self, ranked: list[ScoredSentence], wanted: Wanted, question: str = "", sure: float = 0.0) -> list[Claim]:
        """One claim a quote, best first; what leans on the sentence before it is quoted with that.

        Where `question` asks for a figure on which another article disagrees, that speaks second, and both are named.
        `sure` is the confidence that the articles answer: from CERTAIN, the words that answer are marked.
        """
        against = dissent(question, ranked)
        limit = min(self._quotes, 2) if wanted == "one" else self._quotes
        spans: list[Span] = []
        for candidate in self._candidates(ranked, wanted, against):
            span = _with_antecedent(candidate)
            if len(spans) < limit and not any(_overlap(span, other) for other in spans):
                spans.append(span)
        if sure >= CERTAIN and spans and not rivals(question, ranked):
            spans[0] = _marked(spans[0], ranked[0], question)
        named = against is not None and limit > 1
        return [Claim((span,), named=named) for span in spans]

    def _candidates(self, ranked: list[ScoredSentence], wanted: Wanted, against: ScoredSentence | None) -> list[ScoredSentence]:
        near = [s for s in ranked if s.score >= ranked[0].score - NEAR_BEST[wanted]]
        distinct = list({s.text: s for s in reversed(near)}.values())[::-1]
        if wanted != "each article":
            return [ranked[0], against, *distinct] if against else distinct
        first = {s.found.passage.article_id: s for s in reversed(ranked) if s.score >= ranked[0].score - OTHER_ARTICLE}
        best = sorted(first.values(), key=lambda s: -s.score)
        return [*best, *(s for s in distinct if s not in best)]


def _with_antecedent(candidate: ScoredSentence) -> Span:
    passage = candidate.found.passage
    before = antecedents(passage)[candidate.position]
    return Span(passage.article_id, (before or candidate.sentence).start, candidate.sentence.end)


def _marked(span: Span, best: ScoredSentence, question: str) -> Span:
    """The span with the place of the words that answer in it, if they are certain."""
    passage = best.found.passage
    found = answer_span(question, passage.text[span.start - passage.start : span.end - passage.start])
    return replace(span, answer=(span.start + found[0], span.start + found[1])) if found else span


def _overlap(a: Span, b: Span) -> bool:
    return a.article_id == b.article_id and a.start < b.end and b.start < a.end
