"""Building a generation: what changed is found, written into a copy of the last one or afresh, verified and published."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import quarantine
from index.changes import Changes, changes
from index.corpus import Corpus, Skipped, read_corpus
from index.errors import HomeError, IndexDamaged
from index.generation import Manifest
from index.held import Held, find_held
from index.late_embedder import LateEmbedder
from index.place import Draft, Place, place_of
from index.recipe import recipe
from index.revision import Progress, Revision
from index.settings import IndexSettings
from index.vector_cache import FILE, VectorCache

if TYPE_CHECKING:  # it takes two seconds to import, and a build with nothing to do needs none
    from llama_index.core.base.embeddings.base import BaseEmbedding

DEAD_SHARE = 0.25
"""Of the vectors in Chroma's files: when more than these were removed, the index is made afresh from cached vectors."""

_FULL = 2_000_000  # bytes that are free


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


def build_index(
    settings: IndexSettings,
    paths: Iterable[Path],
    progress: Progress = lambda what, done, total: None,
    *,
    embedder: "BaseEmbedding | None" = None,
    purge: bool = False,
    understood: Callable[[Corpus], None] = lambda corpus: None,
) -> Built:
    """Make the index in `settings.home` hold exactly the articles at `paths`; `understood` is told what was read.

    `embedder` stands in for the default one, which is loaded only if something must be embedded. `purge` makes all afresh
    and leaves no byte of what is no longer there: no older generation, no cached vector.
    Raises CorpusError, HomeError, HomeLocked; whatever is raised or killed, the last published index still answers.
    """
    with _build(settings, embedder, purge) as build:
        longest = settings.max_article_chars
        held = build.held
        corpus = read_corpus(
            paths,
            max_chars=longest,
            known=lambda id, sha256: held.known(id, sha256, build.recipe, longest) if held and not purge else None,
            progress=lambda done, total: progress("Reading", done, total),
        )
        understood(corpus)
        return build.run(corpus, progress)


def publish_corpus(
    settings: IndexSettings,
    corpus: Corpus,
    progress: Progress = lambda what, done, total: None,
    *,
    embedder: "BaseEmbedding | None" = None,
    purge: bool = False,
) -> Built:
    """`build_index` for articles that are read already."""
    with _build(settings, embedder, purge) as build:
        return build.run(corpus, progress)


@contextmanager
def _build(settings: IndexSettings, embedder: "BaseEmbedding | None", purge: bool) -> "Iterator[_Build]":
    """A build by the one that may write; what the disk refuses is told as a HomeError."""
    place = place_of(settings)
    with place.writer():
        try:
            held, notices = find_held(place)
            chosen = embedder or LateEmbedder(settings)
            yield _Build(settings.home, place, chosen, recipe(settings, chosen.model_name), held, notices, purge)
        except (OSError, sqlite3.Error) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise HomeError(f"The index can't be written in {place.where}: {why}.", repair="footnote doctor") from error


@dataclass(frozen=True)
class _Build:
    home: Path
    place: Place
    embedder: "BaseEmbedding | LateEmbedder"
    recipe: dict[str, Any]
    held: Held | None
    notices: list[str]
    purge: bool

    def run(self, corpus: Corpus, progress: Progress) -> Built:
        """Publish a generation of these articles, unless the published one is that."""
        quarantine.save(self.home, corpus.skipped)
        held = self.held
        found = changes(held.records if held else {}, corpus.articles)
        if held and held.answers and held.manifest.recipe == self.recipe and not found and not self.purge:
            return self._built(False, held.manifest, corpus, found)
        if isinstance(self.embedder, LateEmbedder) and (found.added or found.changed):
            self.embedder.begin()  # while the last generation is copied
        revision = Revision(corpus.articles, held, found, self.recipe)
        with closing(VectorCache(self.home / FILE, f"{self.embedder.model_name}, passage")) as cache:
            manifest = self._publish(revision, cache, progress)
            if self.purge:
                cache.keep_only(revision.embedded())
            return self._built(True, manifest, corpus, found, cache.notice)

    def _built(self, changed: bool, manifest: Manifest, corpus: Corpus, found: Changes, notice: str = "") -> Built:
        passages = sum(a["passages"] for a in manifest.articles)
        told = tuple(n for n in (*self.notices, notice) if n)
        return Built(changed, len(manifest.articles), passages, manifest.sentences, corpus.skipped, found, told)

    def _publish(self, revision: Revision, cache: VectorCache, progress: Progress) -> Manifest:
        """Write, check and publish a generation, and keep the last sound one beside it unless all older ones must go."""
        self.place.drop_others(self.place.names())
        draft = self._begin(revision)
        try:
            manifest = revision.write(draft, self.embedder, cache, progress)
            progress("Verifying", manifest.sentences, manifest.sentences)
            draft.check()
            self.place.publish(draft.name, keep=[self.held.name] if self.held and not self.purge else [])
            return manifest
        except (HomeError, OSError, sqlite3.Error) as error:
            if shutil.disk_usage(self.home).free < _FULL:  # looked at before the draft goes; Chroma's errors don't say so
                raise HomeError(f"The disk that holds {self.home} is full: {error}", repair="footnote doctor") from error
            raise
        finally:
            draft.discard()

    def _begin(self, revision: Revision) -> Draft:
        """A draft that is a copy of the last generation, if that was made in the same way and too little of it is dead."""
        held = self.held
        if held is None or self.purge or held.manifest.recipe != self.recipe:
            return self.place.begin()
        going = sum(held.records[id]["passages"] for id in revision.changes.gone) / max(1, len(held.texts))
        dead, alive = held.manifest.dead, held.manifest.sentences
        if dead + going * alive > DEAD_SHARE * (dead + alive):
            return self.place.begin()
        try:
            return self.place.begin(held.name)
        except IndexDamaged:
            return self.place.begin()
