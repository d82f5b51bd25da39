"""What goes wrong with a model, in words that are ours: nothing that a server says is passed on."""

import math


class ModelFailure(Exception):
    """A model gave no answer that can be read. Never raised to those who ask: the articles' quotes answer instead.

    `reason` is a few words; `again` says whether the same call may do better, after `wait` seconds (`math.inf`: later
    than anybody waits); `too_long` says that the prompt must be shorter first.
    """

    def __init__(self, reason: str, *, again: bool = False, wait: float = 0.0, too_long: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.again, self.wait, self.too_long = reason, again, wait, too_long


_PAUSE = 0.3  # seconds before a call is made again
_OVERLOADED = {408, 409, 425, 429, 500, 502, 503, 504, 529}


def failure_of(error: Exception) -> ModelFailure:
    """An exception of a server or a library as a ModelFailure."""
    import openai

    if isinstance(error, ModelFailure):
        return error
    if isinstance(error, openai.APIStatusError):
        return _refused(error)
    if isinstance(error, openai.APITimeoutError):
        return ModelFailure("the time was up")
    if isinstance(error, openai.APIConnectionError):
        return ModelFailure("the server can't be reached", again=True, wait=_PAUSE)
    return ModelFailure(f"the reply can't be read ({type(error).__name__})")


def _refused(error: "openai.APIStatusError") -> ModelFailure:  # type: ignore[name-defined]  # noqa: F821
    status = error.status_code
    said = str(error).casefold()
    if status in (400, 413, 422) and any(word in said for word in ("context", "too long", "too large", "maximum")):
        return ModelFailure("the question and its sentences are too long for it", again=True, too_long=True)
    wait = _seconds(error.response.headers.get("retry-after"))
    return ModelFailure(f"the server answered {status}", again=status in _OVERLOADED, wait=max(wait, _PAUSE))


def _seconds(header: str | None) -> float:
    """Retry-After as seconds; a date is taken as later than anybody waits."""
    if not header:
        return 0.0
    try:
        seconds = float(header)
    except ValueError:
        return math.inf
    return seconds if seconds >= 0 else math.inf
