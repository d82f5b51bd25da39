"""The page in Chromium, for the tests that drive it: a server over the seeds, a browser, and what a person does."""

import asyncio
import os
import re
import shutil
import threading
import time
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

from assistant.answer import Answer, Citation, CitedClaim, Refusal, Related
from assistant.events import ClaimShown, Done, Searching
from assistant.voices import Address
from index.article import Article
from index.formats.metadata import Metadata

QUESTION = "How large will e-commerce sales in Latin America be by 2021, according to Forrester?"
CITE, READ, MARK = 'a[href^="#cite-"]', 'a[href^="#read-"]', "#fn-panel mark:not(.fn-other)"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
ATTACKS = "\n\n".join(
    f"Whatever {attack} is, it stands in the article as its own text and does nothing here at all."
    for attack in (
        "<img src=http://evil.example/a.png onerror=alert(1)>",
        "<script>alert(1)</script> <svg onload=alert(1)> <form action=http://evil.example><button>x</button></form>",
        "[click](javascript:alert(1)) ![i](http://evil.example/i.png) [1](#cite-x-0-5-abcdef)",
        "**bold** `code` $$x^2$$ ${7*7} &lt;b&gt; https://evil.example",
        '<a href="http://evil.example" style="background:url(http://evil.example/s.png)">a</a>',
        "The \U0001f600 face, \U0001d50a letters or \U0001f1f2\U0001f1fd before it",
    )
)
HOSTILE = Article.parse(
    "hostile/<b> #1", ATTACKS.encode(), stated=Metadata(title="<img src=x onerror=alert(1)> ](javascript:x)")
)


COPIES = (
    Address("copy-1", "<img src=x onerror=alert(1)>", "A wire & co", "https://wire.example/a?b=1&c=2", "2020-03-01"),
    Address("copy-2", "The same elsewhere", None, "javascript:alert(1)", None),
)


class Scripted:
    """The real assistant, but for a few questions: `refuse`, `attack`, `quotes` of all bodies, and two that wait."""

    def __init__(self, assistant, *articles):
        self._assistant = assistant
        self._own = {article.id: article for article in (articles or (HOSTILE,))}
        self.settings, self.check_quote, self.notice = assistant.settings, assistant.check_quote, assistant.notice

    def articles(self):
        names = ("id", "title", "publisher", "url", "published", "language")
        own = [{name: getattr(a, name) for name in names} | {"passages": 1} for a in self._own.values()]
        return self._assistant.articles() + (own if HOSTILE.id not in self._own else [])

    def article(self, id):
        return self._own.get(id) or self._assistant.article(id)

    def addresses(self, id):
        return COPIES if id == HOSTILE.id else () if id in self._own else self._assistant.addresses(id)

    def ask(self, question, history=(), filters=None):
        common = {"question": question, "standalone_question": question, "language": "en", "reader": "quotes", "timings": {}}
        if question == "refuse":
            related = self._assistant.ask("What is the dark web?").related
            own = [Related(a.id, a.title, 0, len(a.text), a.text, 0.1) for a in self._own.values()]
            return Refusal(related=related if HOSTILE.id in self._own else tuple(own), confidence=0.1, **common)
        if question == "attack":
            places = [(a, s) for a in self._own.values() for s in a.stretches if s.kind == "body"]
            claims = [CitedClaim((Citation(n, a, s.start, s.end),)) for n, (a, s) in enumerate(places, 1)]
            return Answer(claims=tuple(claims), related=(), confidence=0.9, **common)
        return self._assistant.ask(question, history, filters)

    def quote(self, question, filters=None):
        return self._assistant.quote(question, filters)

    async def astream(self, question, history=(), filters=None):
        if question.startswith("wait"):
            yield Searching(2)
        if question == "wait for more":
            reply = await asyncio.to_thread(self.ask, "What is the dark web?")
            yield ClaimShown(reply.claims[0])
        await asyncio.sleep({"wait": 20, "wait for more": 20, "wait a moment": 1.5}.get(question, 0))
        searched = [a for a in self._assistant.articles() if filters is None or filters.admits(a)]
        yield Searching(len(searched))
        reply = await asyncio.to_thread(self.ask, question, history, filters)
        for claim in getattr(reply, "claims", ()):
            yield ClaimShown(claim)
        yield Done(reply)


@contextmanager
def served(assistant):
    """The address of a page over an assistant."""
    import uvicorn

    from assistant.page.app import bind, build_app

    with bind("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(build_app(assistant), log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def url(assistant):
    with served(Scripted(assistant)) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(require):
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    require(path, "Chromium is not installed (apt-get install chromium)")
    require(find_spec("playwright"), "Playwright is not installed (pip install playwright)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, url):
    """visit(viewport, scheme): the page, opened; afterwards nothing may have been reported or asked of another site.

    `expected` is part of an address that may fail.
    """
    contexts, wrong = [], []

    def opened(viewport=DESKTOP, scheme="light", url=url, expected="=gone", **options):
        context = chromium.new_context(viewport=viewport, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on(
            "console",
            lambda m: wrong.append((m.text, m.location)) if m.type == "error" and expected not in str(m.location) else None,
        )
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("dialog", lambda d: wrong.append(f"dialog: {d.message}"))
        page.on("request", lambda r: None if r.url.startswith((url, "data:", "blob:")) else wrong.append(r.url))
        page.goto(url)
        page.wait_for_selector("#fn-question textarea")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong, wrong


def ask(page, question):
    """Ask by typing, and wait until the reply is there; the reply's element."""
    before = page.locator("[data-testid=bot]").count()
    page.fill("#fn-question textarea", question)
    page.press("#fn-question textarea", "Enter")
    page.wait_for_function("n => document.querySelectorAll('[data-testid=bot]').length > n", arg=before)
    page.wait_for_selector("#fn-send")
    return page.locator("[data-testid=bot]").last


def marked(page):
    page.wait_for_selector(MARK)
    return "".join(page.locator(MARK).all_text_contents())


def quoted(link, assistant):
    """What stands in the article at the place that a link names."""
    id, start, end = re.fullmatch(r"#(?:cite|read)-(.+)-(\d+)-(\d+)-\w{6}", link.get_attribute("href")).groups()
    return assistant.article(id).text[int(start) : int(end)]


def shot(page, name):
    """Keep a picture, where someone wants to look at them."""
    if folder := os.environ.get("PAGE_SHOTS"):
        page.wait_for_timeout(300)
        page.screenshot(path=f"{folder}/{name}.png")


def wide(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
