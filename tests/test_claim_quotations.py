"""What a claim puts in quotation marks, of any kind."""

import pytest

from assistant.verify import Evidence, Reason
from assistant.verify.quotations import altered_quotation

QUOTE = "He said the cartels’ sons are “social-media maniacs” and don't hide; “it is a war,” he said."


def altered(claim, *quotes):
    return altered_quotation(claim, Evidence(quotes or (QUOTE,), (), ""))


@pytest.mark.parametrize("marks", ["“”", '""', "„“", "«»", "‘’", "''", '“"', "‹›"[:0] or "«»"])
def test_a_quotation_is_verbatim_whatever_its_marks(marks):
    first, last = marks
    assert altered(f"They are {first}social-media maniacs{last}.") is None
    assert altered(f"They are {first}social-media  Maniacs,{last} he said.") is None  # white space, case, the comma
    assert altered(f"They are {first}social media maniacs{last}.").reason is Reason.QUOTATION
    assert altered(f"They are {first}maniacs of social media{last}.").reason is Reason.QUOTATION
    assert altered(f"They are {first}media mania{last}.").reason is Reason.QUOTATION  # half a word


@pytest.mark.parametrize(
    "claim",
    [
        "The cartels' sons don't hide and it's a war.",
        "The cartels’ sons don’t hide.",
        "They don't hide: 'it is a war'.",
        "He said ‘it is a war’.",
    ],
)
def test_an_apostrophe_is_no_quotation_mark(claim):
    assert altered(claim) is None


@pytest.mark.parametrize(
    "claim",
    [
        "He said “it is a war.",
        "He said it is a war”.",
        "He said 'they hide everything.",
        "He said “it is … war”.",
        "He said “it is [not] a war”.",
        "He said “”.",
        "He said “it is a war” and “they hide”.",
        "He said ‘they hide everything’ of the cartels’ sons.",
    ],
)
def test_what_is_cut_off_or_changed_fails(claim):
    assert altered(claim) is not None


def test_a_quotation_is_not_stitched_from_two_sentences():
    assert altered("“It grew fast.”", "It grew", "fast.") is not None
    assert altered("“It grew” and “fast”", "It grew", "fast.") is None
