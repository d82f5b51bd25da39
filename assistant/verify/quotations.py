"""Whether what a claim puts in quotation marks stands, word for word, in one sentence that it cites."""

import re

from assistant.folding import fold
from assistant.verify.rejection import Evidence, Reason, Rejection

_DOUBLE = '"“”„‟«»＂″'
_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–:;,]))['‘‚‹`](?=[^\s'’])")
_CLOSE = re.compile(r"(?<=\S)['’‘›´](?!\w)")
_EDGE = " \t\n,.;:!?…"


def altered_quotation(claim: str, evidence: Evidence) -> Rejection | None:
    """The first stretch in quotation marks that isn't in a cited sentence; white space, case and kind of mark aside."""
    marked = [m.start() for m in re.finditer(f"[{_DOUBLE}]", claim)]
    if len(marked) % 2:
        return Rejection(Reason.QUOTATION, "a quotation mark without its other half")
    inside = [claim[a + 1 : b] for a, b in zip(marked[::2], marked[1::2], strict=True)]
    for words in [*inside, *_in_single_marks(claim)]:
        sought = fold(words).text.strip(_EDGE)
        if not sought or not any(fold(quote).occurrences(sought, 1) for quote in evidence.quotes):
            return Rejection(Reason.QUOTATION, words)
    return None


def _in_single_marks(claim: str) -> list[str]:
    """What stands between single quotation marks; an apostrophe (`the cartels' sons`) opens nothing."""
    found, at = [], 0
    while opened := _OPEN.search(claim, at):
        ends = [m.start() for m in _CLOSE.finditer(claim, opened.end())]
        if not ends:  # 'tis: an apostrophe, or a quotation that was cut off: then nothing may rest on it
            found.append(claim[opened.end() :])
            break
        found.append(claim[opened.end() : ends[-1] if len(ends) == 1 else ends[0]])
        at = ends[0] + 1
    return found
