"""What is embedded: every body sentence by itself, leaning a little towards its article's title."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from index.article import Article
from index.passages import Passage
from index.store import StoredPassage, Vectors, body_sentences
from index.vector_cache import VectorCache

VERSION = 1
"""Part of the index's recipe: raise it when the same sentence would get another vector."""

TITLE_WEIGHT = 0.15
"""A sentence's vector is that of its characters + TITLE_WEIGHT x that of the title, brought to length 1.

The title in the embedded text, or the sentence before, cost a second embedding or lost Spanish questions.
"""

_BATCH = 16
_TOGETHER = 2000  # sentences, at least, that are handed on at once: Chroma saves its HNSW files after 1,000

Pairs = Sequence[tuple[Article, list[Passage]]]
Done = Callable[[int, int], None]


class TextEmbedder(Protocol):
    """What a LlamaIndex `BaseEmbedding` has, as much of it as is needed here."""

    def get_text_embedding_batch(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text."""


def embed_passages(
    articles: Pairs,
    embedder: TextEmbedder,
    done: Done = lambda done, total: None,
    cache: VectorCache | None = None,
) -> Iterator[list[StoredPassage]]:
    """Embed articles, each with its passages, some articles at a time, in their order.

    `done` is called with how many texts have their vectors, and of how many; what `cache` knows is not embedded again. A
    passage without a body sentence (headings only) is embedded whole, and has no sentence vector.
    """
    cache = cache or VectorCache.in_memory()
    total = sum(len(_texts([pair])) for pair in articles)
    before = 0
    for some in _parts(articles):
        texts = _texts(some)

        def told(count: int, before: int = before) -> None:
            done(before + count, total)

        yield _rows(some, _embed(texts, embedder, cache, told))
        before += len(texts)


def embedded_texts(articles: Pairs) -> Iterator[str]:
    """All that `embed_passages` asks vectors for."""
    for pair in articles:
        yield from _texts([pair])


def _parts(articles: Pairs) -> Iterator[list[tuple[Article, list[Passage]]]]:
    part: list[tuple[Article, list[Passage]]] = []
    sentences = 0
    for pair in articles:
        part.append(pair)
        sentences += sum(len(passage.sentences) for passage in pair[1])
        if sentences >= _TOGETHER:
            yield part
            part, sentences = [], 0
    if part:
        yield part


def _texts(articles: Pairs) -> list[str]:
    """The sentences, the passages that have none, and the titles that the files state (an id is no title)."""
    flat = [passage for _, passages in articles for passage in passages]
    texts = [passage.quote(s) for passage in flat for s in body_sentences(passage)]
    bare = [passage.text for passage in flat if not body_sentences(passage)]
    return [*texts, *bare, *(article.title for article, _ in articles if _titled(article))]


def _titled(article: Article) -> bool:
    return article.title != Path(article.id).name


def _rows(articles: Pairs, vectors: dict[str, Vectors]) -> list[StoredPassage]:
    rows = []
    for article, passage in ((a, p) for a, passages in articles for p in passages):
        body = [vectors[passage.quote(s)] for s in body_sentences(passage)]
        if not body:
            mean = vectors[passage.text]
            rows.append(StoredPassage(passage, mean, np.empty((0, len(mean)), dtype=np.float32)))
            continue
        title = TITLE_WEIGHT * vectors[article.title] if _titled(article) else 0.0
        own = _unit(np.stack(body) + title)
        rows.append(StoredPassage(passage, _unit(own.mean(axis=0)), own))
    return rows


def _embed(texts: Sequence[str], embedder: TextEmbedder, cache: VectorCache, done: Callable[[int], None]) -> dict[str, Vectors]:
    """The vector of each text."""
    known = cache.get(list(dict.fromkeys(texts)))
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    for at in range(0, len(missing), _BATCH):
        done(len(texts) - len(missing) + at)
        batch = missing[at : at + _BATCH]
        vectors = np.asarray(embedder.get_text_embedding_batch(batch), dtype=np.float32)
        cache.put(batch, vectors)
        known |= zip(batch, vectors, strict=True)
    done(len(texts))
    return known


def _unit(x: Vectors) -> Vectors:
    return np.asarray(x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9), dtype=np.float32)
