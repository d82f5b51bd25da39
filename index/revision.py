"""Writing a generation: all of its articles, or, into a copy of the last one, those that changed."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from index.article import Article
from index.bm25 import BM25
from index.changes import Changes
from index.duplicates import sketch, with_voices
from index.generation import Manifest, content_hash, passage_ids
from index.held import Held
from index.passages import Passage, split_passages
from index.place import Draft
from index.store import Store, StoredPassage
from index.vector_cache import VectorCache
from index.vectors import Pairs, TextEmbedder, embed_passages, embedded_texts

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many texts are embedded, and of how many."""

PACKAGES = ("chromadb", "sentencex", "llama-index-core")


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
        made = {article.id: _record(article, passages) for article, passages in new}
        records = [(kept | made)[article.id] for article in self.articles]
        with ThreadPoolExecutor(1, "bm25") as beside:  # the embedder leaves Python alone for most of the time
            bm25 = beside.submit(_bm25, held, set(kept), passage_ids(records), new)
            voiced = beside.submit(with_voices, records)
            dead = draft.store.remove(_passages(draft.store, held, self.changes.gone)) if held else 0
            rows = embed_passages(new, embedder, lambda done, total: progress("Embedding", done, total), cache)
            written = _write(draft.store, rows)
            progress("Writing", written, written)
            manifest = self._manifest(voiced.result(), written, dead, held)
            draft.finish(manifest, bm25.result())
        return manifest

    def _manifest(self, records: tuple[dict[str, Any], ...], written: int, dead: int, held: Held | None) -> Manifest:
        return Manifest(
            self.recipe,
            records,
            written + (held.manifest.sentences - dead if held else 0),
            datetime.now(UTC).isoformat(timespec="seconds"),
            dead=dead + (held.manifest.dead if held else 0),
            versions={package: version(package) for package in PACKAGES},
        )

    def embedded(self) -> Iterable[str]:
        """Every text that has a vector in a generation made afresh of `articles`."""
        words = int(self.recipe["passage_words"])
        return embedded_texts([(article, split_passages(article, words)) for article in self.articles])


def _bm25(held: Held | None, kept: AbstractSet[str], ids: Sequence[str], new: Pairs) -> BM25:
    """BM25 over the passages `ids`: those of the articles `kept` as they are held, the others read."""
    rows = {id: row for row, id in enumerate(ids)}
    texts = {rows[passage.id]: passage.text for _, passages in new for passage in passages}
    if held is None:
        return BM25.build([texts[row] for row in range(len(ids))])
    stayed = [id if id.rpartition("#")[0] in kept else "" for id in held.manifest.passage_ids]
    return held.bm25.revised([rows.get(id, -1) for id in stayed], texts)


def _record(article: Article, passages: list[Passage]) -> dict[str, Any]:
    return article.record() | {"passages": len(passages), "content": content_hash(passages), "sketch": sketch(article.text)}


def _write(store: Store, parts: Iterable[list[StoredPassage]]) -> int:
    """Write each part beside the embedding of the next; how many sentences they hold."""
    count = 0
    with ThreadPoolExecutor(1, "writing") as beside:
        last: Future[Any] = beside.submit(store.counts)  # it loads the vectors that are there
        for rows in parts:
            last.result()
            last = beside.submit(store.write, rows)
            count += sum(len(row.vectors) for row in rows)
        last.result()
    return count


def _passages(store: Store, held: Held, ids: Iterable[str]) -> list[Passage]:
    """The passages that some articles have there."""
    wanted = [f"{id}#{n}" for id in ids for n in range(held.records[id]["passages"])]
    return list(store.passages(wanted).values())
