"""The way from a question to a reply, where something in it gives way."""

import pytest

from assistant.answer import Claim, Refusal, Span
from assistant.engine import Asked


@pytest.fixture
def reader(assistant, monkeypatch):
    """Let the engine's reader give these claims."""

    def give(*spans):
        claims = [Claim(tuple(group)) for group in spans]
        monkeypatch.setattr(assistant.query_engine._reader, "read", lambda ranked, wanted: claims)
        return assistant.query_engine.query(Asked("Which cartel opened an Instagram channel?")).metadata["reply"]

    return give


def test_claims_whose_quote_does_not_exist_are_rejected_and_nothing_is_shown(reader, assistant):
    id = assistant.articles()[0]["id"]
    length = len(assistant.article(id).text)
    reply = reader([Span("nonesuch", 0, 10)], [Span(id, length - 5, length + 5)], [Span(id, 10, 10)], [Span(id, 0, 30)])
    assert isinstance(reply, Refusal)  # the last is a heading: not a quote either
    assert [r.reason for r in reply.rejected] == ["no such quote"] * 4
    assert reply.to_dict()["rejected"]["count"] == 4


def test_a_claim_is_shown_whole_or_not_at_all(reader, assistant):
    article = assistant.article(assistant.articles()[0]["id"])
    body = next(s for s in article.stretches if s.kind == "body")
    good = Span(article.id, body.start, body.end)
    reply = reader([good, Span("nonesuch", 0, 10)], [good])
    assert [c.number for c in reply.citations] == [1]
    assert reply.citations[0].quote == article.text[body.start : body.end]
    assert len(reply.rejected) == 1


def test_timings_name_the_steps(assistant):
    timings = assistant.ask("Which cartel opened an Instagram channel?").timings
    assert set(timings) == {"retrieve", "read", "total"}
    assert 0 < timings["retrieve"] < timings["total"]


def test_the_async_way_is_the_same_way(assistant):
    import asyncio

    question = "Which cartel opened an Instagram channel?"
    response = asyncio.run(assistant.query_engine.aquery(question))
    assert response.metadata["reply"].text == assistant.ask(question).text
