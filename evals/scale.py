"""How long a question takes over a large index: sentences with random vectors, in articles of made-up words.

Run: python -m evals.scale SENTENCES [FOLDER]
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.settings import Settings
from evals.questions import SEEDS_QUESTIONS, load_questions
from index.article import Article
from index.embedder import E5Embedding
from index.generation import Manifest, content_hash, publish, writer
from index.lexical import Lexical
from index.passages import split_passages
from index.recipe import recipe
from index.store import Store, StoredPassage, body_sentences

ARTICLE_SENTENCES = 60
QUESTIONS = 50
_SYLLABLES = "ba co di fu ga he ji ko la mo nu pa ri so te vu wa xe yo zi".split()


def made_up_article(number: int, draw: random.Random) -> Article:
    """ARTICLE_SENTENCES sentences of about 20 words, the short ones frequent and the long ones rare."""
    sentences = []
    for _ in range(ARTICLE_SENTENCES):
        words = ["".join(draw.choices(_SYLLABLES, k=draw.choice((1, 2, 2, 3, 4)))) for _ in range(draw.randint(12, 28))]
        sentences.append(" ".join(words).capitalize() + ".")
    paragraphs = [" ".join(sentences[i : i + 6]) for i in range(0, len(sentences), 6)]
    return Article.parse(f"made-up-{number:06}", "\n\n".join(["Made up", *paragraphs]).encode())


def build(settings: Settings, sentences: int) -> tuple[int, float]:
    """Publish an index of at least so many sentences; how many there are, and how many were written a second."""
    draw, noise = random.Random(0), np.random.default_rng(0)  # noqa: S311 - made-up words
    articles = [made_up_article(n, draw) for n in range(-(-sentences // ARTICLE_SENTENCES))]
    split = {a.id: split_passages(a, settings.passage_words) for a in articles}
    rows = []
    for passage in (p for group in split.values() for p in group):
        vectors = noise.normal(size=(len(body_sentences(passage)), 384)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        rows.append(StoredPassage(passage, vectors.mean(axis=0) / np.linalg.norm(vectors.mean(axis=0)), vectors))
    total = sum(len(row.vectors) for row in rows)
    with writer(settings.home):
        folder = settings.home / "generations" / "scale"
        folder.mkdir()
        started = time.perf_counter()
        store = Store(folder / "chroma")
        store.write(rows)
        store.close()
        rate = total / (time.perf_counter() - started)
        Lexical.build([row.passage.text for row in rows]).save(folder / "lexical")
        records = [a.record() | {"passages": len(split[a.id]), "content": content_hash(split[a.id])} for a in articles]
        Manifest(recipe(settings), tuple(records), total, "").save(folder)
        publish(settings.home, "scale")
    return total, rate


def measure(settings: Settings) -> dict[str, float]:
    """Median seconds of a warm `ask`, of the bare embedding of the question beside it, and their ratio; and p95."""
    embedder = E5Embedding()
    questions = [q.question for q in load_questions(SEEDS_QUESTIONS) if not q.history][: QUESTIONS + 5]
    asks, embeds = [], []
    with Assistant.open(settings, embedder=embedder) as assistant:
        for question in questions:
            started = time.perf_counter()
            embedder.get_query_embedding(f"{question} ")
            between = time.perf_counter()
            assistant.ask(question)
            embeds.append(between - started)
            asks.append(time.perf_counter() - between)
    asks, embeds = asks[5:], embeds[5:]  # the first ones warm up
    ask, embed = statistics.median(asks), statistics.median(embeds)
    return {"ask": ask, "ask_p95": statistics.quantiles(asks, n=20)[-1], "embed": embed, "ratio": ask / embed}


def main(sentences: int, home: Path) -> None:
    """Build, measure, say."""
    settings = Settings.from_environment(home=home)
    if sentences:
        total, rate = build(settings, sentences)
        sys.stdout.write(f"{total:,} sentences, written at {rate:,.0f} a second\n")
    figures = measure(settings)
    sys.stdout.write(", ".join(f"{name} {value:.4f}" for name, value in figures.items()) + "\n")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(int(sys.argv[1]), Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(int(sys.argv[1]), Path(made) / "home")
