"""BM25 over passages: scores from 0 to 1, Lucene's idf, the same after saving, and no text that breaks it."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import Lexical, coverage, fold, terms

TEXTS = [
    "The whale swam past the whale.",
    "A whale and a shark met.",
    "Sharks hunt tuna at night.",
    "Nothing of note happened.",
]


def scores(lexical: Lexical, question: str) -> list[float]:
    return [float(x) for x in lexical.scores(lexical.weights(question))]


@pytest.fixture(scope="module")
def lexical() -> Lexical:
    return Lexical.build(TEXTS)


def test_idf_is_what_the_formula_gives_by_hand(lexical: Lexical) -> None:
    assert lexical.idf("whale") == pytest.approx(math.log(1 + (104 - 2 + 0.5) / (2 + 0.5)))  # in 2 of 4, and 100 more: ln 42
    assert lexical.idf("night") == pytest.approx(math.log(1 + (104 - 1 + 0.5) / (1 + 0.5)))  # in 1: ln 70
    assert lexical.idf("zebra") == pytest.approx(math.log(1 + 104.5 / 0.5))  # in none: ln 210


def test_a_passage_with_the_words_comes_first_and_one_without_scores_nothing(lexical: Lexical) -> None:
    found = scores(lexical, "Which shark met a whale?")
    assert int(np.argmax(found)) == 1
    assert found[3] == 0
    assert scores(lexical, "zebra giraffe") == [0, 0, 0, 0]


def test_a_rarer_word_weighs_more(lexical: Lexical) -> None:
    assert lexical.idf("zebra") > lexical.idf("night") > lexical.idf("whale") > 0


def test_words_that_no_passage_holds_lower_the_score(lexical: Lexical) -> None:
    assert max(scores(lexical, "whale")) > max(scores(lexical, "whale zebra giraffe antelope")) > 0


def test_a_question_without_words_scores_nothing(lexical: Lexical) -> None:
    for question in ("", "?!", "😀", "the of and"):
        assert scores(lexical, question) == [0, 0, 0, 0]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5).filter(lambda t: any(terms(x) for x in t)), st.text(max_size=60))
def test_scores_lie_between_0_and_1_for_any_texts(texts: list[str], question: str) -> None:
    lexical = Lexical.build(texts)
    for asked in (question, *texts):
        found = lexical.scores(lexical.weights(asked))
        assert found.shape == (len(texts),)
        assert np.isfinite(found).all()
        assert found.min() >= 0
        assert found.max() <= 1.00001


@pytest.mark.parametrize("texts", [["!!!"], ["!!!", ""], ["😀", "…"], ["the of and"]])
def test_texts_without_a_single_word_can_be_indexed(tmp_path: Path, texts: list[str]) -> None:
    Lexical.build(texts).save(tmp_path / "lexical")
    lexical = Lexical.load(tmp_path / "lexical")
    assert lexical.passages == len(texts)
    assert scores(lexical, "whale") == [0] * len(texts)


def test_one_text_without_words_among_others_is_counted(lexical: Lexical) -> None:
    mixed = Lexical.build(["!!!", *TEXTS, ""])
    assert mixed.passages == len(TEXTS) + 2
    assert scores(mixed, "tuna")[0] == scores(mixed, "tuna")[-1] == 0 < scores(mixed, "tuna")[3]


def test_what_was_saved_scores_the_same_when_loaded(lexical: Lexical, tmp_path: Path) -> None:
    lexical.save(tmp_path / "lexical")
    loaded = Lexical.load(tmp_path / "lexical")
    assert loaded.passages == lexical.passages
    for question in ("whale", "Which shark met a whale?", "zebra", ""):
        assert scores(loaded, question) == scores(lexical, question)
        assert loaded.weights(question) == lexical.weights(question)


@pytest.mark.parametrize(("one", "other"), [("Ántrax", "antrax"), ("CÁRTEL", "cartel"), ("Ação", "acao"), ("ﬁsh", "fish")])
def test_accents_and_case_are_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    lexical = Lexical.build([f"It was {one} indeed.", "Something else here."])
    assert scores(lexical, other)[0] > 0 == scores(lexical, other)[1]


def test_accents_written_as_marks_of_their_own_split_no_word() -> None:
    lexical = Lexical.build(["Philip de Andre\u0301s said so.", "Something else here."])  # as macOS and many PDFs write it
    assert scores(lexical, "andrés")[0] == pytest.approx(scores(lexical, "Andre\u0301s")[0])
    assert scores(lexical, "andrés")[0] > 0.2


def test_words_that_lost_the_space_between_them_are_found_by_each() -> None:
    lexical = Lexical.build(["On the Silk RoadAlphaBay traders met.", "Nothing of that here."])
    for question in ("road", "alpha", "RoadAlphaBay"):
        assert scores(lexical, question)[0] > 0


def test_coverage_is_the_share_of_the_weight_that_is_held() -> None:
    weights = {"whale": 0.75, "shark": 0.25}
    held: list[set[str]] = [{"whale"}, {"shark"}, {"whale", "shark", "tuna"}, set()]
    assert coverage(weights, held).tolist() == [0.75, 0.25, 1, 0]
    assert coverage({}, held).tolist() == [0, 0, 0, 0]
