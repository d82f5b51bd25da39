"""No text is embedded twice, and a damaged cache is begun anew, never believed."""

import random
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from index.errors import HomeError
from index.vector_cache import VectorCache

TEXTS = [f"Sentence {n} é \ud800." for n in range(1200)]
VECTORS = np.random.default_rng(0).normal(size=(len(TEXTS), 8)).astype(np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vectors.sqlite3"


@pytest.fixture
def full(path: Path) -> Path:
    cache = VectorCache(path, "model")
    cache.put(TEXTS, VECTORS)
    cache.close()
    return path


def test_a_vector_comes_back_bit_for_bit_also_after_it_was_closed(full: Path) -> None:
    cache = VectorCache(full, "model")
    found = cache.get([*TEXTS, "another"])
    assert list(found) == sorted(found, key=TEXTS.index) or set(found) == set(TEXTS)
    assert all(np.array_equal(found[text], vector) for text, vector in zip(TEXTS, VECTORS, strict=True))
    assert "another" not in found
    assert not cache.notice
    cache.close()


def test_another_recipe_knows_nothing_of_them(full: Path) -> None:
    cache = VectorCache(full, "another model")
    assert cache.get(TEXTS[:5]) == {}
    cache.put(TEXTS[:1], VECTORS[1:2])
    assert np.array_equal(cache.get(TEXTS[:1])[TEXTS[0]], VECTORS[1])
    cache.close()
    cache = VectorCache(full, "model")
    assert np.array_equal(cache.get(TEXTS[:1])[TEXTS[0]], VECTORS[0])
    cache.close()


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_never_give_another_vector(full: Path, seed: int) -> None:
    draw = random.Random(seed)
    content = bytearray(full.read_bytes())
    for _ in range(200):
        content[draw.randrange(100, len(content))] ^= 1 << draw.randrange(8)
    full.write_bytes(content)
    cache = VectorCache(full, "model")
    for text, vector in cache.get(TEXTS).items():
        assert np.array_equal(vector, VECTORS[TEXTS.index(text)])
    cache.put(TEXTS, VECTORS)
    assert cache.notice
    assert len(cache.get(TEXTS)) == len(TEXTS)
    cache.close()


@pytest.mark.parametrize("content", [b"", b"junk" * 5000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_cache_is_begun_anew(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    cache = VectorCache(path, "model")
    cache.put(TEXTS[:2], VECTORS[:2])
    assert set(cache.get(TEXTS)) == set(TEXTS[:2])
    assert bool(cache.notice) == bool(content)
    cache.close()


def test_a_table_of_another_shape_is_begun_anew(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE vectors (name TEXT)")
    other.close()
    cache = VectorCache(path, "model")
    cache.put(TEXTS[:2], VECTORS[:2])
    assert str(path) in cache.notice
    assert len(cache.get(TEXTS)) == 2
    cache.close()


def test_what_is_forgotten_leaves_no_byte(full: Path) -> None:
    cache = VectorCache(full, "model")
    cache.keep_only([*TEXTS[:3], "never embedded"])
    assert set(cache.get(TEXTS)) == set(TEXTS[:3])
    cache.close()
    content = full.read_bytes()
    assert VECTORS[2].tobytes() in content
    assert all(vector.tobytes() not in content for vector in VECTORS[3:])
    assert [f.name for f in full.parent.iterdir()] == [full.name]


def test_a_place_that_can_not_be_written_is_told_and_nothing_is_dropped(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="nowhere"):
        VectorCache(tmp_path / "nowhere" / "vectors.sqlite3", "model")


def test_a_cache_in_memory_ends_with_it() -> None:
    cache = VectorCache.in_memory()
    cache.put(TEXTS[:2], VECTORS[:2])
    assert len(cache.get(TEXTS)) == 2
    cache.close()
    assert VectorCache.in_memory().get(TEXTS) == {}
