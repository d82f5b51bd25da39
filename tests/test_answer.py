import copy
import dataclasses
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import REFUSALS, Answer, Citation, CitedClaim, Refusal, Rejected, Related
from assistant.errors import CitationError
from assistant.language import LANGUAGES
from index.article import Article

RAW = "A title\n\nThe first sentence costs $90 billion. It is 𝔘nicode.\n\nA heading\n\nThe third one ends here."
ARTICLE = Article.parse("a", RAW.encode())


def citation(quote, number=1):
    start = ARTICLE.text.index(quote)
    return Citation(number, ARTICLE, start, start + len(quote))


def reply(kind, **given):
    common = {"question": "q", "standalone_question": "q", "language": "en", "reader": "quotes", "confidence": 0.9}
    return kind(**common | {"related": (), "timings": {"total": 0.1}} | given)


def test_a_citation_copies_its_quote_and_what_the_article_states():
    made = citation("The first sentence costs $90 billion.")
    assert made.quote == ARTICLE.text[made.start : made.end] == "The first sentence costs $90 billion."
    assert (made.article_id, made.title, made.publisher, made.url, made.published) == ("a", "A title", None, None, None)


@given(st.integers(-5, 120), st.integers(-5, 120))
def test_whatever_the_offsets_a_citation_is_verbatim_body_text_or_not_made(start, end):
    try:
        made = Citation(1, ARTICLE, start, end)
    except CitationError:
        return
    assert made.quote == ARTICLE.text[start:end] == made.quote.strip() != ""
    assert "heading" not in made.quote
    assert "\n" not in made.quote


def test_no_way_to_give_a_citation_another_quote():
    made = citation("It is 𝔘nicode.")
    with pytest.raises(TypeError):
        Citation(1, ARTICLE, 0, 5, quote="false")
    with pytest.raises(TypeError):
        Citation(1, ARTICLE, 0, 5, "false")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.quote = "false"
    with pytest.raises((ValueError, TypeError)):
        dataclasses.replace(made, quote="false")
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize(
    "quote", ["A heading", "The first sentence costs $90 billion. It is 𝔘nicode.\nA heading", " It is 𝔘nicode."]
)
def test_headings_several_paragraphs_and_outer_spaces_are_no_quotes(quote):
    with pytest.raises(CitationError):
        citation(quote)


def test_no_answer_sentence_without_a_citation():
    with pytest.raises(CitationError):
        CitedClaim(())
    with pytest.raises(CitationError):
        reply(Answer, claims=())


def test_an_answer_as_text_and_as_json():
    claims = (CitedClaim((citation("The first sentence costs $90 billion."),)), CitedClaim((citation("It is 𝔘nicode.", 2),)))
    answer = reply(Answer, claims=claims, rejected=(Rejected("secret text", "no such quote"),))
    assert answer.outcome == "answered"
    assert answer.text == "“The first sentence costs \\$90 billion.” [1]\n\n“It is 𝔘nicode.” [2]"
    assert [c.number for c in answer.citations] == [1, 2]
    given = json.loads(json.dumps(answer.to_dict()))
    assert given["citations"][1]["quote"] == "It is 𝔘nicode."
    assert given["rejected"] == {"count": 1, "reasons": {"no such quote": 1}}
    assert "secret" not in json.dumps(given)
    assert answer.to_dict(debug=True)["rejected"]["claims"] == [{"text": "secret text", "reason": "no such quote"}]


def test_a_refusal_has_no_citation_and_speaks_the_questions_language():
    related = (Related("a", "A title", 0, 5, "The f", 0.5),)
    assert set(REFUSALS) == set(LANGUAGES)
    for language in LANGUAGES:
        refusal = reply(Refusal, language=language, related=related)
        assert (refusal.outcome, refusal.citations, refusal.text) == ("refused", (), REFUSALS[language])
        assert refusal.to_dict()["related"][0]["text"] == "The f"
    assert set(reply(Refusal).to_dict()) == set(reply(Answer, claims=(CitedClaim((citation("It is 𝔘nicode."),)),)).to_dict())


def test_the_words_that_answer_lie_in_the_quote():
    start = ARTICLE.text.index("The first")
    end = start + len("The first sentence costs $90 billion.")
    where = ARTICLE.text.index("$90 billion")
    made = Citation(1, ARTICLE, start, end, answer_span=(where, where + len("$90 billion")))
    assert ARTICLE.text[slice(*made.answer_span)] == "$90 billion"
    assert json.loads(json.dumps(dataclasses.asdict(made)))["answer_span"] == list(made.answer_span)
    for span in ((start - 1, start + 3), (end - 3, end + 1), (start, start), (where + 3, where)):
        with pytest.raises(CitationError):
            Citation(1, ARTICLE, start, end, answer_span=span)
