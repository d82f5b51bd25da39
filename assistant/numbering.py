"""The sentences that a model is given, each with an id: `3.2` is the second of those of the third passage."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer import Span
from assistant.antecedent import antecedents
from assistant.retriever import ScoredPassage

CHARS_PER_TOKEN = 3.0
"""Fewer characters a token than most tokenizers need for English, Spanish or Portuguese: rather too short than too long."""

_ADDRESSES_THE_READER = re.compile(
    r"\b(?:your|tus?|sus?|suas?|seus?|vossa)\s+(?:\w+\s+)?(?:answer|response|repl(?:y|ies)|message|output|respuesta|resposta)s?\b"
    r"|\b(?:ignore|disregard|forget|ignora|ignore|olvida|esqueça)\b.{0,40}\b(?:instruction|prompt|instruccion|instruç)"
    r"|\bsystem prompt\b",
    re.I,
)
"""A sentence that tells an answerer how to answer is no news: it is not given to a model. Quotes alone may still show it."""

_LOOKS_LIKE_ID = re.compile(r"[\[【［](?=\W*\w{0,12}\W*\d)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence that may be cited: its id, its text, and the place that is quoted for it.

    The place takes in the sentence before where this one leans on it ("He designed..."), as all quotes do.
    """

    id: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Numbering:
    """The sentences that a model is given, by their ids, and the same as text for its prompt."""

    sentences: Mapping[str, Numbered]
    text: str


def number(found: list[ScoredPassage], titles: Mapping[str, str], chars: int) -> Numbering:
    """Number the sentences of passages, best passage first, as many as `chars` characters of text hold, at least one.

    Sentences that tell an answerer how to answer are left out; where there are no others, none is numbered.

    A passage that doesn't fit whole gives its best sentences. `titles` are those of the articles, by id.
    """
    sentences: dict[str, Numbered] = {}
    blocks: list[str] = []
    left = chars
    for p, passage in enumerate(found, 1):
        heading = f"From “{_line(titles[passage.passage.article_id])}”:"
        chosen = _fitting(passage, left - len(heading), at_least=not sentences)
        if not chosen:
            continue
        lines = [heading]
        for n, i in enumerate(chosen, 1):
            one = _numbered(f"{p}.{n}", passage, i)
            sentences[one.id] = one
            lines.append(f"{_line(one.text)} [{one.id}]")  # as an answer has it: a weak model copies what it sees
        blocks.append("\n".join(lines))
        left -= len(blocks[-1])
    return Numbering(sentences, "\n\n".join(blocks))


def _fitting(passage: ScoredPassage, chars: int, at_least: bool) -> list[int]:
    """Positions of the sentences to give, in their order: the best ones that fit."""
    chosen: list[int] = []
    for i in sorted(range(len(passage.sentences)), key=lambda i: (-float(passage.scores[i]), i)):
        text = passage.passage.quote(passage.sentences[i])
        length = len(text) + 8
        if _ADDRESSES_THE_READER.search(text):
            continue
        if length <= chars or (at_least and not chosen):
            chosen.append(i)
            chars -= length
    return sorted(chosen)


def _numbered(id: str, passage: ScoredPassage, position: int) -> Numbered:
    sentence = passage.sentences[position]
    before = antecedents(passage.passage)[position]
    span = Span(passage.passage.article_id, (before or sentence).start, sentence.end)
    return Numbered(id, passage.passage.quote(sentence), span)


def _line(text: str) -> str:
    """A text on one line, in which nothing looks like an id or ends the material."""
    return _LOOKS_LIKE_ID.sub("(", " ".join(text.split())).replace("<", "‹").replace(">", "›")
