"""A published generation: opened whole or not at all, with the command that mends it; `CURRENT` changes in one step."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.build import build_index
from index.corpus import read_corpus
from index.errors import HomeError, HomeLocked, IndexDamaged, IndexMissing, IndexUnusable
from index.generation import Generation, Manifest, content_hash, current, drop_others, publish, writer
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


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """The folder of a generation that a test may damage."""
    return current(Path(shutil.copytree(published, tmp_path / "copy")))


def test_an_article_comes_back_as_it_was_parsed(published: Path, corpus: Path) -> None:
    generation = Generation(current(published))
    try:
        parsed = read_corpus([corpus], max_chars=10_000).articles
        assert len(parsed) == 2
        for article in parsed:
            assert generation.article(article.id) == article
        assert set(generation.records) == {"flood #1", "trains"}
        with pytest.raises(KeyError):
            generation.article("nobody")
    finally:
        generation.close()


def test_the_manifest_says_what_is_there(published: Path, corpus: Path) -> None:
    manifest = Manifest.load(current(published))
    articles = read_corpus([corpus], max_chars=10_000).articles
    passages = {a.id: split_passages(a, 150) for a in articles}
    assert manifest.passage_ids == [p.id for group in passages.values() for p in group]
    assert [a["content"] for a in manifest.articles] == [content_hash(passages[a.id]) for a in articles]
    assert manifest.sentences == sum(s.kind == "body" for group in passages.values() for p in group for s in p.sentences)
    assert manifest.recipe["embedder"] == "words"
    assert "chromadb" in manifest.versions


def test_no_index_yet_says_so_with_the_command(tmp_path: Path) -> None:
    for home in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissing, match="Run: footnote index build"):
            current(home)


MANIFESTS = [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"articles": 5}', b'{"articles": []}', b'{"unknown": 1, "articles": []}']


@pytest.mark.parametrize("content", MANIFESTS)
def test_a_damaged_manifest_is_told_with_the_repair(copy: Path, content: bytes) -> None:
    (copy / "manifest.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="Run: footnote index build") as caught:
        Generation(copy)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("records", [[{}], [3], [{"id": "a"}], [{"id": "a", "passages": "many"}]])
def test_a_manifest_whose_records_are_damaged_is_told_with_the_repair(copy: Path, records: list[object]) -> None:
    content = json.loads((copy / "manifest.json").read_text()) | {"articles": records}
    (copy / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(IndexDamaged, match="Run: footnote index build"):
        Generation(copy)


def test_a_manifest_of_a_later_format_is_not_read_as_one_of_this(copy: Path) -> None:
    content = json.loads((copy / "manifest.json").read_text()) | {"format": 99}
    (copy / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(IndexUnusable, match="Run: footnote index build"):
        Generation(copy)


def _remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.parametrize("part", ["manifest.json", "chroma", "chroma/chroma.sqlite3", "lexical", "lexical/params.index.json"])
def test_a_missing_part_is_told_with_the_repair(copy: Path, part: str) -> None:
    _remove(copy / part)
    with pytest.raises(IndexDamaged, match="Run: footnote index build"):
        Generation(copy)


@pytest.mark.parametrize("part", ["lexical", "chroma"])
@pytest.mark.parametrize("damage", ["junk", "half"])
def test_a_damaged_part_is_told_with_the_repair(copy: Path, part: str, damage: str) -> None:
    for file in (copy / part).iterdir():
        if file.is_file():
            file.write_bytes(b"junk" * 1000 if damage == "junk" else file.read_bytes()[: file.stat().st_size // 8])
    with pytest.raises(IndexDamaged, match="Run: footnote index build") as caught:
        Generation(copy)
    assert "\n" not in str(caught.value)


def test_an_emptied_database_is_told_when_it_is_opened_not_answered_from(copy: Path) -> None:
    (copy / "chroma" / "chroma.sqlite3").write_bytes(b"")
    with pytest.raises(IndexDamaged, match="Run: footnote index build"):
        Generation(copy)


def test_lost_passages_of_an_article_are_told(copy: Path) -> None:
    generation = Generation(copy)
    try:
        generation.records["trains"]["passages"] = 7
        with pytest.raises(IndexDamaged, match="trains"):
            generation.article("trains")
    finally:
        generation.close()


@pytest.mark.parametrize("content", [b"", b"\0\0\0\0", b"\xff\xfe\0", b"nowhere\n", b"x" * 5000, b"../.."])
def test_a_damaged_current_is_told_with_the_repair(copy: Path, content: bytes) -> None:
    home = copy.parent.parent
    (home / "CURRENT").write_bytes(content)
    with pytest.raises((IndexUnusable, HomeError), match="Run: footnote index build"):
        Generation(current(home))


def test_publishing_keeps_the_last_generation_and_no_other(copy: Path) -> None:
    home = copy.parent.parent
    for name in ("2", "3", "4"):
        shutil.copytree(copy, home / "generations" / name)
    publish(home, "3")
    assert current(home).name == "3"
    assert {f.name for f in (home / "generations").iterdir()} == {"3", copy.name}
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
            publish(home, "2")
    assert current(home).name == old
    assert (home / "generations" / old).is_dir()
    publish(home, "2")
    assert current(home).name == "2"


def test_what_a_killed_build_left_is_dropped(copy: Path) -> None:
    home = copy.parent.parent
    (home / "generations" / "half" / "chroma").mkdir(parents=True)
    drop_others(home, {copy.name})
    assert [f.name for f in (home / "generations").iterdir()] == [copy.name]


HOLD = """
import sys, time
from pathlib import Path
from index.generation import writer
with writer(Path(sys.argv[1])):
    print('held', flush=True)
    time.sleep(60)
"""


def test_one_process_writes_and_the_next_is_told_at_once_until_it_is_gone(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, os.fspath(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        started = time.monotonic()
        with pytest.raises(HomeLocked, match="Another footnote"), writer(tmp_path):
            pass
        assert time.monotonic() - started < 1
    finally:
        holder.kill()  # as SIGKILL: nothing is cleaned up
        holder.wait()
        holder.stdout.close()  # type: ignore[union-attr]
    with writer(tmp_path):
        pass


def test_the_lock_is_let_go_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), writer(tmp_path):
        raise RuntimeError
    with writer(tmp_path):
        pass


@pytest.mark.parametrize("home", ["file", "file/home", "file/deep/er"])
def test_a_home_that_can_not_be_made_is_told(tmp_path: Path, home: str) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(HomeError, match="can't be written"), writer(tmp_path / home):
        pass


def test_content_hashes_tell_ids_texts_and_their_order_apart(corpus: Path) -> None:
    article = read_corpus([corpus], max_chars=10_000).articles[0]
    passages = split_passages(article, 20)
    assert len(passages) >= 2
    hashes = {content_hash(passages), content_hash(passages[::-1]), content_hash(passages[:1]), content_hash([])}
    assert len(hashes) == 4
