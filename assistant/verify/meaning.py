"""How near a claim is in meaning to the sentences that it cites."""

from typing import TYPE_CHECKING

from assistant.verify.rejection import Similarity
from index.recipe import DEFAULT_EMBEDDER

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

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

    def similarity(claim: str, quotes: tuple[str, ...]) -> float:
        import numpy as np

        ours, theirs = (np.asarray(v) for v in embedding.get_text_embedding_batch([claim, " ".join(quotes)]))
        return float(ours @ theirs / (np.linalg.norm(ours) * np.linalg.norm(theirs)))

    return similarity
