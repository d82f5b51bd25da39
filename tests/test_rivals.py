"""Sentences that give another figure than the best one."""

import numpy as np

from assistant.quote_reader import QuoteReader, rank_sentences
from assistant.retriever import ScoredPassage
from assistant.rivals import CLOSE, NEAR, dissent, rivals
from index.article import Article
from index.passages import split_passages
from index.store import StoredPassage

QUESTION = "How many people came?"


def ranked(*articles):
    """Each article a list of (sentence, score); `ranked` as for a question that gives nothing away."""
    found = []
    for n, sentences in enumerate(articles):
        article = Article.parse(f"a{n}", ("Title\n\n" + " ".join(text for text, _ in sentences)).encode())
        (passage,) = split_passages(article, 150)
        values = np.asarray([score for _, score in sentences], dtype=np.float32)
        stored = StoredPassage(passage, np.ones(2, dtype=np.float32), np.ones((len(values), 2), dtype=np.float32))
        found.append(ScoredPassage(stored, float(values.max()), values, values, values, values, 0.0))
    return rank_sentences(found, "")


def test_another_value_nearly_as_good_is_a_rival():
    sentences = [("Some 300 people came.", 0.9), ("Nobody else did.", 0.89), ("At night 40 people came.", 0.9 - NEAR / 2)]
    assert [s.text for s in rivals(QUESTION, ranked(sentences))] == ["At night 40 people came."]
    far = [("Some 300 people came.", 0.9), ("At night 40 people came.", 0.9 - NEAR * 2)]
    assert rivals(QUESTION, ranked(far)) == []


def test_the_same_value_is_none_and_neither_is_any_where_nothing_is_asked_for():
    same = [("Some 300 people came.", 0.9), ("The 300 people sang.", 0.89)]
    assert rivals(QUESTION, ranked(same)) == []
    assert rivals("Who came?", ranked([("Some 300 people came.", 0.9), ("At night 40 people came.", 0.89)])) == []
    assert rivals(QUESTION, []) == []


def test_articles_that_disagree_are_both_quoted_by_name():
    one = [("Some 300 people came.", 0.9), ("They sang.", 0.89)]
    other = [("Only 40 people came.", 0.9 - CLOSE / 2), ("Rain fell.", 0.1)]
    found = ranked(one, other)
    assert dissent(QUESTION, found).text == "Only 40 people came."
    claims = QuoteReader(3).read(found, "one", QUESTION, 0.99)
    assert [(c.spans[0].article_id, c.named) for c in claims] == [("a0", True), ("a1", True)]
    assert claims[0].spans[0].answer is None  # nobody knows which is right
    assert [c.named for c in QuoteReader(1).read(found, "one", QUESTION, 0.99)] == [False]


def test_one_article_does_not_disagree_with_itself():
    found = ranked([("Some 300 people came.", 0.9), ("At night 40 people came.", 0.89)])
    assert dissent(QUESTION, found) is None
