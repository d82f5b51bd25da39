"""Is a quotation in the articles? Exact, near (with what differs, word by word) or absent, and where.

Quotation marks, dashes, white space and case are folded on both sides. An ellipsis is never bridged: what stands around
it is checked apart. Nothing is exact that begins or ends within a word or a number of the article.
"""

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from assistant.errors import QuestionError
from assistant.folding import Folded, fold
from index.article import Article
from index.lexical import STOP_WORDS

Verdict = Literal["exact", "near", "absent", "short"]

SHORTEST = 12
"""Characters below which a quotation stands in many places by chance."""

PLACES = 20
"""Places of an exact quotation that are told."""

_NEAR = 0.6  # share of the quotation's words that stand in the article, in their order
_DENSE = 0.5  # share of the article's words there that are the quotation's
_LOOKED_INTO = 5  # articles that are compared word by word: those that hold most of the words
_KEPT = 8_000_000  # characters of folded articles
_ELLIPSIS = re.compile(r"[\[(]\s*(?:\.\s?){2,}\.?\s*[\])]|[\[(]\s*…\s*[\])]|…|\.(?:\s?\.){2,}")
_WRAPPING = " \t\r\n\"'“”„«»‘’‚‹›"


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands: `text` is the article's own, `article.text[start:end]`."""

    article_id: str
    title: str
    publisher: str | None
    published: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a comparison: in both, only in the quotation, or only in the article."""

    where: Literal["both", "quotation", "article"]
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A quotation, or what stands before or after an ellipsis in it. `runs` tell what differs where it is near."""

    text: str
    verdict: Verdict
    places: tuple[Place, ...] = ()
    runs: tuple[Run, ...] = ()


class QuoteChecker:
    """Checks quotations; it keeps articles that it has folded, for the next one."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._kept: OrderedDict[str, tuple[Article, Folded]] = OrderedDict()

    def check(self, text: str, articles: Mapping[str, str], load: Callable[[str], Article]) -> tuple[Part, ...]:
        """Check a quotation; `articles` are ids with the hashes of what they hold, `load` gives an article by its id.

        Raises QuestionError for a text that is too short to be told, or too long.
        """
        if len(text) > self._longest:
            raise QuestionError(f"The quotation has {len(text):,} characters; {self._longest:,} can be checked at once.")
        parts = [stripped for part in _ELLIPSIS.split(text) if (stripped := part.strip(_WRAPPING))]
        folded = [fold(part) for part in parts]
        if not any(len(f.text.strip()) >= SHORTEST for f in folded):
            raise QuestionError(f"The quotation is too short to be told from chance: give {SHORTEST} characters or more.")
        long = [f for f in folded if len(f.text.strip()) >= SHORTEST]
        exact: dict[str, list[Place]] = {f.text: [] for f in long}
        holding: dict[str, Counter[str]] = {f.text: Counter() for f in long}
        for id, digest in articles.items():
            article, held = self._folded(id, digest, load)
            for f in long:
                room = PLACES - len(exact[f.text])
                exact[f.text] += [_place(article, *span) for span in held.occurrences(f.text.strip(), room)]
                holding[f.text][id] = sum(word in held.text for word in set(_content(f)))
        near = {f.text: self._near(f, holding[f.text], articles, load) for f in long if not exact[f.text]}
        return tuple(
            Part(f.original, "exact", tuple(exact[f.text]))
            if exact.get(f.text)
            else near.get(f.text) or Part(f.original, "short")
            for f in folded
        )

    def _near(self, part: Folded, holding: Counter[str], articles: Mapping[str, str], load: Callable[[str], Article]) -> Part:
        found: list[tuple[float, Part]] = []
        for id, words in holding.most_common(_LOOKED_INTO):
            if words:
                found += _compared(part, *self._folded(id, articles[id], load))
        return max(found, key=lambda f: f[0])[1] if found else Part(part.original, "absent")

    def _folded(self, id: str, digest: str, load: Callable[[str], Article]) -> tuple[Article, Folded]:
        key = f"{id}\0{digest}"
        kept = self._kept.get(key)
        if kept is None:
            article = load(id)
            kept = article, fold(article.text)
            self._kept[key] = kept
            while len(self._kept) > 1 and sum(len(f.text) for _, f in list(self._kept.values())) > _KEPT:
                self._kept.popitem(last=False)
        return kept


def _place(article: Article, start: int, end: int) -> Place:
    return Place(article.id, article.title, article.publisher, article.published, start, end, article.text[start:end])


def _bare(token: str) -> str:
    return re.sub(r"^\W+|\W+$", "", token)


def _content(folded: Folded) -> list[str]:
    """The words that tell; all of them, where all are function words."""
    words = [word for start, end in folded.tokens() if (word := _bare(folded.text[start:end]))]
    return [word for word in words if word not in STOP_WORDS] or words


def _compared(part: Folded, article: Article, held: Folded) -> list[tuple[float, Part]]:
    """The stretch of an article that is nearest to a quotation, with the share of words that agree; nothing if none is."""
    asked = [_bare(part.text[a:b]) for a, b in part.tokens()]
    tokens = held.tokens()
    words = [_bare(held.text[a:b]) for a, b in tokens]
    window = _window(asked, words)
    if window is None:
        return []
    first, last = window
    blocks = [b for b in SequenceMatcher(None, asked, words[first:last], autojunk=False).get_matching_blocks() if b.size]
    same = sum(b.size for b in blocks)
    if not blocks or same < min(3, len(asked)):
        return []
    begin, finish = first + blocks[0].b, first + blocks[-1].b + blocks[-1].size
    share, density = same / len(asked), same / (finish - begin)
    telling = {w for b in blocks for w in asked[b.a : b.a + b.size]} - STOP_WORDS
    if share < _NEAR or density < _DENSE or len(telling) < len(set(_content(part))) / 2:
        return []
    begin = max(first, begin - blocks[0].a)  # words that were replaced at either end
    finish = min(last, finish + len(asked) - blocks[-1].a - blocks[-1].size)
    start, end = held.span(tokens[begin][0], tokens[finish - 1][1])
    runs = _runs(part, held, tokens[begin:finish])
    return [(share + density, Part(part.original, "near", (_place(article, start, end),), runs))]


def _window(asked: list[str], words: list[str]) -> tuple[int, int] | None:
    """Where most of a quotation's words stand at the distances that they have in it."""
    positions: dict[str, list[int]] = {}
    for i, word in enumerate(asked):
        if word and (word not in STOP_WORDS or STOP_WORDS.issuperset(asked)):
            positions.setdefault(word, []).append(i)
    size = max(4, len(asked) // 3)
    votes: Counter[int] = Counter()
    for at, word in enumerate(words):
        for i in positions.get(word, ()):
            votes[(at - i) // size] += 1
    if not votes:
        return None
    best = max(votes, key=lambda k: (votes[k] + max(votes.get(k - 1, 0), votes.get(k + 1, 0)), -k))
    return max(0, (best - 1) * size), min(len(words), (best + 2) * size + len(asked))


def _runs(part: Folded, held: Folded, tokens: list[tuple[int, int]]) -> tuple[Run, ...]:
    """The comparison, each side in its own characters."""
    mine = part.tokens()
    a, b = [part.text[i:j] for i, j in mine], [held.text[i:j] for i, j in tokens]
    for edge in (0, -1):  # a quotation may leave out the mark that it begins or ends beside
        if _bare(a[edge]) == _bare(b[edge]):
            b[edge] = a[edge]
    runs: list[Run] = []
    for name, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if name == "equal":
            runs.append(Run("both", _original(part, mine[i:j])))
            continue
        if i < j:
            runs.append(Run("quotation", _original(part, mine[i:j])))
        if k < m:
            runs.append(Run("article", _original(held, tokens[k:m])))
    return tuple(runs)


def _original(folded: Folded, tokens: list[tuple[int, int]]) -> str:
    start, end = folded.span(tokens[0][0], tokens[-1][1])
    return " ".join(folded.original[start:end].split())
