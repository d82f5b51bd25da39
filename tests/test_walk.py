"""Which files are meant by a path, and what their ids are."""

from pathlib import Path

from index.walk import find_files, ids


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_files([folder]).files]


def test_files_of_every_kind_are_found_in_one_order(tmp_path: Path) -> None:
    put(tmp_path, "z.PDF", "b/c.html", "a.txt", "b/a.jsonl", "b/d.docx", "x.md", "y.json", "y.ndjson", "n.htm")
    assert names(tmp_path) == ["a.txt", "n.htm", "x.md", "y.json", "y.ndjson", "z.PDF", "b/a.jsonl", "b/c.html", "b/d.docx"]


def test_hidden_files_and_those_of_open_editors_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", ".b.txt", ".git/c.txt", "~$d.docx", "e.txt~", "f/.g/h.txt")
    found = find_files([tmp_path])
    assert ([p.name for p in found.files], found.skipped, dict(found.others)) == (["a.txt"], [], {})


def test_metadata_files_are_no_articles(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "a.txt.meta.toml", "b.pdf", "b.meta.toml", "c.meta.toml", "meta.toml")
    found = find_files([tmp_path])
    assert [p.name for p in found.files] == ["a.txt", "b.pdf"]
    assert [s.path.name for s in found.skipped] == ["c.meta.toml"]
    assert found.others == {".toml": 1}


def test_a_link_within_the_folder_is_the_file_itself(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "sub/b.txt")
    (tmp_path / "c.txt").symlink_to("sub/b.txt")
    (tmp_path / "again").symlink_to("sub")
    found = find_files([tmp_path])
    assert sorted(p.name for p in found.files) == ["a.txt", "b.txt"]
    assert found.skipped == []


def test_a_link_that_is_given_itself_is_followed(tmp_path: Path) -> None:
    put(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "one.txt").symlink_to("real/a.txt")
    assert [p.name for p in find_files([tmp_path / "link", tmp_path / "one.txt"]).files] == ["a.txt"]


def test_ids_are_stems_or_paths() -> None:
    files = [Path("/x/a/flood.txt"), Path("/x/b/flood.txt"), Path("/x/b/fire.pdf")]
    assert list(ids(files)) == ["a/flood.txt", "b/flood.txt", "fire"]
    assert ids([]) == {}
