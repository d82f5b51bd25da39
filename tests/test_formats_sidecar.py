"""What staff write beside a file."""

from pathlib import Path

import pytest

from index.formats import sidecar
from index.formats.metadata import Metadata, Unreadable


def test_all_fields_are_read() -> None:
    content = b'\xef\xbb\xbftitle = "The flood"\nauthor = ["Ann", "Bob"]\npublisher = "Daily Post"\nlanguage = "en"\n'
    content += b'url = "https://x.example/1"\npublished = 2016-03-04\n'
    expected = Metadata("The flood", "Ann, Bob", "Daily Post", "https://x.example/1", "2016-03-04", "en")
    assert sidecar.read(content, "x.meta.toml") == expected
    assert sidecar.read(b"", "x.meta.toml") == Metadata()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"title = ", "its x.meta.toml is no TOML"),
        (b"\xff", "no TOML"),
        (b"x = " + b"[" * 60_000, "no TOML"),
        (b'date = "2016-03-04"', "unknown field 'date'; known are title, author, publisher, url, published, language"),
        (b'published = "soon"', "its x.meta.toml says 'published: soon', which is no date"),
        (b"#" * 65_537, "larger than 65,536 bytes"),
    ],
)
def test_a_slip_is_told(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        sidecar.read(content, "x.meta.toml")


def test_a_file_may_have_it_under_two_names() -> None:
    assert sidecar.names(Path("a/b.c.pdf")) == (Path("a/b.c.pdf.meta.toml"), Path("a/b.c.meta.toml"))
