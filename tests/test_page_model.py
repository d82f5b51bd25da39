"""The page in Chromium while a model writes, and the words that answer in bold."""

# ruff: noqa: F811 - the fixtures are imported

import time

import pytest
from browser import CITE, HOSTILE, Scripted, ask, chromium, served, url, visit  # noqa: F401
from hostile_models import FAILURES
from model_servers import first_sentence, server  # noqa: F401

from assistant import Assistant, Settings
from assistant.answer import Answer, Citation, CitedClaim

pytestmark = pytest.mark.browser

CARTEL = "Which cartel opened an Instagram channel?"
SHARE = "What share of the world's online community do Latin America and the Caribbean have?"


@pytest.fixture(scope="module")
def written(server, seeds_home):
    """The address of a page on which a model writes."""
    settings = Settings.from_environment(home=seeds_home, model="scripted", openai_base_url=server.url, model_timeout=20)
    with Assistant.open(settings) as assistant, served(assistant) as address:
        yield address


@pytest.mark.parametrize("mode", ["stalls_before_the_first_token", "stalls_amid_the_text"])
def test_stop_stops_the_model_and_the_page_lives(visit, written, server, mode):
    page = visit(url=written)
    server.behave = FAILURES[mode]
    server.requests.clear()
    server.cancelled.clear()
    page.fill("#fn-question textarea", CARTEL)
    page.press("#fn-question textarea", "Enter")
    page.wait_for_selector("#fn-stop")
    if mode == "stalls_amid_the_text":
        page.wait_for_selector(f"[data-testid=bot] {CITE}")
    until = time.monotonic() + 20
    while not server.requests and time.monotonic() < until:
        page.wait_for_timeout(20)
    pressed = time.monotonic()
    page.locator("#fn-stop").click()
    while not server.cancelled and time.monotonic() < pressed + 10:
        page.wait_for_timeout(20)
    assert server.cancelled[0] - pressed < 2
    page.wait_for_selector("#fn-send")
    stopped = page.locator("[data-testid=bot]").last
    assert "Stopped." in stopped.inner_text()
    assert (stopped.locator(CITE).count() > 0) == (mode == "stalls_amid_the_text"), "what was shown stays"
    server.behave = first_sentence
    assert ask(page, CARTEL).locator(CITE).count() > 0, "the next question is answered"
    assert len(server.requests) == 2


def test_the_words_that_answer_are_bold(visit, assistant):
    (claim, *_) = assistant.ask(SHARE).claims
    citation = claim.citations[0]
    words = assistant.article(citation.article_id).text[slice(*citation.answer_span)]
    reply = ask(visit(), SHARE)
    assert words in reply.locator("strong").all_text_contents()
    bold = reply.locator("strong").filter(has_text=words).first
    assert bold.evaluate("node => Number(getComputedStyle(node).fontWeight)") >= 600
    assert citation.quote in reply.inner_text(), "the quote is whole"


class Marked(Scripted):
    """Answers `bold` with the hostile article's bodies, in each of which `words` are those that answer."""

    def __init__(self, assistant, words):
        super().__init__(assistant)
        self._words = words

    def ask(self, question, history=(), filters=None):
        if question != "bold":
            return super().ask(question, history, filters)
        bodies = [s for s in HOSTILE.stretches if s.kind == "body"]
        claims = []
        for n, body in enumerate(bodies, 1):
            start, end = self._words(HOSTILE.text[body.start : body.end])
            span = (body.start + start, body.start + end)
            claims.append(CitedClaim((Citation(n, HOSTILE, body.start, body.end, answer_span=span),)))
        return Answer(
            claims=tuple(claims),
            related=(),
            confidence=0.99,
            question=question,
            standalone_question=question,
            language="en",
            reader="quotes",
            timings={},
        )


def after_the_attack(body):
    """Plain words behind hostile ones."""
    return body.index("stands"), body.index("stands") + len("stands in the article")


def the_attack_itself(body):
    """What stands between `Whatever` and `is, it stands`."""
    return body.index("Whatever ") + len("Whatever "), body.index(" is, it stands")


@pytest.mark.parametrize("words", [after_the_attack, the_attack_itself])
def test_hostile_text_stays_text_around_bold_and_in_it(visit, assistant, words):
    bodies = [HOSTILE.text[s.start : s.end] for s in HOSTILE.stretches if s.kind == "body"]
    with served(Marked(assistant, words)) as address:
        page = visit(url=address, expected="/ui/suggestions")  # the server ends while the page may be asking for some
        reply = ask(page, "bold")
        bold = reply.locator("strong").all_text_contents()
        for body in bodies:
            start, end = words(body)
            assert body[start:end] in bold
            assert body in reply.text_content()
        assert sum(text not in {body[slice(*words(body))] for body in bodies} for text in bold) <= 1, "but for the heading"
        assert reply.locator("img, script, svg, form, button.x, code, h1, h2, [style], [onerror]").count() == 0
        links = reply.locator("a").evaluate_all("nodes => nodes.map(node => node.getAttribute('href'))")
        assert all(link.startswith(("#cite-", "#read-", "#fn")) for link in links if link), links
