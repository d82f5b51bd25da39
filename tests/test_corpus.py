"""Paths become articles with ids of their own; a file that can't be read is told, and never stops the others."""

import os
import sys
from pathlib import Path

import pytest

from index.corpus import Corpus, read_corpus
from index.errors import CorpusError

TEXT = "The river rose for three days. Then it fell."


def read(*paths: Path, max_chars: int = 10_000) -> Corpus:
    return read_corpus(paths, max_chars=max_chars)


def ids(corpus: Corpus) -> list[str]:
    return [article.id for article in corpus.articles]


def put(folder: Path, *names: str, text: str = TEXT) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_an_id_is_the_files_stem_and_articles_come_in_the_order_of_ids(tmp_path: Path) -> None:
    put(tmp_path, "zoo.txt", "deep/er/ant.md", "bee.TXT")
    assert ids(read(tmp_path)) == ["ant", "bee", "zoo"]


def test_files_that_share_a_stem_have_their_relative_paths_as_ids(tmp_path: Path) -> None:
    put(tmp_path, "2015/flood.txt", "2016/flood.txt", "2016/flood.md", "2016/fire.txt")
    assert ids(read(tmp_path)) == ["2015/flood.txt", "2016/flood.md", "2016/flood.txt", "fire"]


def test_a_stem_that_looks_like_a_path_hides_no_other_article(tmp_path: Path) -> None:
    put(tmp_path, "flood.txt", "flood.md", "flood.txt.txt")
    assert len(set(ids(read(tmp_path)))) == 3


def test_two_folders_with_the_same_names_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, "one/flood.txt", "two/flood.txt")
    assert ids(read(tmp_path / "one", tmp_path / "two")) == ["one/flood.txt", "two/flood.txt"]


def test_a_file_given_twice_is_one_article(tmp_path: Path) -> None:
    put(tmp_path, "flood.txt")
    assert ids(read(tmp_path, tmp_path / "flood.txt", tmp_path / ".." / tmp_path.name)) == ["flood"]


def test_other_kinds_of_files_are_left_alone(tmp_path: Path) -> None:
    put(tmp_path, "flood.txt", "notes.pdf", "README", ".txt", "flood.txt~")
    corpus = read(tmp_path)
    assert (ids(corpus), corpus.skipped) == (["flood"], ())


@pytest.mark.parametrize(
    "name", ["a b.txt", "a#1.txt", "a/1 #2?.txt", "Ñandú ü 😀.txt", "-rf.txt", "a\nb.txt", "..a.txt", "%20.txt", "'\".txt"]
)
def test_odd_names_are_read(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert ids(read(tmp_path)) == [Path(name).stem]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_unicode_gives_an_id_that_can_be_stored(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TEXT)
    (id,) = ids(read(tmp_path))
    assert "caf" in id
    id.encode("utf-8")


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    put(tmp_path, "flood.txt")
    with pytest.raises(CorpusError, match="nowhere"):
        read(tmp_path, tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["x" * 5000, "flood.txt/below"])
def test_a_path_that_can_not_be_is_a_missing_one(tmp_path: Path, name: str) -> None:
    put(tmp_path, "flood.txt")
    with pytest.raises(CorpusError, match="no file or folder"):
        read(tmp_path / name)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.txt or \.md file"):
        read(tmp_path)


def test_a_corpus_of_nothing_but_bad_files_says_why(tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\0\0")
    with pytest.raises(CorpusError, match=r"picture\.txt: it is a binary file"):
        read(tmp_path)


def test_bad_files_among_good_ones_are_skipped_and_each_is_told(tmp_path: Path) -> None:
    put(tmp_path, "good.txt", "word.txt")
    (tmp_path / "word.txt").write_text("Word")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\0\1\2")
    (tmp_path / "latin.txt").write_bytes("café crème".encode("latin-1"))
    (tmp_path / "long.txt").write_text("word " * 3000)
    (tmp_path / "longest.txt").write_text("word " * 30_000)
    (tmp_path / "empty.md").write_text("")
    (tmp_path / "dated.md").write_text("---\npublished: soon\n---\n" + TEXT)
    (tmp_path / "gone.txt").symlink_to("nowhere")
    corpus = read(tmp_path)
    assert ids(corpus) == ["good", "word"]
    reasons = {skipped.path.name: skipped.reason for skipped in corpus.skipped}
    assert set(reasons) == {"binary.txt", "latin.txt", "long.txt", "longest.txt", "empty.md", "dated.md", "nowhere"}
    assert "binary" in reasons["binary.txt"]
    assert "UTF-8" in reasons["latin.txt"]
    assert "10,000 characters" in reasons["long.txt"]
    assert "10,000 characters" in reasons["longest.txt"]
    assert "no text" in reasons["empty.md"]
    assert "published: soon" in reasons["dated.md"]
    assert "No such file" in reasons["nowhere"]


def test_a_five_megabyte_article_is_skipped_and_the_setting_named(tmp_path: Path) -> None:
    (tmp_path / "huge.txt").write_text("The river rose again. " * 230_000)
    put(tmp_path, "good.txt")
    corpus = read(tmp_path, max_chars=2_000_000)
    assert ids(corpus) == ["good"]
    assert "FOOTNOTE_MAX_ARTICLE_CHARS" in corpus.skipped[0].reason


def test_loops_of_links_are_no_endless_walk(tmp_path: Path) -> None:
    put(tmp_path, "sub/flood.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    corpus = read(tmp_path)
    assert ids(corpus) == ["flood"]
    assert [skipped.path.name for skipped in corpus.skipped] == ["loop.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_named_txt_is_skipped_not_waited_for(tmp_path: Path) -> None:
    put(tmp_path, "good.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    corpus = read(tmp_path)
    assert ids(corpus) == ["good"]
    assert "regular file" in corpus.skipped[0].reason


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_skipped(tmp_path: Path) -> None:
    put(tmp_path, "good.txt", "secret.txt")
    (tmp_path / "secret.txt").chmod(0)
    corpus = read(tmp_path)
    assert ids(corpus) == ["good"]
    assert "denied" in corpus.skipped[0].reason


def test_a_folder_named_like_an_article_is_walked(tmp_path: Path) -> None:
    put(tmp_path, "flood.txt/part.txt")
    assert ids(read(tmp_path)) == ["part"]
