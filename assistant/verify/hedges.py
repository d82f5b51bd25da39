"""Whether a claim is as sure as its sentences: what they only allege, expect or hold possible must not be told as a fact."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import Token, tokens
from assistant.verify.vocabulary import content, stem

_FAMILIES = {
    "alleged": r"""accus\w+|alleg\w+|suspect\w*|suspicion\w*|reportedly|suppos\w+|rumou?r\w*|purport\w+|apparently|presum\w+
        |(?:said|believed|thought|understood|claimed) to|charged with|acusa\w*|presunt\w+|supuest\w+|sospech\w+|al parecer
        |aparentemente|se (?:cree|dice|sospecha)|habria\w*|supost\w+|suspeit\w+|boato\w*|teria\w*|diz - se""",
    "expected": r"""expect\w*|projected|projections?|projects (?:that|(?:\S+ ){1,6}to)|forecast\w*|predict\w*|anticipat\w*
        |estimat\w*|will|would|plan(?:s|ned)? to|se espera|esperan? que|prev[eê]\w*|previst\w+|proyect\w+
        |pronostic\w+|espera - se|projet\w+|estim\w+|planea\w*|planej\w+""",
    "possible": r"""may|might|could|possib\w+|perhaps|maybe|potential\w*|probabl\w+|likely|seem\w*|appear(?:s|ed)? to
        |podria\w*|pued[ae]\w*|quizas?|tal vez|talvez|posib\w+|pode\w*|possiv\w+|provavel\w*|parec\w+""",
    "opinion": r"""(?:seen|regarded|viewed|considered|deemed) as|considered|regarded|believes?|thinks?|in \S+ view
        |considerad\w+|vist[oa]s? como|cree|creen|acredita\w*|opina\w*""",
    "partial": r"in some cases|sometimes|at times|occasionally|rarely|a veces|en algunos casos|en ocasiones|as vezes"
    r"|em alguns casos|por vezes",
}
_STANDS_FOR = {  # which families of the claim keep a hedge of its sentences
    "alleged": {"alleged"},
    "expected": {"expected", "possible"},
    "possible": {"possible", "expected"},
    "opinion": {"opinion", "alleged", "attribution"},
    "partial": {"partial", "possible", "some"},
}
_SOME = r"some|several|many|often|certain|alguns|algumas|algunos|algunas|varios|varias|muchos|muchas|muitos|muitas|a menudo"
_HEARSAY = r"reportedly|apparently|(?:said|believed|thought) to|al parecer|aparentemente"
_ATTRIBUTION = (
    r"according to|said|says|argues?|claims?|reports?|reported|segun|de acuerdo con|dijo|dice|afirma|segundo|de acordo com"
    r"|disse|diz"
)
_SURE = {
    "certain": r"confirm\w*|prove[dns]?|proof|certainly|definite\w*|undoubted\w*|undeniab\w*|convict\w*|guilty|sentenced"
    r"|undisputed\w*|unquestion\w*|obvious\w*|clearly|confirmad\w+|probad\w+|comprovad\w+|condenad\w+|culpables?|culpad\w+"
    r"|shown|show(?:s|ed)? that|demonstrat\w+|reveal\w*|admit\w*|demostr\w+|demonstr\w+|revel\w+|sin duda|sem duvida"
    r"|certamente|ciertamente|definitiv\w+",
    "all": r"(?<!percent of )(?<!% of )all|every\w*|always|entire\w*|whole|completely|totally|each"
    r"|todos?|todas?|siempre|sempre|cada|enter[oa]s?"
    r"|inteir[oa]s?",
    "only": r"only|solely|exclusive\w*|merely|just|sole|solo|solamente|unic\w+|exclusiv\w+|apenas|somente",
    "most": r"most|mostly|majority|mainly|primarily|mayoria|principalmente|maioria|largely",
}
_BREAK = frozenset("; : — – ( ) . ! ? but while although though pero aunque mas embora".split())
_SCOPE = 5  # words that tell something, after the hedge
_USED = 2  # of these, in the claim: then it tells what was hedged


class Hedge(NamedTuple):
    """Words that hold back, their family, and the stems of what they hold back."""

    text: str
    family: str
    scope: frozenset[str]


def wrong_hedge(claim: str, evidence: Evidence) -> Rejection | None:
    """The first hedge that the claim drops or adds, or a certainty that it adds."""
    words = tokens(claim)
    own = {hedge.family for hedge in _hedges(words)}
    own |= {name for name, pattern in (("attribution", _ATTRIBUTION), ("some", _SOME)) if _has(words, pattern)}
    used = set(content(words))
    held = [hedge for quote in evidence.quotes for hedge in _hedges(tokens(quote))]
    for hedge in held:
        if not own & _STANDS_FOR[hedge.family] and len(used & hedge.scope) >= min(_USED, len(hedge.scope)):
            return Rejection(Reason.HEDGE, f"without {hedge.text!r}")
    families = {hedge.family for hedge in held}
    for hedge in _hedges(words):
        attributed = re.fullmatch(_HEARSAY, hedge.text) and any(_has(tokens(q), _ATTRIBUTION) for q in evidence.quotes)
        if hedge.family == "alleged" and "alleged" not in families and not attributed:
            return Rejection(Reason.HEDGE, hedge.text)
        if hedge.family in {"expected", "possible"} and not families & {"expected", "possible", "alleged"}:
            return Rejection(Reason.HEDGE, hedge.text)
    return _surer(words, evidence)


def _surer(words: Sequence[Token], evidence: Evidence) -> Rejection | None:
    lines = [_line(tokens(quote)) for quote in evidence.quotes]
    for kind, pattern in _SURE.items():
        for found in re.findall(rf"\b(?:{pattern})\b", _line(words)):
            enough = re.escape(stem(found)) + r"\w*" if kind == "certain" else f"(?:{pattern})"
            if not any(re.search(rf"\b{enough}\b", line) for line in lines):
                return Rejection(Reason.HEDGE, found)
    return None


def _has(words: Sequence[Token], pattern: str) -> bool:
    return re.search(rf"\b(?:{pattern})\b", _line(words)) is not None


def _line(words: Sequence[Token]) -> str:
    return " ".join(t.folded for t in words)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    unbroken = {name: re.sub(r"\n *", "", pattern) for name, pattern in _FAMILIES.items()}
    families = "|".join(f"(?P<{name}>{pattern})" for name, pattern in unbroken.items())
    return re.compile(rf"(?<!\S)(?:{families})(?!\S)")


def _hedges(words: Sequence[Token]) -> Iterator[Hedge]:
    line = _line(words)
    for match in _pattern().finditer(line):
        first, last = line.count(" ", 0, match.start()), line.count(" ", 0, match.end()) + 1
        if match[0] == "may" and words[first].text == "May" and first > 0:
            continue  # the month
        yield Hedge(match[0], str(match.lastgroup), _scope(words, first, last))


def _scope(words: Sequence[Token], first: int, last: int) -> frozenset[str]:
    """What follows the hedge in its clause; what stands before it, where nothing follows (`..., prosecutors allege`)."""
    after: list[str] = []
    for token in words[last:]:
        if token.folded in _BREAK or (token.folded == "," and len(after) >= _USED):
            break
        after += content([token])
        if len(after) == _SCOPE:
            break
    return frozenset(after or content(words[:first])[-_SCOPE:])
