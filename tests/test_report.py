"""report.html: whole, in one file, and nothing in it but text."""

import re
import shutil
from html.parser import HTMLParser

import pytest
from test_compare import a_run, result

from evals.charts import curve, histogram, whiskers
from evals.report import report, save_report
from evals.report_style import CSS
from evals.wording import count, duration, interval

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def quote(text, number=1):
    return {"number": number, "quote": text, "article_id": "a", "title": "T", "start": 3, "end": 9}


RESULTS = [
    result("right", correct=True, precision=1.0, words=4, quotes=[quote("In 1932.")], why=""),
    result(
        "wrong",
        correct=False,
        precision=0.0,
        words=4,
        quotes=[quote("Not in 1933.")],
        why="missing: 1932",
        reference_answers=[["1932", "the thirties"]],
        gold_quotes=[{"article_id": "a", "quote": "It was opened in 1932."}],
        standalone_question="What of the bridge? What of wrong?",
        history=[["user", "What of the bridge?"]],
    ),
    result("refused", "list", outcome="refused", correct=False, words=0, quotes=[], why="refused"),
    result("answered", "far", answerable=False, words=4, quotes=[quote("Something.")]),
    result("failed") | {"outcome": "unscored", "error": "RuntimeError: the model is down"},
]


def made_of(*results, **more):
    timings = {"created": "2026-01-02T03:04:05+00:00", "p50": 0.08, "p95": 0.2, "max": 1.5}
    seconds = {r["id"]: 0.08 for r in results if r["outcome"] != "unscored"}
    return a_run(*results) | {"timings": timings | {"seconds": seconds}} | more


class Page(HTMLParser):
    VOID = ("meta", "br", "circle", "line", "polyline")

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.text, self.attributes = [], [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def page():
    return Page(report(made_of(*RESULTS)))


def test_every_miss_is_shown_with_question_expected_and_given(page):
    text = " ".join(" ".join(page.text).split())
    assert "3 misses" in text
    for said in (
        "What of wrong?",
        "user: What of the bridge?",
        "taken as: What of the bridge? What of wrong?",
        "missing: 1932",
        "“ 1932 ” or “the thirties”".replace("“ 1932 ”", "“1932”"),
        "It was opened in",
        "Not in 1933.",
        "characters 3–9",
        "What of refused?",
        "answered, though the articles don't answer it",
    ):
        assert said in text, said
    assert "What of right?" not in text


def test_failures_settings_and_versions_are_shown(page):
    text = " ".join(page.text)
    assert "1 unscored" in text
    assert "RuntimeError: the model is down" in text
    for said in (
        "versions.numpy",
        "recipe.embedder",
        "settings.quotes",
        "selection.split",
        "2026-01-02 03:04:05 UTC",
        "commit c",
    ):
        assert said in text, said


def test_what_a_correct_answer_holds_is_marked():
    html = report(made_of(*RESULTS))
    assert "It was opened in <mark>1932</mark>." in html
    assert "<mark>1933" not in html


def test_nothing_is_loaded_from_outside(page):
    assert not {"script", "img", "link", "iframe", "object", "form", "a", "base"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name in ("src", "href", "srcset") or name.startswith("on")]
    assert not re.search(r"url\(|@import|http", CSS)
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


def test_text_of_articles_questions_and_errors_is_text():
    evil = result(
        EVIL,
        correct=False,
        precision=0.0,
        words=4,
        quotes=[quote(EVIL) | {"title": EVIL, "article_id": EVIL}],
        why=EVIL,
        reference_answers=[[EVIL]],
        gold_quotes=[{"article_id": EVIL, "quote": EVIL}],
        standalone_question=EVIL + EVIL,
        history=[[EVIL, EVIL]],
        question=EVIL,
    )
    failed = result("failed", question=EVIL) | {"outcome": "unscored", "error": EVIL}
    named = {"set": EVIL, "commit": EVIL, "reader": EVIL, "settings": {EVIL: EVIL}, "kind": EVIL}
    found = Page(report(made_of(evil, failed, **named)))
    assert not {"script", "img"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert sum(EVIL in text for text in found.text) >= 12


def test_a_run_without_a_miss_and_one_without_a_score_have_reports():
    assert "There is none." in report(made_of(RESULTS[0]))
    html = report(made_of(RESULTS[-1], timings={"created": "2026-01-01T00:00:00+00:00", "seconds": {}}))
    assert "1 unscored" in html
    Page(html)


def test_a_set_without_reference_answers_has_a_report():
    without = [result("a", precision=0.0, words=4, quotes=[quote("In 1932.")]), RESULTS[3]]
    html = report(made_of(*without))
    Page(html)
    assert "no quote from a place that answers" in html
    assert "Risk and coverage" not in html


def test_a_report_is_written_whole(tmp_path):
    path = save_report(made_of(*RESULTS), tmp_path)
    assert path == tmp_path / "report.html"
    assert path.read_text(encoding="utf-8").endswith("</html>\n")
    assert list(tmp_path.iterdir()) == [path]


def test_a_whisker_lies_where_its_figures_are():
    html = whiskers([("a <b>", {"value": 0.5, "low": 0.25, "high": 0.75, "n": 8})], "calm")
    assert 'x1="25.00%" x2="75.00%"' in html
    assert 'cx="50.00%"' in html
    assert "a &lt;b&gt;: 50.0%, 95% interval 25.0–75.0, n = 8" in html
    assert 'class="whisker"' not in whiskers([("a", {"value": 1.0, "low": None, "high": None, "n": 1})], "calm")


def test_a_curve_goes_through_its_points():
    html = curve([(0.25, 0.0), (0.5, 0.5), (1.0, 0.75)], (0.5, 0.5))
    assert 'points="25.00,100.00 50.00,50.00 100.00,25.00 100.00,25.00"' in html
    assert "This run answered 50.0%, of which 50.0% wrong." in html
    assert len(curve([(n / 9000, 0.1) for n in range(9000)], None)) < 20_000


def test_a_histogram_counts_every_question_once():
    html = histogram([0.001, 0.05, 0.051, 0.2, 99.0])
    assert [int(n) for n in re.findall(r"<span>(\d+)</span>", html)] == [1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert "&gt; 30 s" in html


def test_numbers_in_words():
    assert [duration(s) for s in (0.0841, 1.29, 12.34)] == ["84 ms", "1.29 s", "12.3 s"]
    assert interval({"low": 0.7021, "high": 1.0}) == "70.2–100.0"
    assert interval({"low": None, "high": None}) == ""
    assert [count(n, "miss", "misses") for n in (1, 2310)] == ["1 miss", "2,310 misses"]


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast_is_that_of_wcag_aa(scheme):
    colours = dict(re.findall(r"--([\w-]+): (#\w+)", re.findall(r":root \{(.*?)\}", CSS, re.S)[scheme]))
    for text in ("ink", "soft", "bad"):
        for ground in ("paper", "card"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["ink"], colours["mark"]) >= 4.5
    for drawn in ("calm", "good", "gold-edge", "given-edge"):
        assert contrast(colours[drawn], colours["card"]) >= 3, drawn


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_in_chromium_offline(tmp_path, width, require):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    require(chromium, "Chromium is not installed (apt-get install chromium)")
    many = [r | {"id": f"{r['id']}{n}", "group": f"{r['id']}{n}"} for n in range(20) for r in RESULTS]
    path = save_report(made_of(*many), tmp_path)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(offline=True, viewport={"width": width, "height": 800}).new_page()
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.locator("h1").inner_text() == "Answers measured on tiny"
        page.locator("summary", has_text="far").click()
        assert page.locator("details[open] .miss").first.is_visible()
        browser.close()
    assert asked == [path.as_uri()]
    assert said == []
