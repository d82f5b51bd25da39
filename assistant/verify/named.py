"""The names of a text as runs of words with capitals."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from assistant.verify.names import starts_sentence
from assistant.verify.numerals import SMALL
from assistant.verify.tokens import Token
from assistant.verify.vocabulary import COMMON, is_plain

BEFORE_NAME = frozenset("the a an el la los las o os as um uma un una “ \" ‘ '".split())
"""Words and marks between a name and what leads to it."""


class Name(NamedTuple):
    """The forms of a name's words, the token where it begins, and the one after it."""

    words: frozenset[str]
    first: int
    last: int

    def text(self, words: Sequence[Token]) -> str:
        """The name as it stands."""
        return " ".join(t.text for t in words[self.first : self.last])


def named(words: Sequence[Token], forms: Callable[[Token], set[str]]) -> Iterator[Name]:
    """The names of a text, in the forms that `names.sought` or `names.offered` gives."""
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end].capital and words[end].kind != "sign" and not _common(words, end):
            end += 1
        if end > at and (end == len(words) or words[end].text != "-"):  # not "Amazon-like"
            yield Name(frozenset(form for t in words[at:end] for form in forms(t)), at, end)
        at = max(end, at + 1)


def _common(words: Sequence[Token], at: int) -> bool:
    """Whether a word with a capital is no name: `The`, or a common word that begins a sentence."""
    word = words[at].folded
    return is_plain(word) or (starts_sentence(words, at) and (word in COMMON or word in SMALL))
