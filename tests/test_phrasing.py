"""The measurement of phrasings: what its ways make of a question, and what it counts."""

from evals.phrasing import ANY, WAYS, measure
from evals.questions import SEEDS_QUESTIONS, load_questions


def test_every_way_says_the_question():
    for language, ways in WAYS.items():
        for name, way in {**ANY, **ways}.items():
            said = way("¿Who fell?" if language == "es" else "Who fell?")
            assert "who fell" in said.lower(), name
    assert WAYS["es"]["¿Me puedes decir ..."]("¿Quién cayó?") == "¿Me puedes decir quién cayó?"
    assert WAYS["en"]["Do you know ..., please?"]("Who fell?") == "Do you know who fell, please?"


def test_polite_words_cost_nothing(assistant):
    questions = [q for q in load_questions(SEEDS_QUESTIONS) if q.kind == "fact"][:8]
    plain = measure(assistant, questions, ANY["as it is"])
    assert plain[0] >= 0.75
    for name, way in WAYS["en"].items():
        assert measure(assistant, questions, way) == plain, name
