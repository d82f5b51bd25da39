"""Which model is asked, with which key, and how any LlamaIndex model is bounded."""

import time

import pytest
from conftest import REPOSITORY
from llama_index.core.base.llms.types import CompletionResponse, LLMMetadata
from llama_index.core.llms import MockLLM
from llama_index.core.llms.callbacks import llm_completion_callback
from llama_index.core.llms.custom import CustomLLM
from pydantic import SecretStr

from assistant import Assistant, Settings
from assistant.budget import Budget
from assistant.cancellation import Abandoned, Cancellation
from assistant.errors import ModelError
from assistant.model import Model, chosen_model
from assistant.model_failure import ModelFailure
from prompts import Message

PROMPT = (Message("system", "Answer."), Message("user", "How?"))


def settings(tmp_path, **given):
    return Settings.from_environment(home=tmp_path, **given)


def test_a_key_alone_names_no_model(monkeypatch, tmp_path):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    assert chosen_model(settings(tmp_path)) is None


def test_the_environment_names_model_key_and_address(monkeypatch, tmp_path):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("FOOTNOTE_MODEL", "m-1")
    read = settings(tmp_path)
    model = chosen_model(read)
    assert model.name == "m-1"
    assert (model._llm.api_key, model._llm.api_base, model._llm.max_retries) == ("sk-test", "http://127.0.0.1:9/v1", 0)
    assert (model._llm._get_aclient().max_retries, model._llm.metadata.is_chat_model) == (0, True)
    assert "sk-test" not in repr(read)
    assert "OPENAI" not in str(read.model_dump()).upper()


def test_a_local_server_is_sent_no_key_of_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    read = settings(tmp_path, model="m", openai_base_url="http://127.0.0.1:9/v1", openai_api_key=SecretStr(""))
    assert chosen_model(read)._llm._get_aclient().api_key == "none"


def test_who_reads_is_chosen(tmp_path):
    named = {"model": "m", "openai_base_url": "http://127.0.0.1:9/v1"}
    assert chosen_model(settings(tmp_path, reader="quotes", **named)) is None
    assert chosen_model(settings(tmp_path, reader="quotes"), MockLLM()) is None
    assert chosen_model(settings(tmp_path), MockLLM()).name
    with pytest.raises(ModelError, match=r"none is named. Run: export FOOTNOTE_MODEL"):
        chosen_model(settings(tmp_path, reader="model"))
    with pytest.raises(ModelError, match=r"m needs OPENAI_API_KEY, or OPENAI_BASE_URL"):
        chosen_model(settings(tmp_path, model="m"))


class Slow(CustomLLM):
    """A model that blocks the loop that it runs on: `first` seconds before the first word, `each` before each other."""

    first: float = 0.0
    each: float = 0.0

    @property
    def metadata(self):
        return LLMMetadata(model_name="slow")

    @llm_completion_callback()
    def complete(self, prompt, formatted=False, **kwargs):
        return CompletionResponse(text="no")

    @llm_completion_callback()
    def stream_complete(self, prompt, formatted=False, **kwargs):
        time.sleep(self.first)
        for _ in range(1000):
            yield CompletionResponse(text="", delta="no ")
            time.sleep(self.each)


@pytest.mark.parametrize("slow", [Slow(first=3.0), Slow(each=0.05)], ids=["first", "each"])
def test_a_model_that_blocks_is_left_behind(slow):
    model, started = Model(slow), time.monotonic()
    with pytest.raises(ModelFailure, match="time was up"):
        model.complete(PROMPT, Budget(1.0, 3), Cancellation())
    assert time.monotonic() - started < 2.5
    slow.first = slow.each = 0.0
    assert model.complete(PROMPT, Budget(20.0, 3), Cancellation()).startswith("no no")
    model.close()


def test_a_budget_without_requests_asks_nothing():
    with pytest.raises(ModelFailure, match="budget"):
        Model(MockLLM()).complete(PROMPT, Budget(10.0, 0), Cancellation())


def test_one_who_left_before_it_began_gets_nothing():
    gone = Cancellation()
    gone.cancel()
    with pytest.raises(Abandoned):
        Model(Slow(each=0.05)).complete(PROMPT, Budget(10.0, 3), gone)


def test_any_llama_index_model_answers(seeds_home):
    """MockLLM says its prompt again: the sentences in it have their ids, and pass; its instructions don't."""
    read = Settings.from_environment(home=seeds_home)
    with Assistant.open(read, llm=MockLLM()) as assistant:
        reply = assistant.ask("Which cartel opened an Instagram channel?")
    assert reply.outcome == "answered"
    assert all(claim.text in claim.citations[0].quote for claim in reply.claims if claim.text)


def test_only_one_module_talks_to_a_model():
    from test_layering import MAY_IMPORT, imports_of, modules_of

    talks = {
        path.relative_to(REPOSITORY).as_posix()
        for folder in MAY_IMPORT
        for path in modules_of(folder)
        if any(name.startswith(("llama_index.llms", "llama_index.core.llms")) for name in imports_of(path))
    }
    assert talks == {"assistant/assistant.py", "assistant/model.py"}  # the first names the type of `llm=`
