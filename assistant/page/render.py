"""Replies as Markdown: all text escaped, so that only what is written here is a link or a rule.

A marker links to `#cite-<article id>-<start>-<end>-<mark>`, a passage for reading to `#read-...` alike. Offsets are
Unicode code points of the article's text, the id is percent-encoded, and `mark` tells whether the text there is still
the one that was quoted: the page outlives a rebuilt index, and then says so.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import quote as percent

from assistant.answer import Answer, Citation, CitedClaim, Refusal, Related, Reply
from assistant.markdown import escape, unescape
from assistant.page.labels import Labels, labels
from index.article import Article

RULE = "\n\n---\n\n"
"""Between what a message says and what stands under it: no escaped text holds a line break, so it is never part of one."""

QUOTED = "> "
"""Begins the line of a quote beneath a sentence that a model wrote: no escaped text begins so."""

_MARKER = re.compile(r"\s*\[\d+\]\(#cite-[^)]*\)")
_BOLD = re.compile(r"(\\.)|\*\*", re.S)  # an escaped star is the text's own
_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")  # no JSON or page holds a lone surrogate
_EXCERPT, _SHOWN = 180, 600  # characters


def answer(reply: Reply, articles: int, *, older: bool = False) -> str:
    """A reply as Markdown; `articles` is how many were searched, `older` whether that was not in the newest index."""
    words = labels(reply.language)
    if isinstance(reply, Answer):
        said = _answered(reply, words)
    else:
        said = _refused(reply, words, articles) if articles else escape(words.nothing)
    return f"{said}\n\n*{words.older}*" if older else said


def asked(question: str) -> str:
    """A question as Markdown that shows it, cut where it is far too long to be asked."""
    return escape(_UNSHOWN.sub("\ufffd", _shortened(question, _SHOWN)))


def plain(markdown: str) -> str:
    """What a message says, as it was before it was escaped: without its markers and what stands under it."""
    said = re.sub(rf"^{QUOTED}", "", markdown.partition(RULE)[0], flags=re.M)
    said = _BOLD.sub(lambda m: m[1] or "", said)
    return unescape(_MARKER.sub("", said)).strip()


def mark(quote: str) -> str:
    """Six letters that stand for a quote: another text in its place hardly ever has the same."""
    return hashlib.sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def place(kind: Literal["cite", "read"], id: str, start: int, end: int, text: str) -> str:
    """The link to a stretch of an article; `text` is what stands there."""
    return f"#{kind}-{percent(id, safe='')}-{start}-{end}-{mark(text)}"


def _marker(citation: Citation) -> str:
    return f"[{citation.number}]({place('cite', citation.article_id, citation.start, citation.end, citation.quote)})"


def _quoted(citation: Citation) -> str:
    """A quote, the words that answer in bold: where Markdown would take stars beside letters for stars, without."""
    quote, span = citation.quote, citation.answer_span
    if span is None:
        return escape(quote)
    start, end = span[0] - citation.start, span[1] - citation.start
    before, words, after = quote[:start], quote[start:end], quote[end:]
    if before[-1:].isalnum() or after[:1].isalnum():
        return escape(quote)
    parts = [escape(before), f"**{escape(words)}**", escape(after)]
    return parts[0] + " " * before[-1:].isspace() + parts[1] + " " * after[:1].isspace() + parts[2]


def partial(claims: Sequence[CitedClaim], state: str) -> str:
    """The claims that are verified so far, and in words what is being done."""
    return "\n\n".join([*map(_claim, claims), f"*{escape(state)}*"])


def _claim(claim: CitedClaim) -> str:
    """A sentence of an answer; beneath one that a model wrote, the quotes that it stands on."""
    said = claim.render(escape, _marker, _quoted)
    if claim.text is None:
        return said
    quotes = f"  \n{QUOTED}".join(f"“{escape(c.quote)}” {_marker(c)}" for c in claim.citations)
    return f"{said}\n\n{QUOTED}{quotes}"


def stopped(shown: str, words: Labels) -> str:
    """What was shown when it was stopped: its claims stay, as they were verified."""
    claims = [paragraph for paragraph in shown.split("\n\n") if _MARKER.search(paragraph)]
    return "\n\n".join([*claims, f"*{words.stopped}*"])


def _answered(reply: Answer, words: Labels) -> str:
    paragraphs = [f"*{words.quotes_only}*"] if reply.note else []
    paragraphs += map(_claim, reply.claims)
    if not reply.complete:
        paragraphs.append(f"*{words.incomplete}*")
    by_article: dict[str, list[Citation]] = {}
    for citation in reply.citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    notes = "\n".join(line for group in by_article.values() for line in _footnotes(group))
    return "\n\n".join(paragraphs) + RULE + f"**{words.sources}**\n\n" + notes


def _footnotes(citations: list[Citation]) -> list[str]:
    """An article, and under it its quotes."""
    return [f"- {source(citations[0])}", *(f"  - {_marker(c)} “{escape(c.quote)}”" for c in citations)]


def source(cited: Citation | Article) -> str:
    """What an article states about itself."""
    stated = [cited.title, cited.publisher, cited.published]
    return " · ".join(escape(text) for text in stated if text)


def _refused(reply: Refusal, words: Labels, articles: int) -> str:
    said = f"{escape(reply.text)}\n\n{words.count(words.searched, articles)}"
    if not reply.related:
        return said
    return said + RULE + f"**{words.closest}**\n\n" + "\n".join(map(_reading, reply.related))


def _reading(passage: Related) -> str:
    link = place("read", passage.article_id, passage.start, passage.end, passage.text)
    paragraphs = " · ".join(line.strip() for line in passage.text.splitlines() if line.strip())
    return f"- [{escape(passage.title)}]({link})  \n  {escape(_shortened(paragraphs, _EXCERPT))}"


def _shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a space where there is one."""
    if len(text) <= limit:
        return text
    head, space, _ = text[:limit].rpartition(" ")
    return (head if space and len(head) > limit // 2 else text[:limit]).rstrip(" ,;:·") + "…"
