"""The measure of how long indexing takes: what it embeds, and what it says."""

import json
import re

import pytest

from evals import rate
from evals.rate import main, processor_seconds, real_articles, sentences_of
from index.passages import split_passages
from index.store import body_sentences


@pytest.fixture
def folder(tmp_path):
    rows = [
        {"para": n, "title": f"T_{n // 12}", "context_en": f"Paragraph {n} tells of {n * 7} ships. It has {n * 3} sails."}
        for n in range(24)
    ]
    (tmp_path / "paragraphs.jsonl").write_text("\n".join(map(json.dumps, rows)))
    question = {"id": 1, "para": 0, "title": "T_0", "question_en": "How many ships?", "answers_en": ["0"]}
    (tmp_path / "questions.jsonl").write_text(json.dumps(question))
    return tmp_path


def test_articles_are_six_paragraphs_of_a_title_and_all_their_sentences_count(folder):
    found = real_articles(folder, 3)
    assert [(a.id, a.title, len(a.stretches)) for a in found] == [("T-0-0", "T 0", 6), ("T-0-6", "T 0", 6), ("T-1-0", "T 1", 6)]
    assert len(real_articles(folder, 100)) == 4
    expected = [p.quote(s) for a in found for p in split_passages(a, 150) for s in body_sentences(p)]
    assert sentences_of(found, 150) == expected
    assert len(expected) == 36


def test_the_processors_time_runs():
    before = processor_seconds()
    assert sum(range(2_000_000)) > 0
    assert processor_seconds() > before


def test_it_says_what_it_measured_and_reckons_the_rest_from_it(folder, capsys, monkeypatch):
    monkeypatch.setattr(rate, "SENTENCES", 20)
    monkeypatch.setattr(rate, "RECKONED", (36_000,))
    main(folder)
    said = capsys.readouterr().out
    assert re.search(r"^20 sentences: [\d.]+ a second", said)
    articles, sentences, seconds = map(int, re.search(r"(\d+) articles, (\d+) sentences: (\d+) s", said).groups())
    assert (articles, sentences) == (4, 48)
    hours = float(re.search(r"36,000 articles, reckoned: ([\d.]+) h", said)[1])
    assert hours == pytest.approx(36_000 * seconds / 4 / 3600, abs=36_000 * 0.5 / 4 / 3600 + 0.1)
