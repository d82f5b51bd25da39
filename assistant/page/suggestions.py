"""What to ask next: questions on what stands around the quotes just shown. Each was asked, and the articles answer it."""

from collections.abc import Iterable, Sequence

from assistant.assistant import Assistant
from assistant.folding import fold
from assistant.page.subjects import Subject, checked, subjects
from assistant.retriever import Filters

_TRIED, _NEAR = 6, 2500  # questions that are tried; characters from a quote

Shown = tuple[str, int, int]
"""A quote on the page: article id, start, end."""


def suggestions(
    assistant: Assistant, shown: Sequence[Shown], asked: Iterable[str], language: str, filters: Filters | None, limit: int = 3
) -> list[str]:
    """Up to `limit` questions whose answers begin with a quote that isn't shown yet. Raises KeyError for an unknown article."""
    said = " ".join(fold(text).text for text in asked)
    found: list[str] = []
    places = set(shown)
    for subject in [s for s in _around(assistant, shown) if fold(s.text).text not in said][:_TRIED]:
        reply = checked(assistant, subject, language, filters)
        if reply is None:
            continue
        quoted = [(c.article_id, c.start, c.end) for c in reply.citations]
        if quoted[0] not in places and len(found) < limit:
            found.append(reply.question)
            places |= set(quoted)
    return found


def _around(assistant: Assistant, shown: Sequence[Shown]) -> list[Subject]:
    """Subjects near the quotes shown, the nearest first."""
    near: dict[str, tuple[int, Subject]] = {}
    for id, start, end in shown:
        for subject in subjects(assistant.article(id)):
            away = max(start - subject.start, subject.start - end, 0)
            key = fold(subject.text).text
            if away <= _NEAR and away < near.get(key, (_NEAR + 1, subject))[0]:
                near[key] = away, subject
    return [subject for _, subject in sorted(near.values(), key=lambda pair: pair[0])]
