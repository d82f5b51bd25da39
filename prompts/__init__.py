"""Prompt templates for the models that may write answers: text files beside this module, with named variables.

A template holds `{name}` for each of its variables. Lines `---` part it into messages: the instruction (system), then
the user's and the assistant's by turns, of which the last is the user's, with the material. Turns before it are an example.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

NO_ANSWER = "NO_ANSWER"
"""What a model writes, and nothing else, where the sentences that it was given don't answer."""

VARIABLES: Mapping[str, frozenset[str]] = {
    "answer": frozenset({"no_answer", "sentences", "question"}),
    "standalone": frozenset({"history", "question"}),
    "grade": frozenset({"correct", "incorrect", "question", "references", "answer"}),
}
"""Each template, and the variables that it must hold."""

FOLDER = Path(__file__).resolve().parent

_VARIABLE = re.compile(r"\{([a-z_]+)\}")
_PARTS = re.compile(r"^---$\n", re.M)


class PromptError(ValueError):
    """Templates and their variables don't fit together. The message names every one that is missing or unknown."""


Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a model is sent it."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template: its name, and its messages with the variables still in them."""

    name: str
    messages: tuple[Message, ...]

    @property
    def variables(self) -> frozenset[str]:
        """The names that stand in it."""
        return frozenset(name for message in self.messages for name in _VARIABLE.findall(message.text))

    @property
    def length(self) -> int:
        """Its characters, as it stands."""
        return sum(len(message.text) for message in self.messages)

    def render(self, **given: str) -> tuple[Message, ...]:
        """Put a text in the place of each variable; what looks like a variable in a text stays as it is.

        Raises PromptError unless exactly the template's variables are given.
        """
        if problems := _differences(self.variables, frozenset(given)):
            raise PromptError(f"The prompt {self.name} was given other variables than it has: {problems}.")
        return tuple(Message(m.role, _VARIABLE.sub(lambda found: given[found[1]], m.text)) for m in self.messages)


@cache
def load(name: str) -> Prompt:
    """A template by its name. Raises PromptError unless it is there, whole, with the variables of VARIABLES."""
    prompt = read(name, FOLDER)
    if problems := _differences(VARIABLES[name], prompt.variables):
        raise PromptError(f"The template {name}.md has other variables than the program: {problems}.")
    return prompt


def read(name: str, folder: Path) -> Prompt:
    """The template `name` of a folder, as it stands. Raises PromptError."""
    if name not in VARIABLES:
        raise PromptError(f"There is no prompt {name!r}; there are {', '.join(VARIABLES)}.")
    path = folder / f"{name}.md"
    try:
        parts = _PARTS.split(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"The template {path} can't be read: {error}.") from error
    if len(parts) % 2 or not all(map(str.strip, parts)):
        raise PromptError(
            f"The template {path} needs an instruction and turns that end with the user's; it has {len(parts)} parts."
        )
    roles: tuple[Role, ...] = ("system", *("user", "assistant") * (len(parts) // 2))
    return Prompt(name, tuple(Message(role, part.strip()) for role, part in zip(roles, parts, strict=False)))


def check(folder: Path = FOLDER) -> None:
    """Read every template of a folder. Raises one PromptError that names all missing and unknown variables of all."""
    wrong = []
    for name, wanted in VARIABLES.items():
        try:
            if problems := _differences(wanted, read(name, folder).variables):
                wrong.append(f"{name}.md: {problems}")
        except PromptError as error:
            wrong.append(str(error).rstrip("."))
    if wrong:
        raise PromptError(f"Prompts that can't be used: {'; '.join(wrong)}.")


def _differences(wanted: frozenset[str], found: frozenset[str]) -> str:
    """The variables that are missing and those that are unknown, in words; empty if there are none."""
    sides = (("missing", wanted - found), ("unknown", found - wanted))
    return ", ".join(f"{side} {', '.join(sorted(names))}" for side, names in sides if names)
