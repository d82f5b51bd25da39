"""What a conversation is limited to, as the browser sends it: JSON, or nothing for all articles."""

import json
from datetime import date
from typing import Any

from assistant.errors import QuestionError
from assistant.retriever import Filters

_LONGEST = 200_000  # characters: some thousand article ids


def filters(limits: str) -> Filters | None:
    """Read `{"ids": [...], "publisher": "...", "from": "YYYY-MM-DD", "to": "..."}`; all are optional.

    Raises QuestionError for what can't be read.
    """
    if not limits.strip():
        return None
    try:
        if len(limits) > _LONGEST:
            raise ValueError
        data: dict[str, Any] = json.loads(limits)
        ids = frozenset(map(_text, data.get("ids") or []))
        found = Filters(
            article_ids=ids,
            publisher=_text(data["publisher"]) if data.get("publisher") else None,
            published_from=_day(data.get("from")),
            published_to=_day(data.get("to")),
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise QuestionError("What the chat is limited to can't be read; take the limit off and set it anew.") from error
    return found if found != Filters() else None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _day(value: Any) -> str | None:
    return date.fromisoformat(_text(value)).isoformat() if value else None
