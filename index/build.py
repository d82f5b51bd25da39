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

from index.corpus import Corpus, Skipped, read_corpus
from index.errors import HomeError, IndexDamaged, IndexUnusable
from index.generation import Generation, Manifest, content_hash, current, current_name, drop_others, publish, writer
from index.lexical import Lexical
from index.passages import split_passages
from index.recipe import recipe
from index.settings import IndexSettings
from index.store import Store
from index.vectors import embed_passages

if TYPE_CHECKING:  # it takes two seconds to import, and a build with nothing to do needs none
    from llama_index.core.base.embeddings.base import BaseEmbedding

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many texts are embedded, and of how many."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: `changed` is False when the index already held exactly these articles."""

    changed: bool
    articles: int
    passages: int
    sentences: int
    skipped: tuple[Skipped, ...]


def build_index(
    settings: IndexSettings,
    paths: Iterable[Path],
    progress: Progress = lambda what, done, total: None,
    *,
    embedder: "BaseEmbedding | None" = None,
) -> Built:
    """Make the index in `settings.home` hold exactly the articles at `paths`.

    `embedder` stands in for the default one, which is loaded only if something must be embedded.
    Raises CorpusError, HomeError, HomeLocked; whatever is raised or killed, the last published index still answers.
    """
    corpus = read_corpus(paths, max_chars=settings.max_article_chars)
    return publish_corpus(settings, corpus, progress, embedder=embedder)


def publish_corpus(
    settings: IndexSettings,
    corpus: Corpus,
    progress: Progress = lambda what, done, total: None,
    *,
    embedder: "BaseEmbedding | None" = None,
) -> Built:
    """`build_index` for articles that are read already."""
    wanted = recipe(settings, embedder.model_name) if embedder else recipe(settings)
    with writer(settings.home):
        if (held := _held(settings.home, wanted, corpus)) is not None:
            count = sum(a["passages"] for a in held.articles)
            return Built(False, len(held.articles), count, held.sentences, corpus.skipped)
        try:
            return _build(settings, corpus, wanted, embedder or _default_embedder(), progress)
        except OSError as error:
            raise HomeError(f"The index can't be written in {settings.home}: {error.strerror or error}.") from error


def _default_embedder() -> "BaseEmbedding":
    from index.embedder import E5Embedding

    return E5Embedding()


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
    settings: IndexSettings, corpus: Corpus, wanted: dict[str, Any], embedder: "BaseEmbedding", progress: Progress
) -> Built:
    home = settings.home
    drop_others(home, {current_name(home)})
    name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    folder = home / "generations" / name
    folder.mkdir()
    split = {a.id: split_passages(a, settings.passage_words) for a in corpus.articles}
    flat = [passage for group in split.values() for passage in group]
    pairs = [(article, split[article.id]) for article in corpus.articles]
    rows = embed_passages(pairs, embedder, lambda done, total: progress("Embedding", done, total))
    total = sum(len(row.vectors) for row in rows)

    progress("Writing", total, total)
    store = Store(folder / "chroma")
    store.write(rows)
    store.close()
    Lexical.build([passage.text for passage in flat]).save(folder / "lexical")
    articles = tuple(a.record() | {"passages": len(split[a.id]), "content": content_hash(split[a.id])} for a in corpus.articles)
    versions = {package: version(package) for package in ("chromadb", "bm25s", "sentencex", "llama-index-core")}
    Manifest(wanted, articles, total, datetime.now(UTC).isoformat(timespec="seconds"), versions=versions).save(folder)

    progress("Verifying", total, total)
    verify_apart(folder)
    publish(home, name)
    return Built(True, len(articles), len(flat), total, corpus.skipped)


def verify_apart(folder: Path) -> None:
    """Verify a generation in a process of its own, as damage can end a process that opens it. Raises IndexDamaged."""
    package = os.fspath(Path(__file__).resolve().parent.parent)
    check = "import sys; from index.verify import main; sys.exit(main(sys.argv[1]))"
    command = [sys.executable, "-c", check, os.fspath(folder.resolve())]
    done = subprocess.run(command, capture_output=True, text=True, cwd=package, check=False)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        why = lines[-1] if lines else f"the check ended with status {done.returncode}"
        shutil.rmtree(folder, ignore_errors=True)
        raise IndexDamaged(f"The new index did not pass its check: {why}.", repair="footnote index build")
