"""What a model writes, cut into sentences with their ids, whatever pieces it comes in."""

import pytest

from assistant.draft import MAX_CHARS, Draft, DraftParser
from prompts import NO_ANSWER

ONE = Draft("El Chapo was caught.", ("1.2",))
TWO = Draft("He fled again.", ("2.1",))


def parsed(text, size):
    parser = DraftParser("en")
    drafts = [draft for at in range(0, len(text), size) for draft in parser.feed(text[at : at + size])]
    return [*drafts, *parser.end()]


@pytest.mark.parametrize("size", [1, 3, 7, 10_000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("El Chapo was caught. [1.2]", [ONE]),
        ("El Chapo was caught [1.2].", [ONE]),
        ("El Chapo was caught [1.2]. He fled again [2.1].", [ONE, TWO]),
        ("El Chapo was caught. [1.2] He fled again. [2.1]", [ONE, TWO]),
        ("El Chapo was caught. [1.2]\nHe fled again. [2.1]\n", [ONE, TWO]),
        ("El Chapo was caught.\n[1.2]\n\nHe fled again.\n[2.1]", [ONE, TWO]),
        ("El Chapo was caught. 【1.2】 He fled again. (2.1)", [ONE, TWO]),
        ("El Chapo was caught. [^1.2] He fled again. 【2.1†source】", [ONE, TWO]),
        ("El Chapo was caught. ［1.2］ He fled again. （2.1）", [ONE, TWO]),
        ("El Chapo was caught. [Sentence 1.2] He fled again. [id: 2.1]", [ONE, TWO]),
        ("```\nEl Chapo was caught. [1.2]\n```", [ONE]),
        ("```markdown\nEl Chapo was caught. [1.2]\nHe fled again. [2.1]\n```\n", [ONE, TWO]),
        ("- El Chapo was caught. [1.2]\n- He fled again. [2.1]", [ONE, TWO]),
        ("1. **El Chapo** was caught. [1.2]\n2. He *fled* again. [2.1]", [ONE, TWO]),
        ("<think>He may have. [9.9] Let me see.</think>El Chapo was caught. [1.2]", [ONE]),
        ("El Chapo was caught. [1.2] <think>Never closed [3.3]. ", [ONE]),
        ("El Chapo was caught. [1.2][2.1]", [Draft(ONE.text, ("1.2", "2.1"))]),
        ("El Chapo was caught. [1.2] [2.1]", [Draft(ONE.text, ("1.2", "2.1"))]),
        ("El Chapo was caught. [1.2, 2.1; 1.2]", [Draft(ONE.text, ("1.2", "2.1"))]),
        ("El Chapo was caught. [1.2 and 2.1]", [Draft(ONE.text, ("1.2", "2.1"))]),
        ("El Chapo was caught [1.2], and he fled [2.1].", [Draft("El Chapo was caught, and he fled.", ("1.2", "2.1"))]),
        ("The U.S. [1.2] officials lied [2.1].", [Draft("The U.S. officials lied.", ("1.2", "2.1"))]),
        ("Nobody knows. El Chapo was caught. [1.2]", [Draft("Nobody knows.", ()), ONE]),
        ("Here is the answer:\nEl Chapo was caught. [1.2]", [Draft("Here is the answer:", ()), ONE]),
        ("El Chapo was caught.", [Draft(ONE.text, ())]),
        ("El Chapo was caught. [7]", [Draft(ONE.text, ("7",))]),
        ("El Chapo was caught. [1.2", [Draft("El Chapo was caught.", ()), Draft("[1.2", ())]),
        ("El Chapo was caught. [1.2] (He is a boss.) [2.1]", [ONE, Draft("(He is a boss.)", ("2.1",))]),
        ("It cost $1.2 billion in 3.5 years. [1.2]", [Draft("It cost $1.2 billion in 3.5 years.", ("1.2",))]),
        ("“He fled,” she said. “Twice.” [1.2]", None),
        ("[1.2]", []),
        ("", []),
        (" \n\n ", []),
        ("Was he caught? [1.2] Yes! [2.1]", [Draft("Was he caught?", ("1.2",)), Draft("Yes!", ("2.1",))]),
    ],
)
def test_sentences_and_their_ids(text, expected, size):
    drafts = parsed(text, size)
    assert drafts == (expected if expected is not None else parsed(text, 10_000))


@pytest.mark.parametrize(
    "text", ["El Chapo was caught. [1.2] He", "El Chapo was caught [1.2]. H", "El Chapo was caught. [1.2]\n"]
)
def test_a_sentence_is_given_out_before_the_end(text):
    assert list(DraftParser("en").feed(text)) == [ONE]


@pytest.mark.parametrize(
    "text", ["El Chapo was caught. [1.", "El Chapo was caught. [1.2]", "El Chapo was caught. [1.2] [", "El"]
)
def test_what_may_yet_change_is_held_back(text):
    assert list(DraftParser("en").feed(text)) == []


def test_pieces_make_no_difference_to_what_was_given_out():
    text = "Intro.\n- A b c. [1.1] D e f [2.2, 3.3]. G h [4.4] and i j. [5.5]\n```\nK l. 【6.6】"
    whole = parsed(text, 10_000)
    assert [d.ids for d in whole if d.ids] == [("1.1",), ("2.2", "3.3"), ("4.4", "5.5"), ("6.6",)]
    for size in range(1, 30):
        parser, given = DraftParser("en"), []
        for at in range(0, len(text), size):
            given += parser.feed(text[at : at + size])
            assert given == whole[: len(given)]


def test_a_sentence_without_end_is_given_up():
    drafts = parsed("word " * 5000 + "[1.2]", 100)
    assert drafts
    assert all(len(d.text) <= MAX_CHARS for d in drafts)
    assert all(not d.ids for d in drafts[:-1])


@pytest.mark.parametrize(
    "text", [NO_ANSWER, f"{NO_ANSWER}.", f" **{NO_ANSWER}**\n", f"<think>Hm.</think>{NO_ANSWER}", f"`{NO_ANSWER}`"]
)
def test_no_answer_is_the_token_alone(text):
    parser = DraftParser("en")
    [*parser.feed(text), *parser.end()]
    assert parser.no_answer


@pytest.mark.parametrize("text", ["", f"I think {NO_ANSWER}", f"{NO_ANSWER} El Chapo was caught. [1.2]", NO_ANSWER.lower()])
def test_anything_else_is_not(text):
    parser = DraftParser("en")
    [*parser.feed(text), *parser.end()]
    assert not parser.no_answer


def test_reading_takes_time_in_proportion_to_its_length():
    import time

    started = time.perf_counter()
    parsed("<think>" + "x" * 50_000, 1)
    parsed("x [1.2] " * 6000, 1)
    assert time.perf_counter() - started < 30
