"""Question files: what is read, and every way in which one can be wrong. The one over the seeds is whole."""

import hashlib
import json
from collections import Counter

import pytest

from evals.questions import ANSWERABLE, KINDS, SEEDS_QUESTIONS, QuestionSetError, check_gold, load_questions
from evals.scorers import MAX_WORDS, unmet_groups, words_quoted
from evals.sets import own, seeds
from index.corpus import read_corpus
from index.settings import SEEDS, IndexSettings

GOOD = {
    "id": "one",
    "kind": "fact",
    "question": "When was the bridge opened?",
    "answerable": True,
    "reference_answers": [["1932"]],
    "gold_quotes": [{"article_id": "bridge", "quote": "The bridge was opened in 1932."}],
}
NONE = {"id": "two", "kind": "far", "question": "Who won?", "answerable": False}


def write(path, *lines):
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines), encoding="utf-8")
    return path


def failure(path):
    with pytest.raises(QuestionSetError) as raised:
        load_questions(path)
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.fixture(scope="module")
def questions():
    return load_questions(SEEDS_QUESTIONS)


@pytest.fixture(scope="module")
def articles():
    return {a.id: a for a in read_corpus([SEEDS], max_chars=1_000_000).articles}


def test_every_gold_quote_of_the_seeds_stands_in_its_article(questions, articles):
    check_gold(questions, articles)
    for question in questions:
        for gold in question.gold_quotes:
            assert articles[gold.article_id].text.count(gold.quote) == 1, question.id


def test_gold_quotes_of_the_seeds_meet_their_reference_answers_in_so_few_words(questions):
    """A correct answer is possible: for every group the shortest quote that meets it, 150 words in all at the most."""
    for question in questions:
        quotes = [gold.quote for gold in question.gold_quotes]
        assert not unmet_groups(quotes, question.reference_answers), question.id
        shortest = {
            min((q for q in quotes if not unmet_groups([q], [group])), key=lambda q: len(q.split()))
            for group in question.reference_answers
        }
        assert words_quoted(sorted(shortest)) <= MAX_WORDS, question.id


def test_kinds_of_the_seeds_are_counted(questions):
    least = {"fact": 50, "paraphrase": 25, "list": 15, "both_articles": 10, "spanish": 12, "portuguese": 12, "follow_up": 15}
    least |= {"near_miss": 20, "false_premise": 8, "far": 8, "instruction": 6}
    found = Counter(q.kind for q in questions)
    assert set(found) == set(least) == set(KINDS)
    assert all(found[kind] >= n for kind, n in least.items()), found
    assert len(questions) >= 180
    assert len({q.id for q in questions}) == len(questions)
    assert len({(q.question, q.history) for q in questions}) == len(questions)


def test_kinds_of_the_seeds_are_what_they_say(questions):
    for question in questions:
        assert question.answerable == (question.kind in ANSWERABLE), question.id
        assert bool(question.history) == (question.kind == "follow_up"), question.id
        if question.kind == "both_articles":
            assert len({g.article_id for g in question.gold_quotes}) == 2, question.id


def test_a_split_is_by_the_hash_of_the_group(questions):
    assert {q.split for q in questions} == {"dev", "test"}
    for question in questions:
        digest = int(hashlib.sha1((question.group or question.id).encode()).hexdigest()[:8], 16)
        assert question.split == ("dev" if digest % 10 < 4 else "test")


def test_fields_that_a_line_may_leave_out(tmp_path):
    one, two = load_questions(write(tmp_path / "q.jsonl", GOOD, "", NONE | {"group": "g"}))
    assert (one.group, one.history, one.gold_quotes[0].article_id) == ("one", (), "bridge")
    assert (two.group, two.reference_answers) == ("g", ())


def test_a_byte_order_mark_and_line_separators_within_a_text_are_read(tmp_path):
    line = json.dumps(GOOD | {"question": "When\u2028was it?"}, ensure_ascii=False)
    (tmp_path / "q.jsonl").write_text("\ufeff" + line + "\r\n", encoding="utf-8")
    assert load_questions(tmp_path / "q.jsonl")[0].question == "When\u2028was it?"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "no question"),
        ("[" * 100_000, "no question"),
        ("[]", "no question"),
        ("7", "no question"),
        (GOOD | {"kind": "riddle"}, "the kind 'riddle' is unknown"),
        ({k: v for k, v in GOOD.items() if k != "question"}, "'question' is missing"),
        (GOOD | {"id": ""}, "'id' must be text"),
        (GOOD | {"question": 7}, "'question' must be text"),
        (GOOD | {"answerable": "yes"}, "true or false"),
        (GOOD | {"answerable": False}, "not answerable"),
        (GOOD | {"kind": "far"}, "that is answerable"),
        (GOOD | {"gold_quotes": []}, "needs gold_quotes"),
        (GOOD | {"gold_quotes": [{"article_id": "bridge", "quote": " "}]}, "'quote' must be text"),
        (GOOD | {"gold_quotes": [{"article_id": "bridge"}]}, "'quote' is missing"),
        (GOOD | {"gold_quotes": ["The bridge"]}, "no question"),
        (GOOD | {"reference_answers": ["1932"]}, "a list of groups"),
        (GOOD | {"reference_answers": [[]]}, "a list of groups"),
        (GOOD | {"reference_answers": [[1932]]}, "must be text"),
        (GOOD | {"history": [["system", "x"]]}, "'history'"),
        (GOOD | {"history": "before"}, "'history' must be a list"),
        (GOOD | {"answers": [["1932"]]}, "'answers' is no field"),
        (NONE | {"reference_answers": [["1932"]]}, "neither"),
        ('{"id": "\\ud800"}', "no question"),
    ],
)
def test_a_line_that_is_wrong_is_named_by_file_and_line(tmp_path, line, said):
    path = write(tmp_path / "q.jsonl", NONE, line)
    message = failure(path)
    assert message.startswith(f"{path}:2: ")
    assert said in message


def test_an_id_that_stands_twice_is_named_by_file_and_line(tmp_path):
    path = write(tmp_path / "q.jsonl", GOOD, NONE, GOOD)
    assert failure(path) == f"{path}:3: the id 'one' stands in the file already."


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe"])
def test_a_file_without_a_question(tmp_path, content):
    (tmp_path / "q.jsonl").write_bytes(content)
    assert str(tmp_path / "q.jsonl") in failure(tmp_path / "q.jsonl")


def test_a_file_that_is_not_there(tmp_path):
    assert "No such file" in failure(tmp_path / "q.jsonl")
    assert "directory" in failure(tmp_path)


def test_gold_is_checked_against_the_corpus_given(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge.txt").write_text("The bridge\n\nThe bridge was opened in 1932. It is long.")
    settings = IndexSettings(home=tmp_path / "home")
    chosen = own(tmp_path / "articles", write(tmp_path / "q.jsonl", GOOD, NONE), settings)
    assert (chosen.name, len(chosen.articles), len(chosen.questions)) == ("own-articles-q", 1, 2)
    for spoiled, said in (
        (GOOD | {"gold_quotes": [{"article_id": "bridge", "quote": "opened in 1933"}]}, "isn't in bridge"),
        (GOOD | {"gold_quotes": [{"article_id": "tunnel", "quote": "opened"}]}, "'tunnel' that isn't in the corpus"),
        (NONE | {"article_ids": ["tunnel"]}, "'tunnel' that isn't in the corpus"),
    ):
        with pytest.raises(QuestionSetError, match=said):
            own(tmp_path / "articles", write(tmp_path / "q.jsonl", spoiled), settings)


def test_questions_on_the_seeds_do_not_pass_on_other_articles(tmp_path):
    (tmp_path / "other.txt").write_text("Another text.")
    with pytest.raises(QuestionSetError, match="isn't in the corpus"):
        own(tmp_path, SEEDS_QUESTIONS, IndexSettings(home=tmp_path / "home"))


def test_the_set_that_comes_with_footnote(tmp_path):
    chosen = seeds(IndexSettings(home=tmp_path))
    assert (chosen.name, len(chosen.articles), chosen.whole_articles) == ("seeds", 2, False)
