import pytest

from assistant.conversation import Standalone, standalone

HISTORY = [("user", "Who is Chino Ántrax?"), ("assistant", "He is the head of a commando.")]


@pytest.mark.parametrize(
    "question",
    ["And when was he arrested?", "Why?", "Which ring does he always wear?", "And the third one?", "¿Y dónde vive él?"],
)
def test_a_question_that_leans_on_the_one_before_is_joined_with_it(question):
    made = standalone(question, HISTORY)
    assert made.text == f"Who is Chino Ántrax? {question}"
    assert made.variants == (question, made.text, made.text)


@pytest.mark.parametrize("question", ["How many websites make up the dark web?", "Write me a poem.", "Who is El Mayo?"])
def test_a_question_that_stands_alone_is_left_as_it_is(question):
    assert standalone(question, HISTORY) == Standalone(question, (question,))


def test_what_is_said_to_be_polite_is_left_out_and_makes_no_follow_up():
    history = [("user", "Hi, can you tell me who Chino Ántrax is?"), HISTORY[1]]
    assert standalone("Thanks! Why?", history).text == "Who Chino Ántrax is? Why?"
    assert standalone("Can you tell me about bitcoin?", history) == Standalone("Bitcoin?", ("Bitcoin?",))
    assert standalone("Can you tell me more?", history).question == "More?"
    assert len(standalone("Can you tell me more?", history).variants) == 3


def test_without_a_users_turn_before_there_is_nothing_to_join():
    assert standalone("And he?", []) == standalone("And he?", [("assistant", "Hello.")]) == Standalone("And he?", ("And he?",))


def test_a_question_without_words_is_no_error():
    assert standalone("???", HISTORY).text == "Who is Chino Ántrax? ???"


def test_the_last_question_that_stands_alone_is_kept_in_mind_through_a_chain_of_follow_ups():
    history = [("user", "What is the dark web?"), ("assistant", "..."), *HISTORY, ("user", "Why?"), ("assistant", "...")]
    assert standalone("And his ring?", history).text == "Who is Chino Ántrax? Why? And his ring?"
    assert standalone("Why?", history).text == "Who is Chino Ántrax? Why?"
    assert standalone("And he?", [("user", "And she?")]).text == "And she? And he?"
