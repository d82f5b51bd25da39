"""Opening files: regular ones only, within a size, line by line where there are many articles."""

import io
import os
from pathlib import Path

import pytest

from index.article_file import lines, opened, read_beside, reason
from index.formats.metadata import Metadata, Unreadable


def test_a_regular_file_is_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"It rose.")
    with opened(tmp_path / "a.txt", "text", 100) as file:
        assert file.read() == b"It rose."


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "link").symlink_to("a.txt")
    for name in ("pipe", "."):
        with pytest.raises(Unreadable, match="regular file"):
            opened(tmp_path / name, "text", 100)
    for name in ("link", "gone"):
        with pytest.raises(OSError):
            opened(tmp_path / name, "text", 100)


def test_no_handle_is_left_open_by_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes(b"x" * 100_000)
    before = len(os.listdir("/dev/fd"))
    for _ in range(20):
        with pytest.raises(Unreadable, match="longer than 10 characters"):
            opened(tmp_path / "large.txt", "text", 10)
    assert len(os.listdir("/dev/fd")) == before


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"a\nb", [(1, b"a\n"), (2, b"b")]),
        (b"\n \nabc\n", [(3, b"abc\n")]),
        (b"x" * 99 + b"\na\n", [(1, None), (2, b"a\n")]),
        (b"x" * 99, [(1, None)]),
        (b"1234\n12345\n", [(1, b"1234\n"), (2, None)]),
    ],
)
def test_lines_are_numbered_and_those_too_long_are_passed_over(content: bytes, expected: list) -> None:
    assert list(lines(io.BytesIO(content), 5)) == expected


def test_the_exact_name_beside_a_file_counts_first(tmp_path: Path) -> None:
    (tmp_path / "a.meta.toml").write_text('title = "Stem"')
    assert read_beside(tmp_path / "a.pdf").metadata == Metadata(title="Stem")
    (tmp_path / "a.pdf.meta.toml").write_text('title = "Name"')
    assert read_beside(tmp_path / "a.pdf").metadata == Metadata(title="Name")
    assert read_beside(tmp_path / "b.pdf").metadata == Metadata()


def test_metadata_that_can_not_be_opened_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.meta.toml").symlink_to("elsewhere")
    with pytest.raises(Unreadable, match=r"its a\.meta\.toml can't be read"):
        read_beside(tmp_path / "a.pdf")


def test_a_reason_has_no_path() -> None:
    assert reason(FileNotFoundError(2, "No such file", "/secret/path")) == "No such file"
    assert reason(ValueError("it is x")) == "it is x"
