"""Many chats at once: none fails, the ones too many are told so, and the memory is given back."""

# ruff: noqa: F811 - the fixtures are imported

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from browser import QUESTION, Scripted, ask, chromium, served, url, visit  # noqa: F401

SERVED = """
import asyncio, sys
from assistant import Assistant, Settings
from assistant.page.app import serve

class Slow(Assistant):
    async def astream(self, question, **more):
        if question.startswith("wait"):
            await asyncio.sleep(0.5)
            question = "What is the dark web?"
        async for event in super().astream(question, **more):
            yield event

with Slow.open(Settings.from_environment(home=sys.argv[1])) as assistant:
    serve(assistant, "127.0.0.1", 0, lambda url: print(url, flush=True))
"""
QUESTIONS = ["What is the dark web?", "How much does cyber crime cost?", "Which cartel opened an Instagram channel?", QUESTION]


@pytest.fixture
def server(seeds_home):
    env = os.environ | {"OMP_WAIT_POLICY": "passive"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVED, str(seeds_home)], stdout=subprocess.PIPE, text=True, env=env
    ) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.terminate()


def memory(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])


def asking(url):
    dependencies = httpx.get(f"{url}/config").json()["dependencies"]
    return next(d["id"] for d in dependencies if len(d["outputs"]) == 5 and len(d["inputs"]) == 3)


async def chat(client, url, fn, session, question):
    """Ask as the page does. The status of the request, and what came of it."""
    call = {"data": [question, [], ""], "fn_index": fn, "session_hash": session}
    joined = await client.post(f"{url}/gradio_api/queue/join", json=call)
    if joined.status_code != 200:
        return joined.status_code, joined.text
    async with client.stream("GET", f"{url}/gradio_api/queue/data", params={"session_hash": session}) as events:
        async for line in events.aiter_lines():
            if line.startswith("data:") and (event := json.loads(line[5:]))["msg"] == "process_completed":
                return 200 if event["success"] else 500, json.dumps(event["output"])
    return 0, "cut off"


def at_once(url, number, question=None):
    async def together():
        fn = asking(url)
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(timeout=120, limits=limits) as client:
            chats = (chat(client, url, fn, f"{number}-{n}", question or QUESTIONS[n % 4]) for n in range(number))
            return await asyncio.gather(*chats)

    return asyncio.run(together())


def test_fifty_chats_at_once_are_answered_and_two_hundred_do_no_harm(server):
    url, pid = server
    for number in (50, 20):  # what is loaded once is loaded by then
        assert all(status == 200 and "#cite-" in said for status, said in at_once(url, number))
    before = memory(pid)
    replies = at_once(url, 200, "wait")
    by_status = {status: [said for s, said in replies if s == status] for status in {s for s, _ in replies}}
    assert set(by_status) == {200, 503}, {status: len(said) for status, said in by_status.items()}
    assert all("#cite-" in said for said in by_status[200]) and len(by_status[200]) >= 100
    assert all("full" in said for said in by_status[503])
    assert all(status == 200 for status, _ in at_once(url, 10))
    grown = memory(pid) / before
    print(f"memory: {before // 1024} MB before, x{grown:.3f} after")
    assert grown < 1.1


@pytest.mark.browser
def test_who_comes_when_all_are_busy_is_told_so_and_keeps_the_question(assistant, visit):
    scripted = Scripted(assistant)
    scripted.settings = assistant.settings.model_copy(update={"max_waiting": 1})
    with served(scripted) as url:
        fn = asking(url)
        page = visit(url=url, expected="queue/join")
        with httpx.Client() as client:
            for n in range(6):
                call = {"data": ["wait", [], ""], "fn_index": fn, "session_hash": f"s{n}"}
                client.post(f"{url}/gradio_api/queue/join", json=call)
                time.sleep(0.2)
        page.fill("#fn-question textarea", QUESTION)
        page.press("#fn-question textarea", "Enter")
        page.wait_for_selector("text=busy")
        assert page.input_value("#fn-question textarea") == QUESTION


@pytest.mark.browser
def test_the_page_is_painted_soon_after_the_server_listens(server, chromium):
    url, _ = server
    page = chromium.new_page()
    listening = time.monotonic()
    page.goto(url)
    page.wait_for_selector("#fn-question textarea")
    usable = time.monotonic() - listening
    page.wait_for_timeout(200)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint').map(e => e.startTime / 1000)")
    page.close()
    print(f"first paint {paint} s, usable {usable:.2f} s after the server listens")
    assert (paint[0] if paint else usable) < 3
