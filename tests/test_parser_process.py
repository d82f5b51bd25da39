"""The process that reads files nobody vouches for: limits, deaths and what is told of them; one process for many files."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_docx import PROSE

from index import parser_process
from index.formats.draft import Draft, Limits
from index.formats.metadata import Unreadable
from index.parser_process import ParserProcess

GOOD = b"# The flood\n\n" + PROSE.encode()
SLOW = b"[" * 200_000 + b"a" + b"](b)" * 200_000
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space, and shows processes as files")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The children that were started, in their order."""
    children: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen
    monkeypatch.setattr(parser_process.subprocess, "Popen", lambda *a, **k: children.append(popen(*a, **k)) or children[-1])
    return children


@pytest.fixture
def parser(started: list[subprocess.Popen[bytes]]) -> Iterator[ParserProcess]:
    with ParserProcess(Limits()) as made:
        yield made


def test_many_files_are_read_by_one_child(parser: ParserProcess, started: list) -> None:
    for number in range(20):
        (draft,) = parser.read("markdown", b"%d. " % number + GOOD)
        assert isinstance(draft, Draft)
    assert len(started) == 1
    parser.close()
    assert started[0].returncode == 0
    assert isinstance(parser.read("markdown", GOOD)[0], Draft), "closed, it starts again"


def test_no_child_is_started_for_nothing(started: list) -> None:
    with ParserProcess(Limits()):
        pass
    assert started == []


def test_what_a_draft_holds_comes_through_whole(parser: ParserProcess) -> None:
    from index.formats import json_articles, markdown

    odd = "---\ntitle: “Ñandú” 😀 \\n\n---\n# A\n\nb\u2028c \u0085 \x1b[0m\n\n- d"
    assert parser.read("markdown", odd.encode()) == [markdown.read(odd.encode())]
    many = json.dumps([{"id": "a", "text": "It rose."}, {"id": "b"}]).encode()
    first, second = parser.read("json", many)
    assert first == next(iter(json_articles.read(many)))
    assert isinstance(second, Unreadable)


@linux
def test_too_much_memory_is_told_and_the_next_file_is_read() -> None:
    with ParserProcess(Limits(), memory=250_000_000) as parser:
        with pytest.raises(Unreadable, match="more memory"):
            parser.read("json", b"[" + b"{}," * 10_000_000 + b"{}]")
        assert isinstance(parser.read("markdown", GOOD)[0], Draft)


def test_too_much_time_is_told_and_the_next_file_is_read() -> None:
    with ParserProcess(Limits(), seconds=1) as parser:
        begun = time.monotonic()
        with pytest.raises(Unreadable, match="took longer than 1 s"):
            parser.read("markdown", SLOW)
        assert time.monotonic() - begun < 60
        assert isinstance(parser.read("markdown", GOOD)[0], Draft)


def test_a_child_that_does_not_even_end_itself_is_ended(monkeypatch: pytest.MonkeyPatch, started: list) -> None:
    monkeypatch.setattr(parser_process, "_PATIENCE", 2)
    with ParserProcess(Limits(), seconds=1) as parser:
        parser.read("markdown", GOOD)
        os.kill(started[0].pid, signal.SIGSTOP)  # it does no work, so its own limit never comes
        begun = time.monotonic()
        with pytest.raises(Unreadable, match="took longer than 1 s"):
            parser.read("markdown", GOOD)
        assert time.monotonic() - begun < 60
        assert isinstance(parser.read("markdown", GOOD)[0], Draft)


def test_a_child_that_was_killed_between_two_files_is_replaced_and_nothing_is_told(
    parser: ParserProcess, started: list
) -> None:
    for _ in range(3):
        assert isinstance(parser.read("markdown", GOOD)[0], Draft)
        started[-1].kill()
        started[-1].wait()
    assert len(started) == 3


def test_a_file_that_ends_a_fresh_child_is_told_with_the_signal(parser: ParserProcess, started: list) -> None:
    def kill() -> None:
        while not started:
            time.sleep(0.01)
        os.kill(started[0].pid, signal.SIGSEGV)

    threading.Thread(target=kill).start()
    with pytest.raises(Unreadable, match=r"ended the program that reads it \(SIGSEGV\)"):
        parser.read("markdown", SLOW)
    assert isinstance(parser.read("markdown", GOOD)[0], Draft)


@pytest.mark.parametrize(
    "said",
    [
        "''",
        "'no JSON\\n'",
        "'[]\\n'",
        """'{"metadata": [], "blocks": [["a", "script"]], "id": null, "sha256": null}\\n'""",
        """'{"metadata": [1,2,3,4,5,6,7,8], "blocks": [], "id": null, "sha256": null}\\n'""",
        """'{"blocks": 5}\\n'""",
        "'x' * 1_000_000",
    ],
)
def test_a_child_that_says_what_it_should_not_is_not_believed(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a file had taken it over."""
    popen = subprocess.Popen
    code = f"import sys; sys.stdin.buffer.readline(); sys.stdout.write({said})"
    monkeypatch.setattr(parser_process.subprocess, "Popen", lambda command, **k: popen([sys.executable, "-c", code], **k))
    with ParserProcess(Limits(max_chars=100)) as parser, pytest.raises(Unreadable, match="ended the program"):
        parser.read("markdown", GOOD)


def test_a_child_that_never_stops_talking_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    popen = subprocess.Popen
    line = '{"why": "' + "x" * 1000 + '"}'
    code = f"import sys\nwhile True: sys.stdout.write({line!r} + chr(10))"
    monkeypatch.setattr(parser_process.subprocess, "Popen", lambda command, **k: popen([sys.executable, "-c", code], **k))
    begun = time.monotonic()
    with ParserProcess(Limits(max_chars=100)) as parser, pytest.raises(Unreadable, match="ended the program"):
        parser.read("markdown", GOOD)
    assert time.monotonic() - begun < 60


@linux
def test_the_child_has_nothing_of_ours_and_may_write_nothing(
    parser: ParserProcess, started: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-for-the-child")
    parser.read("markdown", GOOD)
    with open(f"/proc/{started[0].pid}/environ", "rb") as file:
        assert b"sk-not-for-the-child" not in file.read()
    with open(f"/proc/{started[0].pid}/limits") as file:
        limits = file.read()
    for name, value in {"Max file size": 0, "Max address space": parser_process.MEMORY, "Max core file size": 0}.items():
        assert limits.split(name)[1].split()[:2] == [str(value)] * 2


def test_this_side_imports_no_parser(tmp_path: Path) -> None:
    for name in ("a.md", "b.html", "c.pdf", "d.docx", "e.json"):
        (tmp_path / name).write_bytes(GOOD)
    read = "from index.corpus import read_corpus; read_corpus([Path(sys.argv[1])], max_chars=10_000)"
    code = f"import sys; from pathlib import Path; {read}; print(*{{m.split('.')[0] for m in sys.modules}})"
    command = [sys.executable, "-c", code, str(tmp_path)]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert not {"trafilatura", "lxml", "pypdf", "markdown_it", "yaml"} & set(loaded)


@linux
def test_children_end_with_the_process_that_started_them() -> None:
    code = (
        "import os, signal\nfrom index.formats.draft import Limits\nfrom index.parser_process import ParserProcess\n"
        "parser = ParserProcess(Limits())\nparser.read('markdown', b'It rose.')\n"
        "print(parser._child._process.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    late = time.monotonic() + 5
    while time.monotonic() < late:
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except FileNotFoundError:
            return
        time.sleep(0.05)
    pytest.fail("the child lives on")
