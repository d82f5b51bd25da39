"""What a corpus can be asked about: subjects that its articles name, and questions on them that they answer.

Nothing is suggested unasked: each question is put to the assistant, and kept only if the articles answer it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.folding import fold
from assistant.page.labels import labels
from assistant.retriever import Filters
from index.article import Article
from index.lexical import STOP_WORDS

_WORDS, _CHARS = range(2, 9), 60  # of a heading that names a subject
_TERM = re.compile(r"[“\"«]([^\W\d_][^“”\"«»\n.,;:!?]{5,40})[”\"»]")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+(?: (?:(?:de|of|la|del|da|do) )?[A-ZÀ-Þ][\w’'-]+){1,3}")

_GLUED = re.compile(r"[a-zà-ÿ]{3}[A-ZÀ-Þ]")  # "ResearchBrazil": the space was lost


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that an article names, and where: a heading, a term in quotation marks, or a name."""

    kind: Literal["heading", "term", "name"]
    text: str
    article_id: str
    start: int

    def question(self, language: str | None) -> str:
        """A question on it, in a language."""
        words = labels(language)
        return (words.meant if self.kind == "term" else words.about).format(subject=self.text)


def subjects(article: Article) -> Iterator[Subject]:
    """The subjects of an article, in the order in which they stand in it, each once."""
    seen: set[str] = set()
    for found in _named(article):
        if (key := fold(found.text).text) not in seen:
            seen.add(key)
            yield found


def checked(assistant: Assistant, subject: Subject, language: str | None, filters: Filters | None = None) -> Answer | None:
    """The answer to the question on a subject: from its article, with the subject in the quotes unless it is a heading."""
    question = subject.question(language)
    if len(question) > assistant.settings.max_question_chars:
        return None
    reply = assistant.quote(question, filters)  # it is nobody's question yet, so it costs no model's
    if not isinstance(reply, Answer):
        return None
    quotes = [c.quote for c in reply.citations if c.article_id == subject.article_id]
    sought = fold(subject.text).text
    return reply if quotes and (subject.kind == "heading" or any(sought in fold(quote).text for quote in quotes)) else None


def _named(article: Article) -> Iterator[Subject]:
    for stretch in article.stretches:
        text = article.text[stretch.start : stretch.end]
        if stretch.kind == "heading":
            heading = " ".join(text.split()).strip(" .:?!“”\"'«»")
            if len(heading.split()) in _WORDS and len(heading) <= _CHARS:
                yield Subject("heading", heading, article.id, stretch.start)
        elif stretch.kind == "body":
            for match in _TERM.finditer(text):
                if len(match[1].split()) in range(2, 6) and not match[1][0].isupper():
                    yield Subject("term", " ".join(match[1].split()), article.id, stretch.start + match.start(1))
            for match in _NAME.finditer(text):
                words = match[0].removesuffix("’s").removesuffix("'s").split()
                while words and words[0].lower() in STOP_WORDS:  # "The Sinaloa Cartel", where a sentence begins
                    del words[0]
                if len(words) > 1 and not _GLUED.search(match[0]):
                    yield Subject("name", " ".join(words), article.id, stretch.start + match.start())
