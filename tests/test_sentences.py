"""Sentences are offsets: in order, trimmed, never across stretches, never longer than 80 words; and cut where people would."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.cleaning import Stretch
from index.sentences import MAX_WORDS, split_sentences

ODD = [
    *"\n\t\u200b\u0301\u3000😀𝔸.!?,;:“”‘’\"'—…。",
    "\r\n",
    " ",
    "x" * 60,
    "word ",
    "members.But ",
    "U.S. ",
    "Sr. ",
    " and ",
    "3.5 ",
]
texts = st.one_of(
    st.text(max_size=300), st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=5)), max_size=150).map("".join)
)
languages = st.sampled_from([None, "en", "es", "pt", "zh", "xx", "Klingon", "../x", "😀"])


def split(text: str, language: str | None = "en") -> list[str]:
    whole = (Stretch(0, len(text), "body"),)
    return [text[s.start : s.end] for s in split_sentences(text, whole, language)]


@settings(max_examples=400, deadline=None)
@given(texts, languages)
@example("word " * 500, "en")
@example("x" * 10_000, "en")
@example("word, " * 300, "es")
def test_sentences_of_any_text_are_in_order_trimmed_and_leave_only_white_space(text: str, language: str | None) -> None:
    at = 0
    for sentence in split_sentences(text, (Stretch(0, len(text), "body"),), language):
        quote = text[sentence.start : sentence.end]
        assert quote
        assert quote == quote.strip()
        assert sentence.start >= at
        assert not text[at : sentence.start].strip()
        assert len(quote.split()) <= MAX_WORDS
        at = sentence.end
    assert not text[at:].strip()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["river", "Água", "😀", "𝔸𝔹", "e\u0301t", "3.5", "José"]), min_size=2, max_size=15),
    st.integers(2, 8),
)
def test_offsets_count_code_points_whatever_stands_before(words: list[str], count: int) -> None:
    sentences = [f"Then {' '.join(words)} came {i} times." for i in range(count)]
    assert split(" ".join(sentences)) == sentences


def test_a_sentence_lies_in_one_stretch_and_has_its_kind() -> None:
    text = "A heading\nOne sentence. Another one.\nA caption. Photo by X\nThe last. Really"
    stretches = (Stretch(0, 9, "heading"), Stretch(10, 36, "body"), Stretch(37, 58, "caption"), Stretch(59, 75, "body"))
    found = [(text[s.start : s.end], s.kind, s.paragraph) for s in split_sentences(text, stretches, "en")]
    assert found == [
        ("A heading", "heading", 0),
        ("One sentence.", "body", 1),
        ("Another one.", "body", 1),
        ("A caption. Photo by X", "caption", 2),
        ("The last.", "body", 3),
        ("Really", "body", 3),
    ]


def test_sentences_glued_by_a_lost_line_break_are_parted() -> None:
    assert split("Some are true cartel members.But social networks grow.") == [
        "Some are true cartel members.",
        "But social networks grow.",
    ]


def test_a_wrong_apostrophe_hides_no_boundary() -> None:
    assert split("For example, Mexico‘s Zetas took the engineer Felipe Peréz. Rumors persist that he lives.") == [
        "For example, Mexico‘s Zetas took the engineer Felipe Peréz.",
        "Rumors persist that he lives.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. government met the U.N. envoy.",
        "The U.N. expects two billion by 2018.",
        "U.S. agencies reported it.",
        "Mr. Smith met Dr. Jones at 3.5 percent.",
        "It cost $4.2 million in Jan. 2016.",
    ],
)
def test_abbreviations_and_figures_end_no_sentence(sentence: str) -> None:
    assert split(f"{sentence} Then it ended.") == [sentence, "Then it ended."]


def test_quotation_marks_stay_with_their_sentence() -> None:
    assert split("“We won the war,” he said. “They lost it.” Then it ended.") == [
        "“We won the war,” he said.",
        "“They lost it.”",
        "Then it ended.",
    ]


def test_a_line_break_inside_a_sentence_ends_none() -> None:
    assert split("A sentence that goes on in\nthe next line. And a second\nhere.") == [
        "A sentence that goes on in\nthe next line.",
        "And a second\nhere.",
    ]


def test_spanish_and_portuguese_are_split_by_their_own_rules() -> None:
    assert split("El Sr. López dijo que EE.UU. no vendría. ¿Quién lo sabe? ¡Nadie! La Dra. Ruiz calló.", "es") == [
        "El Sr. López dijo que EE.UU. no vendría.",
        "¿Quién lo sabe?",
        "¡Nadie!",
        "La Dra. Ruiz calló.",
    ]
    assert split("O Sr. Silva fundou o comando. Quem sabe? A Dra. Souza não disse.", "pt") == [
        "O Sr. Silva fundou o comando.",
        "Quem sabe?",
        "A Dra. Souza não disse.",
    ]


def test_a_sentence_of_200_words_is_split_at_clauses() -> None:
    clause = "the water rose above the old stone bridge again, "  # nine words
    pieces = split("First " + clause * 22 + "and it ended.")
    assert len(pieces) >= 3
    assert all(len(piece.split()) <= MAX_WORDS for piece in pieces)
    assert all(piece.endswith(("again,", "ended.")) for piece in pieces)


def test_a_long_sentence_without_clauses_is_split_at_spaces() -> None:
    pieces = split(" ".join(f"w{i}" for i in range(200)) + ".")
    assert [len(piece.split()) for piece in pieces] == [80, 80, 40]
    assert " ".join(pieces) == " ".join(f"w{i}" for i in range(200)) + "."


def test_a_run_without_spaces_is_cut_too() -> None:
    pieces = split("x" * 100_000)
    assert "".join(pieces) == "x" * 100_000
    assert max(map(len, pieces)) <= 50 * MAX_WORDS
