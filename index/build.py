"""Building a generation: articles are split, embedded, written, verified and published."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index import cleaning, lexical, passages, sentences
from index.corpus import Corpus, Skipped, read_corpus
from index.errors import HomeError, IndexDamaged, IndexUnusable
from index.generation import Generation, Manifest, content_hash, current, drop_others, publish, writer
from index.lexical import Lexical
from index.passages import Passage, split_passages
from index.settings import IndexSettings
from index.store import Store, StoredPassage, Vectors, body_sentences

if TYPE_CHECKING:  # it takes two seconds to import, and a build with nothing to do needs none
    from llama_index.core.base.embeddings.base import BaseEmbedding

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many sentences are done, and of how many."""

_EMBED_BATCH = 16


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: `changed` is False when the index already held exactly these articles."""

    changed: bool
    articles: int
    passages: int
    sentences: int
    skipped: tuple[Skipped, ...]


def recipe(settings: IndexSettings, model_name: str) -> dict[str, Any]:
    """All that decides what an index of the same articles looks like: an index with another recipe is not used."""
    return {
        "embedder": model_name,
        "passage_words": settings.passage_words,
        "cleaning": cleaning.VERSION,
        "sentences": sentences.VERSION,
        "passages": passages.VERSION,
        "lexical": lexical.VERSION,
    }


def build_index(
    settings: IndexSettings,
    paths: Iterable[Path],
    embedder: "Callable[[], BaseEmbedding]",
    model_name: str,
    progress: Progress = lambda what, done, total: None,
) -> Built:
    """Make the index in `settings.home` hold exactly the articles at `paths`.

    `embedder` is called only if something must be embedded; its `model_name` is given apart, to know that without it.
    Raises CorpusError, HomeError, HomeLocked; whatever is raised or killed, the last published index still answers.
    """
    corpus = read_corpus(paths, max_chars=settings.max_article_chars)
    wanted = recipe(settings, model_name)
    with writer(settings.home):
        if (held := _held(settings.home, wanted, corpus)) is not None:
            count = sum(a["passages"] for a in held.articles)
            return Built(False, len(held.articles), count, held.sentences, corpus.skipped)
        try:
            return _build(settings, corpus, wanted, embedder(), progress)
        except OSError as error:
            raise HomeError(f"The index can't be written in {settings.home}: {error.strerror or error}.") from error


def _held(home: Path, wanted: dict[str, Any], corpus: Corpus) -> Manifest | None:
    """The manifest of the published index, if it was made from these very articles in this way, and opens."""
    try:
        folder = current(home)
        manifest = Manifest.load(folder)
        same = [(a["id"], a["sha256"]) for a in manifest.articles] == [(a.id, a.sha256) for a in corpus.articles]
        if manifest.recipe != wanted or not same:
            return None
        Generation(folder).close()
        return manifest
    except IndexUnusable:
        return None


def _build(
    settings: IndexSettings, corpus: Corpus, recipe: dict[str, Any], embedder: "BaseEmbedding", progress: Progress
) -> Built:
    home = settings.home
    drop_others(home, {current(home).name} if (home / "CURRENT").exists() else set())
    name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    folder = home / "generations" / name
    folder.mkdir()
    split = {a.id: split_passages(a, settings.passage_words) for a in corpus.articles}
    flat = [passage for group in split.values() for passage in group]
    rows = _embed(flat, embedder, progress)
    total = sum(len(row.vectors) for row in rows)

    progress("Writing", total, total)
    store = Store(folder / "chroma")
    store.write(rows)
    store.close()
    Lexical.build([passage.text for passage in flat]).save(folder / "lexical")
    articles = tuple(a.record() | {"passages": len(split[a.id]), "content": content_hash(split[a.id])} for a in corpus.articles)
    versions = {package: version(package) for package in ("chromadb", "bm25s", "sentencex", "llama-index-core")}
    Manifest(recipe, articles, total, datetime.now(UTC).isoformat(timespec="seconds"), versions=versions).save(folder)

    progress("Verifying", total, total)
    verify_apart(folder)
    publish(home, name)
    return Built(True, len(articles), len(flat), total, corpus.skipped)


def _embed(passages: list[Passage], embedder: "BaseEmbedding", progress: Progress) -> list[StoredPassage]:
    """Embed every body sentence; a passage without one (headings only) is embedded whole, and has no sentence vector."""
    texts = [passage.quote(s) for passage in passages for s in body_sentences(passage)]
    vectors = _vectors(texts, embedder, progress)
    rows, at = [], 0
    for passage in passages:
        own = vectors[at : at + len(body_sentences(passage))]
        at += len(own)
        mean = own.mean(axis=0) if len(own) else _vectors([passage.text], embedder, lambda *_: None)[0]
        rows.append(StoredPassage(passage, mean / np.linalg.norm(mean), own))
    return rows


def _vectors(texts: list[str], embedder: "BaseEmbedding", progress: Progress) -> Vectors:
    found: list[list[float]] = []
    for at in range(0, len(texts), _EMBED_BATCH):
        progress("Embedding", at, len(texts))
        found.extend(embedder.get_text_embedding_batch(texts[at : at + _EMBED_BATCH]))
    return np.asarray(found, dtype=np.float32)


def verify_apart(folder: Path) -> None:
    """Verify a generation in a process of its own, as damage can end a process that opens it. Raises IndexDamaged."""
    package = os.fspath(Path(__file__).resolve().parent.parent)
    command = [sys.executable, "-c", "import sys; from index.verify import main; sys.exit(main(sys.argv[1]))", folder.resolve()]
    done = subprocess.run(command, capture_output=True, text=True, cwd=package, check=False)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        why = lines[-1] if lines else f"the check ended with status {done.returncode}"
        shutil.rmtree(folder, ignore_errors=True)
        raise IndexDamaged(f"The new index did not pass its check: {why}.", repair="footnote index build")
