"""Conversations: asked again, edited, kept in the browser, taken along, judged."""

# ruff: noqa: F811 - the fixtures are imported

import json
import re

import pytest
from browser import CITE, DESKTOP, PHONE, QUESTION, ask, chromium, quoted, served, shot, url, visit, wide  # noqa: F401

pytestmark = pytest.mark.browser


def asked(page):
    return [text.strip() for text in page.locator("[data-testid=user]").all_text_contents()]


def settled(page):
    page.wait_for_selector("#fn-send")
    page.wait_for_timeout(400)


def press_and_wait(page, button):
    """Press what asks a question, and wait until the answer has begun and ended: it may take less than a look at the page."""
    page.evaluate(
        """() => {
            window.begun = false;
            const look = () => { window.begun ||= Boolean(document.querySelector("#fn-stop")); };
            new MutationObserver(look).observe(document.body, {subtree: true, childList: true, attributes: true});
        }"""
    )
    button.click()
    page.wait_for_function("() => window.begun")
    settled(page)


def view(page, name):
    page.locator(f'[data-view="{name}"]').click()


def test_a_question_is_edited_and_asked_again(visit):
    page = visit()
    ask(page, "What is the dark web?")
    ask(page, "Write me a poem.")
    page.locator("[data-testid=user]").first.hover()
    page.get_by_role("button", name="Edit").first.click()
    box = page.get_by_label("Editing the question").or_(page.get_by_label("Edit the question"))
    assert box.input_value() == "What is the dark web?"
    box.fill(QUESTION)
    box.press("Enter")
    page.wait_for_selector("text=$42 billion")
    settled(page)
    assert asked(page) == [QUESTION], "what came after the edited question is gone"
    press_and_wait(page, page.get_by_role("button", name="Ask again"))
    assert asked(page) == [QUESTION] and page.locator("[data-testid=bot]").count() == 1
    assert "$42 billion" in page.locator("[data-testid=bot]").inner_text()


def test_what_to_ask_next_is_answered(visit):
    page = visit()
    first = ask(page, "What is the dark web?")
    seen = {link.get_attribute("href") for link in first.locator(CITE).all()}
    for _ in range(2):
        page.wait_for_selector(".fn-next-questions button")
        press_and_wait(page, page.locator(".fn-next-questions button").first)
        links = {link.get_attribute("href") for link in page.locator("[data-testid=bot]").last.locator(CITE).all()}
        assert links - seen, "it has something new to say"
        seen |= links


def test_claims_that_were_shown_stay_when_it_is_stopped(visit):
    page = visit()
    page.fill("#fn-question textarea", "wait for more")
    page.press("#fn-question textarea", "Enter")
    page.wait_for_selector(CITE)
    assert "Checking quotes…" in page.locator("[data-testid=bot]").inner_text()
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("text=Stopped.")
    assert page.locator(CITE).count() == 1 and "Checking" not in page.locator("[data-testid=bot]").inner_text()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_conversations_are_kept_listed_renamed_and_deleted(visit, assistant, viewport):
    from browser import Scripted

    page = visit(viewport, expected="/ui/suggestions")  # the server is stopped while the page may be asking for some
    ask(page, QUESTION)
    settled(page)
    page.locator("#fn-new").click()
    page.wait_for_selector(".example")
    ask(page, "Write me a poem.")
    settled(page)
    page.reload()
    page.wait_for_selector("[data-testid=bot]")
    assert asked(page) == ["Write me a poem."], "a reload shows the same conversation"
    view(page, "history")
    assert page.locator(".fn-chats .fn-title").all_text_contents() == ["Write me a poem.", QUESTION]
    shot(page, f"{'desktop' if viewport is DESKTOP else 'phone'}-light-history")
    assert wide(page) <= 0
    page.get_by_role("button", name="Rename").last.click()
    page.get_by_label("Name").fill("E-commerce <b>")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="E-commerce <b>").click()
    page.wait_for_selector("text=$42 billion")
    assert asked(page) == [QUESTION]
    marker = page.locator(CITE).first
    marker.click()
    page.wait_for_selector("#fn-panel mark")
    page.keyboard.press("Escape")
    assert "$42 billion" in ask(page, QUESTION).inner_text(), "it goes on"
    settled(page)
    view(page, "history")
    page.get_by_role("button", name="Delete").last.click()
    page.get_by_role("button", name="Really delete?").click()
    assert page.locator(".fn-chats .fn-title").all_text_contents() == ["E-commerce <b>"]
    with served(Scripted(assistant)) as other:  # another server: nothing was kept by the first
        kept = page.evaluate("JSON.stringify(localStorage)")
        again = visit(viewport, url=other, expected="/ui/suggestions")
        again.evaluate("kept => Object.entries(JSON.parse(kept)).forEach(([k, v]) => localStorage.setItem(k, v))", kept)
        view(again, "history")
        again.get_by_role("button", name="E-commerce <b>").click()
        again.wait_for_selector("text=$42 billion")


def test_an_answer_is_copied_with_its_footnotes(visit, assistant):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    reply = ask(page, QUESTION)
    quote = quoted(reply.locator(CITE).first, assistant)
    page.get_by_role("button", name="Copy").click()
    page.wait_for_selector("#fn-told:has-text('Copied')")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"**{QUESTION}**") and "[^1]" in text
    assert re.search(r"^\[\^1\]: “.*\\\$42 billion.*” — How the Dark Web", text, re.M), text
    assert quote.split("$")[0] in text


@pytest.mark.parametrize(("label", "suffix"), [("Markdown", "md"), ("HTML", "html")])
def test_a_conversation_is_downloaded_with_the_citations_of_the_page(visit, chromium, assistant, tmp_path, label, suffix):
    page = visit()
    places = [link.get_attribute("href") for link in ask(page, QUESTION).locator(f"p {CITE}").all()]
    quote = quoted(page.locator(CITE).first, assistant)
    ask(page, "Write me a <b>poem</b>.")
    settled(page)
    view(page, "history")
    with page.expect_download() as loading:
        page.get_by_role("button", name=label).click()
    path = tmp_path / loading.value.suggested_filename
    loading.value.save_as(path)
    assert path.suffix == f".{suffix}"
    text = path.read_text(encoding="utf-8")
    if suffix == "md":
        assert len(re.findall(r"^\[\^1-\d+\]: “", text, re.M)) == len(places)
        assert "The articles don't answer this." in text
        return
    opened = chromium.new_page()
    opened.goto(path.as_uri())
    said = opened.locator("body").inner_text()
    assert quote in said and "Write me a <b>poem</b>." in said and opened.locator("body b, script").count() == 0
    assert opened.locator("sup").count() == len(places)
    opened.close()


def test_a_thumb_is_noted_with_a_word_and_a_failure_is_told(assistant, visit, home, monkeypatch):
    from browser import Scripted

    from assistant.feedback import FILE

    scripted = Scripted(assistant)
    scripted.settings = assistant.settings.model_copy(update={"home": home})
    with served(scripted) as address:
        page = visit(url=address, expected="/ui/")
        ask(page, QUESTION)
        page.get_by_role("button", name="Not helpful").click()
        page.get_by_label("A word on it").fill("wrong year")
        page.get_by_role("button", name="Send").first.click()
        page.wait_for_selector("#fn-told:has-text('noted')")
        (line,) = (home / FILE).read_text().splitlines()
        kept = json.loads(line)
        assert (kept["verdict"], kept["word"], kept["question"]) == ("down", "wrong year", QUESTION)
        assert kept["places"] and "$42 billion" in kept["reply"]
        (home / FILE).unlink()
        (home / FILE).mkdir()
        page.get_by_role("button", name="Helpful", exact=True).click()
        page.get_by_label("A word on it").press("Enter")
        page.wait_for_selector("#fn-told:has-text('can\\'t be written')")
