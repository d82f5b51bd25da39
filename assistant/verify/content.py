"""How much of a claim neither its sentences nor the question say: paraphrase needs some words of its own, not many."""

import re

from assistant.verify.quantities import quantities
from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import tokens
from assistant.verify.vocabulary import content

SHARE, ALWAYS = 0.45, 2
"""A claim's own words may be so large a share of those that tell something, and always so many.

Of the true claims in `evals/honest_claims.jsonl`, one has more.
"""

HELD = 0.5
"""So large a share of all its telling words, numbers and names too, each counted once, the quotes and titles must hold without
the question: what is said in the question's words alone nobody has said. The true claims hold .57 at the least. With .65 six
of six false sentences of SmolLM2-135M fell that hold less, but an answer that repeats its question, as many do, would too."""

_PARTS = re.compile(r"\s[–—-]\s|[:;()—]|\.\s")
"""Between these a part of a claim stands by itself: one of which no telling word is held was put in ("swordfish: ...").
None of the true claims has such a part."""


def unsupported_content(claim: str, evidence: Evidence, language: str) -> Rejection | None:
    """The words that are too many. Numbers and names don't count: these are looked up one by one."""
    held = {word for text in (*evidence.quotes, *evidence.titles, evidence.question) for word in content(tokens(text))}
    counted = {i for quantity in quantities(claim, language) for i in range(quantity.first, quantity.last)}
    telling = content(t for i, t in enumerate(tokens(claim)) if i not in counted and not t.capital)
    new = [word for word in telling if word not in held]
    if len(new) > max(ALWAYS, SHARE * len(telling)):
        return Rejection(Reason.CONTENT, ", ".join(new))
    if sources := _unheld(claim, evidence):
        return Rejection(Reason.CONTENT, ", ".join(sources))
    for part in _PARTS.split(claim):
        own = content(t for t in tokens(part) if t.kind == "word" and not t.capital)
        if own and not any(word in held for word in own):
            return Rejection(Reason.CONTENT, ", ".join(own))
    return None


def _unheld(claim: str, evidence: Evidence) -> list[str]:
    """The words that no quote and no title has, where they are too many: any, where it only repeats the question."""
    held = {word for text in (*evidence.quotes, *evidence.titles) for word in content(tokens(text))}
    asked = set(content(tokens(evidence.question)))
    telling = list(dict.fromkeys(content(tokens(claim))))
    unheld = [word for word in telling if word not in held]
    answers = any(word not in asked for word in telling)
    return unheld if len(unheld) > (1 - HELD) * len(telling) * answers else []
