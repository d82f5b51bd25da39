"""What a build says of the files: a table that stays readable, and no character that steers the terminal."""

import io
from pathlib import Path

from made_docx import PROSE
from rich.console import Console

from assistant.understood import SHOWN, show_skipped, show_understood
from index.corpus import Corpus, read_corpus
from index.quarantine import Skipped


def shown(function, *arguments, **options) -> list[str]:
    file = io.StringIO()
    function(Console(file=file, highlight=False, markup=False, soft_wrap=True), *arguments, **options)
    return file.getvalue().splitlines()


def corpus(folder: Path, count: int = 1) -> Corpus:
    for number in range(count):
        (folder / f"flood-{number:02}.md").write_text(f"---\ntitle: The [b]flood[/b]\npublished: 2016-03-04\n---\n{PROSE}")
    return read_corpus([folder], max_chars=10_000)


def test_each_article_is_a_row_of_what_was_understood(tmp_path: Path) -> None:
    (tmp_path / "picture.png").touch()
    head, row, rest = shown(show_understood, corpus(tmp_path))
    assert head.split() == ["id", "kind", "title", "publisher", "published", "language", "characters"]
    assert row.split() == ["flood-00", "markdown", "The", "[b]flood[/b]", "-", "2016-03-04", "en", str(len(PROSE) - 1)]
    assert rest == "Left alone: 1 file of other kinds (.png)."


def test_many_articles_are_counted_by_kind_unless_all_are_asked_for(tmp_path: Path) -> None:
    many = corpus(tmp_path, SHOWN + 5)
    lines = shown(show_understood, many)
    assert len(lines) == SHOWN + 2
    assert lines[-1] == "... and 5 more (--verbose shows all): 25 markdown"
    assert len(shown(show_understood, many, every=True)) == SHOWN + 6


def test_what_was_left_out_is_listed_with_the_reason() -> None:
    skipped = [Skipped(Path(f"a{n}\x1b[2J.pdf"), "it is\u202e encrypted") for n in range(SHOWN + 1)]
    lines = shown(show_skipped, skipped)
    assert lines[0] == "Left out (21):"
    assert lines[1] == r"  a0\x1b[2J.pdf: it is\u202e encrypted"
    assert lines[-1] == "  ... and 1 more (--verbose shows all)"
    assert len(shown(show_skipped, skipped, every=True)) == SHOWN + 2
    assert shown(show_skipped, []) == []


def test_a_long_title_does_not_push_the_table_apart(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{'Word ' * 39}\n\n{PROSE}")
    assert all(len(line) < 150 for line in shown(show_understood, read_corpus([tmp_path], max_chars=10_000)))
