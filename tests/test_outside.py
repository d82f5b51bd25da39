"""Sets from elsewhere, on tiny files in their formats."""

import json
from collections import Counter

import pytest

from evals.outside import SETS, article_of, load_set
from evals.questions import QuestionSetError


def write_json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def write_jsonl(path, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def squad(*qas):
    return {
        "version": "v2.0",
        "data": [{"title": "The_Bridge", "paragraphs": [{"context": "Opened in 1932. Long.", "qas": qas}]}],
    }


OPENED = {"id": "q1", "question": "When?", "is_impossible": False, "answers": [{"text": "1932", "answer_start": 10}] * 3}
IMPOSSIBLE = {"id": "q2", "question": "Who?", "is_impossible": True, "answers": [], "plausible_answers": [{"text": "1932"}]}


@pytest.fixture
def data(tmp_path):
    write_jsonl(
        tmp_path / "squad2_trilingual" / "paragraphs.jsonl",
        {"para": 0, "title": "The_Bridge", "context_en": "Opened in\u2028 1932.", "context_pt": "Aberta em 1932."},
    )
    write_jsonl(
        tmp_path / "squad2_trilingual" / "questions.jsonl",
        {
            "id": "a",
            "title": "The_Bridge",
            "para": 0,
            "question_en": "When?",
            "question_es": "¿Cuándo?",
            "answers_en": ["1932"],
        },
        {"id": "b", "title": "The_Bridge", "para": 0, "question_en": "Who?", "question_es": None, "answers_en": []},
    )
    write_json(
        tmp_path / "selqa_dev" / "selqa-ass-dev.json",
        [{"question": "When?", "article": "Bridge", "candidates": ["It is  long .", "Opened in 1932 ."], "answers": [1]}],
    )
    turns = [("user", "Is it long?"), ("agent", "It is."), ("user", "And when was it opened?")]
    passage = {"document_id": "p1", "text": "It is long.\nOpened in 1932."}
    rows = [
        ("t1", turns, [passage], "ANSWERABLE"),
        ("t2", turns[:1], [passage], "PARTIAL"),
        ("t3", turns[:1], [], "UNANSWERABLE"),
    ]
    rows.append(("t4", turns[:1], [{"document_id": "p2", "text": "Other."}], "UNDERSPECIFIED"))
    write_jsonl(
        tmp_path / "mtrag_un" / "reference.jsonl",
        *(
            {
                "task_id": id,
                "conversation_id": "c" + id,
                "input": [{"speaker": s, "text": t} for s, t in said],
                "contexts": contexts,
                "answerability": [label],
            }
            for id, said, contexts, label in rows
        ),
    )
    return tmp_path


def test_an_article_of_paragraphs_is_body_at_its_offsets():
    article = article_of("a", "T", ["One  two.", "", "Three."])
    assert article.text == "One two.\n\nThree."
    assert [article.text[s.start : s.end] for s in article.stretches] == ["One two.", "Three."]
    assert {s.kind for s in article.stretches} == {"body"}
    assert article.sha256 != article_of("a", "Another title", ["One  two.", "", "Three."]).sha256


def test_squad(tmp_path):
    chosen = load_set("squad", write_json(tmp_path / "dev.json", squad(OPENED, IMPOSSIBLE)))
    assert chosen.name == "squad-dev"
    assert chosen.whole_articles
    (article,) = chosen.articles
    assert (article.id, article.title, article.text) == ("The_Bridge-0", "The Bridge", "Opened in 1932. Long.")
    one, two = chosen.questions
    assert (one.kind, one.answerable, one.reference_answers, one.group) == ("fact", True, (("1932",),), "The_Bridge")
    assert one.gold_quotes[0].quote == article.text
    assert (two.kind, two.answerable, two.gold_quotes) == ("near_miss", False, ())


def test_squad_in_three_languages(data):
    english, spanish = load_set("squad2-en", data), load_set("squad2-es", data)
    assert [(q.id, q.question, q.answerable) for q in english.questions] == [("a", "When?", True), ("b", "Who?", False)]
    assert [(q.id, q.question) for q in spanish.questions] == [("a", "¿Cuándo?")]
    assert spanish.articles == english.articles
    assert english.articles[0].text == "Opened in 1932."
    assert english.articles[0].id == "0"
    with pytest.raises(QuestionSetError, match="squad2-pt holds no question"):
        load_set("squad2-pt", data)


def test_selqa_limits_a_question_to_its_candidates(data):
    chosen = load_set("selqa", data)
    (question,) = chosen.questions
    assert question.article_ids == (chosen.articles[0].id,) == ("selqa-0",)
    assert [g.quote for g in question.gold_quotes] == ["Opened in 1932 ."]
    assert question.group == "Bridge"
    assert not chosen.whole_articles


def test_mtrag_asks_the_last_turn(data):
    chosen = load_set("mtrag", data)
    assert [(q.id, q.kind, q.answerable) for q in chosen.questions] == [
        ("t1", "follow_up", True),
        ("t2", "fact", True),
        ("t3", "near_miss", False),
        ("t4", "near_miss", False),
    ]
    first = chosen.questions[0]
    assert first.question == "And when was it opened?"
    assert first.history == (("user", "Is it long?"), ("assistant", "It is."))
    assert first.gold_quotes[0].quote == "It is long.\nOpened in 1932."
    assert [a.id for a in chosen.articles] == ["p1", "p2"]


def test_far_asks_strange_questions_of_squad(data):
    chosen = load_set("far", data)
    assert Counter(q.kind for q in chosen.questions) == {"fact": 1, "far": 4}
    assert not any(q.answerable for q in chosen.questions if q.kind == "far")
    assert [a.id for a in chosen.articles] == ["0"]


def test_every_set_is_missed_in_one_line(tmp_path):
    for name in SETS:
        with pytest.raises(QuestionSetError, match=f"The set {name} can't be read: .*No such file") as raised:
            load_set(name, tmp_path / "nowhere")
        assert "\n" not in str(raised.value)


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"data": 7}', '{"data": [{}]}', '{"data": [[]]}', "[" * 100_000])
def test_a_file_that_is_not_the_set(tmp_path, content):
    (tmp_path / "dev.json").write_text(content)
    with pytest.raises(QuestionSetError, match=r"dev\.json isn't the set squad"):
        load_set("squad", tmp_path / "dev.json")


def test_an_id_that_stands_twice(tmp_path):
    with pytest.raises(QuestionSetError, match="Two questions have the id 'q1'"):
        load_set("squad", write_json(tmp_path / "dev.json", squad(OPENED, OPENED)))


def test_a_set_that_nobody_knows(tmp_path):
    with pytest.raises(QuestionSetError, match="known are seeds, squad"):
        load_set("riddles", tmp_path)
