"""A model that grades answers, beside the scores that code gives. Off unless one is named; it never decides a gate alone.

What it writes is read strictly: the last line that begins with `GRADE:` counts, and a grade that can't be read leaves the
answer ungraded, never wrong.
"""

import re
from dataclasses import dataclass

from assistant.answer import Answer, Reply
from assistant.budget import Budget
from assistant.cancellation import Cancellation
from assistant.model import Model, open_model
from assistant.model_failure import ModelFailure
from assistant.settings import Settings
from evals.questions import EvalQuestion
from prompts import load

CORRECT, INCORRECT = "GRADE: CORRECT", "GRADE: INCORRECT"

SECONDS, REQUESTS = 60.0, 2
"""For one grade."""

_GRADE = re.compile(r"^[\s*_`#>]*GRADE:(.*)$", re.M)
_VERDICTS = {"CORRECT": True, "INCORRECT": False}


@dataclass(frozen=True, slots=True)
class Grade:
    """Whether an answer is right as a model sees it, None where that can't be read; and what the model wrote."""

    correct: bool | None
    why: str


class Grader:
    """Grades answers to questions that have reference answers."""

    def __init__(self, model: Model) -> None:
        self.name, self._model = model.name, model

    @classmethod
    def of(cls, settings: Settings, name: str = "") -> "Grader | None":
        """The grader called `name`, or the one of the settings; None where neither is. Raises ModelError.

        Its server is FOOTNOTE_GRADER_BASE_URL with the key FOOTNOTE_GRADER_API_KEY, or that of the answers with theirs.
        """
        name = name or settings.grader_model
        if not name:
            return None
        apart = settings.grader_base_url
        key = settings.grader_api_key if apart else settings.openai_api_key
        return cls(open_model(name, key.get_secret_value(), apart or settings.openai_base_url, settings))

    def grade(self, question: EvalQuestion, reply: Reply) -> Grade | None:
        """Grade a reply; None where there is nothing to compare: a refusal, or a question without reference answers."""
        if not isinstance(reply, Answer) or not question.reference_answers:
            return None
        references = "\n".join("- " + " / ".join(group) for group in question.reference_answers)
        prompt = load("grade").render(
            correct=CORRECT, incorrect=INCORRECT, question=question.question, references=references, answer=reply.text
        )
        budget = Budget(SECONDS, REQUESTS)
        try:
            said = self._model.complete(prompt, budget, Cancellation())
        except ModelFailure as failure:
            return Grade(None, failure.reason)
        return Grade(read_grade(said), said.strip())

    def close(self) -> None:
        """Close its connections."""
        self._model.close()


def read_grade(said: str) -> bool | None:
    """What the last line `GRADE: ...` says; None without one, or where it says anything else."""
    lines = _GRADE.findall(said)
    return _VERDICTS.get(lines[-1].strip(" *_`.").upper()) if lines else None
