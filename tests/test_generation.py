"""A generation gives articles back as they were parsed, and its manifest says what is there."""

from pathlib import Path

import pytest
from homes import current, opened
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.build import build_index
from index.corpus import read_corpus
from index.errors import IndexDamaged
from index.generation import content_hash
from index.generation_folder import read_manifest
from index.passages import split_passages
from index.settings import IndexSettings

FLOOD = """The Flood of 1937

The river rose for three days — nobody knew why. Then it fell again.

What was lost

The old bridge 😀 e\u0301 and the mill. Photo by Anna

“All of it,” they said. It\u00a0took years.
"""
TRAINS = "Trains run on rails. The station is old.\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "flood #1.txt").write_text(FLOOD, encoding="utf-8")
    (folder / "trains.md").write_text("---\npublisher: Daily\nurl: https://x.org\npublished: 2016-03-04\n---\n" + TRAINS)
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, corpus: Path, word_embedding: BaseEmbedding) -> Path:
    home = tmp_path_factory.mktemp("published") / "home"
    build_index(IndexSettings(home=home), [corpus], embedder=word_embedding)
    return home


def test_an_article_comes_back_as_it_was_parsed(published: Path, corpus: Path) -> None:
    with opened(published) as generation:
        parsed = read_corpus([corpus], max_chars=10_000).articles
        assert len(parsed) == 2
        for article in parsed:
            assert generation.article(article.id) == article
        assert set(generation.records) == {"flood #1", "trains"}
        with pytest.raises(KeyError):
            generation.article("nobody")


def test_the_manifest_says_what_is_there(published: Path, corpus: Path) -> None:
    manifest = read_manifest(current(published))
    articles = read_corpus([corpus], max_chars=10_000).articles
    passages = {a.id: split_passages(a, 150) for a in articles}
    assert manifest.passage_ids == [p.id for group in passages.values() for p in group]
    assert [a["content"] for a in manifest.articles] == [content_hash(passages[a.id]) for a in articles]
    assert manifest.sentences == sum(s.kind == "body" for group in passages.values() for p in group for s in p.sentences)
    assert manifest.recipe["embedder"] == "words"
    assert "chromadb" in manifest.versions


def test_lost_passages_of_an_article_are_told(published: Path) -> None:
    with opened(published) as generation:
        generation.records["trains"]["passages"] = 7
        with pytest.raises(IndexDamaged, match="trains"):
            generation.article("trains")


def test_content_hashes_tell_ids_texts_and_their_order_apart(corpus: Path) -> None:
    article = read_corpus([corpus], max_chars=10_000).articles[0]
    passages = split_passages(article, 20)
    assert len(passages) >= 2
    hashes = {content_hash(passages), content_hash(passages[::-1]), content_hash(passages[:1]), content_hash([])}
    assert len(hashes) == 4
