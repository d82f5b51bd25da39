from assistant.antecedent import antecedents
from index.article import Article
from index.passages import split_passages

RAW = """T

Anna Smith built the bridge. She also drew its plans. The town paid.

He slept. But they did not. Italy watched."""


def test_a_sentence_leans_on_the_one_before_only_within_its_paragraph():
    (passage,) = split_passages(Article.parse("a", RAW.encode()), 150)
    leaning = [before and passage.quote(before) for before in antecedents(passage)]
    assert leaning == [None, "Anna Smith built the bridge.", None, None, "He slept.", None]
