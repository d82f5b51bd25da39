"""Running a set: what a result holds, and what becomes of a failure."""

import json

import pytest

from assistant import Assistant, Settings
from assistant.answer import Answer
from evals.outside import article_of
from evals.questions import EvalQuestion, GoldQuote, QuestionSetError
from evals.run_file import load_run, save_run
from evals.runner import Selection, open_set, run
from evals.sets import EvalSet, seeds
from index.build import publish_corpus
from index.corpus import Corpus

BRIDGE = article_of("bridge", "The bridge", ["The bridge was opened in 1932.", "Its towers are painted red every spring."])
TUNNEL = article_of("tunnel", "The tunnel", ["The tunnel was dug by miners from Wales."])


def question(id, text, *, gold=None, expected="", **more):
    quotes = (GoldQuote(*gold),) if gold else ()
    return EvalQuestion(
        id, "fact" if gold else "far", text, (), bool(gold), ((expected,),) if expected else (), quotes, id, **more
    )


OPENED = question("opened", "When was the bridge opened?", gold=("bridge", "The bridge was opened in 1932."), expected="1932")
DUG = question("dug", "The tunnel was dug by whom?", gold=("tunnel", TUNNEL.text), expected="Wales")
FAR = question("far", "zxqv")


@pytest.fixture(scope="module")
def opened(tmp_path_factory, word_embedding):
    settings = Settings.from_environment(home=tmp_path_factory.mktemp("home"))
    publish_corpus(settings, Corpus((BRIDGE, TUNNEL), ()), embedder=word_embedding)
    with Assistant.open(settings, embedder=word_embedding) as assistant:
        yield assistant


def the_set(*questions, **more):
    return EvalSet("tiny", (BRIDGE, TUNNEL), questions, **more)


@pytest.fixture
def sure(monkeypatch):
    monkeypatch.setattr("assistant.engine.confidence", lambda *given, **more: 0.9)


def test_a_result_holds_what_was_asked_and_what_came(opened, sure):
    (result,) = run(opened, the_set(OPENED), Selection())["results"]
    assert result["question"] == "When was the bridge opened?"
    assert (result["outcome"], result["reader"], result["complete"]) == ("answered", "quotes", True)
    assert result["quotes"][0]["quote"] == "The bridge was opened in 1932."
    assert result["quotes"][0]["start"] == 0
    assert (result["correct"], result["why"], result["fidelity"]) == (True, "", 1.0)
    assert (result["hit_1"], result["recall_5"], result["mrr"], result["in_1"]) == (1.0, 1.0, 1.0, True)
    assert (result["confidence"], result["split"]) == (0.9, OPENED.split)


def test_a_refusal_has_no_quotes_and_is_not_correct(opened, monkeypatch):
    monkeypatch.setattr("assistant.engine.confidence", lambda *given, **more: 0.0)
    made = run(opened, the_set(OPENED, FAR), Selection())
    first, second = made["results"]
    assert (first["outcome"], first["correct"], first["why"], first["words"]) == ("refused", False, "refused", 0)
    assert first["fidelity"] is None
    assert first["hit_1"] == 1.0
    assert second["outcome"] == "refused"
    assert "correct" not in second
    assert made["metrics"]["all"]["refusal_recall"]["value"] == 1


def test_a_failure_is_unscored_and_the_run_goes_on(opened, sure, monkeypatch):
    asked = opened.query_engine.query

    def query(bundle):
        if bundle.query_str == DUG.question:
            raise RuntimeError("the model is down")
        return asked(bundle)

    monkeypatch.setattr(opened, "query_engine", type("Engine", (), {"query": staticmethod(query)})())
    made = run(opened, the_set(OPENED, DUG), Selection())
    first, second = made["results"]
    assert first["correct"]
    assert (second["outcome"], second["error"]) == ("unscored", "RuntimeError: the model is down")
    assert "correct" not in second
    assert made["metrics"]["unscored"] == 1
    assert made["metrics"]["all"]["accuracy"] == {"value": 1.0, "low": None, "high": None, "n": 1}
    assert list(made["timings"]["seconds"]) == ["opened"]


def test_a_quote_that_is_not_the_articles_is_found_out(opened, sure, monkeypatch):
    """Fidelity is recomputed from the set's article: what the reply says of itself is not believed."""
    real = Answer.citations.fget

    def forged(self):
        cited = real(self)
        for citation in cited:
            object.__setattr__(citation, "quote", citation.quote.replace("1932", "1933"))
        return cited

    monkeypatch.setattr(Answer, "citations", property(forged))
    (result,) = run(opened, the_set(OPENED), Selection())["results"]
    assert result["fidelity"] == 0.0
    assert (result["correct"], result["why"]) == (False, "missing: 1932")


def test_any_place_of_a_gold_quote_will_do(tmp_path, word_embedding, sure):
    twice = article_of(
        "twice", "Twice", ["Nothing here at all.", "It is red."] + ["Filler words go on and on."] * 3 + ["It is red."]
    )
    settings = Settings.from_environment(home=tmp_path)
    publish_corpus(settings, Corpus((twice,), ()), embedder=word_embedding)
    asked = question("q", "It is red", gold=("twice", "It is red."), expected="red")
    with Assistant.open(settings, embedder=word_embedding) as assistant:
        (result,) = run(assistant, EvalSet("twice", (twice,), (asked,)), Selection())["results"]
    assert result["correct"]
    assert result["precision"] == 1.0


def test_a_question_may_be_limited_to_articles(opened, sure):
    limited = question("limited", OPENED.question, gold=("tunnel", TUNNEL.text), expected="Wales", article_ids=("tunnel",))
    (result,) = run(opened, the_set(limited), Selection())["results"]
    assert {q["article_id"] for q in result["quotes"]} == {"tunnel"}


def test_selections():
    kinds = Selection(kinds=("far",)).of([OPENED, DUG, FAR])
    assert [q.id for q in kinds] == ["far"]
    assert Selection(limit=2).of([OPENED, DUG, FAR]) == [OPENED, DUG]
    by_split = {split: Selection(split=split).of([OPENED, DUG, FAR]) for split in {q.split for q in (OPENED, DUG, FAR)}}
    assert sum(map(len, by_split.values())) == 3
    with pytest.raises(QuestionSetError, match="no question"):
        Selection(kinds=("list",)).of([OPENED])


def test_progress_counts_to_the_end(opened):
    seen = []
    run(opened, the_set(OPENED, FAR), Selection(), lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_a_run_is_read_as_it_was_written(opened, tmp_path):
    made = run(opened, the_set(OPENED, FAR), Selection())
    save_run(made, tmp_path)
    assert load_run(tmp_path) == load_run(tmp_path / "run.json") == json.loads(json.dumps(made))
    assert [p.name for p in tmp_path.iterdir()] == ["run.json"]
    assert {"format", "set", "selection", "settings", "recipe", "commit", "versions", "python", "reader"} <= made.keys()
    assert str(opened.settings.home) not in json.dumps(made)


def test_two_runs_of_the_seeds_differ_in_nothing_but_timings(tmp_path, seeds_home):
    settings = Settings.from_environment(home=tmp_path)
    index = tmp_path / "eval" / "seeds"
    index.parent.mkdir()
    index.symlink_to(seeds_home)
    chosen, said = seeds(settings), []
    made = []
    for _ in range(2):
        with open_set(settings, chosen, lambda *progress: said.append(progress)) as assistant:
            made.append(run(assistant, chosen, Selection(limit=20)))
    assert not said  # the index is kept between runs
    for one in made:
        assert len(one.pop("timings")["seconds"]) == 20
    assert json.dumps(made[0]) == json.dumps(made[1])
    assert made[0]["metrics"]["unscored"] == 0
    assert made[0]["metrics"]["all"]["quote_fidelity"]["value"] == 1.0
