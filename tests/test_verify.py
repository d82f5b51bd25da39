"""The check before publishing: a sound generation passes, and each kind of damage is told, also what ends a process."""

import json
import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from homes import current
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.build import build_index
from index.errors import IndexDamaged
from index.settings import IndexSettings
from index.verifier_process import verify_apart
from index.verify import main

SENTENCES = 1300
"""More than Chroma's sync_threshold of 1,000: from then on it saves its HNSW files."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, word_embedding: BaseEmbedding) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    lines = [f"River {i} rose by {i * 7 % 1009} metres near bridge {i * 13 % 997}." for i in range(SENTENCES)]
    (folder / "rivers.txt").write_text(" ".join(lines))
    (folder / "trains.txt").write_text("Trains run on rails. The station is old.")
    paths = [folder / "rivers.txt", folder / "trains.txt"]
    build_index(IndexSettings(home=folder / "home"), paths, embedder=word_embedding)
    return current(folder / "home")


@pytest.fixture
def copy(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "generation"))


def change(folder: Path, statement: str) -> None:
    database = sqlite3.connect(folder / "chroma" / "chroma.sqlite3")
    with database:
        assert database.execute(statement).rowcount > 0
    database.close()


def test_a_sound_generation_passes_also_a_second_time(copy: Path) -> None:
    verify_apart(copy)
    assert main(str(copy)) == 0


def test_one_changed_letter_in_a_text_is_told(copy: Path) -> None:
    change(copy, "UPDATE embedding_metadata SET string_value = replace(string_value, 'Trains run', 'Trains ran')"
                 " WHERE key = 'chroma:document' AND string_value LIKE '%Trains run%'")  # fmt: skip
    with pytest.raises(IndexDamaged, match="trains"):
        verify_apart(copy)


def test_a_lost_sentence_is_told(copy: Path) -> None:
    change(copy, "DELETE FROM embeddings WHERE embedding_id = 'trains#0/1'")
    with pytest.raises(IndexDamaged, match=str(SENTENCES + 1)):
        verify_apart(copy)


def test_a_lost_passage_is_told(copy: Path) -> None:
    change(copy, "DELETE FROM embeddings WHERE embedding_id = 'trains#0'")
    with pytest.raises(IndexDamaged):
        verify_apart(copy)


def test_a_passage_under_another_id_is_told(copy: Path) -> None:
    change(copy, "UPDATE embeddings SET embedding_id = 'trains#7' WHERE embedding_id = 'trains#0'")
    with pytest.raises(IndexDamaged, match="trains"):
        verify_apart(copy)


def test_counts_other_than_the_manifests_are_told(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps(manifest | {"sentences": manifest["sentences"] + 1}))
    with pytest.raises(IndexDamaged, match=f"not .*{SENTENCES + 3}"):
        verify_apart(copy)


def test_the_check_gives_its_reason_in_one_line_and_a_status(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(copy, "DELETE FROM embeddings WHERE embedding_id = 'trains#0/1'")
    assert main(str(copy)) == 1
    assert capsys.readouterr().err.count("\n") == 1


def _random_bytes(file: Path) -> None:
    file.write_bytes(random.Random(1).randbytes(file.stat().st_size))


def _zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize("damage", [_random_bytes, _zeros, _cut])
def test_damaged_vector_files_are_told_even_where_they_end_the_process(copy: Path, damage) -> None:
    files = [f for f in (copy / "chroma").rglob("*.bin") if f.stat().st_size > 0]
    assert files, "Chroma saved no HNSW files"
    for file in files:
        damage(file)
    with pytest.raises(IndexDamaged, match="did not pass its check"):
        verify_apart(copy)


def test_vectors_that_no_longer_find_their_sentences_are_told(copy: Path) -> None:
    for file in (copy / "chroma").rglob("data_level0.bin"):
        if file.stat().st_size > 200_000:  # that of the sentences: neighbours and vectors, a row each
            _random_bytes(file)
    with pytest.raises(IndexDamaged):
        verify_apart(copy)
