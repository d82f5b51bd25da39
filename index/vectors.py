"""What is embedded: every body sentence by itself, leaning a little towards its article's title."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.article import Article
from index.passages import Passage
from index.store import StoredPassage, Vectors, body_sentences

if TYPE_CHECKING:  # it takes two seconds to import, and a build with nothing to do needs none
    from llama_index.core.base.embeddings.base import BaseEmbedding

VERSION = 1
"""Part of the index's recipe: raise it when the same sentence would get another vector."""

TITLE_WEIGHT = 0.15
"""A sentence's vector is that of its characters + TITLE_WEIGHT x that of the title, brought to length 1.

The title in the embedded text, or the sentence before, cost a second embedding or lost Spanish questions.
"""

_BATCH = 16


def embed_passages(
    articles: list[tuple[Article, list[Passage]]],
    embedder: "BaseEmbedding",
    done: Callable[[int, int], None] = lambda done, total: None,
) -> list[StoredPassage]:
    """Embed articles, each with its passages; `done` is called with how many texts are embedded, and of how many.

    A passage without a body sentence (headings only) is embedded whole, and has no sentence vector.
    """
    flat = [(article, passage) for article, passages in articles for passage in passages]
    texts = [passage.quote(s) for _, passage in flat for s in body_sentences(passage)]
    bare = [passage.text for _, passage in flat if not body_sentences(passage)]
    titles = list(dict.fromkeys(article.title for article, _ in articles if article.title != Path(article.id).name))
    vectors = _embed([*texts, *bare, *titles], embedder, done)
    rest = iter(vectors[len(texts) : len(texts) + len(bare)])
    by_title = dict(zip(titles, vectors[len(texts) + len(bare) :], strict=True))
    rows, at = [], 0
    for article, passage in flat:
        count = len(body_sentences(passage))
        own = _unit(vectors[at : at + count] + TITLE_WEIGHT * by_title.get(article.title, 0.0))
        at += count
        rows.append(StoredPassage(passage, _unit(own.mean(axis=0)) if count else next(rest), own))
    return rows


def _embed(texts: list[str], embedder: "BaseEmbedding", done: Callable[[int, int], None]) -> Vectors:
    found: list[list[float]] = []
    for at in range(0, len(texts), _BATCH):
        done(at, len(texts))
        found.extend(embedder.get_text_embedding_batch(texts[at : at + _BATCH]))
    done(len(texts), len(texts))
    return np.asarray(found, dtype=np.float32)


def _unit(x: Vectors) -> Vectors:
    return np.asarray(x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9), dtype=np.float32)
