"""Web pages: the article and what the page states of it, without what stands around it."""

import pytest

from index.cleaning import Block
from index.formats.html import decode, read
from index.formats.metadata import Metadata, Unreadable

LONG = "The river rose for three days and then it fell again, and nobody in the village had ever seen it as high as that. "
PAGE = f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>River rises | The Daily Post</title>
<meta property="og:site_name" content="The Daily Post"><meta property="article:published_time" content="2016-03-04T10:00:00Z">
<meta name="author" content="Ana Pérez"><link rel="canonical" href="https://post.example/river"></head><body>
<div class="cookie-banner"><p>We use cookies to improve your experience. You agree.</p><button>Accept</button></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<h1>River rises</h1>
<article><p>{LONG * 2}</p>
<p>Officials said <a href="http://x.example">1,300&nbsp;people</a> were <b>moved</b>.<br>&ldquo;We could not
wait,&rdquo; said the mayor.</p>
<h2>What was lost</h2>
<ul><li>The bridge, built in 1910</li><li>The mill</li></ul>
<table><tr><th>Place</th><th>Houses</th></tr><tr><td>Los Álamos</td><td>43</td></tr></table>
<p>{LONG * 2}</p><div class="share"><a href="#">Share on Facebook</a></div></article>
<aside class="related"><h3>Related articles</h3><ul><li><a href="/1">Ten things about rivers</a></li></ul>
<time datetime="2010-01-01">2010</time></aside>
<div id="comments"><p>First! Great article.</p></div>
<footer><p>© 2019 The Daily Post. All rights reserved.</p></footer></body></html>"""


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def article(head: str = "", before: str = "") -> bytes:
    return page(f"{before}<article><p>{LONG * 3}</p></article>", head)


def test_the_article_is_found_and_what_stands_around_it_is_left_out() -> None:
    draft = read(PAGE.encode())
    assert draft.blocks == (
        Block((LONG * 2).strip()),
        Block("Officials said 1,300 people were moved. “We could not wait,” said the mayor."),
        Block("What was lost", "heading"),
        Block("The bridge, built in 1910", "body"),
        Block("The mill", "body"),
        Block("Place | Houses", "caption"),
        Block("Los Álamos | 43", "caption"),
        Block((LONG * 2).strip()),
    )
    assert draft.metadata == Metadata(
        title="River rises",
        author="Ana Pérez",
        publisher="The Daily Post",
        url="https://post.example/river",
        published="2016-03-04",
    )


def test_what_a_page_does_not_state_is_none() -> None:
    assert read(article()).metadata == Metadata()


@pytest.mark.parametrize(
    ("head", "before", "published"),
    [
        ('<meta name="date" content="2015-05-06">', "", "2015-05-06"),
        ("", '<time datetime="2016-03-04">4 March</time>', "2016-03-04"),
        ('<link rel="canonical" href="https://n.example/2011/02/03/x">', "", "2011-02-03"),
        ("", '<aside><time datetime="2010-01-01">1 January</time></aside>', None),
        ("", "<footer>Last updated 2018-02-03</footer>", None),
        ("", "<p>The river rose on 4 March 2012.</p>", None),
    ],
)
def test_a_date_is_the_articles_own_or_none(head: str, before: str, published: str | None) -> None:
    assert read(article(head, before)).metadata.published == published


def test_an_address_is_no_publisher_and_a_script_no_address() -> None:
    stated = read(article('<link rel="canonical" href="https://n.example/x">')).metadata
    assert (stated.url, stated.publisher) == ("https://n.example/x", None)
    assert read(article('<link rel="canonical" href="javascript:alert(1)">')).metadata.url is None


def test_the_language_is_the_pages_only_where_the_text_is_short() -> None:
    short = b"<html lang='gl-ES'><body><article><p>O r\xc3\xado subiu e despois baixou.</p></article></body></html>"
    assert read(short).metadata.language == "gl"
    assert read(PAGE.encode()).metadata.language is None


def test_a_table_that_lays_out_prose_is_paragraphs() -> None:
    body = f"<table><tr><td>{LONG * 2}</td><td><p>{LONG}</p><p>It ended.</p></td></tr></table><p>{LONG * 2}</p>"
    texts = [block.text for block in read(page(body)).blocks]
    assert (LONG * 2).strip() in texts
    assert not any("|" in text for text in texts)


def test_code_within_a_line_is_a_part_of_it() -> None:
    code = "<p>They called it <code>flood</code>, and more.</p><pre><code>x = 1\ny = 2</code></pre>"
    body = f"<article><p>{LONG}</p>{code}<p>{LONG * 2}</p></article>"
    blocks = read(page(body)).blocks
    assert Block("They called it flood, and more.") in blocks
    assert Block("x = 1 y = 2", "caption") in blocks


def test_what_is_not_shown_is_no_text() -> None:
    hidden = "<script>x</script><style>x</style><template>HID</template><noscript>HID</noscript><p hidden>HID HID HID.</p>"
    shown = read(page(f"<article>{hidden}<p>{LONG * 3}</p><svg><text>HID</text></svg></article>")).blocks
    assert [block.text for block in shown] == [(LONG * 3).strip()]


@pytest.mark.parametrize("body", ["", "<div id=app></div><script>render()</script>", "<nav><a href=/>Home</a></nav>"])
def test_a_page_without_an_article_is_told(body: str) -> None:
    with pytest.raises(Unreadable):
        read(page(body))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<meta charset="iso-8859-1">“ño”'.encode("cp1252"), "“ño”"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">дом'.encode("cp1251"), "дом"),
        ('<?xml version="1.0" encoding="shift_jis"?>川'.encode("shift_jis"), "川"),
        ("<p>ño".encode(), "ño"),
        ("<p>ño".encode("latin-1"), "ño"),
        ('<meta charset="utf-8">ño'.encode("latin-1"), "ño"),
        ('<meta charset="unicode_escape">\\u0041ño'.encode(), "\\u0041ño"),
        ("<p>ño".encode("utf-16"), "ño"),
        (b"\xef\xbb\xbf<meta charset=iso-8859-1>\xc3\xb1o", "ño"),
    ],
)
def test_a_page_is_decoded_as_a_browser_would(content: bytes, text: str) -> None:
    assert decode(content).endswith(text)


def test_a_page_with_nul_bytes_is_no_text() -> None:
    with pytest.raises(Unreadable, match="binary"):
        decode(b"<p>a\0b")
