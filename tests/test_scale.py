"""The measure of large indexes: what it builds is an index as any other, and its figures are what they are called."""

import random
import time

import numpy as np
import pytest

from assistant.settings import Settings
from evals import scale
from evals.scale import build, made_up_article, main, measure, memory
from index.place import place_of
from index.store import Store


def test_articles_are_made_up_alike_each_time_and_unlike_each_other():
    one, again, other = (
        made_up_article(1, random.Random(1)),
        made_up_article(1, random.Random(1)),
        made_up_article(1, random.Random(2)),
    )
    assert one == again
    assert one.text != other.text
    assert one.text.count(".") == scale.ARTICLE_SENTENCES


@pytest.fixture
def settings(tmp_path):
    return Settings.from_environment(home=tmp_path / "home")


def test_an_index_is_built_and_chroma_alone_writes_the_same(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(scale, "BATCH_ARTICLES", 2)
    figures = build(settings, 360, tmp_path / "alone")
    place = place_of(settings)
    generation = place.open(place.current_name())
    alone = Store(tmp_path / "alone")
    try:
        assert len(generation.manifest.articles) == 6
        assert generation.manifest.sentences == figures["sentences"] > 330
        assert {generation.voice(id) for id in generation.records} == set(generation.records), "no article is another's copy"
        assert alone.counts() == generation.store.counts()
        some = generation.passage_ids[:3]
        mine, theirs = generation.store.stored(some), alone.stored(some)
        assert all(np.allclose(mine[id].vectors, theirs[id].vectors) for id in some)
        assert np.allclose(np.linalg.norm(mine[some[0]].vectors, axis=1), 1)
    finally:
        generation.close()
        alone.close()
    rates = figures["written_a_second"], figures["chroma_alone_a_second"]
    assert figures["overhead"] == pytest.approx(rates[1] / rates[0] - 1)
    assert figures["all_seconds"] > figures["sentences"] / rates[0]


def test_beyond_a_size_chroma_alone_is_not_measured(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(scale, "COMPARED", 100)
    assert "overhead" not in build(settings, 120, tmp_path / "alone")
    assert not (tmp_path / "alone").exists()


def test_questions_are_measured(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(scale, "QUESTIONS", 20)
    monkeypatch.setattr(scale, "WARMING", 2)
    build(settings, 120, tmp_path / "alone")
    started = time.perf_counter()
    figures = measure(settings)
    seconds = time.perf_counter() - started
    assert 0 < figures["embed_p50"] < figures["ask_p50"] <= figures["ask_p95"] < seconds
    assert figures["ask_less_embedding_p50"] <= figures["ask_less_embedding_p95"]
    assert figures["memory_mb"] == pytest.approx(memory(), rel=0.05)  # the system counts it by thread, not to the page
    assert memory() > 100


def test_it_says_the_figures_and_leaves_a_server_alone(settings, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(scale, "QUESTIONS", 20)
    build(settings, 60, tmp_path / "alone")
    monkeypatch.setenv("CHROMA_URL", "http://127.0.0.1:9")
    main(0, settings.home)
    assert "ask_p95 0." in capsys.readouterr().out
