"""What a build understood of each file, and what it left out: tables in the terminal, in which no file can play tricks."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.terminal import count, plain

if TYPE_CHECKING:
    from rich.console import Console

    from index.article import Article
    from index.corpus import Corpus
    from index.quarantine import Skipped

SHOWN = 20
"""Articles in the table, and files left out, unless all are asked for."""

_COLUMNS = ("id", "kind", "title", "publisher", "published", "language", "characters")
_WIDEST = {"id": 28, "title": 44, "publisher": 20}


def show_understood(console: "Console", corpus: "Corpus", *, every: bool = False) -> None:
    """Print a table of the articles, the first twenty unless `every`, and what else was found."""
    articles = corpus.articles if every else corpus.articles[:SHOWN]
    rows = [_COLUMNS, *(_row(article, corpus) for article in articles)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_COLUMNS))]
    for row in rows:
        cells = [
            cell.rjust(w) if i == len(row) - 1 else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        console.print("  ".join(cells))
    kinds = Counter(source.kind for source in corpus.sources.values())
    told = ", ".join(f"{n:,} {kind}" for kind, n in sorted(kinds.items()))
    if len(articles) < len(corpus.articles):
        console.print(f"... and {len(corpus.articles) - len(articles):,} more (--verbose shows all): {told}")
    if corpus.others:
        endings = ", ".join(plain(ending) or "no ending" for ending, _ in corpus.others.most_common(8))
        console.print(f"Left alone: {count(corpus.others.total(), 'file')} of other kinds ({endings}).")


def show_skipped(console: "Console", skipped: Iterable["Skipped"], *, every: bool = False) -> None:
    """Print which files are not in the index, and why."""
    found = list(skipped)
    shown = found if every else found[:SHOWN]
    if found:
        console.print(f"Left out ({len(found):,}):")
    for one in shown:
        console.print(f"  {plain(str(one.path))}: {plain(one.reason)}")
    if len(shown) < len(found):
        console.print(f"  ... and {len(found) - len(shown):,} more (--verbose shows all)")


def _row(article: "Article", corpus: "Corpus") -> tuple[str, ...]:
    source = corpus.sources.get(article.id)
    said = (article.id, source.kind if source else "", article.title, article.publisher, article.published, article.language)
    cells = [plain(cell or "-") for cell in said] + [f"{len(article.text):,}"]
    return tuple(_cut(cell, _WIDEST.get(name, 80)) for cell, name in zip(cells, _COLUMNS, strict=True))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
