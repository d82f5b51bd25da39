"""Writing a generation: all of its articles, or, into a copy of the last one, those that changed."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from index.article import Article
from index.changes import Changes
from index.duplicates import sketch, with_voices
from index.generation import Manifest, content_hash
from index.held import Held
from index.passages import Passage, split_passages
from index.place import Draft
from index.store import Store, StoredPassage
from index.vector_cache import VectorCache
from index.vectors import TextEmbedder, embed_passages, embedded_texts

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many texts are embedded, and of how many."""

PACKAGES = ("chromadb", "bm25s", "sentencex", "llama-index-core")


@dataclass(frozen=True, slots=True)
class Revision:
    """What a draft shall hold: `articles`, which differ from those of `held` by `changes`."""

    articles: Sequence[Article]
    held: Held | None
    changes: Changes
    recipe: dict[str, Any]

    def write(self, draft: Draft, embedder: TextEmbedder, cache: VectorCache, progress: Progress) -> Manifest:
        """Write into a draft that is empty or a copy of `held`, and finish it."""
        held = self.held if draft.base else None
        kept = {id: held.records[id] for id in self.changes.kept} if held else {}
        words = int(self.recipe["passage_words"])
        new = [(article, split_passages(article, words)) for article in self.articles if article.id not in kept]
        dead = draft.store.remove(_passages(draft.store, held, self.changes.gone)) if held else 0
        rows = embed_passages(new, embedder, lambda done, total: progress("Embedding", done, total), cache)
        written = _write(draft.store, rows)
        progress("Writing", written, written)
        made = {article.id: _record(article, passages) for article, passages in new}
        records = with_voices((kept | made)[article.id] for article in self.articles)
        manifest = Manifest(
            self.recipe,
            records,
            written + (held.manifest.sentences - dead if held else 0),
            datetime.now(UTC).isoformat(timespec="seconds"),
            dead=dead + (held.manifest.dead if held else 0),
            versions={package: version(package) for package in PACKAGES},
        )
        texts = dict(held.texts if held else {}) | {passage.id: passage.text for _, passages in new for passage in passages}
        draft.finish(manifest, [texts[id] for id in manifest.passage_ids])
        return manifest

    def embedded(self) -> Iterable[str]:
        """Every text that has a vector in a generation made afresh of `articles`."""
        words = int(self.recipe["passage_words"])
        return embedded_texts([(article, split_passages(article, words)) for article in self.articles])


def _record(article: Article, passages: list[Passage]) -> dict[str, Any]:
    return article.record() | {"passages": len(passages), "content": content_hash(passages), "sketch": sketch(article.text)}


def _write(store: Store, parts: Iterable[list[StoredPassage]]) -> int:
    """Write each part beside the embedding of the next; how many sentences they hold."""
    count = 0
    with ThreadPoolExecutor(1, "writing") as beside:
        last: Future[None] | None = None
        for rows in parts:
            if last:
                last.result()
            last = beside.submit(store.write, rows)
            count += sum(len(row.vectors) for row in rows)
        if last:
            last.result()
    return count


def _passages(store: Store, held: Held, ids: Iterable[str]) -> list[Passage]:
    """The passages that some articles have there."""
    wanted = [f"{id}#{n}" for id in ids for n in range(held.records[id]["passages"])]
    return list(store.passages(wanted).values())
