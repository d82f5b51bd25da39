"""Generations in a folder: opened whole or not at all, with the command that mends it; `CURRENT` changes in one step."""

import json
import os
import shutil
from pathlib import Path

import pytest
from homes import current, folders
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.bm25 import BM25
from index.build import build_index
from index.errors import HomeError, IndexDamaged, IndexMissing, IndexUnusable
from index.generation import Generation
from index.generation_folder import open_folder, read_manifest
from index.local_place import LocalPlace
from index.settings import IndexSettings


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, word_embedding: BaseEmbedding) -> Path:
    folder = tmp_path_factory.mktemp("published")
    (folder / "flood.txt").write_text("The Flood\n\nThe river rose for three days. Then it fell again.")
    (folder / "trains.txt").write_text("Trains run on rails. The station is old.")
    build_index(IndexSettings(home=folder / "home"), [folder / "flood.txt", folder / "trains.txt"], embedder=word_embedding)
    return folder / "home"


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """The folder of a generation that a test may damage."""
    return current(Path(shutil.copytree(published, tmp_path / "copy")))


def unsealed(folder: Path) -> Generation:
    """Open a generation without a look at its seal."""
    return open_folder(folder, read_manifest(folder))


def test_no_index_yet_says_so_with_the_command(tmp_path: Path) -> None:
    for home in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissing, match="Run: footnote index build"):
            LocalPlace(home).current_name()


MANIFESTS = [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"articles": 5}', b'{"articles": []}', b'{"unknown": 1, "articles": []}']


@pytest.mark.parametrize("content", MANIFESTS)
def test_a_damaged_manifest_is_told_with_the_repair(copy: Path, content: bytes) -> None:
    (copy / "manifest.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="Run: footnote index build") as caught:
        unsealed(copy)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("records", [[{}], [3], [{"id": "a"}], [{"id": "a", "passages": "many"}]])
def test_a_manifest_whose_records_are_damaged_is_told_with_the_repair(copy: Path, records: list[object]) -> None:
    content = json.loads((copy / "manifest.json").read_text()) | {"articles": records}
    (copy / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(IndexDamaged, match="Run: footnote index build"):
        unsealed(copy)


def test_a_manifest_of_a_later_format_is_not_read_as_one_of_this(copy: Path) -> None:
    content = json.loads((copy / "manifest.json").read_text()) | {"format": 99}
    (copy / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(IndexUnusable, match="Run: footnote index build"):
        unsealed(copy)


def _remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.parametrize("part", ["manifest.json", "chroma", "chroma/chroma.sqlite3", "lexical", "lexical/terms.json"])
def test_a_missing_part_is_told_with_the_repair(copy: Path, part: str) -> None:
    _remove(copy / part)
    with pytest.raises(IndexDamaged, match="Run: footnote index build"):
        unsealed(copy)


@pytest.mark.parametrize("part", ["lexical", "chroma"])
@pytest.mark.parametrize("damage", ["junk", "half"])
def test_a_damaged_part_is_told_with_the_repair(copy: Path, part: str, damage: str) -> None:
    for file in (copy / part).iterdir():
        if file.is_file():
            file.write_bytes(b"junk" * 1000 if damage == "junk" else file.read_bytes()[: file.stat().st_size // 8])
    with pytest.raises(IndexDamaged, match="Run: footnote index build") as caught:
        unsealed(copy)
    assert "\n" not in str(caught.value)


def test_an_emptied_database_is_told_when_it_is_opened_not_answered_from(copy: Path) -> None:
    (copy / "chroma" / "chroma.sqlite3").write_bytes(b"")
    with pytest.raises(IndexDamaged, match="Run: footnote index build"):
        LocalPlace(copy.parent.parent).open(copy.name)


def test_a_lexical_half_of_other_passages_is_told(copy: Path) -> None:
    shutil.rmtree(copy / "lexical")
    BM25.build(["one text", "another", "and a third"]).save(copy / "lexical")
    with pytest.raises(IndexDamaged, match="BM25"):
        unsealed(copy)
    with pytest.raises(IndexDamaged, match="is not what was written"):
        LocalPlace(copy.parent.parent).open(copy.name)


@pytest.mark.parametrize("content", [b"", b"\0\0\0\0", b"\xff\xfe\0", b"nowhere\n", b"x" * 5000, b"../.."])
def test_a_damaged_current_is_told_with_the_repair(copy: Path, content: bytes) -> None:
    home = copy.parent.parent
    (home / "CURRENT").write_bytes(content)
    with pytest.raises((IndexUnusable, HomeError), match="Run: footnote index build"):
        LocalPlace(home).open(LocalPlace(home).current_name())


def test_publishing_keeps_the_last_generation_and_no_other(copy: Path) -> None:
    home = copy.parent.parent
    for name in ("2", "3", "4"):
        shutil.copytree(copy, home / "generations" / name)
    LocalPlace(home).publish("3", keep={copy.name})
    assert current(home).name == "3"
    assert folders(home) == {"3", copy.name}
    assert not (home / "CURRENT.new").exists()


def test_a_crash_before_the_last_step_of_publishing_leaves_the_old_one(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, old = copy.parent.parent, copy.name
    shutil.copytree(copy, home / "generations" / "2")

    def crash(*_: object) -> None:
        raise OSError("no more")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", crash)
        patched.setattr(Path, "replace", crash)
        with pytest.raises(OSError, match="no more"):
            LocalPlace(home).publish("2", keep={old})
    assert current(home).name == old
    assert (home / "generations" / old).is_dir()
    LocalPlace(home).publish("2", keep={old})
    assert current(home).name == "2"


def test_what_a_killed_build_left_is_dropped(copy: Path) -> None:
    home = copy.parent.parent
    (home / "generations" / "half" / "chroma").mkdir(parents=True)
    LocalPlace(home).drop_others({copy.name})
    assert folders(home) == {copy.name}
