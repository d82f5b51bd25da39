"""What axe-core finds wrong with the page for those who can't see it well, or use no mouse: nothing."""

# ruff: noqa: F811 - the fixtures are imported

import os
from pathlib import Path

import pytest
from browser import CITE, DESKTOP, MARK, PHONE, QUESTION, ask, chromium, url, visit  # noqa: F401

pytestmark = pytest.mark.browser

AXE = os.environ.get("AXE_CORE", "")


@pytest.fixture(scope="module")
def axe(require):
    """violations(page, what): the rules that it breaks, with the elements that break them."""
    require(AXE, "AXE_CORE does not name the file axe.min.js of axe-core (npm pack axe-core)")
    script = Path(AXE).read_text(encoding="utf-8")

    def violations(page, what):
        page.wait_for_timeout(300)  # what fades in has its colours then
        page.evaluate(script)
        found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))]))")
        return [(what, *violation) for violation in found]

    return violations


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(axe, visit, viewport, scheme):
    page = visit(viewport, scheme)
    page.wait_for_selector(".example")
    found = axe(page, "start")
    ask(page, QUESTION)
    page.wait_for_timeout(800)
    found += axe(page, "answer")
    page.locator(CITE).first.click()
    page.wait_for_selector(MARK)
    found += axe(page, "article")
    page.keyboard.press("Escape")
    ask(page, "refuse")
    found += axe(page, "refusal")
    for view in ("corpus", "check", "history"):
        page.locator(f'[data-view="{view}"]').click()
        if view == "corpus":
            page.wait_for_selector("tbody .fn-title")
            page.locator("tbody input").first.check()
        if view == "check":
            page.get_by_label("Quotation").fill("User connectivity has grown by 1,300 percent … nothing of the kind there")
            page.get_by_role("button", name="Check", exact=True).click()
            page.wait_for_selector(".fn-part")
        found += axe(page, view)
    assert found == []
