"""How near a claim is in meaning to the sentences that it cites."""

from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.verify.rejection import Similarity
from index.recipe import DEFAULT_EMBEDDER

if TYPE_CHECKING:
    import numpy as np
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from numpy.typing import NDArray

_KEPT = 512  # texts whose vectors are kept: sentences of an answer lean on the same quotes again

NEAR_ENOUGH = 0.82
"""Cosine below which a claim is too far from its sentences, for the default embedder, whose cosines lie between .75 and 1.

Calibrated on 111 of the claims in `evals/honest_claims.jsonl`: the lowest had .8204, and 73% of them are below it when they
are held against another sentence of the same article. No true claim of `python -m evals.verification` falls for it.
"""


def similarity_of(embedding: "BaseEmbedding") -> Similarity | None:
    """The cosine of the claim's vector and that of its quotes, joined in their order by spaces; both as passages.

    None for an embedder that NEAR_ENOUGH was not calibrated for: each has cosines of its own.
    """
    if embedding.model_name != DEFAULT_EMBEDDER:
        return None

    @lru_cache(maxsize=_KEPT)
    def vector(text: str) -> "NDArray[np.float64]":
        import numpy as np

        found: NDArray[np.float64] = np.asarray(embedding.get_text_embedding(text))
        return np.divide(found, np.linalg.norm(found))

    def similarity(claim: str, quotes: tuple[str, ...]) -> float:
        return float(vector(claim) @ vector(" ".join(quotes)))

    return similarity
