"""Chroma keeps passages and vectors as they were given: exact cosines, any id, more rows than one call takes."""

from pathlib import Path

import numpy as np
import pytest
from chroma_servers import chroma, on  # noqa: F401 - a fixture

from index.chroma_server import Address
from index.errors import IndexDamaged
from index.passages import Passage
from index.sentences import Sentence
from index.server_store import ServerStore
from index.store import Store, StoredPassage

RANDOM = np.random.default_rng(7)


def unit(*shape: int) -> np.ndarray:
    x = RANDOM.normal(size=shape).astype(np.float32)
    return np.asarray(x / np.linalg.norm(x, axis=-1, keepdims=True), dtype=np.float32)


def row(article: str, number: int, sentences: int, dimensions: int = 8, text: str = "") -> StoredPassage:
    text = text or "".join(f"Sentence {k} of {number}. " for k in range(sentences))
    size = len(text) // max(sentences, 1)
    cuts = tuple(Sentence(100 + k * size, 100 + (k + 1) * size, "body", number) for k in range(sentences))
    heading = (Sentence(90, 99, "heading", 0),)
    passage = Passage(article, number, 90, 100 + len(text), "A heading " + text, heading + cuts)
    return StoredPassage(passage, unit(dimensions), unit(sentences, dimensions))


@pytest.fixture(params=["folder", "server"])
def store_again(request: pytest.FixtureRequest, tmp_path: Path):
    """store_again(): open the store of this test, the first time a new one; of a folder, and of a real server."""
    opened: list[Store] = []
    address = Address.of(on(request.getfixturevalue("chroma"), tmp_path)) if request.param == "server" else None

    def open_it() -> Store:
        opened.append(ServerStore(address, "it", new=not opened) if address else Store(tmp_path / "chroma"))
        return opened[-1]

    yield open_it
    for one in opened:
        one.close()


@pytest.fixture
def store(store_again):
    return store_again()


def test_what_is_written_is_read_again_unchanged_by_another_store(store_again) -> None:
    rows = [
        row("a", 0, 3, text="Ñandú “quoted”\n😀 e\u0301 text, 12 - \t end."),
        row("a", 1, 1),
        row("b", 0, 5),
        row("c", 0, 0),
    ]
    writing = store_again()
    writing.write(rows)
    writing.close()
    reading = store_again()
    try:
        assert reading.counts() == (4, 9)
        stored = reading.stored([r.passage.id for r in rows])
        for r in rows:
            found = stored[r.passage.id]
            assert found.passage == r.passage
            assert np.allclose(found.mean, r.mean, atol=1e-6)
            assert found.vectors.shape == r.vectors.shape
            assert np.allclose(found.vectors, r.vectors, atol=1e-6)
            assert len(found.quotable) == len(r.vectors)
        assert reading.passages(["a#1"]) == {"a#1": rows[1].passage}
    finally:
        reading.close()


def test_nearest_gives_the_cosines_that_numpy_gives_best_first(store: Store) -> None:
    rows = [row("a", n, 4, dimensions=32) for n in range(60)]
    store.write(rows)
    owners = [r.passage.id for r in rows for _ in range(4)]
    everything = np.concatenate([r.vectors for r in rows])
    for question in unit(5, 32):
        exact = everything @ question
        best = np.argsort(-exact)[:20]
        found = store.nearest(question, 20)
        assert [id for id, _ in found] == [owners[i] for i in best]
        assert np.allclose([cosine for _, cosine in found], exact[best], atol=1e-5)


def test_the_length_of_a_question_does_not_matter(store: Store) -> None:
    store.write([row("a", n, 2) for n in range(5)])
    question = unit(8)
    assert np.allclose([c for _, c in store.nearest(question, 10)], [c for _, c in store.nearest(question * 7, 10)], atol=1e-5)


def test_a_limit_beyond_what_is_there_and_one_of_nothing(store: Store) -> None:
    store.write([row("a", 0, 3)])
    assert len(store.nearest(unit(8), 50)) == 3
    assert store.nearest(unit(8), 0) == []


@pytest.mark.parametrize(
    "article", ["a b", "a#1", "2016/flood.txt", "Ñandú ü 😀", "a\nb", "'\"\\", "%20", "a" * 200, "x/0#0/0"]
)
def test_any_article_id_is_kept_apart_from_the_numbers_after_it(store: Store, article: str) -> None:
    rows = [row(article, 0, 2), row(article, 1, 2), row("other", 0, 1)]
    store.write(rows)
    for r in rows:
        assert store.nearest(r.vectors[0], 1)[0][0] == r.passage.id
        assert store.passages([r.passage.id])[r.passage.id] == r.passage


def test_an_id_that_is_not_there_is_left_out(store: Store) -> None:
    store.write([row("a", 0, 1)])
    assert set(store.passages(["a#0", "a#9", "nobody#0"])) == {"a#0"}
    assert store.passages([]) == {}
    assert store.stored([]) == {}
    assert store.stored(["nobody#0"]) == {}


def test_more_rows_than_chroma_takes_in_a_call(store: Store) -> None:
    rows = [row("a", n, 1) for n in range(5600)]
    store.write(rows)
    ids = [r.passage.id for r in rows]
    assert store.counts() == (5600, 5600)
    stored = store.stored(ids)
    assert set(stored) == set(ids)
    for r in rows[::400]:
        assert stored[r.passage.id].passage == r.passage
        assert np.allclose(stored[r.passage.id].vectors, r.vectors, atol=1e-6)
        assert store.nearest(r.vectors[0], 1)[0] == (r.passage.id, pytest.approx(1, abs=1e-5))


def test_writing_a_passage_twice_leaves_one(store: Store) -> None:
    store.write([row("a", 0, 2)])
    again = row("a", 0, 2)
    store.write([again])
    assert store.counts() == (1, 2)
    assert np.allclose(store.stored(["a#0"])["a#0"].vectors, again.vectors, atol=1e-6)


@pytest.mark.parametrize("content", [b"junk" * 5000, b"SQLite format 3\0" + b"\0" * 5000])
def test_a_file_that_is_no_database_is_damage_with_the_repair(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(content)
    with pytest.raises(IndexDamaged) as caught:
        Store(tmp_path / "chroma")
    assert caught.value.repair == "footnote index build"
    assert "\n" not in str(caught.value)


def test_vectors_that_are_lost_are_damage_not_an_error_of_chromas(tmp_path: Path) -> None:
    import sqlite3

    writing = Store(tmp_path / "chroma")
    writing.write([row("a", 0, 3)])
    writing.close()
    with sqlite3.connect(tmp_path / "chroma" / "chroma.sqlite3") as database:
        assert database.execute("DELETE FROM embeddings_queue").rowcount > 0
    database.close()
    reading = Store(tmp_path / "chroma")
    try:
        with pytest.raises(IndexDamaged):
            reading.stored(["a#0"])
    finally:
        reading.close()
