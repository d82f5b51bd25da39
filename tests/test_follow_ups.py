import pytest

from evals.follow_ups import follow_ups, pronominal
from evals.questions import EvalQuestion, GoldQuote


@pytest.mark.parametrize(
    ("question", "said", "made"),
    [
        ("When was Anna Smith born?", "Who is Anna Smith?", "When was it born?"),
        ("What was Anna Smith's house?", "Who is Anna Smith?", "What was its house?"),
        ("Where did the Normans land?", "Who were the Normans?", "Where did they land?"),
        ("How long is the river?", "Where is the river?", "How long is it?"),
        ("How long is the canal?", "Where is the river?", None),
        ("Anna did what?", "Who is Anna?", None),  # nothing would be left to begin with
    ],
)
def test_a_name_or_a_thing_that_was_said_becomes_a_pronoun(question, said, made):
    assert pronominal(question, said) == made


def asked(text, article):
    return EvalQuestion(text, "fact", text, (), True, (("x",),), (GoldQuote(article, "x"),), article)


def test_a_follow_up_has_the_question_before_it_on_the_same_paragraph_as_its_history():
    questions = [asked("Where is the river?", "a"), asked("How long is the river?", "a"), asked("Is the river deep?", "b")]
    (made,) = follow_ups(questions, {"a": "Rivers", "b": "Rivers"})
    assert (made.question, made.history) == ("How long is it?", (("user", "Where is the river?"),))
    assert made.gold_quotes[0].article_id == "a"
