"""Paths become articles with ids of their own; a file that can't be read is told, and never stops the others."""

import json
import os
import sys
from pathlib import Path

import pytest
from made_docx import docx
from made_pdf import TEXT_PDF

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
    put(tmp_path, "flood.txt", "notes.ods", "picture.PNG", "README", ".txt", "flood.txt~", ".git/x.txt", "~$flood.docx")
    corpus = read(tmp_path)
    assert (ids(corpus), corpus.skipped) == (["flood"], ())
    assert corpus.others == {".ods": 1, ".png": 1, "": 1}


@pytest.mark.parametrize(
    "name", ["a b.txt", "a#1.txt", "a/1 #2?.txt", "Ñandú ü 😀.txt", "-rf.txt", "a\nb.txt", "a..b.txt", "%20.txt", "'\".txt"]
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
    with pytest.raises(CorpusError, match="it holds none that Footnote reads"):
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


def test_a_file_that_is_given_itself_is_read_whatever_its_name(tmp_path: Path) -> None:
    put(tmp_path, "README", ".hidden.txt")
    assert ids(read(tmp_path / "README", tmp_path / ".hidden.txt")) == [".hidden", "README"]


def test_every_kind_is_read_and_its_source_is_known(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.md", text=f"---\ndate: 2016-03-04\n---\n{TEXT}")
    put(
        tmp_path,
        "c.html",
        text=f"<html><head><title>Flood</title></head><body><article><p>{TEXT * 9}</p></article></body></html>",
    )
    (tmp_path / "d.pdf").write_bytes(TEXT_PDF)
    (tmp_path / "e.docx").write_bytes(docx())
    put(tmp_path, "f.json", text=json.dumps([{"id": "f1", "text": TEXT}, {"id": "f2", "text": TEXT}]))
    put(tmp_path, "g.jsonl", text=json.dumps({"id": "g1", "text": TEXT}) + "\n\n" + json.dumps({"id": "g2", "text": TEXT}))
    corpus = read(tmp_path)
    assert corpus.skipped == ()
    kinds = {id: source.kind for id, source in corpus.sources.items()}
    assert kinds == {
        **{"a": "text", "b": "markdown", "c": "html", "d": "pdf", "e": "docx"},
        **{"f1": "json", "f2": "json", "g1": "jsonl", "g2": "jsonl"},
    }
    assert ids(corpus) == sorted(kinds)
    assert corpus.sources["g2"].path == Path(os.path.realpath(tmp_path)) / "g.jsonl"


def test_the_same_files_give_the_same_articles(tmp_path: Path) -> None:
    put(tmp_path, "c.html", text=f"<html><body><article><h1>Flood</h1><p>{TEXT * 9}</p></article></body></html>")
    (tmp_path / "d.pdf").write_bytes(TEXT_PDF)
    put(tmp_path, "g.jsonl", text=json.dumps({"text": TEXT}))
    assert read(tmp_path) == read(tmp_path)


def test_what_stands_beside_a_file_wins_over_what_it_says(tmp_path: Path) -> None:
    put(tmp_path, "flood.md", text=f"---\ntitle: Stated\nauthor: Ann\n---\n{TEXT}")
    put(tmp_path, "flood.md.meta.toml", text='title = "Known"\npublisher = "Daily Post"\npublished = 2016-03-04\n')
    (article,) = read(tmp_path).articles
    assert (article.title, article.author, article.publisher) == ("Known", "Ann", "Daily Post")
    assert article.published == "2016-03-04"


def test_a_change_of_the_metadata_is_a_change_of_the_article(tmp_path: Path) -> None:
    put(tmp_path, "flood.txt")
    hashes = [read(tmp_path).articles[0].sha256]
    for title in ("One", "Other"):
        put(tmp_path, "flood.meta.toml", text=f'title = "{title}"')
        hashes.append(read(tmp_path).articles[0].sha256)
    assert len(set(hashes)) == 3


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("flood.txt.meta.toml", "title = flood", "no TOML"),
        ("flood.meta.toml", 'tittle = "Flood"', "unknown field 'tittle'"),
        ("flood.meta.toml", 'url = "javascript:alert(1)"', "no http address"),
        ("flood.meta.toml", "x = 1\n" * 30_000, "larger than 65,536 bytes"),
    ],
)
def test_metadata_that_can_not_be_used_keeps_its_file_out(tmp_path: Path, name: str, text: str, why: str) -> None:
    put(tmp_path, "flood.txt", "good.txt")
    put(tmp_path, name, text=text)
    corpus = read(tmp_path)
    assert ids(corpus) == ["good"]
    (skipped,) = corpus.skipped
    assert skipped.path.name == "flood.txt"
    assert why in skipped.reason


def test_metadata_of_nothing_is_told(tmp_path: Path) -> None:
    put(tmp_path, "flood.txt")
    put(tmp_path, "food.meta.toml", text='title = "Flood"')
    assert [s.path.name for s in read(tmp_path).skipped] == ["food.meta.toml"]


def test_metadata_beside_many_articles_fills_what_each_does_not_state(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": TEXT, "publisher": "Its own"}, {"id": "b", "text": TEXT}]
    put(tmp_path, "wire.jsonl", text="\n".join(map(json.dumps, lines)))
    put(tmp_path, "wire.meta.toml", text='publisher = "Wire"')
    assert [a.publisher for a in read(tmp_path).articles] == ["Its own", "Wire"]


def test_an_object_without_an_id_keeps_its_own_when_others_come_and_go(tmp_path: Path) -> None:
    first, second = ({"text": f"{word} {TEXT}"} for word in ("First.", "Second."))
    put(tmp_path, "wire.jsonl", text="\n".join(map(json.dumps, [first, second])))
    before = set(ids(read(tmp_path)))
    put(tmp_path, "wire.jsonl", text=json.dumps(dict(reversed(second.items()))))
    (left,) = ids(read(tmp_path))
    assert left in before
    assert left.startswith("wire-")


def test_two_articles_with_one_id_are_told(tmp_path: Path) -> None:
    put(tmp_path, "flood.txt")
    put(tmp_path, "wire.jsonl", text="\n".join(json.dumps({"id": "flood", "text": f"{n} {TEXT}"}) for n in "ab"))
    corpus = read(tmp_path)
    assert (ids(corpus), corpus.sources["flood"].kind) == (["flood"], "text")
    assert ["its id 'flood' is that of another article, in flood.txt" in s.reason for s in corpus.skipped] == [True, True]


def test_broken_lines_are_named_and_too_many_of_them_counted(tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "text": TEXT})
    put(tmp_path, "wire.jsonl", text="\n".join([good, *(f"bad {n}" for n in range(30))]))
    corpus = read(tmp_path)
    assert ids(corpus) == ["good"]
    assert corpus.skipped[0].reason.startswith("line 2: it is no JSON")
    assert len(corpus.skipped) == 21
    assert corpus.skipped[-1].reason == "and 10 more of its lines can't be used"


def test_a_line_that_is_too_long_is_told_and_those_after_it_are_read(tmp_path: Path) -> None:
    lines = ["x" * 200_000, json.dumps({"id": "good", "text": TEXT}), json.dumps({"id": "long", "text": "word " * 2_100})]
    put(tmp_path, "wire.jsonl", text="\n".join(lines))
    corpus = read(tmp_path)
    assert ids(corpus) == ["good"]
    assert [s.reason.partition(":")[0] for s in corpus.skipped] == ["line 1", "line 3"]
    assert all("10,000 characters" in s.reason for s in corpus.skipped)


def test_an_article_that_is_known_is_not_made_again(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.md")
    put(tmp_path, "c.jsonl", text=json.dumps({"text": TEXT}))
    first = read(tmp_path)
    made = {(a.id, a.sha256): a for a in first.articles}
    again = read_corpus([tmp_path], max_chars=10_000, known=lambda id, sha256: made.get((id, sha256)))
    assert all(one is other for one, other in zip(first.articles, again.articles, strict=True))
    put(tmp_path, "a.txt", text="It changed. It did.")
    again = read_corpus([tmp_path], max_chars=10_000, known=lambda id, sha256: made.get((id, sha256)))
    assert [one is other for one, other in zip(first.articles, again.articles, strict=True)] == [False, True, True]


def test_a_file_is_not_parsed_when_its_article_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "page.html", text=f"<html><body><article><p>{TEXT * 9}</p></article></body></html>")
    (made,) = read(tmp_path).articles
    monkeypatch.setattr("index.corpus.ParserProcess.read", lambda *a: pytest.fail("it was parsed"))
    assert read_corpus([tmp_path], max_chars=10_000, known=lambda id, sha256: made).articles == (made,)


def test_long_reading_is_told_step_by_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt", "b.txt", "c.txt")
    clock = iter(range(100))
    monkeypatch.setattr("index.corpus.time.monotonic", lambda: next(clock))
    told: list[tuple[int, int]] = []
    read_corpus([tmp_path], max_chars=10_000, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 3), (3, 3)]
