"""The prompt templates and their variables."""

import pytest

import prompts
from prompts import NO_ANSWER, PromptError, check, load


def test_every_template_holds_its_variables_and_no_other():
    check()
    assert {path.stem for path in prompts.FOLDER.glob("*.md")} == set(prompts.VARIABLES)
    for name, variables in prompts.VARIABLES.items():
        assert load(name).variables == variables


def test_the_messages_alternate_and_end_with_the_users():
    for name in prompts.VARIABLES:
        roles = [message.role for message in load(name).messages]
        assert roles[0] == "system"
        assert roles[1:] == ["user", "assistant"] * ((len(roles) - 2) // 2) + ["user"]


def test_what_looks_like_a_variable_in_a_text_stays_as_it_is():
    said = load("answer").render(no_answer=NO_ANSWER, sentences="{question} [1.1]", question="{sentences} or {nonesuch}?")
    assert "{question} [1.1]" in said[-1].text
    assert said[-1].text.endswith("Question: {sentences} or {nonesuch}?")
    assert NO_ANSWER in said[0].text


def test_one_error_names_all_that_is_missing_and_unknown():
    with pytest.raises(PromptError, match=r"answer.*missing no_answer, sentences, unknown sentence, tone"):
        load("answer").render(question="?", sentence="", tone="")


def test_one_error_names_the_faults_of_all_templates(tmp_path):
    (tmp_path / "answer.md").write_text("{no_answer} {sentence}\n---\n{question}\n")
    (tmp_path / "standalone.md").write_text("no turns {history} {question}\n")
    with pytest.raises(PromptError) as caught:
        check(tmp_path)
    said = str(caught.value)
    assert "answer.md: missing sentences, unknown sentence" in said
    assert "standalone.md needs" in said
    assert "grade.md can't be read" in said


def test_an_unknown_prompt_is_named_with_those_there_are():
    with pytest.raises(PromptError, match=r"'anser'; there are answer, standalone, grade"):
        load("anser")


def test_the_token_stands_nowhere_but_in_its_constant():
    for path in prompts.FOLDER.glob("*.md"):
        assert NO_ANSWER not in path.read_text(encoding="utf-8")
