import pytest

from assistant.conversation import standalone

HISTORY = [("user", "Who is Chino Ántrax?"), ("assistant", "He is the head of a commando.")]


@pytest.mark.parametrize(
    "question", ["And when was he arrested?", "Why?", "Which ring does he always wear?", "¿Y dónde vive él?"]
)
def test_a_question_that_leans_on_the_one_before_is_joined_with_it(question):
    assert standalone(question, HISTORY) == f"Who is Chino Ántrax? {question}"


def test_a_question_that_stands_alone_is_left_as_it_is():
    question = "How many websites make up the dark web?"
    assert standalone(question, HISTORY) == question


def test_without_a_users_turn_before_there_is_nothing_to_join():
    assert standalone("And he?", []) == standalone("And he?", [("assistant", "Hello.")]) == "And he?"


def test_a_question_without_words_is_no_error():
    assert standalone("???", HISTORY) == "Who is Chino Ántrax? ???"
