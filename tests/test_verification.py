"""The measure of the check: false claims made of true ones, and what is counted."""

import pytest
from conftest import REPOSITORY

from assistant.verify import Evidence, Reason
from evals.corruptions import CORRUPTIONS, Case, names_of
from evals.verification import corrupted, honest_claims, measure, table, tally, verbatim_sentences

MUST_BE_CAUGHT = [
    "a number changed",
    "its magnitude changed",
    "its unit changed",
    "a date changed",
    "a name changed for another of the corpus",
    "a name changed for an invented one",
    "a quotation altered",
    "own words in quotation marks",
    "two sentences stitched in one quotation",
]


@pytest.fixture(scope="module")
def measured():
    return measure(None)


@pytest.mark.parametrize("kind", MUST_BE_CAUGHT)
def test_every_changed_number_date_name_and_quotation_is_caught(measured, kind):
    counts = next(t for t in measured[1] if t.kind == kind)
    assert counts.claims >= 20
    assert [case.claim for case in counts.passed] == []


def test_negations_and_hedges_are_mostly_caught(measured):
    shares = {t.kind: t.caught / t.claims for t in measured[1]}
    assert shares["a negation added"] > 0.97
    assert shares["a negation removed"] > 0.9
    assert shares["a hedge dropped"] > 0.85
    assert shares["a certainty added"] > 0.97
    assert shares["the wrong sentence cited"] > 0.97
    assert shares["roles swapped: two names change places"] > 0.75  # what code can't tell is measured, not promised
    assert shares["two claims stitched: one's subject, the other's statement"] > 0.45


def test_true_claims_pass(measured):
    by_hand, last, verbatim = measured[0]
    assert len(by_hand.passed) / by_hand.claims >= 0.95
    assert len(last.passed) / last.claims >= 0.85
    assert len(verbatim.passed) == verbatim.claims > 100


def test_the_table_has_a_row_for_every_kind(measured):
    printed = table(*measured)
    assert all(f"| {kind} |" in printed for kind in CORRUPTIONS)


def test_the_same_seed_makes_the_same_claims():
    cases = honest_claims("test")
    assert corrupted(cases) == corrupted(cases)
    assert corrupted(cases) != corrupted(cases, seed=2)


def test_a_tally_counts_reasons_and_keeps_what_passed():
    evidence = Evidence(("There are 5 men.",), (), "")
    counts = tally("kind", [Case("There are 5 men.", evidence), Case("There are 6 men.", evidence)], None)
    assert (counts.claims, counts.caught, counts.reasons[Reason.NUMBER]) == (2, 1, 1)
    assert [case.claim for case in counts.passed] == ["There are 5 men."]


def test_the_claims_by_hand_rest_on_sentences_of_the_seeds():
    texts = " ".join(path.read_text(encoding="utf-8").replace("\u00a0", " ") for path in (REPOSITORY / "seeds").glob("*.txt"))
    cases = honest_claims()
    assert len(cases) >= 200
    assert all(quote in texts for case in cases for quote in case.evidence.quotes)
    verbatim = {case.claim for case in verbatim_sentences([REPOSITORY / "seeds"])}
    assert not verbatim & {case.claim for case in cases}


def test_names_are_capitalised_runs_within_sentences():
    texts = ["They say Felipe Peréz met the Zetas in Mexico City.", "The cartel grew. Cartel men came.", "A Cartel is it."]
    assert names_of(texts) == ("Felipe Peréz", "Zetas", "Mexico City")
