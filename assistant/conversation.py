"""A follow-up made to stand alone, without a model."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.courtesy import plain
from assistant.cues import leans_on_history

History = Iterable[tuple[str, str]]
"""Turns before the question, oldest first: ("user" or "assistant", text)."""


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question with what it may lean on, all without what is said to be polite.

    `text` stands alone: for a follow-up, the user's question before it and it. `variants` are searched together, and what
    they find is averaged: the question alone, behind the one before it, and behind the first of the conversation.
    """

    text: str
    variants: tuple[str, ...]

    @property
    def question(self) -> str:
        """The question alone, plain (of one that a model made to stand alone: that)."""
        return self.variants[0]


def standalone(question: str, history: History) -> Standalone:
    """Join a follow-up with what it follows; a question that leans on nothing stands alone as it is."""
    typed, question = question, plain(question)
    before = [plain(text) for role, text in history if role == "user" and text.strip()]
    if not before or not leans_on_history(question, typed):
        return Standalone(question, (question,))
    joined = [f"{before[-1]} {question}", f"{before[0]} {question}"]
    return Standalone(joined[0], (question, *joined))
