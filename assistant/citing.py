"""From a claim to a cited one: the one gate that every sentence of an answer goes through."""

from collections.abc import Callable

from assistant.answer import Citation, CitedClaim, Claim, Rejected, Span
from assistant.errors import CitationError
from assistant.verify import Evidence, Rejection
from assistant.voices import addresses
from index.article import Article
from index.generation import Generation

Check = Callable[[str, Evidence], Rejection | None]
"""Whether a sentence that a model wrote stands on the evidence; None if it does."""


class Citer:
    """Gives claims their citations, numbered as they come: a place that was cited before keeps its number.

    `question` is what the user asked, in the user's words; `check` judges what a model wrote. A claim that fails is
    rejected whole.
    """

    def __init__(self, generation: Generation, question: str, check: Check) -> None:
        self._generation, self._question, self._check = generation, question, check
        self._articles: dict[str, Article] = {}
        self._cited: dict[Span, Citation] = {}

    def cite(self, claim: Claim) -> CitedClaim | Rejected:
        """The claim with its citations, or why it has none."""
        try:
            citations = self._citations(claim)
            cited = CitedClaim(citations, claim.text, claim.named)
        except (CitationError, KeyError):
            return Rejected(claim.text or str(claim.spans), "no such quote")
        if claim.text is not None:
            evidence = Evidence(
                quotes=tuple(c.quote for c in citations),
                titles=tuple(dict.fromkeys(c.title for c in citations)),
                question=self._question,
            )
            if rejection := self._check(claim.text, evidence):
                return Rejected(claim.text, rejection.reason)
        self._cited |= dict(zip(claim.spans, citations, strict=True))
        return cited

    def _citations(self, claim: Claim) -> tuple[Citation, ...]:
        made: dict[Span, Citation] = {}
        for span in claim.spans:
            number = len(self._cited) + sum(s not in self._cited for s in made) + 1
            made[span] = self._cited.get(span) or self._citation(number, span)
        return tuple(made[span] for span in claim.spans)

    def _citation(self, number: int, span: Span) -> Citation:
        article, also = self._article(span.article_id), addresses(self._generation, span.article_id)
        return Citation(number, article, span.start, span.end, also=also, answer_span=span.answer)

    def _article(self, id: str) -> Article:
        if id not in self._articles:
            self._articles[id] = self._generation.article(id)
        return self._articles[id]
