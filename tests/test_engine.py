"""The way from a question to a reply, where something in it gives way."""

import pytest

from assistant.answer import Claim, Refusal, Span
from assistant.engine import Asked


@pytest.fixture
def reader(assistant, monkeypatch):
    """Let the engine's reader give these claims."""

    def give(*spans):
        claims = [Claim(tuple(group)) for group in spans]
        monkeypatch.setattr(assistant.query_engine._writer._quotes, "read", lambda *given: claims)
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


def test_a_question_whose_index_is_dropped_under_it_is_asked_of_the_newest(home, monkeypatch):
    """Two indexes are published while it is under way: the files of the one that it uses are gone then."""
    import shutil

    from assistant import Assistant, Settings
    from index.errors import IndexDamaged
    from index.local_place import LocalPlace
    from index.store import Store

    question = "Which cartel opened an Instagram channel?"
    place = LocalPlace(home)
    with Assistant.open(Settings.from_environment(home=home)) as opened:
        expected = opened.ask(question).text
        nearest = Store.nearest
        first = place.current_name()

        def swapped(self, vector, limit):
            if self.folder.parent.name == first:
                shutil.copytree(place.folder(first), place.folder("999999-next"))
                place.publish("999999-next")
                raise IndexDamaged("gone")
            return nearest(self, vector, limit)

        monkeypatch.setattr(Store, "nearest", swapped)
        assert opened.ask(question).text == expected
        assert place.names() == ["999999-next"]
        monkeypatch.setattr(Store, "nearest", lambda *_: (_ for _ in ()).throw(IndexDamaged("really")))
        with pytest.raises(IndexDamaged, match="really"):
            opened.ask(question)
