"""Follow-ups made of single questions: of two questions on one paragraph, the second says "it" for what the first named.

Conversations with known answers are few; paragraphs with several questions are many. The English is at times clumsy, as
that of a hurried user is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from assistant.cues import leans_on_history
from evals.questions import EvalQuestion

_WORD = r"\w*(?:['’-](?!s\b)\w+)*"  # without the 's of a possessive
_NAME = re.compile(rf"\b[A-Z]{_WORD}(?:\s+(?:of\s+|the\s+|de\s+)?[A-Z0-9]{_WORD})*")
_THING = re.compile(r"\bthe\s+([a-z]\w{3,}(?:\s[a-z]\w{3,})?)\b")
_SHORT = 3  # letters: a name that is no longer may be anything


def follow_ups(questions: Iterable[EvalQuestion], titles: dict[str, str]) -> Iterator[EvalQuestion]:
    """Answerable questions on one paragraph each, in the set's order -> those that can follow the one before them.

    `titles` are of the paragraphs, by article id. The history of each is the question before it, with no answer.
    """
    for own, group in groupby(questions, key=lambda q: q.gold_quotes[0].article_id):
        for before, question in pairwise(group):
            text = pronominal(question.question, f"{before.question} {titles[own]}")
            if text and leans_on_history(text):
                yield replace(question, id=f"{question.id}-follows", question=text, history=(("user", before.question),))


def pronominal(question: str, said: str) -> str | None:
    """The question with "it" or "they" for the longest name, or thing, that was said before; None where there is none."""
    known = said.lower()
    names = [m.span() for m in _NAME.finditer(question) if m.start() and len(m.group()) > _SHORT and m.group().lower() in known]
    things = [m.span(1) for m in _THING.finditer(question) if m.group(1) in known]
    if not (found := names or things):
        return None
    start, end = max(found, key=lambda span: span[1] - span[0])
    plural = question[start:end].endswith("s") and not question[end:].startswith("'")
    if question[:start].lower().endswith("the "):
        start -= len("the ")
    if question[end:].startswith(("'s", "’s")):
        return f"{question[:start]}its{question[end + 2 :]}"
    return f"{question[:start]}{'they' if plural else 'it'}{question[end:]}"
