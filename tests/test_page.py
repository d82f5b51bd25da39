"""The page as a person meets it: in Chromium, with mouse, keyboard and a phone's width."""

import asyncio
import os
import re
import shutil
import threading
import time
from importlib.util import find_spec

import pytest

from assistant.answer import Answer, Citation, CitedClaim, Refusal
from index.article import Article

pytestmark = pytest.mark.browser

QUESTION = "How large will e-commerce sales in Latin America be by 2021, according to Forrester?"
CITE, READ, MARK = 'a[href^="#cite-"]', 'a[href^="#read-"]', "#fn-panel mark"
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
    "hostile/<b> #1", f"---\ntitle: '<img src=x onerror=alert(1)> ](javascript:x)'\n---\n{ATTACKS}".encode(), suffix=".md"
)


class Scripted:
    """The real assistant, but for a few questions: `refuse`, `attack`, and two that wait."""

    def __init__(self, assistant):
        self._assistant = assistant
        self.settings, self.articles = assistant.settings, assistant.articles

    def article(self, id):
        return HOSTILE if id == HOSTILE.id else self._assistant.article(id)

    def ask(self, question, history=(), filters=None):
        common = {"question": question, "standalone_question": question, "language": "en", "reader": "quotes", "timings": {}}
        if question == "refuse":
            related = self._assistant.ask("What is the dark web?").related
            return Refusal(related=related, confidence=0.1, **common)
        if question == "attack":
            bodies = [s for s in HOSTILE.stretches if s.kind == "body"]
            claims = [CitedClaim((Citation(n, HOSTILE, s.start, s.end),)) for n, s in enumerate(bodies, 1)]
            return Answer(claims=tuple(claims), related=(), confidence=0.9, **common)
        return self._assistant.ask(question, history, filters)

    async def aask(self, question, history=(), filters=None):
        await asyncio.sleep({"wait": 20, "wait a moment": 1.5}.get(question, 0))
        return await asyncio.to_thread(self.ask, question, history, filters)


@pytest.fixture(scope="module")
def url(assistant):
    import uvicorn

    from assistant.page.app import bind, build_app

    with bind("127.0.0.1", 0) as listening:
        server = uvicorn.Server(
            uvicorn.Config(build_app(Scripted(assistant)), log_level="warning", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


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
    """visit(viewport, scheme): the page, opened; afterwards nothing may have been reported or asked of another site."""
    contexts, wrong = [], []

    def opened(viewport=DESKTOP, scheme="light"):
        context = chromium.new_context(viewport=viewport, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "=gone" not in m.location["url"] else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("dialog", lambda d: wrong.append(f"dialog: {d.message}"))
        page.on("request", lambda r: None if r.url.startswith((url, "data:", "blob:")) else wrong.append(r.url))
        page.goto(url)
        page.wait_for_selector("#fn-question textarea")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_question_is_answered_and_its_quote_opens_in_its_place(visit, assistant, scheme):
    page = visit(scheme=scheme)
    shot(page, f"desktop-{scheme}-start")
    reply = ask(page, QUESTION)
    assert "$42 billion" in reply.inner_text()
    assert "How the Dark Web Empowered" in reply.locator("li").first.inner_text()
    marker = reply.locator(CITE).first
    assert marker.inner_text() == "1" and marker.get_attribute("role") == "button"
    shot(page, f"desktop-{scheme}-answer")
    marker.click()
    assert marked(page) == quoted(marker, assistant)
    box = page.locator(MARK).bounding_box()
    assert 0 < box["y"] < DESKTOP["height"] - box["height"]
    panel, chat = page.locator("#fn-panel").bounding_box(), page.locator("#fn-chat").bounding_box()
    assert chat["x"] + chat["width"] <= panel["x"] + 1, "the article pushes the chat aside"
    assert page.url.count("#") == 0
    shot(page, f"desktop-{scheme}-article")


def test_the_colours_follow_the_system(visit):
    def lightness(scheme):
        page = visit(scheme=scheme)
        ask(page, QUESTION).locator(CITE).first.click()
        page.wait_for_selector(MARK)
        colours = [page.locator(e).evaluate("e => getComputedStyle(e).backgroundColor") for e in ("body", "#fn-panel")]
        return [sum(map(int, re.findall(r"\d+", colour)[:3])) / 3 for colour in colours]

    assert all(value > 240 for value in lightness("light"))
    assert all(value < 60 for value in lightness("dark"))


def test_it_all_works_by_keyboard(visit, assistant):
    page = visit()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(CITE)
    page.wait_for_selector("#fn-send")
    marker = page.locator(CITE).first
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if marker.evaluate("e => e === document.activeElement"):
            break
    for key in ("Enter", "Space"):
        assert marker.evaluate("e => e === document.activeElement")
        page.keyboard.press(key)
        assert marked(page) == quoted(marker, assistant)
        assert page.evaluate("document.activeElement.tagName") == "MARK"
        page.keyboard.press("Escape")
        assert page.locator("#fn-panel").count() == 0
    marker.press("Enter")
    page.get_by_role("button", name="Close the article").press("Enter")
    assert page.locator("#fn-panel").count() == 0 and marker.evaluate("e => e === document.activeElement")


def test_the_quote_is_there_before_one_could_wait_for_it(visit):
    page = visit()
    ask(page, QUESTION)
    took = page.evaluate(
        """() => new Promise(done => {
            const before = performance.now();
            new MutationObserver((_, observer) => {
                if (!document.querySelector('#fn-panel mark')) return;
                observer.disconnect();
                requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - before)));
            }).observe(document.body, {childList: true, subtree: true});
            document.querySelector('a[href^="#cite-"]').click();
        })"""
    )
    assert took < 300, f"{took:.0f} ms from the click to the highlighted quote"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_refusal_offers_reading(visit, assistant, scheme):
    page = visit(scheme=scheme)
    reply = ask(page, "Write me a poem.")
    said = reply.inner_text()
    assert "The articles don't answer this." in said and "2 articles were searched." in said and "not an answer" in said
    assert reply.locator(CITE).count() == 0
    links = reply.locator(READ).all()
    assert len(links) == 3
    shot(page, f"desktop-{scheme}-refusal")
    links[0].click()
    passage = quoted(links[0], assistant)
    assert "".join(marked(page).split()) == "".join(passage.split())
    assert "Reading, not an answer." in page.locator("#fn-panel header").inner_text()
    shot(page, f"desktop-{scheme}-reading")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_article_lies_over_the_chat(visit, assistant, scheme):
    page = visit(PHONE, scheme)
    shot(page, f"phone-{scheme}-start")
    assert wide(page) <= 0
    reply = ask(page, QUESTION)
    shot(page, f"phone-{scheme}-answer")
    assert wide(page) <= 0
    marker = reply.locator(CITE).first
    marker.click()
    assert marked(page) == quoted(marker, assistant)
    page.wait_for_timeout(250)
    panel = page.locator("#fn-panel").bounding_box()
    assert (panel["x"], panel["width"]) == (0, PHONE["width"]) and wide(page) <= 0
    assert page.locator("gradio-app, .gradio-container").first.evaluate("e => e.inert")
    shot(page, f"phone-{scheme}-article")
    page.get_by_role("button", name="Close the article").click()
    assert not page.locator("gradio-app, .gradio-container").first.evaluate("e => e.inert")
    ask(page, "refuse")
    shot(page, f"phone-{scheme}-refusal")
    assert wide(page) <= 0
    for control in page.locator("#fn-send, #fn-new, #fn-question textarea").all():
        assert control.bounding_box()["height"] >= 44


def test_what_articles_say_is_only_text(visit):
    page = visit()
    reply = ask(page, "attack")
    assert reply.locator("img, script, svg, form, code, b, [style*=url]").count() == 0
    assert reply.locator(".katex").count() == 0
    assert reply.locator("a").count() == reply.locator(f'{CITE}[href*="hostile%2F"]').count() > 4
    said = reply.inner_text()
    for text in (
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "${7*7}",
        "**bold**",
        "&lt;b&gt;",
        "`code`",
        "$$x^2$$",
    ):
        assert text in said
    bodies = [HOSTILE.text[s.start : s.end] for s in HOSTILE.stretches if s.kind == "body"]
    assert "\U0001d50a" in bodies[-1]
    for number, body in enumerate(bodies, 1):
        reply.locator(CITE, has_text=str(number)).first.click()
        page.wait_for_function("text => document.querySelector('#fn-panel mark')?.textContent === text", arg=body)
    assert "<img src=x" in page.locator("#fn-panel h2").inner_text()
    assert page.locator("#fn-panel img, #fn-panel svg, #fn-panel form, #fn-panel script").count() == 0


def test_what_is_asked_is_only_text(visit):
    page = visit()
    question = "<img src=http://evil.example/q.png onerror=alert(1)> [a](javascript:alert(1)) [1](#cite-x-0-5-abcdef)?"
    ask(page, question)
    shown = page.locator("[data-testid=user]").last
    assert shown.inner_text().strip() == question and shown.locator("a, img").count() == 0


def test_whatever_is_asked_there_are_words_and_the_page_lives(visit):
    page = visit()
    for question in (
        "   ",
        "x" * 100_000,
        "nul \0 \x07 and \x1b control",
        "\U0001f600\U0001f600",
        "ما هي الشبكة المظلمة؟",
        "\u202eturned\u202c",
    ):
        assert ask(page, question).inner_text().strip()
        assert wide(page) <= 0
    lone = "document.querySelector('#fn-question textarea')"
    page.evaluate(f"() => {{ const e = {lone}; e.value = 'lone \\ud800 surrogate'; e.dispatchEvent(new Event('input')) }}")
    before = page.locator("[data-testid=bot]").count()
    page.press("#fn-question textarea", "Enter")
    page.wait_for_function("n => document.querySelectorAll('[data-testid=bot]').length > n", arg=before)
    page.wait_for_selector("#fn-send")
    assert "$42 billion" in ask(page, QUESTION).inner_text()


def test_what_is_typed_while_an_answer_runs_is_kept(visit):
    page = visit()
    page.fill("#fn-question textarea", "wait a moment")
    page.press("#fn-question textarea", "Enter")
    page.wait_for_selector("#fn-stop")
    page.fill("#fn-question textarea", "the next one")
    page.wait_for_selector("#fn-send")
    assert page.input_value("#fn-question textarea") == "the next one"


def test_an_answer_is_read_from_its_beginning(visit):
    page = visit({"width": 360, "height": 480})
    for question in ("What is the dark web?", "attack"):
        reply = ask(page, question)
        page.wait_for_timeout(200)
        log = page.locator("#fn-chat [role=log]").bounding_box()
        asked, said = page.locator("[data-testid=user]").last.bounding_box(), reply.bounding_box()
        assert said["height"] > log["height"], "the answer is longer than what can be seen of it"
        assert log["y"] <= asked["y"] < said["y"] < log["y"] + log["height"]


def test_examples_are_answered(visit):
    page = visit()
    page.wait_for_selector(".example")
    assert 2 <= page.locator(".example").count() <= 4
    page.locator(".example").first.click()
    page.wait_for_selector(CITE)


def test_a_running_answer_can_be_stopped_and_a_new_chat_begun(visit):
    page = visit()
    page.fill("#fn-question textarea", "wait")
    page.press("#fn-question textarea", "Enter")
    page.wait_for_selector("text=Searching 2 articles…")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("text=Stopped.")
    assert page.locator("text=Searching").count() == 0
    page.get_by_role("button", name="Send").wait_for()
    assert "$42 billion" in ask(page, QUESTION).inner_text()
    page.get_by_role("button", name="New chat").click()
    page.wait_for_selector(".example")
    assert page.locator("[data-testid=bot]").count() == 0


def test_an_article_that_changed_since_is_said_to_have(visit):
    page = visit()
    marker = ask(page, QUESTION).locator(CITE).first
    id = marker.get_attribute("href").rsplit("-", 3)[0]
    for place, words in ((f"{id}-0-9-000000", "has changed"), ("#cite-gone-0-9-000000", "no such article")):
        marker.evaluate("(e, to) => e.setAttribute('href', to)", place)
        marker.click()
        page.wait_for_selector(f"#fn-panel :text('{words}')")
        assert page.locator(MARK).count() == 0
