"""A model's answer on the page: each sentence with its markers, the quotes beneath it, and Stop that stops the model."""

# ruff: noqa: F811 - the fixtures are imported

import asyncio
import time

import pytest
from hostile_models import FAILURES
from model_servers import first_sentence, server  # noqa: F401

from assistant import Assistant, Settings
from assistant.page import export, render
from assistant.page.chat import Chat

QUESTION = "Which cartel opened an Instagram channel?"


@pytest.fixture(scope="module")
def opened(server, seeds_home):
    settings = Settings.from_environment(home=seeds_home, model="scripted", openai_base_url=server.url, model_timeout=5)
    with Assistant.open(settings) as assistant:
        yield assistant


def test_a_sentence_has_its_markers_and_its_quotes_beneath(opened, server):
    server.behave = first_sentence
    reply = opened.ask(QUESTION)
    shown = render.answer(reply, 2)
    sentence, quote, *_ = shown.split("\n\n")
    assert sentence.startswith(reply.claims[0].text[:20])
    assert "](#cite-" in sentence
    assert quote.startswith("> “")
    assert reply.citations[0].quote[:40] in render.plain(shown)
    assert "> " not in render.plain(shown)
    assert render.partial(reply.claims, "Checking").split("\n\n")[:2] == [sentence, quote]
    assert render.stopped(render.partial(reply.claims, "Checking"), render.labels("en")).startswith(sentence)


def test_an_exported_answer_has_its_quotes_as_footnotes_only(opened, server):
    server.behave = first_sentence
    reply = opened.ask(QUESTION)
    message = render.answer(reply, 2)
    made = export.markdown("", [("user", QUESTION), ("assistant", message)], opened.article)
    said, _, notes = made.partition("[^1]:")
    assert reply.claims[0].text.split(",")[0] in said
    assert "> " not in said
    assert reply.citations[0].quote[:30] in notes
    assert "&gt;" not in export.page("T", [("user", QUESTION), ("assistant", message)], opened.article)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        (QUESTION, "Quotes only: the model did not answer."),
        ("¿Qué cártel abrió un canal de Instagram?", "Solo citas: el modelo no respondió."),
        ("Qual cartel abriu um canal no Instagram?", "Só citações: o modelo não respondeu."),
    ],
)
def test_quotes_in_place_of_a_model_are_labelled(opened, server, question, label):
    server.behave = FAILURES["forbidden"]
    assert render.answer(opened.ask(question), 2).startswith(f"*{label}*\n\n“")


def test_what_a_model_says_is_escaped(opened, server, monkeypatch):
    async def active(exchange):
        id, _ = exchange.best
        await exchange.reply(f"See <img src=x onerror=alert(1)> and [click](javascript:x) now. [{id}]")

    server.behave = active
    assert opened.ask(QUESTION).reader == "quotes"  # the check lets none of it through
    monkeypatch.setattr(opened, "query_engine", opened.query_engine.unchecked())
    shown = render.answer(opened.ask(QUESTION), 2).partition(render.RULE)[0]
    assert "\\<img" in shown
    assert "](javascript" not in shown.replace("\\", "").replace("&rbrack;", "")


@pytest.mark.parametrize("way", ["closed", "cancelled"])
def test_stop_stops_the_model(opened, server, way):
    server.behave = FAILURES["stalls_amid_the_text"]
    server.cancelled.clear()

    async def stop():
        states = Chat(opened).ask(QUESTION, [], "")
        if way == "closed":
            async for _, talk, *_ in states:
                if "#cite-" in str(talk):
                    break
            left = time.monotonic()
            await states.aclose()
            return left

        async def shows():
            async for _ in states:
                pass

        showing = asyncio.ensure_future(shows())
        until = time.monotonic() + 20
        while not server.requests and time.monotonic() < until:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)
        showing.cancel()
        return time.monotonic()

    server.requests.clear()
    left = asyncio.run(stop())
    until = time.monotonic() + 10
    while not server.cancelled and time.monotonic() < until:
        time.sleep(0.01)
    assert server.cancelled[0] - left < 2


def test_the_pages_own_questions_cost_no_model(opened, server):
    from assistant.page.examples import examples

    server.requests.clear()
    assert len(examples(opened)) == 4
    assert opened.quote(QUESTION).reader == "quotes"
    assert not server.requests
    assert opened.ask(QUESTION).reader.startswith("model:")
