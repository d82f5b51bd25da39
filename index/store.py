"""Chroma: passages and sentence vectors on disk. The only module that imports `chromadb`."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from numpy.typing import NDArray

from index.errors import FootnoteError, HomeError, IndexDamaged
from index.passages import Passage
from index.sentences import Sentence

Vectors = NDArray[np.float32]
Name = Literal["passages", "sentences"]
T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")

BATCH = 5000
"""Rows of a call: Chroma takes 5,461 at the most."""

HNSW = {"hnsw": {"space": "cosine", "ef_search": 200, "sync_threshold": 2}}
"""`sync_threshold`: what a write call leaves unsaved is replayed at every open (a second for 900 sentences); 2 is the least."""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as it is stored: with the mean of its sentences' vectors, and those vectors, one a row.

    `vectors` has as many rows as the passage has body sentences, in their order; only these are embedded.
    """

    passage: Passage
    mean: Vectors
    vectors: Vectors

    @property
    def quotable(self) -> list[Sentence]:
        """The body sentences, in the order of `vectors`."""
        return body_sentences(self.passage)


def body_sentences(passage: Passage) -> list[Sentence]:
    """The sentences of a passage that may be quoted, and so are embedded."""
    return [s for s in passage.sentences if s.kind == "body"]


def _as(kind: type[FootnoteError], what: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Raise what Chroma raises, from Python or Rust, as one of ours that says where."""

    def wrap(method: Callable[P, R]) -> Callable[P, R]:
        @wraps(method)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return method(*args, **kwargs)
            except FootnoteError:
                raise
            except Exception as error:
                raise args[0].failure(kind, what, error) from error  # type: ignore[attr-defined]

        return wrapped

    return wrap


class Store:
    """The two collections of one generation. Ids: `article#n` for passages, `article#n/k` for their body sentences."""

    batch = BATCH
    _client: ClientAPI
    _passages: Collection
    _sentences: Collection

    def __init__(self, folder: Path) -> None:
        """Open the collections in `folder`, or make them there if it is new.

        Raises IndexDamaged when Chroma can't read its own files.
        """
        # Chroma and what it brings would otherwise report to their makers.
        settings = Settings(anonymized_telemetry=False)
        self.folder = folder
        try:
            self._client = chromadb.PersistentClient(path=os.fspath(folder), settings=settings)
            self._passages = self._collection("passages")
            self._sentences = self._collection("sentences")
        except Exception as error:  # Chroma raises many kinds, from Rust too
            raise IndexDamaged(f"Chroma can't open {folder}: {error}.", repair="footnote index build") from error

    def _collection(self, name: str) -> Collection:
        return self._client.get_or_create_collection(name, configuration=HNSW, embedding_function=None)  # type: ignore[arg-type]

    def failure(self, kind: type[FootnoteError], what: str, error: Exception) -> FootnoteError:
        """The error of ours that stands for one of Chroma's."""
        return kind(f"{what} {self.folder}: {error}.", repair="footnote index build" if kind is IndexDamaged else "")

    def close(self) -> None:
        """Let go of the files; a client that is merely dropped keeps them open."""
        self._client.close()  # type: ignore[attr-defined]  # it has one; its interface doesn't say so

    @_as(HomeError, "Chroma can't write")
    def write(self, rows: Sequence[StoredPassage]) -> None:
        """Add passages with their sentences."""
        for name, batch in collection_rows(rows, self.batch):
            self.collection(name).upsert(**batch)

    def collection(self, name: Name) -> Collection:
        """Chroma's own."""
        return self._passages if name == "passages" else self._sentences

    @_as(HomeError, "Chroma can't write")
    def remove(self, passages: Iterable[Passage]) -> int:
        """Remove passages with their sentences; how many sentences these were. Their bytes stay in Chroma's files."""
        gone = list(passages)
        sentences = [f"{p.id}/{k}" for p in gone for k in range(len(body_sentences(p)))]
        for batch in batches((p.id for p in gone), self.batch):
            self._passages.delete(ids=batch)
        for batch in batches(sentences, self.batch):
            self._sentences.delete(ids=batch)
        return len(sentences)

    @_as(IndexDamaged, "Chroma can't count")
    def counts(self) -> tuple[int, int]:
        """How many passages and how many sentences are stored."""
        return self._passages.count(), self._sentences.count()

    @_as(IndexDamaged, "Chroma can't search")
    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """The `limit` sentences nearest to a vector (`batch` at the most): passage id and cosine, best first."""
        if limit < 1:
            return []
        found = self._sentences.query(query_embeddings=vector[None, :], n_results=min(limit, self.batch), include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(id.rpartition("/")[0], 1.0 - d) for id, d in zip(found["ids"][0], distances, strict=True)]

    @_as(IndexDamaged, "Chroma can't read")
    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Passages by id, without vectors; an id that isn't there is left out."""
        return {id: passage for id, passage, _ in self._get(list(ids), with_vectors=False)}

    @_as(IndexDamaged, "Chroma can't read")
    def passage_texts(self, ids: Iterable[str]) -> dict[str, str]:
        """The texts of passages by id, and nothing else of them; an id that isn't there is left out."""
        found: dict[str, str] = {}
        for batch in batches(ids, self.batch):
            got = self._passages.get(ids=batch, include=["documents"])
            found |= zip(got["ids"], got["documents"] or [], strict=True)
        return found

    @_as(IndexDamaged, "Chroma can't read")
    def stored(self, ids: Iterable[str]) -> dict[str, StoredPassage]:
        """Passages by id, with the vectors of their sentences."""
        rows = list(self._get(list(ids), with_vectors=True))
        wanted = [f"{p.id}/{k}" for _, p, _ in rows for k in range(len(body_sentences(p)))]
        vectors: dict[str, Any] = {}
        for batch in batches(wanted, self.batch):
            got = self._sentences.get(ids=batch, include=["embeddings"])
            vectors |= zip(got["ids"], np.asarray(got["embeddings"], dtype=np.float32), strict=True)
        return {id: StoredPassage(p, mean, _rows(p, vectors, mean)) for id, p, mean in rows}

    def _get(self, ids: list[str], *, with_vectors: bool) -> Iterator[tuple[str, Passage, Vectors]]:
        include: list[Any] = ["documents", "metadatas", *(["embeddings"] if with_vectors else [])]
        for batch in batches(ids, self.batch):
            got = self._passages.get(ids=batch, include=include)
            means = np.asarray(got["embeddings"], dtype=np.float32) if with_vectors else [np.empty(0)] * len(batch)
            rows = zip(got["ids"], got["documents"] or [], got["metadatas"] or [], means, strict=False)
            for id, text, metadata, mean in rows:
                yield id, _passage(text, metadata), mean


def collection_rows(rows: Sequence[StoredPassage], size: int = BATCH) -> Iterator[tuple[Name, dict[str, Any]]]:
    """What is stored of passages, as the arguments of calls of Chroma's `upsert`: the collection, and the call's."""
    for batch in batches(rows, size):
        yield (
            "passages",
            {
                "ids": [row.passage.id for row in batch],
                "embeddings": np.stack([row.mean for row in batch]),
                "documents": [row.passage.text for row in batch],
                "metadatas": [_metadata(row.passage) for row in batch],
            },
        )
    sentences = ((f"{row.passage.id}/{k}", v) for row in rows for k, v in enumerate(row.vectors))
    for chunk in batches(sentences, size):
        yield "sentences", {"ids": [id for id, _ in chunk], "embeddings": np.stack([v for _, v in chunk])}


def _rows(passage: Passage, vectors: dict[str, Any], like: Vectors) -> Vectors:
    found = [vectors[f"{passage.id}/{k}"] for k in range(len(body_sentences(passage)))]
    return np.stack(found) if found else np.empty((0, len(like)), dtype=np.float32)


def _metadata(passage: Passage) -> dict[str, Any]:
    sentences = [[s.start, s.end, s.kind, s.paragraph] for s in passage.sentences]
    return {
        "article": passage.article_id,
        "number": passage.number,
        "start": passage.start,
        "end": passage.end,
        "sentences": json.dumps(sentences),  # Chroma's metadata is flat
    }


def _passage(text: str, m: Any) -> Passage:
    sentences = tuple(Sentence(*s) for s in json.loads(m["sentences"]))
    return Passage(m["article"], m["number"], m["start"], m["end"], text, sentences)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` items, the last of fewer."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
