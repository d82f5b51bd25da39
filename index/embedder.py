"""The embedder of the settings as LlamaIndex wants one; by default `index.e5`.

Any other LlamaIndex embedding can stand in its place; its `model_name` is part of the index's recipe.
"""

from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from index.e5 import E5
from index.recipe import DEFAULT_EMBEDDER
from index.settings import IndexSettings


class E5Embedding(BaseEmbedding):
    """multilingual-e5-small: text -> 384 float32, of length 1."""

    model_name: str = DEFAULT_EMBEDDER
    _model: E5 = PrivateAttr()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._model = E5()

    @classmethod
    def class_name(cls) -> str:
        """The name that LlamaIndex writes into its events."""
        return "E5Embedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._model.query(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._model.get_text_embedding_batch(texts)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def choose_embedder(settings: IndexSettings) -> BaseEmbedding:
    """The embedder that the settings name. Raises EmbedderError where that needs a key or an address."""
    if not settings.embedding_model:
        return E5Embedding()
    from index.remote_embedder import RemoteEmbedding

    return RemoteEmbedding.of(settings)
