"""Thumbs down from the page's log as question stubs. A person answers them: none becomes gold by itself.

A stub lacks what makes it a question of a set (its kind, whether the articles answer, answers and quotes), so that a
question file with one in it is refused until a person has filled it in.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from assistant.feedback import Feedback


def candidates(feedback: Iterable[Feedback]) -> list[dict[str, Any]]:
    """A stub for each question (with its history) that was thumbed down, oldest first, with what was said of it."""
    stubs: dict[str, dict[str, Any]] = {}
    for thumb in feedback:
        if thumb.verdict != "down":
            continue
        history = [list(turn) for turn in thumb.history]
        key = hashlib.sha256(repr((thumb.question, history)).encode("utf-8", "surrogatepass")).hexdigest()[:10]
        stub = stubs.setdefault(
            key,
            {
                "id": f"feedback-{key}",
                "question": thumb.question,
                "history": history,
                "kind": "",
                "answerable": None,
                "reference_answers": [],
                "gold_quotes": [],
                "replies": [],
                "words": [],
            },
        )
        if thumb.reply not in stub["replies"]:
            stub["replies"].append(thumb.reply)
        if thumb.word:
            stub["words"].append(thumb.word)
    return list(stubs.values())
