"""Question-answer pairs: what a question file holds, read and checked."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.article import Article
from index.errors import FootnoteError

SEEDS_QUESTIONS = Path(__file__).with_name("questions.jsonl")

KINDS = (
    *("fact", "paraphrase", "list", "both_articles", "spanish", "portuguese", "follow_up"),
    *("near_miss", "false_premise", "far", "instruction"),
)
"""The first seven are answerable, the last four are not."""


class QuestionSetError(FootnoteError):
    """A question file can't be used; the message names the file and, where there is one, the line."""


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A place that answers: verbatim text of an article."""

    article_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """A question with what is right.

    An answer is right only if its quotes meet every group of `reference_answers`, and any member meets its group, and one
    quote overlaps a gold quote. `group` is what a split and a bootstrap keep together: the id unless a set has its own.
    """

    id: str
    kind: str
    question: str
    history: tuple[tuple[str, str], ...]
    answerable: bool
    reference_answers: tuple[tuple[str, ...], ...]
    gold_quotes: tuple[GoldQuote, ...]
    group: str = ""
    article_ids: tuple[str, ...] = ()
    """Articles that the question is limited to; none is all."""

    @property
    def split(self) -> Literal["dev", "test"]:
        """`dev` if int(sha1(group)[:8], 16) % 10 < 4, else `test`."""
        digest = hashlib.sha1((self.group or self.id).encode(), usedforsecurity=False).hexdigest()
        return "dev" if int(digest[:8], 16) % 10 < 4 else "test"


def load_questions(path: Path) -> list[EvalQuestion]:
    """Read a JSONL file of questions. Raises QuestionSetError, naming file and line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{path} can't be read: {error}.") from error
    questions = [_parse(f"{path}:{n}", line) for n, line in enumerate(lines, 1) if line.strip()]
    if not questions:
        raise QuestionSetError(f"{path} holds no question.")
    twice = [id for id, count in Counter(q.id for q in questions).items() if count > 1]
    if twice:
        raise QuestionSetError(f"{path}: the id {twice[0]!r} stands there twice.")
    return questions


def check_gold(questions: list[EvalQuestion], articles: dict[str, Article]) -> None:
    """Raise QuestionSetError unless every gold quote stands in its article."""
    for question in questions:
        for gold in question.gold_quotes:
            if gold.article_id not in articles:
                raise QuestionSetError(f"The question {question.id!r} names an article {gold.article_id!r} that isn't there.")
            if gold.quote not in articles[gold.article_id].text:
                raise QuestionSetError(f"A gold quote of {question.id!r} isn't in {gold.article_id}: {gold.quote[:80]!r}.")


def _parse(place: str, line: str) -> EvalQuestion:
    try:
        data = json.loads(line)
        question = EvalQuestion(
            id=_text(data, "id"),
            kind=_text(data, "kind"),
            question=_text(data, "question"),
            history=tuple((str(role), str(text)) for role, text in data.get("history", [])),
            answerable=_truth(data, "answerable"),
            reference_answers=tuple(tuple(map(str, group)) for group in data.get("reference_answers", [])),
            gold_quotes=tuple(GoldQuote(g["article_id"], g["quote"]) for g in data.get("gold_quotes", [])),
            group=str(data.get("group", "")),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise QuestionSetError(f"{place}: this is no question: {error}.") from error
    if question.kind not in KINDS:
        raise QuestionSetError(f"{place}: the kind {question.kind!r} is unknown; known are {', '.join(KINDS)}.")
    if question.answerable != bool(question.gold_quotes and question.reference_answers):
        raise QuestionSetError(f"{place}: an answerable question has reference_answers and gold_quotes, another has none.")
    return question


def _text(data: dict[str, Any], name: str) -> str:
    if not isinstance(data[name], str) or not data[name].strip():
        raise ValueError(f"{name!r} must be text")
    return str(data[name])


def _truth(data: dict[str, Any], name: str) -> bool:
    if not isinstance(data[name], bool):
        raise ValueError(f"{name!r} must be true or false")
    return bool(data[name])
