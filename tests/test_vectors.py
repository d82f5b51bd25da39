"""Every body sentence has a vector of its own; a passage has their mean, or one of its own where it has none."""

import numpy as np
import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.article import Article
from index.passages import split_passages
from index.store import body_sentences
from index.vectors import embed_passages

BODY = "The river rose for three days. Then it fell again, and nobody knew why. Later the bridge was built."


def cosine(one: np.ndarray, other: list[float]) -> float:
    return float(one @ np.array(other))


def article(text: str, id: str = "a", suffix: str = ".txt") -> Article:
    return Article.parse(id, text.encode(), suffix=suffix)


def test_each_body_sentence_has_a_vector_of_length_1_nearest_its_own_text(word_embedding: BaseEmbedding) -> None:
    flood = article(f"The Flood of 1937\n\n{BODY}")
    ((row,),) = embed_passages([(flood, split_passages(flood, 150))], word_embedding)
    quotes = [row.passage.quote(s) for s in body_sentences(row.passage)]
    assert row.vectors.shape == (3, 64)
    assert np.allclose(np.linalg.norm(row.vectors, axis=1), 1, atol=1e-5)
    own = [word_embedding.get_text_embedding(quote) for quote in quotes]
    for i, vector in enumerate(row.vectors):
        assert max(range(3), key=lambda k: cosine(vector, own[k])) == i
        assert cosine(vector, own[i]) > 0.9
    assert np.linalg.norm(row.mean) == pytest.approx(1, abs=1e-5)
    assert np.allclose(row.mean, row.vectors.mean(axis=0) / np.linalg.norm(row.vectors.mean(axis=0)), atol=1e-5)


def test_a_title_that_the_file_does_not_state_bends_no_vector(word_embedding: BaseEmbedding) -> None:
    flood = article(BODY, id="2016/flood.txt")
    ((row,),) = embed_passages([(flood, split_passages(flood, 150))], word_embedding)
    for vector, sentence in zip(row.vectors, body_sentences(row.passage), strict=True):
        assert cosine(vector, word_embedding.get_text_embedding(row.passage.quote(sentence))) == pytest.approx(1, abs=1e-5)


def test_a_passage_without_a_body_sentence_has_a_vector_of_its_own(word_embedding: BaseEmbedding) -> None:
    text = "# Title\n\n" + BODY + "\n\n" + "\n\n".join(f"## Heading number {i} of {'many ' * 10}" for i in range(6))
    listed = article(text, suffix=".md")
    (rows,) = embed_passages([(listed, split_passages(listed, 20))], word_embedding)
    bare = [row for row in rows if not body_sentences(row.passage)]
    assert bare
    for row in bare:
        assert row.vectors.shape[0] == 0
        assert cosine(row.mean, word_embedding.get_text_embedding(row.passage.text)) == pytest.approx(1, abs=1e-5)


def test_rows_stay_with_their_articles_and_progress_ends_at_the_whole(word_embedding: BaseEmbedding) -> None:
    articles = [
        article(f"Title {i}\n\n" + " ".join(f"River {i} rose {k} metres." for k in range(40)), id=f"a{i}") for i in range(3)
    ]
    pairs = [(a, split_passages(a, 60)) for a in articles]
    seen: list[tuple[int, int]] = []
    parts = embed_passages(pairs, word_embedding, lambda done, total: seen.append((done, total)))
    rows = [row for part in parts for row in part]
    assert [row.passage for row in rows] == [p for _, passages in pairs for p in passages]
    assert seen == sorted(seen)
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1] > 0
    assert len({total for _, total in seen}) == 1
