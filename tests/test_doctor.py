"""The doctor says what is wrong and what to run, and nothing else when all is well."""

# ruff: noqa: F811 - the fixtures are imported

import shutil
import socket
import sqlite3
from pathlib import Path

import pytest
from homes import current, home, point_to, published, swap  # noqa: F401

from index.doctor import Finding, examine
from index.local_place import LocalPlace
from index.recipe import recipe
from index.settings import IndexSettings

RECIPE = recipe(IndexSettings(), "words")


def ill(home: Path, wanted: dict[str, object] = RECIPE) -> list[Finding]:
    findings = list(examine(home, LocalPlace(home), wanted))
    assert {"programs", "home", "disk", "writer", "cache"} <= {f.subject for f in findings}
    return [f for f in findings if not f.well]


def test_a_sound_home_has_nothing_to_mend(home: Path) -> None:
    assert ill(home) == []
    swap(home, "000007")
    found = list(examine(home, LocalPlace(home), RECIPE))
    assert [f.subject for f in found if "is sound" in f.found] == ["index", "older index"]


def _no_index(home: Path) -> None:
    shutil.rmtree(home / "generations")
    (home / "CURRENT").unlink()


def _bad_current(home: Path) -> None:
    (home / "CURRENT").write_bytes(b"\xff\xfe")


def _no_current(home: Path) -> None:
    (home / "CURRENT").unlink()


def _lost_current(home: Path) -> None:
    point_to(home, "000099-20300101T000000")


def _bad_index(home: Path) -> None:
    (current(home) / "lexical" / "terms.json").write_bytes(b"{}")


def _bad_cache(home: Path) -> None:
    (home / "vectors.sqlite3").write_bytes(b"junk" * 1000)


def _empty_cache(home: Path) -> None:
    (home / "vectors.sqlite3").unlink()
    sqlite3.connect(home / "vectors.sqlite3").execute("CREATE TABLE other (a)").connection.close()


def _draft(home: Path) -> None:
    (home / "generations" / "000009-20300101T000000" / "chroma").mkdir(parents=True)


@pytest.mark.parametrize(
    ("spoil", "subject", "says", "repair"),
    [
        (_no_index, "index", "no index", "footnote index build"),
        (_bad_current, "index", "CURRENT", "footnote index build"),
        (_no_current, "index", "CURRENT is missing", "footnote index build"),
        (_lost_current, "index", "000099", "footnote index build"),
        (_bad_index, "index", "terms.json", "footnote index build"),
        (_bad_cache, "cache", "damaged", "rm "),
        (_empty_cache, "cache", "damaged", "rm "),
        (_draft, "drafts", "000009", "footnote index build"),
    ],
)
def test_what_is_wrong_is_named_with_the_command(home: Path, spoil, subject: str, says: str, repair: str) -> None:
    spoil(home)
    found = ill(home)
    assert [f.subject for f in found] == [subject]
    assert says in found[0].found
    assert found[0].repair.startswith(repair)


def test_an_index_of_other_settings_is_named(home: Path) -> None:
    (found,) = ill(home, RECIPE | {"passage_words": 99})
    assert "passage_words is 150 there and 99 here" in found.found


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    assert "home" in {f.subject for f in ill(tmp_path / "file")}


def test_the_command_has_a_status_and_looks_at_the_port(footnote, seeds_home: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        taken.listen()
        run = footnote("doctor", home=seeds_home, FOOTNOTE_PORT=port)
        assert run.returncode == 1
        assert f"BAD page: another program listens on 127.0.0.1:{port}" in run.stdout
        assert "Run: footnote chat --port 0" in run.stdout
    run = footnote("doctor", home=seeds_home, FOOTNOTE_PORT="0")
    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "All is well."), run.stdout
    run = footnote("doctor", home=tmp_path / "none")
    assert run.returncode == 1
    assert "There is no index" in run.stdout
