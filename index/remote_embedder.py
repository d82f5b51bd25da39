"""An embedding model of an OpenAI-compatible server: OpenAI, vLLM, TEI, Ollama."""

import math
from collections.abc import Callable
from typing import Any, TypeVar

import openai
from llama_index.embeddings.openai import OpenAIEmbedding

from index.errors import EmbedderError
from index.recipe import embedder_name
from index.settings import OPENAI_URL, IndexSettings

TIMEOUT = 20.0
"""Seconds for one request. It isn't repeated: what was embedded by then is kept, and a question is asked again."""

BATCH = 32
"""Texts in one request, at the most: what small servers take."""

MAX_CHARS = 4000
"""What the model is given of one text; sentences are far shorter."""

T = TypeVar("T")


class RemoteEmbedding(OpenAIEmbedding):  # type: ignore[misc]  # its package has no types
    """Embeds with the model that the settings name. What goes wrong there is raised as an EmbedderError."""

    @classmethod
    def of(cls, settings: IndexSettings) -> "RemoteEmbedding":
        """The model of the settings. A key is sent to no server but its own. Raises EmbedderError without key and address."""
        apart = settings.embedding_base_url
        key = (settings.embedding_api_key if apart else settings.openai_api_key).get_secret_value()
        url = apart or settings.openai_base_url
        if not key and not url:
            message = f"The embedding model {settings.embedding_model} needs OPENAI_API_KEY, or FOOTNOTE_EMBEDDING_BASE_URL."
            raise EmbedderError(message, repair="export OPENAI_API_KEY=...")
        made = cls(
            model_name=embedder_name(settings),
            dimensions=settings.embedding_dimensions,
            embed_batch_size=BATCH,
            additional_kwargs={"encoding_format": "float"},
            api_key=key or "none",  # an empty one would be looked for in the environment
            api_base=url or OPENAI_URL,
            max_retries=0,
            timeout=TIMEOUT,
        )
        made._query_engine = made._text_engine = settings.embedding_model
        return made

    @classmethod
    def class_name(cls) -> str:
        """The name that LlamaIndex writes into its events."""
        return "RemoteEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._vectors([query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        import asyncio

        return await asyncio.to_thread(self._get_query_embedding, query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._vectors([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._vectors(texts)

    def _vectors(self, texts: list[str]) -> list[list[float]]:
        """A vector of length 1 for each text."""
        cut = [text[:MAX_CHARS] for text in texts]
        vectors = self._asked(lambda: super(RemoteEmbedding, self)._get_text_embeddings(cut))
        wanted = self.dimensions or (len(vectors[0]) if vectors else 0)
        if len(vectors) != len(texts) or any(len(vector) != wanted for vector in vectors):
            raise EmbedderError(f"The embedding server {self._host()} gave other vectors than were asked for.")
        return [_unit(vector, self._host()) for vector in vectors]

    def _asked(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except openai.APIStatusError as error:
            raise EmbedderError(f"The embedding server {self._host()} answered {error.status_code}.") from error
        except openai.APIConnectionError as error:
            raise EmbedderError(f"The embedding server {self._host()} can't be reached in {TIMEOUT:.0f} s.") from error
        except Exception as error:  # a page instead of JSON, no data: whatever the library makes of it
            raise EmbedderError(f"What the embedding server {self._host()} answered can't be read.") from error

    def _host(self) -> str:
        from urllib.parse import urlsplit

        return urlsplit(str(self.api_base)).hostname or "?"  # the rest of an address may hold a password


def _unit(vector: list[Any], host: str) -> list[float]:
    length = math.sqrt(sum(x * x for x in vector))
    if not 0 < length < math.inf:
        raise EmbedderError(f"The embedding server {host} gave a vector without a direction.")
    return [x / length for x in vector]
