"""The part of the report that shows misses: question, what was expected, what was given. All text is escaped."""

import re
from html import escape

from evals.metrics import Result, is_miss
from evals.scorers import pattern_of
from evals.wording import count, kind_words

OPEN = 12
"""Misses of a kind are shown at once when they are so many at the most; more wait behind their heading."""


def misses(results: list[Result]) -> str:
    """Every miss, by kind."""
    missed = [r for r in results if is_miss(r)]
    if not missed:
        return "<h2>Misses</h2><p>There is none.</p>"
    html = f"<h2>{count(len(missed), 'miss', 'misses')}</h2>"
    html += '<p class="soft">What was expected, and what was given. Marked: words that a correct answer holds.</p>'
    for kind in dict.fromkeys(r["kind"] for r in missed):
        of_kind = [r for r in missed if r["kind"] == kind]
        asked = sum(r["kind"] == kind for r in results)
        shown = " open" if len(of_kind) <= OPEN else ""
        html += f"<details{shown}><summary>{escape(kind_words(kind))} <small>{len(of_kind)} of {asked}</small></summary>"
        html += "".join(map(_miss, of_kind)) + "</details>"
    return html


def _miss(result: Result) -> str:
    members = [member for group in result["reference_answers"] for member in group]
    return (
        f'<article class="miss">{_asked(result)}<p class="why">{escape(_why(result))}</p>'
        f'<div class="sides"><div class="expected"><h4>Expected</h4>{_expected(result, members)}</div>'
        f'<div class="given"><h4>Given</h4>{_given(result, members)}</div></div></article>'
    )


def _asked(result: Result) -> str:
    turns = "".join(f'<p class="turn">{escape(role)}: {escape(text)}</p>' for role, text in result["history"])
    alone = str(result.get("standalone_question", result["question"]))
    taken = f'<p class="turn">taken as: {escape(alone)}</p>' if alone != result["question"] else ""
    return f"{turns}<h3>{escape(result['question'])}</h3><small>{escape(result['id'])}</small>{taken}"


def _why(result: Result) -> str:
    if not result["answerable"]:
        return "answered, though the articles don't answer it"
    return str(result.get("why") or ("refused" if result["outcome"] == "refused" else "no quote from a place that answers"))


def _expected(result: Result, members: list[str]) -> str:
    if not result["answerable"]:
        return "<p>A refusal.</p>"
    groups = "; ".join(" or ".join(f"“{escape(m)}”" for m in group) for group in result["reference_answers"])
    quotes = "".join(
        f"<blockquote>{_marked(g['quote'], members)}<br><small>{escape(g['article_id'])}</small></blockquote>"
        for g in result["gold_quotes"]
    )
    return (f"<p>{groups}</p>" if groups else "") + quotes


def _given(result: Result, members: list[str]) -> str:
    sure = f'<p class="soft">confidence {result["confidence"]:.2f}</p>'
    if not result["quotes"]:
        return "<p>A refusal.</p>" + sure
    return (
        "".join(
            f"<blockquote>{_marked(q['quote'], members)}<br><small>[{q['number']}] {escape(q['title'])}, "
            f"{escape(q['article_id'])}, characters {q['start']}–{q['end']}</small></blockquote>"
            for q in result["quotes"]
        )
        + sure
    )


def _marked(text: str, members: list[str]) -> str:
    """The text, escaped, with the members in <mark>."""
    if not members:
        return escape(text)
    pattern = "|".join(f"(?:{pattern_of(m)})" for m in sorted(members, key=len, reverse=True))
    html, at = "", 0
    for found in re.finditer(pattern, text, re.IGNORECASE):
        html += f"{escape(text[at : found.start()])}<mark>{escape(found.group())}</mark>"
        at = found.end()
    return html + escape(text[at:])


def unscored(results: list[Result]) -> str:
    """The questions that failed, each with its error; nothing if there is none."""
    failed = [r for r in results if r["outcome"] == "unscored"]
    if not failed:
        return ""
    rows = "".join(f'<article class="miss">{_asked(r)}<p class="why">{escape(r["error"])}</p></article>' for r in failed)
    return f'<h2>{len(failed)} unscored</h2><p class="soft">They failed, and count in no figure.</p>{rows}'
