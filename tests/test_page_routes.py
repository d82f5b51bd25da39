import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest
from homes import current, swap
from starlette.testclient import TestClient

from assistant import Assistant, Settings
from assistant.errors import PageError
from assistant.page.app import bind, build_app
from assistant.page.render import mark

SELF = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def client(assistant):
    with TestClient(build_app(assistant), base_url=SELF) as opened:
        yield opened


def test_health_and_readiness(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "articles": 2}


@pytest.mark.parametrize(("path", "type"), [("/ui/app.js", "text/javascript"), ("/ui/app.css", "text/css")])
def test_the_page_brings_its_own_script_and_style(client, path, type):
    found = client.get(path)
    assert found.status_code == 200 and found.headers["content-type"].startswith(type)
    assert "http://" not in found.text and "https://" not in found.text


def test_an_article_comes_with_its_paragraphs_and_the_mark_of_a_place(client, assistant):
    for record in assistant.articles():
        article = assistant.article(record["id"])
        found = client.get("/ui/article", params={"id": article.id, "place": ["3-40", "9-x"]}).json()
        assert (found["text"], found["title"]) == (article.text, article.title)
        assert found["paragraphs"] == [[s.start, s.end, s.kind] for s in article.stretches]
        assert found["marks"] == {"3-40": mark(article.text[3:40]), "9-x": None}


@pytest.mark.parametrize("id", ["", "no such", "../../etc/passwd", "\0", "%00", "x" * 5000])
def test_an_unknown_article_is_404_in_json(client, id):
    found = client.get("/ui/article", params={"id": id})
    assert found.status_code == 404 and "no such article" in found.json()["error"]


@pytest.mark.parametrize(
    "path",
    [
        "/openapi.json",
        "/docs",
        "/login",
        "/monitoring",
        "/runs",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://evil.example",
        "/gradio_api/api/ask",
        "/gradio_api/run/ask",
        "/gradio_api/call/ask",
        "/gradio_api/deep_link",
        "/gradio_api/vibe-code",
        "/ui/../app.py",
        "/ui/app.py",
        "/ui/nonesuch.js",
        "/gradio_api/custom_component/a/b/c/d",
    ],
)
def test_what_the_page_does_not_need_is_closed(client, path):
    for method in ("GET", "POST"):
        found = client.request(method, path)
        assert found.status_code in (404, 405), path
        assert "content-security-policy" in found.headers


def test_a_request_that_is_too_large_is_refused(client):
    from assistant.page.security import LARGEST, TOO_LARGE

    def chunks():
        for _ in range(LARGEST // 100_000 + 2):
            yield b"x" * 100_000

    stated = client.post("/ui/check", content=b"x" * (LARGEST + 1))
    assert (stated.status_code, stated.text) == (413, TOO_LARGE)
    with pytest.raises(Exception):  # noqa: B017 - cut off while it sends
        client.post("/ui/check", content=chunks()).raise_for_status()
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/", "/ui/article?id=x", "/config", "/ui/app.js", "/nowhere"])
def test_every_response_has_the_policy(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "'unsafe-eval'" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


def test_only_the_page_gets_a_nonce_a_new_one_each_time(client):
    import re

    nonces = set()
    for _ in range(2):
        page = client.get("/", headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in page.headers
        (nonce,) = re.findall(r"'nonce-([^']+)'", page.headers["content-security-policy"])
        assert page.text.count("<script") == page.text.count(f'<script nonce="{nonce}"') > 0
        nonces.add(nonce)
    assert len(nonces) == 2
    assert "nonce" not in client.get("/config").headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "10.0.0.1:7860", "", "[bad"])
def test_a_foreign_host_is_refused(client, host):
    for path in ("/", "/ui/article?id=x", "/config", "/healthz"):
        found = client.get(path, headers={"Host": host})
        assert found.status_code == 403 and found.text.endswith(".")


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1:7860", "[::1]:7860", "LOCALHOST", "localhost:9999"])
def test_the_page_answers_under_its_own_names(client, host):
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:8000", "http://localhost:7860", ""])
def test_a_foreign_origin_is_refused(client, origin):
    for method, path in (("POST", "/gradio_api/queue/join"), ("GET", "/ui/article?id=x"), ("OPTIONS", "/")):
        found = client.request(method, path, headers={"Origin": origin}, content=b"{}")
        assert found.status_code == 403 and found.text.startswith("Another site")


def test_its_own_origin_is_not(client):
    assert client.get("/healthz", headers={"Origin": SELF}).status_code == 200


def test_where_all_addresses_are_bound_any_in_numbers_is_the_page(assistant):
    with TestClient(build_app(assistant, "0.0.0.0"), base_url=SELF) as client:
        assert client.get("/healthz", headers={"Host": "192.168.1.7:7860"}).status_code == 200
        assert client.get("/healthz", headers={"Host": f"{socket.gethostname()}:7860"}).status_code == 200
        assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 403


def test_a_taken_port_is_told_with_the_command_that_helps():
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PageError, match="taken") as raised:
            bind("127.0.0.1", port)
        assert raised.value.repair == f"footnote chat --port {port + 1}"


@pytest.mark.parametrize("host", ["203.0.113.1", "no such host"])
def test_an_address_that_is_not_ours_is_told(host):
    with pytest.raises(PageError) as raised:
        bind(host, 0)
    assert raised.value.repair == "footnote chat --host 127.0.0.1"


def ask_of(chat, question, talk=(), limits=""):
    async def all_shown():
        return [shown async for shown in chat.ask(question, list(talk), limits)]

    return asyncio.run(all_shown())


class Broken:
    """An assistant that fails in a way that nobody thought of."""

    notice = ""

    def articles(self):
        return [{"id": "a"}]

    async def astream(self, question, history, filters):
        raise RuntimeError("secret path /home/x")
        yield


def test_whatever_goes_wrong_is_a_sentence(caplog):
    from assistant.page.chat import Chat

    shown = ask_of(Chat(Broken()), "Why?")
    talk = shown[-1][1]
    assert shown[0][0] == "" and talk[-1]["content"] == "Something went wrong on the server; it is in its log."
    assert "secret path" in caplog.text


def test_what_an_older_index_answers_says_so(seeds_home, tmp_path):
    from assistant.page.chat import Chat

    home = tmp_path / "home"
    shutil.copytree(seeds_home, home)
    swap(home, "000002")
    (current(home) / "lexical" / "terms.json").unlink()
    with Assistant.open(Settings.from_environment(home=home)) as opened:
        said = ask_of(Chat(opened), "What is the dark web?")[-1][1][-1]["content"]
    assert "#cite-" in said
    assert said.endswith("*The newest index is damaged; the one before it answered.*")


def test_what_was_said_before_goes_with_the_question(assistant):
    from assistant.page.chat import Chat

    seen = []

    class Listening(Broken):
        async def astream(self, question, history, filters):
            seen.append((question, history))
            async for event in assistant.astream("What is the dark web?"):
                yield event

    first = ask_of(Chat(Listening()), "What about <b>Mexico</b>?")[-1][1]
    ask_of(Chat(Listening()), "And then?", first)
    question, history = seen[-1]
    assert question == "And then?"
    assert history[0] == ("user", "What about <b>Mexico</b>?")
    assert history[1][0] == "assistant" and "#cite-" not in history[1][1] and "Sources" not in history[1][1]


SERVED = """
import asyncio, sys
from assistant import Assistant, Settings
from assistant.page.app import serve

class Slow(Assistant):
    async def astream(self, *args, **kwargs):
        print("asked", flush=True)
        await asyncio.sleep(1.5)
        async for event in super().astream(*args, **kwargs):
            yield event

with Slow.open(Settings.from_environment(home=sys.argv[1])) as assistant:
    serve(assistant, "127.0.0.1", 0, lambda url: print(url, flush=True))
print("closed", flush=True)
"""


def test_sigterm_lets_the_running_answer_end(seeds_home):
    import httpx

    command = [sys.executable, "-c", SERVED, str(seeds_home)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"OMP_WAIT_POLICY": "passive"}
    ) as server:
        assert server.stdout
        url = server.stdout.readline().strip()
        config = httpx.get(f"{url}/config").json()
        ask = next(d["id"] for d in config["dependencies"] if len(d["outputs"]) == 5 and len(d["inputs"]) == 3)
        call = {"data": ["What is the dark web?", [], ""], "fn_index": ask, "session_hash": "s"}
        httpx.post(f"{url}/gradio_api/queue/join", json=call).raise_for_status()
        with httpx.stream("GET", f"{url}/gradio_api/queue/data?session_hash=s", timeout=30) as events:
            lines = events.iter_lines()
            assert server.stdout.readline() == "asked\n"
            server.send_signal(signal.SIGTERM)
            stopped = time.monotonic()
            received = "\n".join(lines)
        assert server.wait(10) == 0
        assert time.monotonic() - stopped < 10
        assert "process_completed" in received and "#cite-" in received
        assert server.stdout.read() == "closed\n"
