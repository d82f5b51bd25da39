"""The real embedder: 384 numbers of length 1, the same every time, whatever it is given."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.e5 import MAX_CHARS
from index.embedder import E5Embedding


@pytest.fixture(scope="module")
def embedder() -> E5Embedding:
    return E5Embedding()


def text_vector(embedder: E5Embedding, text: str) -> np.ndarray:
    return np.array(embedder.get_text_embedding(text))


def test_a_text_is_384_numbers_of_length_1_and_always_the_same(embedder: E5Embedding) -> None:
    vector = text_vector(embedder, "The river rose for three days.")
    assert vector.shape == (384,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-3)
    assert (vector == text_vector(embedder, "The river rose for three days.")).all()


def test_texts_together_have_the_vectors_that_they_have_alone(embedder: E5Embedding) -> None:
    texts = ["The river rose.", "A much longer sentence about trains that run on rails through the night.", "Short."]
    together = np.array(embedder.get_text_embedding_batch(texts))
    alone = np.array([embedder.get_text_embedding(text) for text in texts])
    assert np.allclose(together, alone, atol=1e-4)


def test_what_answers_a_question_is_nearer_than_what_does_not_in_three_languages(embedder: E5Embedding) -> None:
    answer = text_vector(embedder, "The river rose for three days because of the rain.")
    other = text_vector(embedder, "The bank raised its interest rates last spring.")
    for question in ("Why did the river rise?", "¿Por qué creció el río?", "Por que subiu o rio?"):
        asked = np.array(embedder.get_query_embedding(question))
        assert asked @ answer > asked @ other + 0.03


def test_a_question_and_a_text_of_the_same_words_have_their_own_vectors(embedder: E5Embedding) -> None:
    text = "the river rose"
    assert not np.allclose(embedder.get_query_embedding(text), embedder.get_text_embedding(text), atol=1e-3)


@pytest.mark.parametrize("text", ["", " ", "\0", "a\0b", "\ud800", "\udcff abc", "😀", "مرحبا", "\u200b", "!!!"])
def test_odd_texts_are_embedded_too(embedder: E5Embedding, text: str) -> None:
    for vector in (embedder.get_text_embedding(text), embedder.get_query_embedding(text)):
        assert len(vector) == 384
        assert np.isfinite(vector).all()


def test_what_follows_a_nul_counts(embedder: E5Embedding) -> None:
    assert not np.allclose(text_vector(embedder, "river\0bank rates"), text_vector(embedder, "river"), atol=1e-3)


def test_a_word_of_200_000_letters_takes_no_longer_than_a_short_text_of_the_limit(embedder: E5Embedding) -> None:
    started = time.monotonic()
    vector = text_vector(embedder, "x" * 200_000)
    assert time.monotonic() - started < 30  # 96 s without the limit
    assert (vector == text_vector(embedder, "x" * MAX_CHARS)).all()


def test_threads_get_the_vectors_that_one_gets(embedder: E5Embedding) -> None:
    texts = [f"River number {i} rose by {i} metres." for i in range(12)]
    alone = [embedder.get_text_embedding(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(embedder.get_text_embedding, texts)) == alone
