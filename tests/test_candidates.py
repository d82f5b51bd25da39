import json

import pytest

from assistant.feedback import Feedback, append
from evals.candidates import candidates
from evals.questions import QuestionSetError, load_questions


def test_only_thumbs_down_become_stubs_each_question_once():
    log = [
        Feedback("down", "Why?", "“A.”", word="no"),
        Feedback("up", "When?", "“B.”"),
        Feedback("down", "Why?", "“C.”", word="still no"),
        Feedback("down", "Why?", "“A.”", history=(("user", "Who?"), ("assistant", "“D.”"))),
    ]
    first, second = candidates(log)
    assert (first["question"], first["replies"], first["words"]) == ("Why?", ["“A.”", "“C.”"], ["no", "still no"])
    assert second["history"] == [["user", "Who?"], ["assistant", "“D.”"]] and first["id"] != second["id"]
    assert candidates([]) == []


def test_a_stub_is_no_question_until_a_person_has_filled_it_in(tmp_path):
    path = tmp_path / "questions.jsonl"
    (stub,) = candidates([Feedback("down", "Why?", "“A.”")])
    path.write_text(json.dumps(stub))
    with pytest.raises(QuestionSetError):
        load_questions(path)
    without = {name: value for name, value in stub.items() if name not in ("replies", "words")}
    path.write_text(json.dumps(without))
    with pytest.raises(QuestionSetError):
        load_questions(path)
    path.write_text(json.dumps(without | {"kind": "far", "answerable": False}))
    assert load_questions(path)[0].question == "Why?"


def test_the_command_prints_them(footnote, tmp_path):
    append(tmp_path, Feedback("down", "¿Por qué?", "“A.”", word="no"))
    shown = footnote("eval", "candidates", home=tmp_path)
    assert shown.returncode == 0, shown.stderr
    (line,) = shown.stdout.splitlines()
    assert json.loads(line)["question"] == "¿Por qué?"
    assert "1 question" in shown.stderr
    empty = footnote("eval", "candidates", home=tmp_path / "none")
    assert (empty.returncode, empty.stdout) == (0, "")
