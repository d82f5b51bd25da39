"""Question-answer pairs: what a question file holds, read and checked."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.article import Article
from index.errors import FootnoteError

SEEDS_QUESTIONS = Path(__file__).with_name("questions.jsonl")

ANSWERABLE = ("fact", "paraphrase", "list", "both_articles", "spanish", "portuguese", "follow_up")
UNANSWERABLE = ("near_miss", "false_premise", "far", "instruction")
KINDS = ANSWERABLE + UNANSWERABLE
"""What a question is like; its kind also says whether the articles answer it."""

FIELDS = {
    *("id", "kind", "question", "history", "answerable", "reference_answers", "gold_quotes"),
    *("group", "article_ids"),
}
"""What a line of a question file may hold; any other name is an error, so that a misspelt one isn't passed over."""


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
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # splitlines() also cuts at U+2028, which JSON allows
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise QuestionSetError(f"The question file {path} can't be read: {reason}.") from error
    questions: dict[str, EvalQuestion] = {}
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        question = _parse(f"{path}:{n}", line)
        if question.id in questions:
            raise QuestionSetError(f"{path}:{n}: the id {question.id!r} stands in the file already.")
        questions[question.id] = question
    if not questions:
        raise QuestionSetError(f"The question file {path} holds no question.")
    return list(questions.values())


def check_gold(questions: Iterable[EvalQuestion], articles: Mapping[str, Article]) -> None:
    """Raise QuestionSetError unless ids are unique and every gold quote stands in its article."""
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise QuestionSetError(f"Two questions have the id {question.id!r}.")
        seen.add(question.id)
        for id in (*(gold.article_id for gold in question.gold_quotes), *question.article_ids):
            if id not in articles:
                raise QuestionSetError(f"The question {question.id!r} names an article {id!r} that isn't in the corpus.")
        for gold in question.gold_quotes:
            if gold.quote not in articles[gold.article_id].text:
                raise QuestionSetError(f"A gold quote of {question.id!r} isn't in {gold.article_id}: {gold.quote[:80]!r}.")


def _parse(place: str, line: str) -> EvalQuestion:
    try:
        data = json.loads(line)
        json.dumps(data, ensure_ascii=False).encode()  # half a surrogate pair can't be written down
        if unknown := sorted(data.keys() - FIELDS):
            raise ValueError(f"{unknown[0]!r} is no field; known are {', '.join(sorted(FIELDS))}")
        question = EvalQuestion(
            id=_text(data["id"], "id"),
            kind=_text(data["kind"], "kind"),
            question=_text(data["question"], "question"),
            history=tuple(_turn(turn) for turn in _list(data, "history")),
            answerable=_truth(data["answerable"]),
            reference_answers=tuple(_group(group) for group in _list(data, "reference_answers")),
            gold_quotes=tuple(
                GoldQuote(_text(g["article_id"], "article_id"), _text(g["quote"], "quote")) for g in _list(data, "gold_quotes")
            ),
            group=_text(data.get("group", data["id"]), "group"),
            article_ids=tuple(_text(id, "article_ids") for id in _list(data, "article_ids")),
        )
    except KeyError as error:
        raise QuestionSetError(f"{place}: this is no question: {error} is missing.") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise QuestionSetError(f"{place}: this is no question: {error}.") from error
    if question.kind not in KINDS:
        raise QuestionSetError(f"{place}: the kind {question.kind!r} is unknown; known are {', '.join(KINDS)}.")
    if question.answerable != (question.kind in ANSWERABLE):
        kinds = ANSWERABLE if question.answerable else UNANSWERABLE
        state = "" if question.answerable else "not "
        raise QuestionSetError(f"{place}: a question that is {state}answerable is of kind {', '.join(kinds)}.")
    if question.answerable:
        if not (question.gold_quotes and question.reference_answers):
            raise QuestionSetError(f"{place}: an answerable question needs gold_quotes and reference_answers.")
    elif question.gold_quotes or question.reference_answers:
        raise QuestionSetError(f"{place}: a question without an answer has neither gold_quotes nor reference_answers.")
    return question


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name!r} must be text")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("'answerable' must be true or false")
    return value


def _list(data: dict[str, Any], name: str) -> list[Any]:
    value = data.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"{name!r} must be a list")
    return value


def _turn(turn: Any) -> tuple[str, str]:
    if not isinstance(turn, list) or len(turn) != 2 or turn[0] not in ("user", "assistant"):
        raise ValueError("'history' must be a list of ['user' or 'assistant', text]")
    return turn[0], _text(turn[1], "history")


def _group(group: Any) -> tuple[str, ...]:
    if not isinstance(group, list) or not group:
        raise ValueError("'reference_answers' must be a list of groups, each a list of texts")
    return tuple(_text(member, "reference_answers") for member in group)
