"""Markup, addresses and disguised characters in a claim."""

import pytest

from assistant.verify import Evidence, Reason, verify
from assistant.verify.characters import misuse_of_characters

QUOTE = "The Zetas, with 5 men, sold “Ñandú” – 50% of it – in São Paulo… at shop.example.com as user_1."


def misused(claim, quote=QUOTE):
    return misuse_of_characters(claim, Evidence((quote,), (), ""))


@pytest.mark.parametrize(
    "claim",
    [
        "The Zetas, with 5 men, sold “Ñandú” – 50% of it.",
        "They didn’t sell it in São Paulo…",
        "It costs $5 (or €4; £3/day): a half, ½.",
        "user_1 is at shop.example.com.",
        "They’re «here» — ‘there’ ‑ ¿no? ¡sí! nº 3, 3ª",
    ],
)
def test_plain_text_passes(claim):
    assert misused(claim) is None


@pytest.mark.parametrize(
    "claim",
    [
        "See [here](https://evil.example).",
        "See ![x](x.png).",
        "See https://evil.example.",
        "See www.evil.example now.",
        "See evil.com for it.",
        "Write to a@b.example.",
        "It is <b>big</b>.",
        "It is &lt;b&gt;.",
        "It is `code`.",
        "It is **big**.",
        "# It is big",
        "javascript:alert(1)",
        "It is big.\x00",
        "It is \u202egib\u202c.",
        "The Zet\u200bas sold it.",
        "The Zet\u00adas sold it.",
        "The Zеtas sold it.",  # a Cyrillic e
        "The Ζetas sold it.",  # a Greek Z
        "The Ｚｅｔａｓ sold it.",
        "The 𝐙𝐞𝐭𝐚𝐬 sold it.",
        "The ﬁve men sold it.",
        "They were ５ men.",
        "They were ٥ men.",
        "They were 5² men.",
        "They were ⑤ men.",
        "They were Ⅴ men.",
        "The Z\u0335etas sold it.",
    ],
)
def test_what_is_not_plain_text_fails(claim):
    assert misused(claim).reason is Reason.MARKUP


def test_what_the_sentences_hold_may_be_told_with_them_but_not_moved():
    held = "Банда sold ５ of them in Zetas."
    assert misused("Банда sold ５ of them.", held) is None
    assert misused("The Zетas sold them.", held + " е т") is not None


def test_accents_apart_from_their_letters_are_the_same_text():
    quote = "It is in São Paulo."
    assert verify("It is in Sa\u0303o Paulo.", Evidence((quote,), (), "")) is None
    assert verify(quote, Evidence(("It is in Sa\u0303o Paulo.",), (), "")) is None
