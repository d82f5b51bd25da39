"""The measure of copies: the arithmetic of its edits, and what it counts."""

import json
import random

import pytest

from evals.copies import articles, changed, edits, introduced, main, measure, shortened

TEXT = " ".join(f"word{n}" for n in range(200))
DRAW = random.Random(3)


def test_edits_do_what_they_are_called():
    new = changed(0.1, ["other"])(TEXT, DRAW).split()
    assert len(new) == 200
    assert 8 <= new.count("other") <= 35
    assert introduced(0.2, ["a b " * 100])(TEXT, DRAW) == " ".join(["a b"] * 20) + " " + TEXT
    assert shortened(0.6)(TEXT, DRAW) == " ".join(f"word{n}" for n in range(120))
    assert len(edits([TEXT])["a site's 48 words after it"](TEXT, DRAW).split()) == 248


def test_what_is_found_and_what_is_taken_for_anothers():
    texts = {"a": TEXT, "b": " ".join(f"other{n}" for n in range(200))}
    assert measure(texts, lambda text, draw: text) == (1.0, 0.0)
    assert measure(texts, lambda text, draw: text.replace("o", "u")) == (0.0, 0.0)
    assert measure(texts, lambda text, draw: texts["a"]) == (0.5, 0.5)
    assert measure({"a": TEXT, "b": TEXT}, lambda text, draw: text) == (0.5, 1.0)


@pytest.fixture
def folder(tmp_path):
    rows = [
        {"para": n, "title": f"T_{n % 2}", "context_en": f"Paragraph {n} tells of {n * 7} ships and {n * 3} sails."}
        for n in range(20)
    ]
    (tmp_path / "paragraphs.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "questions.jsonl").write_text(
        json.dumps({"id": 1, "para": 0, "title": "T_0", "question_en": "How many ships?", "answers_en": ["0"]})
    )
    return tmp_path


def test_articles_are_paragraphs_of_one_title(folder):
    made = articles(folder, 6)
    assert [len(text.splitlines()) for text in made.values()] == [6, 4, 6, 4]
    assert list(made) == ["T 0 0", "T 0 6", "T 1 0", "T 1 6"]


def test_it_says_what_it_measured(folder, capsys):
    main(folder)
    said = capsys.readouterr().out
    assert "20 articles of 9 words" in said
    assert "4 articles of 45 words" in said
    assert said.count("the same text") == 2
