"""The documents and the command line name the same commands and options."""

import re
import shlex

import pytest
import typer
from conftest import REPOSITORY

from assistant.cli import app
from evals.cli import eval_app

DOCUMENTS = ("README.md", "evals/README.md")
TEXTS = {name: (REPOSITORY / name).read_text(encoding="utf-8") for name in DOCUMENTS}


def commands(group, path):
    """Every command below a group: its words, and the options that it takes."""
    for name, command in group.commands.items():
        words = (*path, name)
        if words == ("eval",):  # a stand-in, so that the suite is imported only when it is asked for
            command = typer.main.get_command(eval_app)  # noqa: PLW2901
        if hasattr(command, "commands"):
            yield from commands(command, words)
        else:
            yield (
                words,
                {opt for p in command.params for opt in (*p.opts, *p.secondary_opts) if opt.startswith("--")} - {"--help"},
            )


COMMANDS = dict(commands(typer.main.get_command(app), ()))


def code_of(text):
    """What stands in code: the lines of shell blocks (those that a backslash joins as one), and spans between backticks."""
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```", text, re.S | re.M):
        if language in ("", "sh", "console", "bash"):
            yield from block.replace("\\\n", " ").splitlines()
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M))


def calls(text):
    """The words after `footnote` in every call that a document shows."""
    for code in code_of(text):
        for part in re.split(r"&&|\||;", code):
            words = shlex.split(part, comments=True) if re.search(r"\bfootnote\b", part) else []
            for at, word in enumerate(words):
                if word.rpartition("/")[2] == "footnote" and at + 1 < len(words):
                    yield words[at + 1 :]
                    break


def command_of(words):
    return next((c for c in COMMANDS if tuple(words[: len(c)]) == c), None)


def test_the_command_line_is_walked_whole():
    assert {("ask",), ("index", "build"), ("eval", "run"), ("eval", "compare")} <= set(COMMANDS)
    assert "--json" in COMMANDS["ask",]
    assert {"--require", "--set"} <= COMMANDS["eval", "run"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_and_options_that_a_document_shows_exist(document):
    shown = list(calls(TEXTS[document]))
    assert shown
    groups = {c[:1] for c in COMMANDS if len(c) == 2}
    for words in shown:
        if tuple(words) in groups or words[0].startswith("-"):
            continue
        command = command_of(words)
        assert command, f"{document}: footnote {' '.join(words)}"
        for option in (w.partition("=")[0] for w in words if w.startswith("--")):
            assert option in COMMANDS[command] | {"--help"}, f"{document}: footnote {' '.join(words)}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_options_that_a_document_names_alone_exist(document):
    known = set().union(*COMMANDS.values()) | {"--help"}
    for code in code_of(TEXTS[document]):
        if code.startswith("--"):
            assert re.match(r"--[\w-]+", code).group() in known, f"{document}: {code}"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_and_its_options_are_in_the_documents(command):
    code = [code for text in TEXTS.values() for code in code_of(text)]
    assert any(command_of(words) == command for text in TEXTS.values() for words in calls(text)), "the command"
    for option in COMMANDS[command]:
        assert any(re.search(rf"(?<![\w-]){option}(?![\w-])", c) for c in code), option


def test_every_figure_kind_and_set_is_in_the_evaluators_document():
    from evals.metrics import FIGURES
    from evals.outside import SETS
    from evals.questions import FIELDS, KINDS

    for name in (*FIGURES, *KINDS, *SETS, *FIELDS):
        assert f"`{name}`" in TEXTS["evals/README.md"], name
