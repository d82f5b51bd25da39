"""Who writes an answer: the model where there is one, and the articles' own sentences where it gives none."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from assistant.answer import CitedClaim, Claim, Note, Rejected
from assistant.budget import Budget
from assistant.cancellation import Cancellation
from assistant.citing import Citer
from assistant.cues import wanted
from assistant.model_failure import ModelFailure
from assistant.model_reader import ModelReader, NoAnswer
from assistant.quote_reader import QuoteReader, ScoredSentence
from assistant.relevance import FURTHER, NEAR, Relevance
from assistant.retriever import ScoredPassage
from index.generation import Generation

MAX_CLAIMS = 8
"""Sentences of an answer that a model writes; what it writes after them is not read."""

_log = logging.getLogger(__name__)


@dataclass
class Written:
    """What was written: the claims that are shown, those that fell, and by whom. It has what a reply has of each name.

    `first_claim`: seconds on the budget when the first claim was shown; None without one.
    """

    reader: str
    claims: list[CitedClaim] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    complete: bool = True
    note: Note | None = None
    failure: str = ""
    first_claim: float | None = None


@dataclass(frozen=True)
class Material:
    """What a reader is given: the question, the passages, their sentences best first, and the articles' records.

    `confidence`: how likely it is that they answer.
    """

    asked: str
    standalone: str
    found: list[ScoredPassage]
    ranked: list[ScoredSentence]
    generation: Generation
    confidence: float


class Writer:
    """Has an answer written. With a model, its sentences; where none of them holds, quotes. Never both in one answer."""

    def __init__(self, quotes: QuoteReader, model: ModelReader | None, near: float = NEAR, further: float = FURTHER) -> None:
        self._quotes, self._model, self._near, self._further = quotes, model, near, further
        self.name = model.name if model else quotes.name

    def write(
        self,
        material: Material,
        citer: Citer,
        show: Callable[[CitedClaim], None],
        budget: Budget,
        cancellation: Cancellation,
    ) -> Written:
        """Write; `show` is given each claim as soon as it is cited and checked. Raises Abandoned."""
        if self._model is None:
            written = Written(self._quotes.name)
            self._quote(material, written, citer, show, budget)
            return written
        written = Written(self._model.name)
        try:
            given = self._model.read(material.standalone, material.found, material.generation.records, budget, cancellation)
            _cite(self._relevant(given, material, written), written, citer, show, budget)
        except NoAnswer:
            return written
        except ModelFailure as failure:
            _log.warning("The model %s did not answer: %s.", self._model.model.name, failure.reason)
            written.failure = failure.reason
            written.complete = not written.claims
        if not written.claims:
            written.reader, written.note = self._quotes.name, Note.QUOTES_ONLY
            written.failure = written.failure or "no sentence of it passed the checks"
            self._quote(material, written, citer, show, budget)
        return written

    def _relevant(self, given: Iterable[Claim | Rejected], material: Material, written: Written) -> Iterator[Claim | Rejected]:
        """What a model gave, with the claims beside the question as rejected."""
        relevance = Relevance(material.ranked)
        for one in given:
            if isinstance(one, Claim) and relevance.far(one) > (self._further if written.claims else self._near):
                yield Rejected(one.text or "", "beside the question")
            else:
                yield one

    def _quote(
        self, material: Material, written: Written, citer: Citer, show: Callable[[CitedClaim], None], budget: Budget
    ) -> None:
        claims = self._quotes.read(material.ranked, wanted(material.asked), material.asked, material.confidence)
        _cite(claims, written, citer, show, budget)


def _cite(
    given: Iterable[Claim | Rejected], written: Written, citer: Citer, show: Callable[[CitedClaim], None], budget: Budget
) -> None:
    """Cite claims as they come, and show those that hold, until there are enough."""
    for one in given:
        cited = citer.cite(one) if isinstance(one, Claim) else one
        if isinstance(cited, Rejected):
            written.rejected.append(cited)
            continue
        if written.first_claim is None:
            written.first_claim = budget.elapsed()
        written.claims.append(cited)
        show(cited)
        if len(written.claims) == MAX_CLAIMS:
            return
