"""How near in meaning a claim is to its quotes, where these hold more than the sentence that it cites."""

from functools import partial

from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant.verify import Similarity
from assistant.verify.meaning import NEAR_ENOUGH, similarity_of
from index.cleaning import Stretch
from index.recipe import DEFAULT_EMBEDDER
from index.sentences import split_sentences


def nearness_of(embedder: BaseEmbedding) -> Similarity | None:
    """By the embedder that the check was calibrated for, whatever the index has.

    What is copied out of a quote is as near as can be. Else it is the cosine with all quotes together, or, where that is
    too low, the best one with a single sentence of them: a quote takes in the sentence that the cited one leans on, and
    beside that a short one seemed far from itself.
    """
    if embedder.model_name != DEFAULT_EMBEDDER:
        from index.embedder import E5Embedding

        embedder = E5Embedding()
    similarity = similarity_of(embedder)
    return partial(_nearness, similarity) if similarity else None


def _nearness(similarity: Similarity, claim: str, quotes: tuple[str, ...]) -> float:
    said = claim.strip(" .!?…")
    if any(said in quote for quote in quotes):
        return 1.0
    near = similarity(claim, quotes)
    if near >= NEAR_ENOUGH:
        return near
    sentences = [sentence for quote in quotes for sentence in _sentences(quote)]
    return max(near, *(similarity(claim, (sentence,)) for sentence in sentences)) if len(sentences) > 1 else near


def _sentences(quote: str) -> list[str]:
    return [quote[s.start : s.end] for s in split_sentences(quote, (Stretch(0, len(quote), "body"),), None)]
