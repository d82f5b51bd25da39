"""How long it takes to index articles: the embedder's rate on real sentences, and a build of ARTICLES real articles.

What more articles take is reckoned from the build's seconds an article: a build is as long as its embedding, nearly.

Run: python -m evals.rate path/to/squad2_trilingual
"""

import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from assistant.settings import Settings
from evals.copies import articles
from evals.outside import article_of
from index.article import Article
from index.build import publish_corpus
from index.corpus import Corpus
from index.embedder import E5Embedding
from index.passages import split_passages
from index.store import body_sentences

SENTENCES, ARTICLES, RECKONED = 2000, 100, (1000, 10_000)
_BATCH = 16


def real_articles(folder: Path, count: int) -> list[Article]:
    """Six paragraphs of one title each."""
    texts = islice(articles(folder, 6).items(), count)
    return [article_of(id.replace(" ", "-"), id.rpartition(" ")[0], text.split("\n")) for id, text in texts]


def sentences_of(found: list[Article], words: int) -> list[str]:
    """The sentences that an index of the articles embeds."""
    passages = (p for article in found for p in split_passages(article, words))
    return [passage.quote(s) for passage in passages for s in body_sentences(passage)]


def processor_seconds() -> float:
    """What this process has used of all processors."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(folder: Path) -> None:
    """Measure; say."""
    settings, embedder = Settings.from_environment(chroma_url=""), E5Embedding()
    found = real_articles(folder, ARTICLES)
    texts = sentences_of(found, settings.passage_words)[:SENTENCES]
    started, used = time.perf_counter(), processor_seconds()
    for at in range(0, len(texts), _BATCH):
        embedder.get_text_embedding_batch(texts[at : at + _BATCH])
    seconds, used = time.perf_counter() - started, processor_seconds() - used
    _say(f"{len(texts)} sentences: {len(texts) / seconds:.1f} a second, {1000 * used / len(texts):.0f} ms of a processor each")
    with tempfile.TemporaryDirectory() as made:
        own = settings.model_copy(update={"home": Path(made)})
        started, used = time.perf_counter(), processor_seconds()
        built = publish_corpus(own, Corpus(tuple(found), ()), embedder=embedder)
        seconds, used = time.perf_counter() - started, processor_seconds() - used
    _say(f"{built.articles} articles, {built.sentences} sentences: {seconds:.0f} s, {used:.0f} s of processors")
    for more in RECKONED:
        _say(f"{more:,} articles, reckoned: {more * seconds / built.articles / 3600:.1f} h")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
