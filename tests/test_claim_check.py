"""The check as a whole: `verify`."""

import re
import time

import pytest
from conftest import REPOSITORY
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.verify import Evidence, Reason, verify
from assistant.verify.numerals import SMALL
from assistant.verify.vocabulary import COMMON, is_plain
from evals.verification import honest_claims, verbatim_sentences

SENTENCES = verbatim_sentences([REPOSITORY / "seeds"])


def test_nothing_cited_nothing_shown():
    assert verify("It is so.", Evidence((), ("It is so",), "Is it so?")).reason is Reason.NO_SENTENCE


@pytest.mark.parametrize("case", SENTENCES, ids=range(len(SENTENCES)))
def test_every_sentence_of_the_seeds_stands_on_itself(case):
    assert verify(case.claim, case.evidence) is None


def test_most_honest_paraphrases_pass_and_none_falls_for_markup_or_language():
    rejections = [verify(case.claim, case.evidence) for case in honest_claims()]
    assert len(rejections) >= 200
    assert sum(r is None for r in rejections) / len(rejections) >= 0.95
    assert not [r for r in rejections if r and r.reason in {Reason.MARKUP, Reason.LANGUAGE}]


@given(case=st.sampled_from(SENTENCES), number=st.integers(2, 10**9), place=st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_a_number_that_no_sentence_has_never_passes(case, number, place):
    if re.search(rf"(?<!\d){number}(?!\d)", re.sub(r"(?<=\d)[.,](?=\d{3})", "", case.claim)) or _in_words(number, case.claim):
        return
    words = case.claim.split(" ")
    words.insert(place.randrange(len(words) + 1), f"{number:,}" if number % 2 else str(number))
    rejection = verify(" ".join(words), case.evidence)
    assert rejection is not None


def _in_words(number, text):
    words = "two three four five six seven eight nine ten eleven twelve".split()
    return number <= 12 and re.search(rf"\b({words[number - 2]}|both|dozen)", text, re.I)


@given(
    case=st.sampled_from(SENTENCES),
    name=st.text(st.characters(codec="utf-8", categories=["Lu", "Ll"]), min_size=3, max_size=12),
)
@settings(max_examples=300, deadline=None)
def test_a_made_up_name_never_passes(case, name):
    claim = case.claim.rstrip(". ") + f" {name.capitalize()}."
    held = " ".join((*case.evidence.quotes, *case.evidence.titles)).casefold()
    ours = is_plain(name.casefold()) or name.casefold() in COMMON or name.casefold() in SMALL
    if not ours and name.capitalize()[0].isupper() and name.casefold()[:3] not in held:
        assert verify(claim, case.evidence) is not None


@given(text=st.text(max_size=300), quote=st.text(min_size=1, max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered(text, quote):
    verify(text, Evidence((quote,), ("Title",), "Question?"))


@given(text=st.text("0123456789.,:/ -–%$€kmbn½²'’\"“”()", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_mix_of_digits_and_signs_is_answered(text):
    verify(text, Evidence(("It has 5 men.",), (), ""))


def test_what_is_too_long_for_a_sentence_fails():
    sentence = "The men came. "
    assert verify(sentence * 100, Evidence((sentence,), (), "")).reason is Reason.CONTENT


@pytest.mark.parametrize(
    "piece", ["“a’ ", "'a ", "no and ", "A B ", "five hundred and ", "1 000", "projects a b c to ", "1.", "-"]
)
def test_no_text_takes_long(piece):
    started = time.perf_counter()
    verify((piece * 1000)[:1000], Evidence(((piece * 4000)[:4000],), (), ""))
    assert time.perf_counter() - started < 5
