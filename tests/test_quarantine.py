"""What a build left out is kept in the home until the next."""

from pathlib import Path

import pytest

from index import quarantine
from index.errors import HomeError
from index.quarantine import Skipped


def test_what_was_left_out_comes_back(tmp_path: Path) -> None:
    skipped = (Skipped(Path("a b/ñ\n.pdf"), "it is encrypted"), Skipped(Path("c.txt"), "it holds no text"))
    quarantine.save(tmp_path / "home", skipped)
    assert quarantine.load(tmp_path / "home") == skipped
    quarantine.save(tmp_path / "home", ())
    assert quarantine.load(tmp_path / "home") == ()


def test_a_name_that_is_not_unicode_can_be_kept(tmp_path: Path) -> None:
    quarantine.save(tmp_path, [Skipped(Path("caf\udce9.pdf"), "it is encrypted")])
    assert str(quarantine.load(tmp_path)[0].path) == r"caf\xe9.pdf"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'[["a"]]', b"null", b"\xff"])
def test_a_list_that_is_damaged_is_no_list(tmp_path: Path, content: bytes) -> None:
    (tmp_path / quarantine.FILE).write_bytes(content)
    assert quarantine.load(tmp_path) == ()


def test_a_home_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(HomeError, match="can't be written"):
        quarantine.save(tmp_path / "home", ())
