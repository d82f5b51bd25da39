"""A large index: how fast it is written beside Chroma by itself, how long a question takes over it, and what memory.

Its sentences have random vectors and made-up words: what embedding costs is measured apart (`evals.rate`).

Run: python -m evals.scale SENTENCES [FOLDER]     0 sentences: only ask, of the index that is in FOLDER already
"""

import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path
from typing import Any

import numpy as np

from assistant.assistant import Assistant
from assistant.settings import Settings
from index.article import Article
from index.bm25 import BM25
from index.duplicates import sketch, with_voices
from index.embedder import E5Embedding
from index.generation import Manifest, content_hash
from index.passages import Passage, split_passages
from index.place import place_of
from index.recipe import recipe
from index.store import Store, StoredPassage, body_sentences, collection_rows

ARTICLE_SENTENCES, BATCH_ARTICLES, DIMENSIONS = 60, 80, 384

QUESTIONS, WARMING = 200, 10

COMPARED = 200_000
"""Sentences up to which the same rows are also written by Chroma alone, batch by batch in turn: both meet the same load."""

_SYLLABLES = "ba co di fu ga he ji ko la mo nu pa ri so te vu wa xe yo zi".split()


def made_up_words(draw: random.Random, count: int) -> list[str]:
    """The short ones are frequent and the long ones rare."""
    return ["".join(draw.choices(_SYLLABLES, k=draw.choice((1, 2, 2, 3, 4)))) for _ in range(count)]


def made_up_text(draw: random.Random) -> str:
    """A title, and ARTICLE_SENTENCES sentences of 12 to 28 words, six a paragraph."""
    words = [made_up_words(draw, draw.randint(12, 28)) for _ in range(ARTICLE_SENTENCES)]
    sentences = [" ".join(w).capitalize() + "." for w in words]
    paragraphs = [" ".join(sentences[i : i + 6]) for i in range(0, len(sentences), 6)]
    return "\n\n".join(["Made up", *paragraphs])


def made_up_article(number: int, draw: random.Random) -> Article:
    """As it would be read from a file."""
    return Article.parse(f"made-up-{number:06}", made_up_text(draw).encode())


def _batches(sentences: int, words: int) -> Iterator[tuple[list[dict[str, Any]], list[StoredPassage]]]:
    """Article records and passages of about so many sentences in all, some articles at a time."""
    draw, noise = random.Random(0), np.random.default_rng(0)  # noqa: S311 - made-up words
    count = -(-sentences // ARTICLE_SENTENCES)
    for first in range(0, count, BATCH_ARTICLES):
        records: list[dict[str, Any]] = []
        rows: list[StoredPassage] = []
        for number in range(first, min(first + BATCH_ARTICLES, count)):
            article = made_up_article(number, draw)
            passages = split_passages(article, words)
            kept = {"passages": len(passages), "content": content_hash(passages), "sketch": sketch(article.text)}
            records.append(article.record() | kept)
            rows.extend(_with_vectors(passage, noise) for passage in passages)
        yield records, rows


def _with_vectors(passage: Passage, noise: np.random.Generator) -> StoredPassage:
    vectors = noise.normal(size=(len(body_sentences(passage)), DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    mean = vectors.mean(axis=0)
    return StoredPassage(passage, mean / np.linalg.norm(mean), vectors)


def build(settings: Settings, sentences: int, alone: Path | None) -> dict[str, float]:
    """Publish an index of about so many sentences: how many, and how many were written a second.

    `alone` is a folder for Chroma's own write, if that is wanted; `overhead` is the time of ours / that of Chroma alone - 1.
    """
    records: list[dict[str, Any]] = []
    texts: list[str] = []
    total, ours, bare = 0, 0.0, 0.0
    place, started = place_of(settings), time.perf_counter()
    with (
        place.writer(),
        ExitStack() as discarding,
        closing(Store(alone)) if alone and sentences <= COMPARED else nullcontext() as other,
    ):
        draft = place.begin()
        discarding.callback(draft.discard)
        for n, (made, rows) in enumerate(_batches(sentences, settings.passage_words)):
            records.extend(made)
            texts.extend(row.passage.text for row in rows)
            total += sum(len(row.vectors) for row in rows)
            bare += _alone(other, rows) if other and n % 2 else 0.0  # in turn the first
            ours += _seconds(draft.store.write, rows)
            bare += _alone(other, rows) if other and not n % 2 else 0.0
        draft.finish(Manifest(recipe(settings), with_voices(records), total, ""), BM25.build(texts))
        draft.check()
        place.publish(draft.name)
    figures = {"sentences": total, "written_a_second": total / ours, "all_seconds": time.perf_counter() - started}
    return figures | ({"chroma_alone_a_second": total / bare, "overhead": ours / bare - 1} if bare else {})


def _alone(store: Store, rows: list[StoredPassage]) -> float:
    """Seconds that Chroma takes by itself for what is made ready for it beforehand."""
    ready = list(collection_rows(rows))
    return sum(_seconds(store.collection(name).upsert, **given) for name, given in ready)


def _seconds(work: Callable[..., object], *given: Any, **named: Any) -> float:
    started = time.perf_counter()
    work(*given, **named)
    return time.perf_counter() - started


def measure(settings: Settings) -> dict[str, float]:
    """Seconds of a warm `ask` at the median and at p95, those of the bare embedding of the question beside it, megabytes."""
    embedder, draw = E5Embedding(), random.Random(1)  # noqa: S311 - made-up words
    asks, embeds = [], []
    with Assistant.open(settings, embedder=embedder) as assistant:
        for _ in range(QUESTIONS + WARMING):
            question = " ".join(["What", "did", *made_up_words(draw, 8)]) + "?"
            embeds.append(_seconds(embedder.get_query_embedding, f"{question} "))
            asks.append(_seconds(assistant.ask, question))
    asks, embeds = asks[WARMING:], embeds[WARMING:]
    ask, embed = statistics.median(asks), statistics.median(embeds)
    beside = [a - e for a, e in zip(asks, embeds, strict=True)]
    return {
        "ask_p50": ask,
        "ask_p95": statistics.quantiles(asks, n=20)[-1],
        "embed_p50": embed,
        "ask_less_embedding_p50": statistics.median(beside),
        "ask_less_embedding_p95": statistics.quantiles(beside, n=20)[-1],
        "memory_mb": memory(),
    }


def memory() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # `getrusage` gives that of the process that started this one, if it was more
        return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def main(sentences: int, home: Path) -> None:
    """Build; then ask, in a process of its own, which holds none of the build's memory; say."""
    settings = Settings.from_environment(home=home, chroma_url="")
    if not sentences:
        say(measure(settings))
        return
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent) as alone:
        say(build(settings, sentences, Path(alone)) | {"memory_mb": memory()})
    subprocess.run([sys.executable, "-m", "evals.scale", "0", str(home)], check=True)


def say(figures: dict[str, float]) -> None:
    """Write a line of figures."""
    sys.stdout.write(", ".join(f"{name} {value:,.{0 if value >= 100 else 4}f}" for name, value in figures.items()) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(int(sys.argv[1]), Path(sys.argv[2]).resolve())
    else:
        with tempfile.TemporaryDirectory() as made:
            main(int(sys.argv[1]), Path(made) / "home")
