"""Embeddings of an OpenAI-compatible server: asked as the settings say, and its faults told as errors."""

import json

import pytest
from conftest import WordEmbedding
from model_servers import ModelServer

from assistant import Assistant, Settings
from index.build import build_index
from index.embedder import E5Embedding, choose_embedder
from index.errors import EmbedderError, IndexMismatch
from index.recipe import DEFAULT_EMBEDDER, embedder_name
from index.settings import SEEDS

WORDS = WordEmbedding()


async def embeds(exchange):
    rows = [WORDS.get_text_embedding(text)[: exchange.body.get("dimensions", 64)] for text in exchange.body["input"]]
    data = [{"object": "embedding", "index": n, "embedding": row} for n, row in enumerate(rows)]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    await exchange.start(200, "application/json")
    await exchange.raw(json.dumps({"object": "list", "data": data, "model": exchange.body["model"], "usage": usage}))
    await exchange.end()


def answers(text, status=200, kind="application/json"):
    async def behave(exchange):
        await exchange.start(status, kind)
        await exchange.raw(text)
        await exchange.end()

    return behave


@pytest.fixture
def server():
    with ModelServer(embeds) as running:
        yield running


@pytest.fixture
def settings(server, tmp_path):
    return Settings.from_environment(home=tmp_path, embedding_model="words-3", embedding_base_url=server.url)


def test_without_a_name_it_is_the_built_in_one(tmp_path):
    assert isinstance(choose_embedder(Settings.from_environment(home=tmp_path)), E5Embedding)


def test_its_name_holds_the_dimensions(settings):
    assert embedder_name(settings) == choose_embedder(settings).model_name == "words-3"
    small = settings.model_copy(update={"embedding_dimensions": 16})
    assert embedder_name(small) == choose_embedder(small).model_name == "words-3@16"
    assert embedder_name(settings.model_copy(update={"embedding_model": ""})) == DEFAULT_EMBEDDER


def test_the_server_is_asked_for_the_model_and_the_dimensions(server, settings):
    chosen = choose_embedder(settings.model_copy(update={"embedding_dimensions": 16}))
    assert len(chosen.get_query_embedding("a bridge")) == 16
    assert (server.requests[0]["model"], server.requests[0]["dimensions"]) == ("words-3", 16)
    assert sum(x * x for x in chosen.get_text_embedding("a bridge")) == pytest.approx(1)


def test_an_index_is_built_and_asked_with_it_and_with_no_other(server, settings):
    build_index(settings, [SEEDS])
    with Assistant.open(settings) as assistant:
        found = assistant.search("Which cartel opened an Instagram channel?")
        assert any("Instagram channel" in passage.text for passage in found)
    for other in ({"embedding_model": ""}, {"embedding_dimensions": 16}, {"embedding_model": "words-4"}):
        with pytest.raises(IndexMismatch, match=r"embedder is 'words-3' there and .* here.*Run: footnote index build"):
            Assistant.open(settings.model_copy(update=other))


@pytest.mark.parametrize(
    ("behave", "said"),
    [
        (answers('{"error": {"message": "secret"}}', 500), "answered 500"),
        (answers("<h1>Log in</h1>", 200, "text/html"), "can't be read"),
        (answers('{"object": "list", "data": [], "model": "m"}'), "can't be read|other vectors"),
        (answers('{"object": "list", "data": [{"index": 0, "embedding": []}], "model": "m"}'), "other vectors|direction"),
        (answers('{"object": "list", "data": [{"index": 0, "embedding": [0.0, 0.0]}], "model": "m"}'), "without a direction"),
    ],
)
def test_its_faults_are_errors_never_refusals(server, settings, behave, said):
    server.behave = behave
    with pytest.raises(EmbedderError, match=said) as caught:
        choose_embedder(settings).get_query_embedding("a bridge")
    assert "secret" not in str(caught.value)
    assert len(server.requests) == 1


def test_a_server_that_is_not_there(tmp_path):
    away = Settings.from_environment(home=tmp_path, embedding_model="m", embedding_base_url="http://u:pw@127.0.0.1:9/v1")
    with pytest.raises(EmbedderError, match=r"127\.0\.0\.1 can't be reached") as caught:
        choose_embedder(away).get_query_embedding("a bridge")
    assert "pw" not in str(caught.value)


def test_a_key_is_sent_to_no_server_but_its_own(settings):
    both = settings.model_copy(update={"openai_api_key": type(settings.openai_api_key)("sk-chat")})
    assert choose_embedder(both).api_key == "none"
    with pytest.raises(EmbedderError, match="needs OPENAI_API_KEY"):
        choose_embedder(settings.model_copy(update={"embedding_base_url": ""}))
