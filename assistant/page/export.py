"""A conversation to take along: Markdown, or HTML that stands alone. Its citations are those of the page.

Each marker of a message names a place; the quote is copied from the article anew. Where the article has changed since,
the footnote says so and has no quote.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote as percent
from urllib.parse import unquote

from assistant.markdown import escape, unescape
from assistant.page import render
from index.article import Article

Turn = tuple[Literal["user", "assistant"], str]
"""Who speaks, and the message as the page holds it."""

_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(#(cite|read)-([^)\s]+?)-(\d+)-(\d+)-([0-9a-f]{6})\)")
_STYLE = (
    "body{font:1.05rem/1.6 Charter,Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1d2126}"
    "h1,h2{line-height:1.3}h2{font-size:1.1rem;margin-top:2.5rem}ol,ul,small{font:.9rem/1.5 system-ui,sans-serif;color:#444}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number on the page, the article if it is still there, and the quote if that is."""

    number: str
    article: Article | None
    quote: str | None

    def sentence(self, escaped: Callable[[str], str]) -> str:
        """The quote, and what the article states about itself."""
        if self.article is None:
            return "The article is no longer in the corpus."
        quote = f"“{escaped(self.quote)}” — " if self.quote else "(The article has changed since.) "
        stated = ", ".join(escaped(s) for s in (self.article.title, self.article.publisher, self.article.published) if s)
        return quote + stated


def notes(message: str, load: Callable[[str], Article]) -> list[Note]:
    """The footnotes of a message, each number once, in their order."""
    found: dict[str, Note] = {}
    for match in _LINK.finditer(message):
        number, kind, id, start, end, mark = match.groups()
        if kind == "cite" and number not in found:
            found[number] = _note(number, unquote(id), int(start), int(end), mark, load)
    return sorted(found.values(), key=lambda note: (len(note.number), note.number))


def markdown(title: str, turns: Sequence[Turn], load: Callable[[str], Article]) -> str:
    """A conversation as Markdown with footnotes; one answer alone has no headings."""
    parts = [f"# {escape(title)}"] if title else []
    last: list[str] = []
    for turn, (who, message) in enumerate(turns):
        if who == "user":
            parts.append(f"## {message}" if title else f"**{message}**")
            continue
        prefix = f"{turn}-" if title else ""
        parts.append(_body(message, str, lambda text: text, f"[^{prefix}{{n}}]"))
        last += [f"[^{prefix}{n.number}]: {n.sentence(escape)}{_address(n.article)}" for n in notes(message, load)]
    return "\n\n".join([*parts, *last]) + "\n"


def page(title: str, turns: Sequence[Turn], load: Callable[[str], Article]) -> str:
    """A conversation as an HTML page that loads nothing."""
    body = [f"<h1>{html.escape(title)}</h1>"]
    for turn, (who, message) in enumerate(turns):
        if who == "user":
            body.append(f"<h2>{html.escape(render.plain(message))}</h2>")
            continue
        said = _body(message, _unescaped, html.escape, f'<sup><a href="#n{turn}-{{n}}">[{{n}}]</a></sup>')
        body += [f"<p>{paragraph}</p>" for paragraph in said.split("\n\n")]
        if listed := notes(message, load):
            body.append("<ul>" + "".join(_item(turn, note) for note in listed) + "</ul>")
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    head += f"<title>{html.escape(title)}</title><style>{_STYLE}</style>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(body)}</body></html>\n'


def _note(number: str, id: str, start: int, end: int, mark: str, load: Callable[[str], Article]) -> Note:
    try:
        article = load(id)
    except KeyError:
        return Note(number, None, None)
    quote = article.text[start:end]
    return Note(number, article, quote if render.mark(quote) == mark else None)


def _body(message: str, plain: Callable[[str], str], shown: Callable[[str], str], marker: str) -> str:
    """What a message says, with `marker` for each of its numbers, `{n}`; its footnotes tell the rest."""
    answered = "(#cite-" in message
    text = message.partition(render.RULE)[0] if answered else message.replace(render.RULE, "\n\n")
    text = re.sub(rf"\n*^{render.QUOTED}.*$", "", text, flags=re.M)  # the footnotes have them
    return "".join(_pieces(text, plain, shown, marker)).strip()


def _pieces(text: str, plain: Callable[[str], str], shown: Callable[[str], str], marker: str) -> Iterator[str]:
    at = 0
    for match in _LINK.finditer(text):
        before = text[at : match.start()]
        yield shown(plain(before.rstrip(" ") if match[2] == "cite" else before))
        yield marker.format(n=match[1]) if match[2] == "cite" else shown(plain(match[1]))
        at = match.end()
    yield shown(plain(text[at:]))


def _unescaped(text: str) -> str:
    """Markdown of ours as plain text: unescaped stars are emphasis."""
    return unescape(re.sub(r"(?<!\\)\*", "", text))


def _address(article: Article | None) -> str:
    url = article.url if article else None
    return f" <{percent(url, safe=':/?&=#%+,;@~')}>" if url and re.match(r"https?://", url, re.I) else ""


def _item(turn: int, note: Note) -> str:
    url = note.article.url if note.article else None
    link = f' <a rel="noreferrer" href="{html.escape(url)}">{html.escape(url)}</a>' if url and _address(note.article) else ""
    return f'<li id="n{turn}-{note.number}">[{note.number}] {note.sentence(html.escape)}{link}</li>'
