"""True sentences in a model's own words: nearly all of them are shown. `HONEST=all` takes all, else it is every fourth."""

# ruff: noqa: F811 - the fixtures are imported

import json
import os

import pytest
from conftest import REPOSITORY
from model_servers import server  # noqa: F401

from assistant import Assistant, Settings

CLAIMS = [json.loads(line) for line in (REPOSITORY / "evals" / "honest_claims.jsonl").read_text(encoding="utf-8").splitlines()]


def folded(text):
    return " ".join(text.split()).replace("<", "‹").replace(">", "›")


@pytest.fixture(scope="module")
def opened(server, seeds_home):
    settings = Settings.from_environment(home=seeds_home, model="honest", openai_base_url=server.url, model_context=32_000)
    with Assistant.open(settings) as assistant:
        yield assistant


def test_nearly_all_honest_sentences_are_shown(opened, server):
    """Each is asked for with the first quote that it stands on, so that its sentences are among those given."""
    chosen = CLAIMS if os.environ.get("HONEST") == "all" else CLAIMS[::4]
    given, shown, wrong = 0, 0, []
    for row in chosen:

        async def says_it(exchange, row=row):
            ids = [id for quote in row["quotes"] for id, text in exchange.sentences.items() if folded(quote) == text]
            found = len(ids) == len(row["quotes"])
            exchange.body["found"] = found
            await exchange.reply(f"{row['claim']} {''.join(f'[{id}]' for id in ids)}" if found else "NO_ANSWER")

        server.behave = says_it
        server.requests.clear()
        reply = opened.ask(" ".join(row["quotes"])[:1900])
        if not server.requests or not server.requests[0]["found"]:
            continue  # a sentence that wasn't found isn't the check's matter
        given += 1
        if reply.reader == "model:honest" and reply.outcome == "answered" and [c.text for c in reply.claims] == [row["claim"]]:
            shown += 1
        else:
            wrong.append((row["claim"], [r.reason for r in reply.rejected], reply.failure))
    assert given >= 0.9 * len(chosen), given
    assert shown >= 0.95 * given, (shown, given, wrong)
