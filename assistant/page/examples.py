"""Example questions, made from the corpus at hand: each was asked, and the articles answered it."""

from collections.abc import Iterator
from itertools import chain, zip_longest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.page.labels import labels
from index.article import Article

_ARTICLES, _TRIED = 8, 16  # looked into; asked about. A question takes some 30 ms
_WORDS, _CHARS = range(2, 9), 60  # of a heading that names a subject


def examples(assistant: Assistant, limit: int = 4) -> list[str]:
    """Up to `limit` questions about headings and titles of the articles, the surest first."""
    found = []
    for article, subject in _subjects(assistant):
        question = labels(article.language).about.format(subject=subject)
        if len(question) > assistant.settings.max_question_chars:
            continue
        reply = assistant.ask(question)
        if isinstance(reply, Answer) and any(c.article_id == article.id for c in reply.citations):
            found.append((reply.confidence, question))
    return [question for _, question in sorted(found, key=lambda f: -f[0])[:limit]]


def _subjects(assistant: Assistant) -> list[tuple[Article, str]]:
    """Subjects of articles from all over the corpus, an article's first headings before its later ones."""
    records = assistant.articles()
    spread = records[:: max(1, len(records) // _ARTICLES)][:_ARTICLES]
    by_article = [[(article, s) for s in _named(article)] for article in (assistant.article(r["id"]) for r in spread)]
    in_turn = chain.from_iterable(zip_longest(*by_article))
    unique = {subject.lower(): (article, subject) for article, subject in filter(None, in_turn)}
    return list(unique.values())[:_TRIED]


def _named(article: Article) -> Iterator[str]:
    headings = (article.text[s.start : s.end] for s in article.stretches if s.kind == "heading")
    for text in (*headings, article.title):
        subject = " ".join(text.split()).strip(" .:?!“”\"'«»")
        if len(subject.split()) in _WORDS and len(subject) <= _CHARS:
            yield subject
