"""Example questions, made from the corpus at hand: each was asked, and the articles answered it."""

from collections import Counter
from itertools import chain, zip_longest

from assistant.assistant import Assistant
from assistant.page.subjects import Subject, checked, subjects
from index.article import Article

_ARTICLES, _TRIED = 8, 16  # looked into; asked about. A question takes some 30 ms
_ORDER = {"term": 0, "heading": 1, "name": 2}  # a term makes the plainest question


def examples(assistant: Assistant, limit: int = 4) -> list[str]:
    """Up to `limit` questions about what the articles name, from all over the corpus: the surest, one of each kind first."""
    found: dict[str, list[tuple[float, str]]] = {}
    for article, subject in _spread(assistant):
        if reply := checked(assistant, subject, article.language):
            found.setdefault(subject.kind, []).append((reply.confidence, reply.question))
    by_kind = [sorted(found.get(kind, []), reverse=True) for kind in _ORDER]
    in_turn = chain.from_iterable(zip_longest(*by_kind))
    return [question for _, question in filter(None, in_turn)][:limit]


def _spread(assistant: Assistant) -> list[tuple[Article, Subject]]:
    """Subjects of articles from all over the corpus, in turn, the plainest first."""
    records = assistant.articles()
    spread = records[:: max(1, len(records) // _ARTICLES)][:_ARTICLES]
    by_article = []
    for record in spread:
        article = assistant.article(record["id"])
        times = Counter({subject: article.text.count(subject.text) for subject in subjects(article)})
        named = [subject for subject, _ in times.most_common()]  # what the article returns to first
        by_kind = [[(article, s) for s in named if s.kind == kind] for kind in _ORDER]
        by_article.append(list(filter(None, chain.from_iterable(zip_longest(*by_kind)))))
    in_turn = chain.from_iterable(zip_longest(*by_article))
    unique = {subject.text.lower(): (article, subject) for article, subject in filter(None, in_turn)}
    return list(unique.values())[:_TRIED]
