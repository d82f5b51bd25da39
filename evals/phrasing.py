"""What it costs to ask politely, or in capitals: the same questions, said in the ways in which people say them.

Asks dev questions of squad2 (English, Spanish, Portuguese) that the articles answer, and of mtrag, which they don't; says
for each way the share that is answered, and for the first the share whose first passage is the right one.

Run: python -m evals.phrasing path/to/sets [QUESTIONS]     of each kind, 60 if not said; keeps its index as `eval run` does
"""

import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.engine import Asked
from assistant.settings import Settings
from assistant.sufficiency import THRESHOLD
from evals.outside import load_set
from evals.questions import EvalQuestion
from evals.runner import open_set
from evals.sets import EvalSet

QUESTIONS = 60

Way = Callable[[str], str]
"""A question as it stands -> as somebody says it."""


def within(question: str) -> str:
    """A question as it goes on behind other words."""
    bare = question.lstrip("¿ ")
    return bare[:1].lower() + bare[1:]


ANY: dict[str, Way] = {
    "as it is": lambda q: q,
    "in lower case, without its mark": lambda q: q.lower().strip("¿? "),
    "IN CAPITALS": str.upper,
}
WAYS: dict[str, dict[str, Way]] = {
    "en": {
        "Can you tell me ...": lambda q: f"Can you tell me {within(q)}",
        "Hello, ...": lambda q: f"Hello, {within(q)}",
        "Hi! I'd like to know ...": lambda q: f"Hi! I'd like to know {within(q)}",
        "Do you know ..., please?": lambda q: f"Do you know {within(q).rstrip('? ')}, please?",
        "... Thanks!": lambda q: f"{q} Thanks!",
    },
    "es": {
        "¿Me puedes decir ...": lambda q: f"¿Me puedes decir {within(q)}",
        "Hola, quisiera saber ...": lambda q: f"Hola, quisiera saber {within(q)}",
        "... Gracias.": lambda q: f"{q} Gracias.",
    },
    "pt": {
        "Você pode me dizer ...": lambda q: f"Você pode me dizer {within(q)}",
        "Olá, gostaria de saber ...": lambda q: f"Olá, gostaria de saber {within(q)}",
        "... Obrigado!": lambda q: f"{q} Obrigado!",
    },
}


def measure(assistant: Assistant, questions: Sequence[EvalQuestion], way: Way) -> tuple[float, float]:
    """The share of the questions that is answered, and the share whose first passage is of the article that answers."""
    answered, right = 0, 0
    for question in questions:
        response = assistant.query_engine.query(Asked(way(question.question)))
        answered += response.metadata["reply"].confidence >= THRESHOLD  # type: ignore[index]
        first = response.source_nodes[0].node.metadata["article_id"] if response.source_nodes else ""
        right += first in {gold.article_id for gold in question.gold_quotes}
    return answered / len(questions), right / len(questions)


def some(chosen: EvalSet, answerable: bool, count: int) -> list[EvalQuestion]:
    """Dev questions of a set, always the same ones."""
    fit = [q for q in chosen.questions if q.split == "dev" and q.answerable == answerable]
    return random.Random(0).sample(fit, min(count, len(fit)))  # noqa: S311


def main(folder: Path, count: int) -> None:
    """Measure every way in every language; say."""
    settings = Settings.from_environment(reader="quotes")
    sets = {language: load_set(f"squad2-{language}", folder) for language in WAYS}
    far = some(load_set("far", folder), False, count)
    with open_set(settings, sets["en"], lambda *_: None) as assistant:
        for language, ways in WAYS.items():
            questions = some(sets[language], True, count)
            for name, way in {**ANY, **ways}.items():
                answered, right = measure(assistant, questions, way)
                beside = f", far {measure(assistant, far, way)[0]:.3f}" if language == "en" else ""
                sys.stdout.write(f"{language} {name:<34} answered {answered:.3f}, right {right:.3f}{beside}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else QUESTIONS)
