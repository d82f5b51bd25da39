"""Building a generation: what changed is found, written into a copy of the last one or afresh, verified and published."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from index import quarantine
from index.changes import Changes, changes
from index.corpus import Corpus, Skipped, read_corpus
from index.errors import HomeError, IndexDamaged, IndexUnusable
from index.generation import Manifest
from index.place import Draft, Place, place_of
from index.recipe import DEFAULT_EMBEDDER, recipe
from index.revision import Progress, Revision
from index.settings import IndexSettings
from index.vector_cache import VectorCache

if TYPE_CHECKING:  # it takes two seconds to import, and a build with nothing to do needs none
    from llama_index.core.base.embeddings.base import BaseEmbedding

DEAD_SHARE = 0.25
"""Of the vectors in Chroma's files: when more than these were removed, the index is made afresh from cached vectors."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: `changed` is False when the index already held exactly these articles.

    `changes` are those of the articles; `notices` tell what was found damaged on the way, in sentences.
    """

    changed: bool
    articles: int
    passages: int
    sentences: int
    skipped: tuple[Skipped, ...]
    changes: Changes = field(default_factory=Changes)
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Last:
    """The last sound generation; `answers` unless another, damaged one is the current."""

    name: str
    manifest: Manifest
    answers: bool


def build_index(
    settings: IndexSettings,
    paths: Iterable[Path],
    progress: Progress = lambda what, done, total: None,
    *,
    embedder: "BaseEmbedding | None" = None,
    purge: bool = False,
) -> Built:
    """Make the index in `settings.home` hold exactly the articles at `paths`.

    `embedder` stands in for the default one, which is loaded only if something must be embedded. `purge` makes all afresh
    and leaves no byte of what is no longer there: no older generation, no cached vector.
    Raises CorpusError, HomeError, HomeLocked; whatever is raised or killed, the last published index still answers.
    """
    corpus = read_corpus(paths, max_chars=settings.max_article_chars)
    return publish_corpus(settings, corpus, progress, embedder=embedder, purge=purge)


def publish_corpus(
    settings: IndexSettings,
    corpus: Corpus,
    progress: Progress = lambda what, done, total: None,
    *,
    embedder: "BaseEmbedding | None" = None,
    purge: bool = False,
) -> Built:
    """`build_index` for articles that are read already."""
    model = embedder.model_name if embedder else DEFAULT_EMBEDDER
    wanted = recipe(settings, model)
    place = place_of(settings)
    with place.writer():
        quarantine.save(settings.home, corpus.skipped)
        try:
            last, notices = _last(place)
            found = changes({r["id"]: r for r in last.manifest.articles} if last else {}, corpus.articles)
            if last and last.answers and last.manifest.recipe == wanted and not found and not purge:
                return _built(False, last.manifest, corpus, found, notices)
            revision = Revision(corpus.articles, last.manifest if last else None, found, wanted)
            with closing(VectorCache(settings.home / "vectors.sqlite3", f"{model}, passage")) as cache:
                manifest = _publish(place, revision, None if purge else last, embedder or _LateEmbedder(), cache, progress)
                if purge:
                    cache.keep_only(revision.embedded())
                return _built(True, manifest, corpus, found, [*notices, *filter(None, [cache.notice])])
        except (OSError, sqlite3.Error) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise HomeError(f"The index can't be written in {place.where}: {why}.", repair="footnote doctor") from error


class _LateEmbedder:
    """The default embedder, loaded when the first text must be embedded."""

    def get_text_embedding_batch(self, texts: list[str]) -> list[list[float]]:
        if not hasattr(self, "_embedder"):
            from index.embedder import E5Embedding

            self._embedder = E5Embedding()
        return self._embedder.get_text_embedding_batch(texts)


def _built(changed: bool, manifest: Manifest, corpus: Corpus, found: Changes, notices: list[str]) -> Built:
    passages = sum(a["passages"] for a in manifest.articles)
    return Built(
        changed, len(manifest.articles), passages, manifest.sentences, corpus.skipped, found, tuple(dict.fromkeys(notices))
    )


def _last(place: Place) -> tuple[_Last | None, list[str]]:
    """The generation that answers, or, if it is damaged, the newest that isn't; and what was found damaged."""
    notices: list[str] = []
    try:
        current = place.current_name()
    except IndexUnusable:
        current = ""
    for name in sorted(place.names(), key=lambda name: (name == current, name), reverse=True):
        try:
            generation = place.open(name)
            generation.close()
            return _Last(name, generation.manifest, name == current), notices
        except IndexDamaged as error:
            notices.append(error.message)
    return None, notices


def _publish(
    place: Place,
    revision: Revision,
    last: _Last | None,
    embedder: "BaseEmbedding | _LateEmbedder",
    cache: VectorCache,
    progress: Progress,
) -> Manifest:
    """Write, check and publish a generation, and keep `last` beside it."""
    place.drop_others(place.names())
    draft = _begin(place, revision, last)
    try:
        manifest = revision.write(draft, embedder, cache, progress)
        progress("Verifying", manifest.sentences, manifest.sentences)
        draft.check()
        place.publish(draft.name, keep=[last.name] if last else [])
        return manifest
    finally:
        draft.discard()


def _begin(place: Place, revision: Revision, last: _Last | None) -> Draft:
    """A draft that is a copy of the last generation, if that was made in the same way and too little of it is dead."""
    if last is None or last.manifest.recipe != revision.recipe:
        return place.begin()
    gone = set(revision.changes.gone)
    held = last.manifest
    passages = sum(a["passages"] for a in held.articles)
    going = sum(a["passages"] for a in held.articles if a["id"] in gone) / max(1, passages) * held.sentences
    if held.dead + going > DEAD_SHARE * (held.sentences + held.dead):
        return place.begin()
    try:
        return place.begin(last.name)
    except IndexDamaged:
        return place.begin()
