"""Broken and hostile files: each is named with its reason, or gives its text and nothing else; the rest is indexed."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import hostile
import pytest

from index.corpus import Corpus, read_corpus

_MEASURED = """
import json, resource, sys
from pathlib import Path
from index.corpus import read_corpus
corpus = read_corpus([Path(sys.argv[1])], max_chars=2_000_000)
# getrusage would give the peak of the process that started this one, if that was higher
own = [line for line in open("/proc/self/status") if line.startswith("VmHWM")] if sys.platform == "linux" else ["VmHWM: 0 kB"]
peak = {"own": int(own[0].split()[1]), "children": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}
articles = {a.id: [corpus.sources[a.id].path.name, a.title, a.text] for a in corpus.articles}
print(json.dumps([articles, [[s.path.name, s.reason] for s in corpus.skipped], peak]))
"""

Read = tuple[dict[str, list[str]], list[list[str]], dict[str, int]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    hostile.make(made)
    return made


@pytest.fixture(scope="module")
def read(folder: Path) -> Read:
    """What a process of its own makes of the folder: its articles, what it left out, and the peaks of memory in KB."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(folder)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return tuple(json.loads(done.stdout))


def test_there_are_forty_of_them_at_the_least() -> None:
    assert len(hostile.FILES) >= 40


@pytest.mark.parametrize("name", hostile.FILES)
def test_each_is_named_with_a_reason_or_is_an_article(name: str, read: Read) -> None:
    articles, skipped, _ = read
    expected = hostile.FILES[name][1]
    reasons = [reason for file, reason in skipped if file == name]
    used = name in {file for file, _, _ in articles.values()}
    if expected is hostile.USED:
        assert (used, reasons) == (True, [])
    else:
        assert reasons and re.search(expected, reasons[0])
        assert used == (name == "long-line.jsonl"), "of JSON lines, the good ones"


def test_a_reason_is_one_short_line(read: Read) -> None:
    for name, reason in read[1]:
        assert reason.strip() and "\n" not in reason and len(reason) < 400, name


def test_the_rest_is_indexed(read: Read) -> None:
    assert {"good-0", "good-1", "good-2", "after-the-long-line"} <= set(read[0])


def test_only_the_text_of_a_file_is_in_its_article(read: Read) -> None:
    for name, _, text in read[0].values():
        assert "HARM" not in text and "root:" not in text and "haha" not in text, name
        assert len(text) < 300_000, name


def test_nothing_in_a_file_was_run(folder: Path, read: Read) -> None:
    assert not (folder / "HARM").exists() and not Path("HARM").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts in KB, and only it limits the address space")
def test_memory_stays_under_512_mb(read: Read) -> None:
    assert {who: peak < 512 * 1024 for who, peak in read[2].items()} == {"own": True, "children": True}, read[2]


def test_links_out_of_a_folder_are_named_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.txt").write_text(hostile.PROSE)
    (folder / "good.txt").write_text(hostile.PROSE)
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "far.pdf").symlink_to("/dev/zero")
    (folder / "sub").symlink_to(outside)
    (folder / "within.txt").symlink_to("good.txt")
    (folder / "loop.html").symlink_to("loop.html")
    (folder / "nowhere.md").symlink_to("gone.md")
    corpus = read_corpus([folder], max_chars=10_000)
    assert [a.id for a in corpus.articles] == ["good"]
    reasons = {s.path.name: s.reason for s in corpus.skipped}
    assert set(reasons) == {"link.txt", "far.pdf", "sub", "loop.html", "gone.md"}
    assert all("outside" in reasons[name] for name in ("link.txt", "far.pdf", "sub"))


def test_a_link_that_takes_a_files_place_after_the_walk_is_not_followed(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "good.txt").write_text(hostile.PROSE)
    (tmp_path / "swapped.txt").write_text(hostile.PROSE)
    secret = tmp_path.parent / "secret-of-another.txt"
    secret.write_text("The secret is out. It was never meant to be.")
    from index import corpus as module

    found = module.find_files([tmp_path])
    (tmp_path / "swapped.txt").unlink()
    (tmp_path / "swapped.txt").symlink_to(secret)
    monkeypatch.setattr(module, "find_files", lambda paths: found)
    corpus = read_corpus([tmp_path], max_chars=10_000)
    assert [a.id for a in corpus.articles] == ["good"]
    assert [s.path.name for s in corpus.skipped] == ["swapped.txt"]


NAMES = [
    "a\nb.txt",
    "\x1b[31mred\x1b[0m.txt",
    "\x1b]0;title\x07.txt",
    "\u202etxt.exe.txt",
    "bell\x07.pdf",
    "-rf.txt",
    "caf\u00e9 \u2028.md",
]


def test_names_and_titles_can_not_steer_the_terminal(tmp_path: Path, footnote) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_text(f"A \x1b[2Jtitle \u202ewith tricks\n\n{hostile.PROSE}")
    (folder / "\x1b[31mempty\x1b[0m.txt").write_text("")
    (folder / "page.html").write_bytes(
        hostile.web(hostile.ARTICLE.replace("river", "ri\u202ever"), "<meta name=author content='\x1b[5m'>")
    )
    for command in (["build", str(folder)], ["status"]):
        done = footnote("index", *command, home=tmp_path / "home")
        assert done.returncode == 0, done.stderr
        shown = done.stdout + done.stderr
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u2028]", shown.replace("\r", "")), repr(shown)
        assert r"\x1b[31mempty" in shown
    done = footnote("index", "build", str(folder / "\x1b[31mempty\x1b[0m.txt"), home=tmp_path / "home")
    assert done.returncode == 1
    assert "\x1b" not in done.stderr and r"\x1b[31mempty" in done.stderr


def test_a_thousand_small_pages_cost_one_start_of_the_reader(tmp_path: Path, monkeypatch) -> None:
    from index import parser_process

    started = []
    popen = parser_process.subprocess.Popen
    monkeypatch.setattr(parser_process.subprocess, "Popen", lambda *a, **k: started.append(1) or popen(*a, **k))
    for number in range(100):
        (tmp_path / f"{number}.html").write_bytes(hostile.web(hostile.ARTICLE.replace("river", f"river {number}")))
    begun = time.monotonic()
    corpus: Corpus = read_corpus([tmp_path], max_chars=10_000)
    assert (len(corpus.articles), len(started)) == (100, 1)
    assert time.monotonic() - begun < 60
