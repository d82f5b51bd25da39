"""The page as a person meets it: in Chromium, with mouse, keyboard and a phone's width."""

# ruff: noqa: F811 - the fixtures are imported

import re

import pytest
from browser import (  # noqa: F401 - fixtures
    CITE,
    DESKTOP,
    HOSTILE,
    MARK,
    PHONE,
    QUESTION,
    READ,
    ask,
    chromium,
    marked,
    quoted,
    shot,
    url,
    visit,
    wide,
)

pytestmark = pytest.mark.browser


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
    for control in page.locator("#fn-send, #fn-question textarea").all():
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
        page.wait_for_function(
            "text => document.querySelector('#fn-panel mark:not(.fn-other)')?.textContent === text", arg=body
        )
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
