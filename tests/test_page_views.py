"""The articles, the limits of a chat, and the quote checker."""

# ruff: noqa: F811 - the fixtures are imported

import pytest
from browser import CITE, DESKTOP, MARK, PHONE, QUESTION, READ, ask, chromium, marked, shot, url, visit, wide  # noqa: F401

pytestmark = pytest.mark.browser

CASES = [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")]
IDS = ["desktop-light", "desktop-dark", "phone-light", "phone-dark"]


def view(page, name):
    page.locator(f'[data-view="{name}"]').click()


def titles(page):
    return page.locator("tbody .fn-title").all_text_contents()


@pytest.mark.parametrize(("viewport", "scheme"), CASES, ids=IDS)
def test_the_articles_are_listed_searched_sorted_and_read(visit, assistant, viewport, scheme, request):
    page = visit(viewport, scheme)
    view(page, "corpus")
    page.wait_for_selector("tbody .fn-title")
    assert sorted(titles(page)) == sorted(a["title"] for a in assistant.articles())
    shot(page, f"{request.node.callspec.id}-corpus")
    assert wide(page) <= 0
    if viewport is DESKTOP:
        for direction in ("ascending", "descending"):
            page.get_by_role("button", name="Passages").click()
            assert page.locator("th[data-column=passages]").get_attribute("aria-sort") == direction
        counts = page.locator("tbody td:last-child").all_text_contents()
        assert list(map(int, counts)) == sorted(map(int, counts), reverse=True)
    page.get_by_label("Search titles").fill("geeks")
    assert titles(page) == ["Geeks for the Cartels"]
    page.get_by_label("Search titles").fill("no such title")
    assert page.get_by_text("No article matches.").is_visible()
    page.get_by_label("Search titles").fill("geeks")
    page.locator("tbody .fn-title").click()
    page.wait_for_selector("#fn-panel h2")
    text = "".join(page.locator(".fn-scroller").inner_text().split())
    article = next(assistant.article(a["id"]) for a in assistant.articles() if a["title"] == "Geeks for the Cartels")
    assert text == "".join(article.text.split()) and page.locator(MARK).count() == 0
    page.keyboard.press("Escape")
    assert page.locator("tbody .fn-title").evaluate("e => e === document.activeElement")


def test_ticked_articles_limit_the_chat_and_the_limit_stays_in_sight(visit):
    page = visit()
    view(page, "corpus")
    box = page.get_by_label("Limit the chat to Geeks for the Cartels")
    box.check()
    assert page.locator("#fn-searched").inner_text() == "The chat searches 1 of 2 articles."
    view(page, "chat")
    assert "limited to “Geeks for the Cartels”" in page.locator("#fn-limit").inner_text()
    reply = ask(page, "What do cartels do on the dark web?")
    sources = reply.locator("ul > li > ul").all_text_contents()
    assert reply.locator(CITE).count() and len(sources) == 1 and "Geeks" in reply.locator("ul > li").first.inner_text()
    shot(page, "desktop-light-limited")
    assert "1 article was searched." in ask(page, "Write me a poem.").inner_text()
    page.locator("#fn-limit button").click()
    assert page.locator("#fn-limit").count() == 0
    assert "2 articles were searched." in ask(page, "Write me another poem.").inner_text()


def test_a_publisher_or_dates_limit_the_chat_too(visit):
    page = visit()
    view(page, "corpus")
    page.locator("fieldset select").select_option("InSight Crime")
    assert page.locator("#fn-searched").inner_text() == "The chat searches 1 of 2 articles."
    page.get_by_label("Published from").fill("2030-01-01")
    assert page.locator("#fn-searched").inner_text() == "The chat searches 0 of 2 articles."
    view(page, "chat")
    assert "InSight Crime · since 2030-01-01" in page.locator("#fn-limit").inner_text()
    assert "No article is within the limits" in ask(page, QUESTION).inner_text()


@pytest.mark.parametrize(("viewport", "scheme"), CASES, ids=IDS)
def test_a_quotation_is_checked_part_by_part(visit, viewport, scheme, request):
    page = visit(viewport, scheme)
    view(page, "check")
    parts = ("user connectivity HAS surged by 1,300 percent", "the annual cost of cyber crime has grown to $80 billion")
    quotation = " … ".join([*parts, "Tea", "There was never such a sentence"])
    page.get_by_label("Quotation").fill(quotation)
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector(".fn-part")
    assert page.locator(".fn-verdict").all_text_contents() == ["Exact", "Near", "Too short", "Absent"]
    near = page.locator(".fn-is-near")
    assert (
        "$80" in near.locator("blockquote del").last.text_content()
        and "$90" in near.locator("blockquote ins").last.text_content()
    )
    shot(page, f"{request.node.callspec.id}-check")
    assert wide(page) <= 0
    page.locator(".fn-is-exact a").first.click()
    assert marked(page) == "User connectivity has surged by 1,300 percent"


def test_a_quotation_that_cannot_be_checked_is_told_why(visit):
    page = visit()
    view(page, "check")
    for text, words in (("too short", "12 characters or more"), ("x" * 2001, "2,000 can be checked")):
        page.get_by_label("Quotation").fill(text)
        page.get_by_role("button", name="Check", exact=True).click()
        page.wait_for_selector(f".fn-found .fn-note:has-text('{words}')")
