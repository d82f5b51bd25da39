"""A seal holds through what Chroma's own opening writes, and tells everything else."""

import random
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from homes import current
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.build import build_index
from index.errors import IndexDamaged
from index.generation_folder import open_store
from index.seal import SEAL, check_seal, read_seal, write_seal
from index.settings import IndexSettings


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory, word_embedding: BaseEmbedding) -> Path:
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "a.txt").write_text(" ".join(f"River {i} rose by {i * 7} metres." for i in range(40)))
    build_index(IndexSettings(home=folder / "home"), [folder / "a.txt"], embedder=word_embedding)
    return current(folder / "home")


@pytest.fixture
def copy(sealed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sealed, tmp_path / "generation"))


def check(folder: Path) -> None:
    check_seal(folder, read_seal(folder))


def test_it_holds_after_the_index_was_opened_and_asked(copy: Path) -> None:
    for _ in range(3):
        store = open_store(copy)
        store.counts()
        store.nearest(np.ones(64, dtype=np.float32), 3)
        store.close()
        check(copy)


def test_it_holds_after_as_many_openings_as_need_new_pages(copy: Path) -> None:
    database = sqlite3.connect(copy / "chroma" / "chroma.sqlite3")
    for _ in range(20):  # Chroma inserts such a row when it opens
        with database:
            database.executemany("INSERT INTO acquire_write (lock_status) VALUES (?)", [(1,)] * 100)
        check(copy)
    database.close()
    write_seal(copy)
    check(copy)


@pytest.mark.parametrize("seed", range(20))
def test_a_flipped_bit_is_told_or_lies_where_an_opening_writes(copy: Path, seed: int) -> None:
    draw = random.Random(seed)
    sealed = read_seal(copy)
    file = copy / draw.choice([*sealed["files"], SEAL])
    content = bytearray(file.read_bytes())
    at = draw.randrange(len(content)) if content else 0
    content[at : at + 1] = bytes([content[at] ^ 4]) if content else b"x"
    file.write_bytes(content)
    page = at // sealed["page_size"] + 1
    if file.name == "chroma.sqlite3" and (page in sealed["skip"] or (page == 1 and (24 <= at < 40 or 92 <= at < 100))):
        check(copy)
    else:
        with pytest.raises(IndexDamaged, match=file.name):
            check(copy)


def test_what_is_missing_and_what_is_cut_is_named(copy: Path) -> None:
    (copy / "lexical" / "terms.json").unlink()
    with pytest.raises(IndexDamaged, match=r"terms.json is missing.*Run: footnote index build"):
        check(copy)
    write_seal(copy)
    database = copy / "chroma" / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[:-4096])
    with pytest.raises(IndexDamaged, match=r"chroma\.sqlite3"):
        check(copy)
    (copy / SEAL).unlink()
    with pytest.raises(IndexDamaged, match=SEAL):
        check(copy)
