"""An article as passages: runs of whole sentences which, joined, are the article's text."""

from dataclasses import dataclass

from index.article import Article
from index.sentences import Sentence, split_sentences

VERSION = 1
"""Part of the index's recipe: raise it when the same sentences would be grouped differently."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article; `text` is `article.text[start:end]`, offsets in Unicode code points."""

    article_id: str
    number: int
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]

    @property
    def id(self) -> str:
        """`article#number`, unique in an index."""
        return f"{self.article_id}#{self.number}"

    def quote(self, sentence: Sentence) -> str:
        """The characters of one of the passage's sentences."""
        return self.text[sentence.start - self.start : sentence.end - self.start]


def split_passages(article: Article, words: int) -> list[Passage]:
    """Group the article's sentences into passages of about `words` words, a fifth more or less.

    A passage ends with a paragraph where it can, and before a heading, so that a heading leads what it names.
    """
    sentences = split_sentences(article.text, article.stretches, article.language)
    groups: list[list[Sentence]] = [[]]
    counted = 0
    for i, sentence in enumerate(sentences):
        size = len(article.text[sentence.start : sentence.end].split())
        starts_paragraph = i == 0 or sentences[i - 1].paragraph != sentence.paragraph
        if groups[-1] and _ends_before(sentence, starts_paragraph, counted, size, words):
            groups.append([])
            counted = 0
        groups[-1].append(sentence)
        counted += size
    starts = [0, *(group[0].start for group in groups[1:]), len(article.text)]
    return [
        Passage(article.id, n, starts[n], starts[n + 1], article.text[starts[n] : starts[n + 1]], tuple(group))
        for n, group in enumerate(groups)
    ]


def _ends_before(sentence: Sentence, starts_paragraph: bool, counted: int, size: int, words: int) -> bool:
    """Whether a passage that holds `counted` words ends before `sentence`."""
    if counted + size > words * 1.2:
        return True
    if not starts_paragraph:
        return False
    return counted >= words * 0.8 or (sentence.kind == "heading" and counted >= words * 0.4)
