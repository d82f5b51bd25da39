"""Reading an answer: previews, the panel's quotes one after the other, footnotes, paper."""

# ruff: noqa: F811 - the fixtures are imported

import re

import pytest
from browser import CITE, DESKTOP, HOSTILE, MARK, PHONE, ask, chromium, marked, quoted, shot, url, visit  # noqa: F401

from index.article import Article

pytestmark = pytest.mark.browser

TWO = "According to both articles, what do cartels do on the dark web?"


def test_a_marker_shows_its_quote_to_the_pointer_and_to_the_focus(visit, assistant):
    page = visit()
    marker = ask(page, "What is the dark web?").locator(f"p {CITE}").first
    quote = quoted(marker, assistant)
    marker.hover()
    preview = page.locator("#fn-preview")
    assert quote in preview.inner_text() and "InSight Crime" in preview.inner_text()
    assert marker.get_attribute("aria-describedby") == "fn-preview"
    preview.hover()
    page.wait_for_timeout(400)
    assert preview.count() == 1, "it stays while the pointer is on it"
    shot(page, "desktop-light-preview")
    page.mouse.move(5, 400)
    preview.wait_for(state="detached")
    page.keyboard.press("Shift+Tab")
    page.wait_for_selector("#fn-question")
    marker.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert quote in preview.inner_text()
    page.keyboard.press("Escape")
    assert preview.count() == 0


def test_quotes_are_footnotes_under_the_answer(visit, assistant):
    reply = ask(visit(), "What is the dark web?")
    notes = reply.locator(f"li li:has({CITE})").all()
    assert len(notes) == reply.locator(f"p {CITE}").count() > 1
    for note in notes:
        assert quoted(note.locator(CITE), assistant) in note.text_content()
    notes[-1].locator(CITE).click()
    reply.page.wait_for_selector(MARK)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_one_steps_from_quote_to_quote_and_from_article_to_article(visit, viewport):
    page = visit(viewport)
    ask(page, "attack").locator(CITE).first.click()
    bodies = [HOSTILE.text[s.start : s.end] for s in HOSTILE.stretches if s.kind == "body"]
    page.wait_for_selector(MARK)
    assert page.locator("#fn-panel mark").count() == len(bodies), "all quotes of the article are marked"
    for n, body in enumerate(bodies):
        assert page.locator(MARK).all_text_contents() == [body]
        assert page.locator(".fn-count").inner_text() == f"{n + 1} of {len(bodies)}"
        box = page.locator(MARK).bounding_box()
        assert 0 < box["y"] < viewport["height"]
        page.get_by_role("button", name="Next quote").click(force=True)
    assert page.locator(MARK).all_text_contents() == [bodies[-1]], "the last is the last"
    page.get_by_role("button", name="Previous quote").click()
    assert page.locator(MARK).all_text_contents() == [bodies[-2]]
    page.locator(MARK).focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator(MARK).all_text_contents() == [bodies[-3]]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == str(len(bodies) - 2), "back at the marker last read"


def test_an_answer_from_two_articles_is_read_through(visit, assistant):
    page = visit()
    reply = ask(page, TWO)
    links = reply.locator(f"p {CITE}").all()
    ids = {re.match(r"#cite-([^-]+)", link.get_attribute("href"))[1] for link in links}
    assert len(ids) == 2
    links[0].click()
    for n, link in enumerate(links):
        page.wait_for_function("n => document.querySelector('.fn-count')?.textContent.startsWith(n)", arg=str(n + 1))
        page.wait_for_function(
            "q => document.querySelector('#fn-panel mark:not(.fn-other)')?.textContent === q", arg=quoted(link, assistant)
        )
        assert link.get_attribute("aria-expanded") == "true"
        page.get_by_role("button", name="Next quote").click(force=True)


def test_the_panel_keeps_the_focus_on_a_phone(visit):
    page = visit(PHONE)
    ask(page, "What is the dark web?").locator(CITE).first.click()
    page.wait_for_selector(MARK)
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('#fn-panel').contains(document.activeElement)")


def test_on_paper_are_the_answer_and_its_quotes_in_full(visit):
    page = visit()
    reply = ask(page, "What is the dark web?")
    reply.locator(CITE).first.click()
    page.wait_for_selector(MARK)
    page.emulate_media(media="print")
    shot(page, "desktop-print")
    for hidden in ("#fn-panel", ".fn-nav", "#fn-ask", ".fn-tools"):
        assert not page.locator(hidden).first.is_visible()
    for note in reply.locator("li li").all():
        assert note.is_visible() and note.evaluate("e => e.scrollHeight <= e.clientHeight + 2")


def test_an_article_of_megabytes_opens_at_its_quote(visit, monkeypatch):
    body = "\n\n".join(
        f"Paragraph {n} of a long article \U0001f600 says {n * 7919 % 1000} things at its length." for n in range(30_000)
    )
    long = Article.parse("long", body.encode())
    from browser import Scripted

    place = long.stretches[20_000]
    monkeypatch.setattr(Scripted, "article", lambda self, id: long)
    monkeypatch.setattr(Scripted, "addresses", lambda self, id: (), raising=False)
    page = visit()
    marker = ask(page, "What is the dark web?").locator(CITE).first
    from assistant.page.render import place as link

    text = long.text[place.start : place.end]
    marker.evaluate("(e, to) => e.setAttribute('href', to)", link("cite", "long", place.start, place.end, text))
    marker.click()
    assert marked(page) == text
    page.wait_for_timeout(300)
    box = page.locator(MARK).bounding_box()
    assert 0 < box["y"] < DESKTOP["height"], "it is in sight"


def test_the_panel_lists_where_else_an_article_was_published(visit):
    page = visit()
    ask(page, "attack").locator(CITE).first.click()
    page.wait_for_selector(MARK)
    page.get_by_text("Also published elsewhere (2)").click()
    lines = page.locator("#fn-panel .fn-also li")
    assert lines.all_inner_texts() == ["<img src=x onerror=alert(1)> · A wire & co · 2020-03-01", "The same elsewhere"]
    assert page.locator("#fn-panel .fn-also a").get_attribute("href") == "https://wire.example/a?b=1&c=2"
    assert page.locator("#fn-panel .fn-also a").count() == 1, "an address that is no web address is no link"
    assert page.locator("#fn-panel .fn-also img").count() == 0
    page.keyboard.press("Escape")
    ask(page, "What is the dark web?").locator(CITE).first.click()
    page.wait_for_selector(MARK)
    assert page.locator("#fn-panel .fn-also").count() == 0, "an article without copies has no other address"
