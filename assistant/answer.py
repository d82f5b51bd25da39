"""What comes of a question: an Answer, whose every sentence is cited, or a Refusal."""

from collections import Counter
from collections.abc import Callable
from dataclasses import InitVar, asdict, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Literal

from assistant.errors import CitationError
from assistant.markdown import escape
from assistant.voices import Address
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
    also: tuple[Address, ...] = field(default=(), kw_only=True)
    """Where else the article was published: its copies in the index."""
    answer_span: tuple[int, int] | None = field(default=None, kw_only=True)
    """Where in the article, within the quote, the words stand that answer, such as a number or a date; None where that
    isn't certain."""

    def __post_init__(self, article: Article) -> None:
        quote = article.text[self.start : self.end] if 0 <= self.start < self.end else ""
        inside = any(s.start <= self.start and self.end <= s.end for s in article.stretches if s.kind == "body")
        if not quote or not inside or quote != quote.strip():
            raise CitationError(f"No quote of {article.id} lies at {self.start}:{self.end}.")
        if self.answer_span is not None and not self.start <= self.answer_span[0] < self.answer_span[1] <= self.end:
            raise CitationError(f"The words that answer, {self.answer_span}, lie outside {self.start}:{self.end}.")
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
    answer: tuple[int, int] | None = field(default=None, compare=False)
    """As a citation's `answer_span`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft answer: the places that it leans on, and what a model wrote; None: it is their quotes.

    `named`: its quotes are shown under their articles' names.
    """

    spans: tuple[Span, ...]
    text: str | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim that was verified, with its citations: at least one, or CitationError.

    `text` is what a model wrote, as it wrote it; None where the quotes are the sentence. `named`: these are shown under
    their articles' names, as where two articles disagree.
    """

    citations: tuple[Citation, ...]
    text: str | None = None
    named: bool = False

    def __post_init__(self) -> None:
        if not self.citations:
            raise CitationError("A sentence of an answer has no citation.")

    def render(
        self,
        escaped: Callable[[str], str],
        marker: Callable[[Citation], str],
        quoted: Callable[[Citation], str] | None = None,
    ) -> str:
        """What a model wrote, with the markers behind it; or each quote in quotation marks, with its marker.

        A quote whose claim is `named` stands behind its article's title. `quoted` writes a quote's text otherwise than
        `escaped` would.
        """
        if self.text is not None:
            return f"{escaped(self.text)} {''.join(map(marker, self.citations))}"
        said = quoted or (lambda c: escaped(c.quote))
        names = [f"{escaped(c.title)}: " if self.named else "" for c in self.citations]
        return " ".join(f"{name}“{said(c)}” {marker(c)}" for name, c in zip(names, self.citations, strict=True))


@dataclass(frozen=True, slots=True)
class Rejected:
    """A claim that failed verification, and why."""

    text: str
    reason: str


class Note(StrEnum):
    """What whoever reads a reply must know of how it came about."""

    QUOTES_ONLY = "quotes only: the model did not answer"


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
    """What an Answer and a Refusal share. `timings` are seconds by step, with their `total`.

    `usage` counts a model's tokens by kind, as its server reports them. Where a model was to answer and broke off,
    `failure` says why in a few words; `complete` is False if it had shown a claim by then, else `note` says who answered.
    """

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
    note: Note | None = None
    failure: str = ""
    usage: dict[str, int] = field(default_factory=dict)

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
            "note": self.note,
            "failure": self.failure,
            "confidence": self.confidence,
            "timings": dict(self.timings),
            "usage": dict(self.usage),
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
