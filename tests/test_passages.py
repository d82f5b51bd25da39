"""Passages of whole sentences: joined they are the article, whatever its file held."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.article import Article
from index.passages import Passage, split_passages
from index.sentences import MAX_WORDS

ODD = [
    *"\u00a0\u202f\u2007\ufeff\r\n\t\u2028\u2029\u0085\x0b\x0c\x1c\u200b\u0301\u3000😀𝔸.!?,;:“”‘’\"'#-—…。",
    "\r\n", "\n\n", " ", " and ", "But ", "U.S. ", "word ", "members.But ", "Read More", "x" * 60, "José ", "# ", "- ",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=300), st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=5)), max_size=150).map("".join)
)
SENTENCES = " ".join(f"The river number {i} rose by {i} metres within three days of rain." for i in range(40))


def parse(raw: str, suffix: str = ".txt") -> Article | None:
    try:
        return Article.parse("a", raw.encode(), suffix=suffix)
    except ValueError:  # lone surrogates, NUL, no text: no article, so no passages
        return None


@settings(max_examples=500, deadline=None)
@given(texts, st.sampled_from([".txt", ".md"]), st.sampled_from([20, 150, 1000]))
@example("word " * 3000, ".txt", 150)
@example("x" * 20_000 + "\n\n" + "é" * 20_000, ".txt", 20)
@example("A title\r\n\r\nA\u00a0sentence 😀 here.\u2028And e\u0301 more.\r\n", ".md", 20)
def test_passages_joined_are_the_article_and_sentences_tile_it(raw: str, suffix: str, words: int) -> None:
    article = parse(raw, suffix)
    if article is None:
        return
    passages = split_passages(article, words)
    assert "".join(p.text for p in passages) == article.text
    assert [p.number for p in passages] == list(range(len(passages)))
    at = 0
    for passage in passages:
        assert passage.sentences
        assert passage.text == article.text[passage.start : passage.end]
        for sentence in passage.sentences:
            assert passage.start <= sentence.start < sentence.end <= passage.end
            assert sentence.start >= at
            assert not article.text[at : sentence.start].strip()
            quote = passage.quote(sentence)
            assert quote == article.text[sentence.start : sentence.end] == quote.strip()
            stretch = article.stretches[sentence.paragraph]
            assert stretch.start <= sentence.start < sentence.end <= stretch.end
            assert sentence.kind == stretch.kind
            assert sentence.kind != "body" or len(quote.split()) <= MAX_WORDS
            at = sentence.end
    assert not article.text[at:].strip()


@settings(max_examples=200, deadline=None)
@given(texts, st.sampled_from([20, 60, 150]))
def test_a_passage_is_no_longer_than_a_fifth_more_than_asked_or_is_one_sentence(raw: str, words: int) -> None:
    article = parse(raw)
    for passage in split_passages(article, words) if article else []:
        assert len(passage.sentences) == 1 or sum(len(passage.quote(s).split()) for s in passage.sentences) <= words * 1.2


def sizes(passages: list[Passage]) -> list[int]:
    return [len(p.text.split()) for p in passages]


def test_passages_of_running_text_are_about_as_long_as_asked() -> None:
    article = parse(SENTENCES)
    assert article is not None
    for words in (60, 150):
        assert all(words * 0.8 <= size <= words * 1.2 for size in sizes(split_passages(article, words))[:-1])


def test_a_heading_leads_the_passage_that_it_names() -> None:
    part = " ".join(f"The river number {i} rose by {i} metres." for i in range(10))
    article = parse(f"The Flood\n\n{part}\n\nWhat was lost\n\n{part} More.\n\nWhat was won\n\n{part} Most.")
    assert article is not None
    passages = split_passages(article, 150)
    assert [p.text.split("\n")[0] for p in passages[1:]] == ["What was lost", "What was won"]


def test_short_paragraphs_are_joined_and_one_word_is_a_passage() -> None:
    short = parse("One is here.\n\nTwo is here.\n\nThree is here.")
    assert short is not None
    assert sizes(split_passages(short, 150)) == [9]
    word = parse("Word")
    assert word is not None
    assert [p.text for p in split_passages(word, 150)] == ["Word"]


def test_an_id_names_article_and_number() -> None:
    article = parse(SENTENCES)
    assert article is not None
    assert [p.id for p in split_passages(article, 150)][:2] == ["a#0", "a#1"]


@pytest.mark.parametrize("words", [20, 150, 1000])
def test_a_heading_longer_than_a_passage_is_kept_whole(words: int) -> None:
    heading = "## " + "long " * 300
    article = parse(f"# T\n\nA body.\n\n{heading}\n\nThe end.", ".md")
    assert article is not None
    assert "".join(p.text for p in split_passages(article, words)) == article.text
