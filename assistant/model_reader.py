"""The reader that has a model write: numbered sentences in, sentences that end in their ids out.

Nothing that it gives out is believed: each claim is cited and checked by `assistant.citing` before anybody sees it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from assistant.answer import Claim, Rejected, Span
from assistant.budget import Budget
from assistant.cancellation import Abandoned, Cancellation
from assistant.draft import Draft, DraftParser
from assistant.model import Model, Reply
from assistant.model_failure import ModelFailure
from assistant.numbering import CHARS_PER_TOKEN, Numbering, number
from assistant.retriever import ScoredPassage
from assistant.settings import Settings
from assistant.verify import Reason
from index.lexical import words
from prompts import NO_ANSWER, load

MAX_CITED = 3
"""Sentences that one claim may lean on. A check against many at once would be hardly one."""

MAX_DRAFTS = 40
"""Sentences that are read of one reply."""

ECHO = 5
"""Words in a row of the prompt's own instructions that no sentence of an answer has."""

_LEAST = 600  # characters of numbered sentences, however small the model's window is


class NoAnswer(Exception):
    """The model says that the sentences don't answer, and nothing else."""


class ModelReader:
    """Writes claims with a model. `name` is what a reply calls its reader."""

    def __init__(self, model: Model, settings: Settings) -> None:
        self.model, self._settings = model, settings
        self.name = f"model:{model.name}"

    def read(
        self,
        question: str,
        found: list[ScoredPassage],
        articles: Mapping[str, Mapping[str, str | None]],
        budget: Budget,
        cancellation: Cancellation,
    ) -> Iterator[Claim | Rejected]:
        """Claims as the model writes them, and those without the ids of given sentences as rejected.

        `articles` are the records of the articles, by id: title and language. Raises NoAnswer, ModelFailure (also after
        some claims, where the reply breaks off), Abandoned.
        """
        titles = {id: str(record["title"]) for id, record in articles.items()}
        language = articles[found[0].passage.article_id]["language"]
        chars = self._room(question)
        while True:
            numbering = number(found, titles, chars)
            if not numbering.sentences:
                raise ModelFailure("no sentence was found that it may be given")
            begun = False
            try:
                for one in self._claims(self._ask(question, numbering, budget, cancellation), numbering, language):
                    begun = True
                    yield one
                return
            except ModelFailure as failure:
                if begun or not failure.again or not budget.allows(failure.wait):
                    raise
                if cancellation.wait(failure.wait):
                    raise Abandoned from None
                if failure.too_long:
                    chars = min(chars, len(numbering.text)) // 2

    def _room(self, question: str) -> int:
        """Characters of numbered sentences that the model's window has room for."""
        tokens = self._settings.model_context - self._settings.model_tokens
        taken = load("answer").length + len(question)
        return max(_LEAST, int(tokens * CHARS_PER_TOKEN) - taken)

    def _ask(self, question: str, numbering: Numbering, budget: Budget, cancellation: Cancellation) -> Reply:
        prompt = load("answer").render(no_answer=NO_ANSWER, sentences=numbering.text, question=question)
        return self.model.stream(prompt, budget, cancellation)

    def _claims(self, reply: Reply, numbering: Numbering, language: str | None) -> Iterator[Claim | Rejected]:
        parser = DraftParser(language)
        seen: set[str] = set()
        for draft in _drafts(reply, parser):
            if draft.text.strip(" .") == NO_ANSWER or draft.text in seen:
                continue
            if len(seen) == MAX_DRAFTS:
                return
            seen.add(draft.text)
            yield _claim(draft, numbering)
        if not seen:
            if parser.no_answer:
                raise NoAnswer
            raise ModelFailure("the reply was empty")


def _drafts(reply: Reply, parser: DraftParser) -> Iterable[Draft]:
    """All sentences of a reply; where it breaks off, those that were complete, then ModelFailure."""
    for piece in reply:
        yield from parser.feed(piece)
    if reply.finish not in ("stop", None):
        raise ModelFailure("the reply broke off")
    yield from parser.end()


def _claim(draft: Draft, numbering: Numbering) -> Claim | Rejected:
    if _echoes(draft.text):
        return Rejected(draft.text, "repeats its instructions")
    if not draft.ids:
        return Rejected(draft.text, Reason.NO_SENTENCE)
    if any(id not in numbering.sentences for id in draft.ids):
        return Rejected(draft.text, Reason.UNKNOWN_SENTENCE)
    if len(draft.ids) > MAX_CITED:
        return Rejected(draft.text, "too many sentences")
    return Claim(_outermost([numbering.sentences[id].span for id in draft.ids]), draft.text)


def _echoes(text: str) -> bool:
    """Whether a sentence repeats what the model was told to do: that is nothing that the articles say."""
    return any(run in _instructions() for run in _runs(text))


@cache
def _instructions() -> frozenset[tuple[str, ...]]:
    return frozenset(run for message in load("answer").messages if message.role == "system" for run in _runs(message.text))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return (tuple(found[at : at + ECHO]) for at in range(len(found) - ECHO + 1))


def _outermost(spans: list[Span]) -> tuple[Span, ...]:
    """Spans that lie in no other of them, in their order, each once."""
    distinct = list(dict.fromkeys(spans))
    return tuple(a for a in distinct if not any(a != b and _within(a, b) for b in distinct))


def _within(a: Span, b: Span) -> bool:
    return a.article_id == b.article_id and b.start <= a.start and a.end <= b.end
