"""A model that grades: its last grade counts, and what can't be read is no grade."""

import pytest
from model_servers import ModelServer, says
from pydantic import SecretStr

from assistant import Settings
from assistant.answer import Refusal
from assistant.errors import ModelError
from evals.grader import Grader, read_grade
from evals.metrics import metrics_of
from evals.questions import EvalQuestion


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("It says so.\nGRADE: CORRECT", True),
        ("GRADE: INCORRECT", False),
        ("GRADE: CORRECT\nOn second thoughts:\n**GRADE: INCORRECT**", False),
        ("Reason. \n  grade: correct", None),
        ("GRADE: correct.", True),
        ("GRADE: CORRECT or INCORRECT", None),
        ("GRADE: PARTLY", None),
        ("I would say GRADE: CORRECT", None),
        ("CORRECT", None),
        ("", None),
    ],
)
def test_the_last_grade_counts_and_nothing_is_guessed(said, grade):
    assert read_grade(said) is grade


def test_it_is_off_unless_it_is_named(tmp_path):
    assert Grader.of(Settings.from_environment(home=tmp_path)) is None
    with pytest.raises(ModelError, match="The model judge needs OPENAI_API_KEY"):
        Grader.of(Settings.from_environment(home=tmp_path), "judge")


def test_its_server_has_its_own_key(tmp_path):
    settings = Settings.from_environment(
        home=tmp_path,
        openai_api_key=SecretStr("sk-answers"),
        grader_model="judge",
        grader_base_url="http://127.0.0.1:9/v1",
        grader_api_key=SecretStr("sk-grades"),
    )
    assert Grader.of(settings)._model._llm.api_key == "sk-grades"
    assert Grader.of(settings.model_copy(update={"grader_base_url": ""}))._model._llm.api_key == "sk-answers"
    assert Grader.of(settings.model_copy(update={"grader_api_key": SecretStr("")}))._model._llm.api_key == "none"


@pytest.fixture
def server():
    with ModelServer(says("It does.\nGRADE: CORRECT")) as running:
        yield running


QUESTION = EvalQuestion("q", "fact", "Which cartel opened an Instagram channel?", (), True, (("Sinaloa",),), (), "q")


def test_an_answer_is_graded_a_refusal_is_not(server, assistant):
    grader = Grader.of(assistant.settings.model_copy(update={"grader_base_url": server.url}), "judge")
    grade = grader.grade(QUESTION, assistant.ask(QUESTION.question))
    assert (grade.correct, grade.why) == (True, "It does.\nGRADE: CORRECT")
    sent = server.requests[0]["messages"][-1]["content"]
    assert "- Sinaloa" in sent
    assert "They even opened an Instagram channel" in sent
    refused = assistant.ask("What is the boiling point of tungsten in kelvin?")
    assert isinstance(refused, Refusal)
    assert grader.grade(QUESTION, refused) is None
    assert len(server.requests) == 1


@pytest.mark.parametrize("said", ["I can't tell.", ""])
def test_an_unreadable_grade_is_none(server, assistant, said):
    server.behave = says(said)
    grader = Grader.of(assistant.settings.model_copy(update={"grader_base_url": server.url}), "judge")
    assert grader.grade(QUESTION, assistant.ask(QUESTION.question)).correct is None


def test_ungraded_answers_are_in_no_figure():
    row = {"kind": "fact", "group": "g", "answerable": True, "outcome": "answered", "confidence": 1.0, "correct": True}
    results = [row | {"grade": True}, row | {"grade": None}, row | {"grade": False}, row]
    assert metrics_of(results)["all"]["graded"]["n"] == 2
    assert metrics_of(results)["all"]["graded"]["value"] == 0.5
