"""Two runs side by side."""

import copy
import json

import pytest

from evals.compare import Flip, compare, state
from evals.metrics import metrics_of
from evals.run_file import FORMAT, RunError, load_run, save_run


def result(id, kind="fact", *, answerable=True, outcome="answered", **scores):
    made = {"id": id, "kind": kind, "question": f"What of {id}?", "history": [], "answerable": answerable, "outcome": outcome}
    return made | {"reference_answers": [], "gold_quotes": [], "group": id, "confidence": 0.5} | scores


def a_run(*results, **more):
    made = {"format": FORMAT, "set": "tiny", "questions_sha256": "q", "articles_sha256": "a", "articles": 1}
    made |= {"selection": {"kinds": [], "split": None, "limit": None}, "reader": "quotes", "settings": {"quotes": 3}}
    made |= {"recipe": {"embedder": "e"}, "versions": {"numpy": "2"}, "commit": "c", "python": "3"}
    made |= {"metrics": metrics_of(list(results)), "results": list(results)}
    return made | {"timings": {"created": "2026-01-01T00:00:00+00:00", "seconds": {}}} | more


BEFORE = [
    *(result(f"r{n}", correct=True, precision=1.0, words=10) for n in range(6)),
    *(result(f"w{n}", correct=False, precision=0.0, words=30) for n in range(6)),
    *(result(f"u{n}", "far", answerable=False, outcome="refused") for n in range(3)),
]


@pytest.fixture
def after():
    changed = copy.deepcopy(BEFORE)
    for n in (6, 7, 8, 9):
        changed[n] |= {"correct": True}
    changed[0] |= {"correct": False, "outcome": "refused", "precision": None}
    changed[12] |= {"outcome": "answered", "words": 5}
    return changed


def test_differences_by_hand(after):
    found = compare(a_run(*BEFORE), a_run(*after))
    by_name = {d.name: d for d in found.differences}
    accuracy = by_name["accuracy"]
    assert (accuracy.a, accuracy.b, accuracy.n) == (6 / 12, 9 / 12, 12)
    assert accuracy.change == pytest.approx(3 / 12)
    assert accuracy.low < 3 / 12 < accuracy.high
    assert (by_name["refusal_recall"].a, by_name["refusal_recall"].b) == (1.0, pytest.approx(2 / 3))
    # Refused before: 3, all rightly; after: r0 wrongly, and 2 rightly. The questions are not the same ones.
    assert (by_name["refusal_precision"].a, by_name["refusal_precision"].b) == (1.0, pytest.approx(2 / 3))
    assert by_name["balanced_accuracy"].change == pytest.approx((2 / 3 + 11 / 12) / 2 - 1)
    assert {d.name for d in found.by_kind} == {"fact.accuracy", "far.refusal_recall"}
    assert found.notes == ()
    assert found.questions == 15


def test_flips(after):
    assert compare(a_run(*BEFORE), a_run(*after)).flips == (
        Flip("r0", "fact", "What of r0?", "right", "refused"),
        *(Flip(f"w{n}", "fact", f"What of w{n}?", "wrong", "right") for n in range(4)),
        Flip("u0", "far", "What of u0?", "refused", "answered"),
    )


def test_a_run_compared_with_itself_changes_nothing():
    found = compare(a_run(*BEFORE), a_run(*BEFORE))
    assert not found.flips
    assert all((d.change, d.low, d.high) == (0, 0, 0) and not d.sure for d in found.differences)


def test_the_same_shift_everywhere_is_surer_than_one_run_alone():
    """Paired: questions that differ among each other, and not between the runs, widen no interval."""
    some = [result(f"q{n}", correct=n % 2 == 0, words=10 * n) for n in range(40)]
    more = [r | {"words": r["words"] + 1} for r in some]
    words = next(d for d in compare(a_run(*some), a_run(*more)).differences if d.name == "words")
    assert (words.change, words.low, words.high) == tuple(pytest.approx(1.0) for _ in range(3))
    assert words.sure


def test_only_questions_in_both_count(after):
    found = compare(a_run(*BEFORE), a_run(*after[6:], result("new", correct=True)))
    assert found.questions == 9
    assert next(d for d in found.differences if d.name == "accuracy").n == 6
    assert "Left out: 6 questions that only A has, 1 that only B has." in found.notes


def test_runs_without_a_common_question_have_no_differences():
    found = compare(a_run(*BEFORE), a_run(result("new", correct=True)))
    assert (found.questions, found.differences, found.flips) == (0, (), ())


def test_a_failure_is_left_out_of_the_figures_and_told(after):
    after[1] = {k: v for k, v in after[1].items() if k != "correct"} | {"outcome": "unscored", "error": "x"}
    found = compare(a_run(*BEFORE), a_run(*after))
    assert next(d for d in found.differences if d.name == "accuracy").n == 11
    assert Flip("r1", "fact", "What of r1?", "right", "unscored") in found.flips
    assert any("1 questions that could not be scored" in note for note in found.notes)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"set": "other"}, "The sets differ: tiny and other."),
        ({"questions_sha256": "x"}, "The sets differ: the question files are not the same."),
        ({"articles_sha256": "x"}, "The articles differ."),
        ({"selection": {"kinds": [], "split": "dev", "limit": None}}, "The selections differ: split (None, dev)."),
        ({"recipe": {"embedder": "f"}}, "The recipes differ: embedder (e, f)."),
        ({"settings": {"quotes": 5}}, "The settings differ: quotes (3, 5)."),
        ({"versions": {"numpy": "3"}}, "The versions differ: numpy (2, 3)."),
        ({"reader": "model"}, "The readers differ: quotes and model."),
    ],
)
def test_what_makes_runs_hard_to_compare_is_said(more, said):
    assert compare(a_run(*BEFORE), a_run(*BEFORE, **more)).notes == (said,)


def test_a_question_that_was_changed_is_said(after):
    after[0] |= {"question": "Another one?"}
    assert "Of the questions in both, 1 were asked or judged otherwise: r0." in compare(a_run(*BEFORE), a_run(*after)).notes


def test_states():
    assert state(result("a", correct=True)) == "right"
    assert state(result("a", correct=False)) == "wrong"
    assert state(result("a", correct=False, outcome="refused")) == "refused"
    assert state(result("a")) == "answered"  # a set without reference answers
    assert state(result("a", answerable=False)) == "answered"


def no_run(path):
    with pytest.raises(RunError) as raised:
        load_run(path)
    assert "\n" not in str(raised.value)
    assert str(raised.value).endswith("Run: footnote eval run")
    return str(raised.value)


def test_a_run_of_another_format_is_named(tmp_path):
    save_run(a_run(format=FORMAT + 1), tmp_path)
    assert f"is a run of format {FORMAT + 1}, and this program reads {FORMAT}" in no_run(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "7", "{}", '{"format": 1}', "[" * 100_000, "\xff"])
def test_what_is_no_run_is_named(tmp_path, content):
    (tmp_path / "run.json").write_bytes(content.encode("latin-1"))
    assert f"{tmp_path}/run.json is no run" in no_run(tmp_path)
    assert "is no run" in no_run(tmp_path / "run.json")


def test_a_result_that_cannot_be_read_is_named(tmp_path):
    for results in ([7], [{}], 7):
        (tmp_path / "run.json").write_text(json.dumps(a_run() | {"results": results}))
        assert "is no run" in no_run(tmp_path)


def test_a_run_that_is_not_there(tmp_path):
    assert "There is no run to read" in no_run(tmp_path)
    assert "There is no run to read" in no_run(tmp_path / "nowhere")
