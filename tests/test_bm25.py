"""BM25 over passages: scores from 0 to 1, Lucene's idf, the same after saving, and no text that breaks it."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bm25 import BM25
from index.lexical import fold, terms

TEXTS = [
    "The whale swam past the whale.",
    "A whale and a shark met.",
    "Sharks hunt tuna at night.",
    "Nothing of note happened.",
]


def scores(bm25: BM25, question: str) -> list[float]:
    return [float(x) for x in bm25.scores(bm25.weights(question))]


@pytest.fixture(scope="module")
def bm25() -> BM25:
    return BM25.build(TEXTS)


def test_idf_is_what_the_formula_gives_by_hand(bm25: BM25) -> None:
    assert bm25.idf("whale") == pytest.approx(math.log(1 + (104 - 2 + 0.5) / (2 + 0.5)))  # in 2 of 4, and 100 more: ln 42
    assert bm25.idf("night") == pytest.approx(math.log(1 + (104 - 1 + 0.5) / (1 + 0.5)))  # in 1: ln 70
    assert bm25.idf("zebra") == pytest.approx(math.log(1 + 104.5 / 0.5))  # in none: ln 210


def test_a_passage_with_the_words_comes_first_and_one_without_scores_nothing(bm25: BM25) -> None:
    found = scores(bm25, "Which shark met a whale?")
    assert int(np.argmax(found)) == 1
    assert found[3] == 0
    assert scores(bm25, "zebra giraffe") == [0, 0, 0, 0]


def test_a_rarer_word_weighs_more(bm25: BM25) -> None:
    assert bm25.idf("zebra") > bm25.idf("night") > bm25.idf("whale") > 0


def test_words_that_no_passage_holds_lower_the_score(bm25: BM25) -> None:
    assert max(scores(bm25, "whale")) > max(scores(bm25, "whale zebra giraffe antelope")) > 0


def test_a_question_without_words_scores_nothing(bm25: BM25) -> None:
    for question in ("", "?!", "😀", "the of and"):
        assert scores(bm25, question) == [0, 0, 0, 0]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5).filter(lambda t: any(terms(x) for x in t)), st.text(max_size=60))
def test_scores_lie_between_0_and_1_for_any_texts(texts: list[str], question: str) -> None:
    bm25 = BM25.build(texts)
    for asked in (question, *texts):
        found = bm25.scores(bm25.weights(asked))
        assert found.shape == (len(texts),)
        assert np.isfinite(found).all()
        assert found.min() >= 0
        assert found.max() <= 1.00001


@pytest.mark.parametrize("texts", [["!!!"], ["!!!", ""], ["😀", "…"], ["the of and"]])
def test_texts_without_a_single_word_can_be_indexed(tmp_path: Path, texts: list[str]) -> None:
    BM25.build(texts).save(tmp_path / "lexical")
    bm25 = BM25.load(tmp_path / "lexical")
    assert bm25.passages == len(texts)
    assert scores(bm25, "whale") == [0] * len(texts)


def test_one_text_without_words_among_others_is_counted(bm25: BM25) -> None:
    mixed = BM25.build(["!!!", *TEXTS, ""])
    assert mixed.passages == len(TEXTS) + 2
    assert scores(mixed, "tuna")[0] == scores(mixed, "tuna")[-1] == 0 < scores(mixed, "tuna")[3]


def test_what_was_saved_scores_the_same_when_loaded(bm25: BM25, tmp_path: Path) -> None:
    bm25.save(tmp_path / "lexical")
    loaded = BM25.load(tmp_path / "lexical")
    assert loaded.passages == bm25.passages
    for question in ("whale", "Which shark met a whale?", "zebra", ""):
        assert scores(loaded, question) == scores(bm25, question)
        assert loaded.weights(question) == bm25.weights(question)


@pytest.mark.parametrize(("one", "other"), [("Ántrax", "antrax"), ("CÁRTEL", "cartel"), ("Ação", "acao"), ("ﬁsh", "fish")])
def test_accents_and_case_are_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    bm25 = BM25.build([f"It was {one} indeed.", "Something else here."])
    assert scores(bm25, other)[0] > 0 == scores(bm25, other)[1]


def test_accents_written_as_marks_of_their_own_split_no_word() -> None:
    bm25 = BM25.build(["Philip de Andre\u0301s said so.", "Something else here."])  # as macOS and many PDFs write it
    assert scores(bm25, "andrés")[0] == pytest.approx(scores(bm25, "Andre\u0301s")[0])
    assert scores(bm25, "andrés")[0] > 0.2


def test_words_that_lost_the_space_between_them_are_found_by_each() -> None:
    bm25 = BM25.build(["On the Silk RoadAlphaBay traders met.", "Nothing of that here."])
    for question in ("road", "alpha", "RoadAlphaBay"):
        assert scores(bm25, question)[0] > 0


PASSAGE = st.one_of(st.sampled_from([*TEXTS, "", "!!!"]), st.lists(st.sampled_from("abcdefgh"), max_size=8).map(" ".join))

AFTER = st.lists(st.tuples(st.integers(-3, 7), PASSAGE), min_size=1, max_size=8, unique_by=lambda pair: pair[0])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PASSAGE, max_size=8),
    st.lists(st.tuples(st.integers(-3, 7), PASSAGE), min_size=1, max_size=8, unique_by=lambda t: t[0]),
)
def test_what_is_revised_is_what_is_built_afresh(before: list[str], after: list[tuple[int, str]]) -> None:
    """Passages that stay (by their row before), at whatever row, among new ones (by a row that there isn't)."""
    texts = [before[row] if 0 <= row < len(before) else text for row, text in after]
    rows = {row: n for n, (row, _) in enumerate(after)}
    new = {n: text for n, (row, text) in enumerate(after) if not 0 <= row < len(before)}
    revised = BM25.build(before).revised([rows.get(row, -1) for row in range(len(before))], new)
    afresh = BM25.build(texts)
    assert revised.passages == afresh.passages == len(after)
    for question in (*TEXTS, "a b c d", "zebra", *before, *texts):
        assert revised.weights(question) == afresh.weights(question)
        assert scores(revised, question) == scores(afresh, question)


def test_a_score_is_what_the_formula_gives_by_hand() -> None:
    bm25 = BM25.build(["tuna tuna shark", "shark"])  # 6 terms and 2, each word being two: 4 at the mean
    (long, short) = scores(bm25, "tuna")
    assert long == pytest.approx(2 / (2 + 1.5 * (0.25 + 0.75 * 6 / 4)))
    assert short == 0


@pytest.mark.parametrize("name", ["starts", "rows", "counts", "lengths"])
def test_parts_that_do_not_fit_each_other_are_refused(bm25: BM25, tmp_path: Path, name: str) -> None:
    bm25.save(tmp_path / "bm25")
    held = np.load(tmp_path / "bm25" / f"{name}.npy")
    np.save(tmp_path / "bm25" / f"{name}.npy", held[:-1] if name != "lengths" else held[:1])
    with pytest.raises(ValueError, match="don't fit"):
        BM25.load(tmp_path / "bm25")
