"""A question as somebody typed it: made clean, and told at once when it can't be asked."""

import re

from assistant.errors import QuestionError

_UNTYPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def checked(question: str, limit: int) -> str:
    """The question on one line, without control characters and halves of characters.

    Raises QuestionError when nothing is left, or more than `limit` characters.
    """
    text = " ".join(_UNTYPED.sub(" ", question).split())
    if not text:
        raise QuestionError("The question is empty.")
    if len(text) > limit:
        raise QuestionError(f"The question has {len(text):,} characters; {limit:,} can be asked at once.")
    return text
