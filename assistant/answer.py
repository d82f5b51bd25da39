"""What comes of a question: an Answer, whose every sentence is cited, or a Refusal."""

from collections import Counter
from collections.abc import Callable
from dataclasses import InitVar, asdict, dataclass, field
from typing import Any, ClassVar, Literal

from assistant.errors import CitationError
from assistant.markdown import escape
from index.article import Article

REFUSALS = {
    "en": "The articles don't answer this.",
    "es": "Los artículos no responden a esto.",
    "pt": "Os artigos não respondem a isto.",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A marker number and the quote behind it.

    The quote is not given but copied: `article.text[start:end]`, offsets in Unicode code points. So a citation whose
    quote is not the article's own characters can't be made. Raises CitationError unless the offsets lie within one
    body paragraph of the article and the quote begins and ends with a character that can be seen.
    """

    number: int
    article: InitVar[Article]
    start: int
    end: int
    quote: str = field(init=False)
    article_id: str = field(init=False)
    title: str = field(init=False)
    publisher: str | None = field(init=False)
    url: str | None = field(init=False)
    published: str | None = field(init=False)

    def __post_init__(self, article: Article) -> None:
        quote = article.text[self.start : self.end] if 0 <= self.start < self.end else ""
        inside = any(s.start <= self.start and self.end <= s.end for s in article.stretches if s.kind == "body")
        if not quote or not inside or quote != quote.strip():
            raise CitationError(f"No quote of {article.id} lies at {self.start}:{self.end}.")
        object.__setattr__(self, "quote", quote)
        object.__setattr__(self, "article_id", article.id)
        for name in ("title", "publisher", "url", "published"):
            object.__setattr__(self, name, getattr(article, name))


@dataclass(frozen=True, slots=True)
class Span:
    """A place in an article that a claim leans on: `text[start:end]`, in Unicode code points."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft answer: the places that it leans on, whose quotes it shows."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim that was verified, with its citations: at least one, or CitationError."""

    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise CitationError("A sentence of an answer has no citation.")

    def render(self, escaped: Callable[[str], str], marker: Callable[[Citation], str]) -> str:
        """Each quote in quotation marks, with its marker."""
        return " ".join(f"“{escaped(c.quote)}” {marker(c)}" for c in self.citations)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A claim that failed verification, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Related:
    """A passage close to the question, as reading: not an answer."""

    article_id: str
    title: str
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """What an Answer and a Refusal share. `timings` are seconds by step, with their `total`."""

    outcome: ClassVar[Literal["answered", "refused"]]
    question: str
    standalone_question: str
    language: str
    related: tuple[Related, ...]
    reader: str
    timings: dict[str, float]
    confidence: float
    rejected: tuple[Rejected, ...] = ()
    complete: bool = True

    @property
    def text(self) -> str:
        """Markdown, with [1] markers where there are citations."""
        raise NotImplementedError

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, in the order of their numbers."""
        return ()

    def to_dict(self, *, debug: bool = False) -> dict[str, Any]:
        """JSON-ready, the same everywhere. Of rejected claims it holds their texts only with `debug`."""
        rejected: dict[str, Any] = {"count": len(self.rejected), "reasons": Counter(r.reason for r in self.rejected)}
        if debug:
            rejected["claims"] = [asdict(r) for r in self.rejected]
        return {
            "outcome": self.outcome,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "language": self.language,
            "text": self.text,
            "citations": [asdict(c) for c in self.citations],
            "related": [asdict(r) for r in self.related],
            "reader": self.reader,
            "complete": self.complete,
            "confidence": self.confidence,
            "timings": dict(self.timings),
            "rejected": rejected,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(_Reply):
    """The articles answer: every sentence is a claim with at least one citation."""

    outcome: ClassVar[Literal["answered", "refused"]] = "answered"
    claims: tuple[CitedClaim, ...]

    def __post_init__(self) -> None:
        if not self.claims:
            raise CitationError("An answer without a sentence is none.")

    @property
    def text(self) -> str:
        """Markdown: a paragraph a claim, with [1] markers."""
        return "\n\n".join(claim.render(escape, lambda c: f"[{c.number}]") for claim in self.claims)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, in the order of their numbers, each once."""
        found = {c.number: c for claim in self.claims for c in claim.citations}
        return tuple(found[n] for n in sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(_Reply):
    """The articles don't answer; `related` holds the closest passages, as reading."""

    outcome: ClassVar[Literal["answered", "refused"]] = "refused"

    @property
    def text(self) -> str:
        """One sentence in the question's language."""
        return REFUSALS.get(self.language, REFUSALS["en"])


Reply = Answer | Refusal
