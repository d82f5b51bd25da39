"""A follow-up made to stand alone by a model. What it writes is used only where it keeps to the conversation."""

from assistant.budget import Budget
from assistant.cancellation import Cancellation
from assistant.model import Model
from assistant.model_failure import ModelFailure
from index.lexical import STOP_WORDS, fold, words
from prompts import NO_ANSWER, Message, load

TURNS, TURN_CHARS = 6, 600
"""What the model is given of the conversation: the last turns, and of each so many characters at the most."""

SHARE = 1 / 3
"""Of a question's seconds, for this: the answer needs the rest."""

KEPT = 0.6
"""The least share of its words, those that carry meaning, that must come from the conversation."""


def rewritten(
    question: str, history: tuple[tuple[str, str], ...], model: Model, limit: int, budget: Budget, cancellation: Cancellation
) -> str | None:
    """The question as a model makes it stand alone, with at most `limit` characters.

    None where the model fails, or what it writes doesn't keep to the conversation. Raises Abandoned.
    """
    try:
        said = model.complete(_prompt(question, history), budget, cancellation, budget.seconds * SHARE)
    except ModelFailure:
        return None
    lines = [line.strip() for line in said.strip().splitlines() if line.strip()]
    text = lines[0].strip(' "“”*`') if len(lines) == 1 else ""
    conversation = " ".join([question, *(turn for _, turn in history)])
    return text if 0 < len(text) <= limit and text != NO_ANSWER and keeps_to(text, conversation) else None


def keeps_to(text: str, conversation: str) -> bool:
    """Whether all names and numbers of a text, and KEPT of its words that carry meaning, stand in the conversation."""
    held = set(words(conversation))
    first, *others = text.split() or [""]
    named = [fold(w) for word in others if word[:1].isupper() or any(map(str.isdigit, word)) for w in words(word)]
    named += [w for w in words(first) if any(map(str.isdigit, w))]
    meant = [w for w in words(text) if w not in STOP_WORDS]
    return all(w in held or w in STOP_WORDS for w in named) and sum(w in held for w in meant) >= KEPT * len(meant)


def _prompt(question: str, history: tuple[tuple[str, str], ...]) -> tuple[Message, ...]:
    turns = [f"{'User' if role == 'user' else 'Assistant'}: {_line(text)[:TURN_CHARS]}" for role, text in history[-TURNS:]]
    return load("standalone").render(history="\n".join(turns), question=question)


def _line(text: str) -> str:
    return " ".join(text.split()).replace("<", "‹").replace(">", "›")
