"""Which words inside a quote are marked as the answer, and that none are where it isn't certain."""

import pytest

from assistant.answer_span import answer_span, candidates, kind_asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people came?", "count"),
        ("¿Cuántas personas vinieron?", "count"),
        ("Quantas pessoas vieram?", "count"),
        ("In what year was it built?", "year"),
        ("¿En qué año se construyó?", "year"),
        ("When was it built?", "date"),
        ("Desde quando existe?", "date"),
        ("What percentage voted?", "share"),
        ("How many percent voted?", "share"),
        ("How much money was lost?", "sum"),
        ("How much did the bank launder?", "sum"),
        ("Who built it, and when?", None),  # two things
        ("How much water is left?", None),  # of which the unit isn't known
        ("Who built it?", None),
    ],
)
def test_what_kind_of_thing_is_asked_for(question, kind):
    assert kind_asked(question) == kind


@pytest.mark.parametrize(
    ("question", "quote", "words"),
    [
        ("How many moved?", "In 1932 some 300 farmers and their 60 percent share moved.", "300"),
        ("How many farmers moved?", "They had 20 ships, and 1,300 farmers moved.", "1,300"),
        ("How many farmers moved?", "Twenty-five farmers moved with two dogs.", "Twenty-five"),
        ("How many dogs?", "Twenty-five farmers moved with two dogs.", "two"),
        ("How many sang?", "Twenty-five farmers moved with two dogs.", None),
        ("How many moved?", "Farmers moved.", None),
        ("When did it open?", "It opened on 12 May 1987, a Tuesday.", "12 May 1987"),
        ("When did it open?", "It opened in May 1987 and closed in 1990.", None),
        ("When did it open after the fire of 1987?", "The fire was in 1987; it opened in 1990.", "1990"),
        ("In what year did it open?", "It opened on 12 May 1987.", "1987"),
        ("¿Cuándo abrió?", "Abrió el 3 de marzo de 2004.", "3 de marzo de 2004"),
        ("What percentage agreed?", "Of the 300, 41.5 percent agreed.", "41.5 percent"),
        ("How much money was lost?", "They lost $1.2 billion in 2016.", "$1.2 billion"),
        ("How much money was lost?", "They lost $1.2 billion and $4.", None),
        ("Quanto custou?", "Custou 40 milhões de dólares, ou 3 milhões de euros.", None),
        ("How much money do they earn?", "They earn one million pesos, around 60,000 euros.", None),
        ("How much money do they earn?", "They earn one million pesos.", "one million pesos"),
        ("How many came?", "Tens of thousands came.", None),  # too vague to be the answer
        ("How many came?", "Not one of them came.", None),
        ("Who opened it?", "Anna opened it in 1987.", None),
        ("When?", "", None),
    ],
)
def test_the_words_that_answer(question, quote, words):
    found = answer_span(question, quote)
    assert (quote[slice(*found)] if found else None) == words


def test_candidates_are_in_order_and_without_what_the_question_says():
    text = "In 1987, 1988 and 1990."
    assert [text[slice(*c)] for c in candidates("What year after 1988?", text, "year")] == ["1987", "1990"]
