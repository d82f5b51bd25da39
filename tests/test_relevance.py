"""How far a claim's sentences lie behind the best one."""

from assistant.answer import Claim, Span
from assistant.engine import Asked
from assistant.relevance import NEAR, Relevance


def test_the_best_sentence_of_a_claim_counts(assistant):
    ranked = assistant.query_engine.query(Asked("Which cartel opened an Instagram channel?")).metadata["ranked"]
    relevance = Relevance(ranked)
    spans = [Span(s.found.passage.article_id, s.sentence.start, s.sentence.end) for s in ranked]
    assert relevance.behind(Claim((spans[0],))) == 0
    assert relevance.behind(Claim((spans[-1], spans[0]))) == 0
    assert relevance.behind(Claim((spans[-1],))) == ranked[0].score - ranked[-1].score > NEAR
    assert relevance.behind(Claim((Span("nonesuch", 0, 10),))) == float("inf")
