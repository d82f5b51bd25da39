"""Copies of one article speak with one voice: of them, only the one that speaks best is heard."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from index.generation import Generation

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Address:
    """Where else an article was published: a copy of it in the index, whose words may differ a little."""

    article_id: str
    title: str
    publisher: str | None
    url: str | None
    published: str | None


def addresses(generation: "Generation", article_id: str) -> tuple[Address, ...]:
    """The other addresses of an article. Raises KeyError for an unknown id."""
    copies = generation.copies(article_id)
    return tuple(Address(r["id"], r["title"], r["publisher"], r["url"], r["published"]) for r in copies)


def one_voice(ranked: Iterable[T], article_of: Callable[[T], str], voice_of: Callable[[str], str]) -> Iterator[T]:
    """What was found, best first, without what copies repeat: of each voice the article that comes first, and no other.

    So an updated copy is heard when what was added to it answers best; where copies are level, the first in order is.
    """
    speakers: dict[str, str] = {}
    for found in ranked:
        article = article_of(found)
        if speakers.setdefault(voice_of(article), article) == article:
            yield found
