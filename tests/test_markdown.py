import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.markdown import escape, unescape


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain, “quoted” text", "plain, “quoted” text"),
        ("<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"),
        ("[a](javascript:x)", "&lbrack;a&rbrack;(javascript:x)"),
        ("![](http://x.example/i.png)", "\\!&lbrack;&rbrack;(http\\://x.example/i.png)"),
        ("see https://x.example or www.x.example", "see https\\://x.example or www\\.x.example"),
        ("a@b.example", "a\\@b.example"),
        ("1. not a list", "1\\. not a list"),
        ("- not a list", "\\- not a list"),
        ("# no heading\n\n> no quote", "\\# no heading \\> no quote"),
        ("&lt;b&gt; ${x} `code` *a* _b_ ~c~", "\\&lt;b\\&gt; \\$\\{x\\} \\`code\\` \\*a\\* \\_b\\_ \\~c\\~"),
        ("zero\u200bwidth \u202eturned\u202c", "zerowidth turned"),
    ],
)
def test_nothing_stays_active(text, escaped):
    assert escape(text) == escaped


@given(st.text())
def test_unescaped_it_is_the_text_again(text):
    import re

    line = escape(text)
    assert "\n" not in line
    shown = re.sub("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text)
    assert unescape(line) == " ".join(shown.split())
