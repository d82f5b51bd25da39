"""Front matter between two marks; without the second mark there is none, and nothing is lost."""

import pytest

from index.formats.front_matter import split
from index.formats.metadata import Metadata, Unreadable


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: The flood\ndate: 2016-03-04\nauthor: [Ann, Bob]\ntags: [x, y]\n---\n",
        '---\ntitle: "The flood"\npublished: 2016-03-04T10:00:00Z\nauthor: Ann, Bob\n---   \n',
        '+++\ntitle = "The flood"\ndate = 2016-03-04\nauthor = ["Ann", "Bob"]\n[params]\nx = 1\n+++\n',
    ],
)
def test_yaml_and_toml_are_read(head: str, end: str) -> None:
    stated, rest = split((head + "It rose.\n").replace("\n", end))
    assert stated == Metadata(title="The flood", published="2016-03-04", author="Ann, Bob")
    assert rest.strip() == "It rose."


def test_a_colon_in_a_title_needs_no_quotes() -> None:
    assert split("---\ntitle: The flood: a report\nurl: https://x.y/z\n---\n")[0] == Metadata(
        title="The flood: a report", url="https://x.y/z"
    )


@pytest.mark.parametrize("text", ["-----\nOne.\n\n---\nTwo.", "---\nOne.", "+++\nOne.", "x\n---\ntitle: y\n---\n", "", "---"])
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert split(text) == (Metadata(), text)


@pytest.mark.parametrize("head", ["---\n---\n", "+++\n+++\n", "---\n- a list\n---\n", "---\nnothing stated\n---\n"])
def test_front_matter_may_state_nothing(head: str) -> None:
    assert split(head + "It rose.") == (Metadata(), "It rose.")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\npublished: soon\n---\n", "published: soon"),
        ("---\npublished: 2016-02-31\n---\n", "published: 2016-02-31"),
        ("+++\ntitle: x\n+++\n", "no TOML"),
        ("---\ntitle: " + "x" * 70_000 + "\n---\n", "longer than 65,536"),
    ],
)
def test_what_can_not_be_used_is_told(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        split(text)


def test_no_object_is_made_of_yaml(tmp_path) -> None:
    stated, _ = split(f"---\ntitle: !!python/object/apply:os.mkdir ['{tmp_path}/harm']\n---\n")
    assert not (tmp_path / "harm").exists()
    assert stated.title
