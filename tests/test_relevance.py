"""How far a claim's sentences lie from the best one."""

from statistics import median

from assistant.answer import Claim, Span
from assistant.engine import Asked
from assistant.relevance import CLOSE, FURTHER, NEAR, Relevance

QUESTION = "Which cartel opened an Instagram channel?"


def spans_of(ranked):
    return [Span(s.found.passage.article_id, s.sentence.start, s.sentence.end) for s in ranked]


def test_the_best_sentence_of_a_claim_counts(assistant):
    ranked = assistant.query_engine.query(Asked(QUESTION)).metadata["ranked"]
    relevance, spans = Relevance(ranked), spans_of(ranked)
    assert relevance.far(Claim((spans[0],))) == 0
    assert relevance.far(Claim((spans[-1], spans[0]))) == 0
    assert relevance.far(Claim((spans[-1],))) > 1 > FURTHER > NEAR
    assert relevance.far(Claim((Span("nonesuch", 0, 10),))) == float("inf")


def test_far_is_told_on_the_scale_of_the_question(assistant):
    ranked = assistant.query_engine.query(Asked(QUESTION)).metadata["ranked"]
    relevance, spans = Relevance(ranked), spans_of(ranked)
    best, middle = ranked[0].score, median(one.score for one in ranked)
    for one, span in zip(ranked, spans, strict=True):
        behind = best - one.score
        assert relevance.far(Claim((span,))) == (0 if behind <= CLOSE else behind / (best - middle))


def test_where_there_is_one_sentence_it_is_not_far(assistant):
    ranked = assistant.query_engine.query(Asked(QUESTION)).metadata["ranked"][:1]
    assert Relevance(ranked).far(Claim((spans_of(ranked)[0],))) == 0
