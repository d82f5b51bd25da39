import json
import threading

import pytest

from assistant import feedback
from assistant.feedback import FILE, Feedback, append, read
from index.errors import HomeError

THUMB = Feedback(
    "down", "Why?", "“A.”", word="no\nway", history=(("user", "Who?"),), places=(("a", 0, 4),), limits='{"ids":[]}'
)


def test_what_is_appended_is_read_again(tmp_path):
    append(tmp_path, THUMB)
    append(tmp_path, Feedback("up", "\ud800 \u2028 ?", ""))
    first, second = read(tmp_path)
    assert first == THUMB and second.verdict == "up" and second.question == "\ud800 \u2028 ?"
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0, "it is nobody else's to read"


def test_many_at_once_lose_nothing(tmp_path):
    threads = [threading.Thread(target=append, args=(tmp_path, Feedback("up", str(n), "x" * 5000))) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {f.question for f in read(tmp_path)} == set(map(str, range(40)))


def test_a_line_that_was_cut_off_harms_no_other(tmp_path):
    append(tmp_path, THUMB)
    with (tmp_path / FILE).open("a") as log:
        log.write('{"verdict": "down", "question": "cut')
    append(tmp_path, THUMB)
    assert list(read(tmp_path)) == [THUMB, THUMB]
    with (tmp_path / FILE).open("a") as log:
        log.write('[1]\n{"verdict": 1}\n' + json.dumps({"history": [], "places": [], "nonsense": 1}) + "\n")
    assert list(read(tmp_path)) == [THUMB, THUMB]


def test_without_a_log_there_is_none(tmp_path):
    assert list(read(tmp_path)) == []


def test_what_cannot_be_written_is_an_error(tmp_path, monkeypatch):
    with pytest.raises(HomeError, match="can't be written"):
        append(tmp_path / "none", THUMB)
    monkeypatch.setattr(feedback, "_LARGEST", 100)
    with pytest.raises(HomeError, match="full"):
        append(tmp_path, THUMB)
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    with pytest.raises(HomeError):
        append(tmp_path, THUMB)
    with pytest.raises(HomeError):
        list(read(tmp_path))
