"""The formula of the retriever, by hand, over an embedder that is exact."""

import numpy as np
import pytest

from assistant.retriever import LEXICAL_WEIGHT, OWN_WEIGHT, PASSAGE_WEIGHT, WINDOW_WEIGHT, Filters, Question, Retriever
from index.build import build_index
from index.local_place import LocalPlace
from index.settings import IndexSettings

ARTICLES = {
    "bridges": "Bridges\n\nThe old bridge fell in March. A new bridge opened in June. Nobody was hurt.",
    "rivers": "Rivers\n\nThe river floods every spring. Farmers welcome the water.",
    "empty": "Only a heading here",
}


@pytest.fixture(scope="module")
def generation(tmp_path_factory, word_embedding):
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text)
    home = tmp_path_factory.mktemp("home")
    build_index(IndexSettings.from_environment(home=home), [folder], embedder=word_embedding)
    place = LocalPlace(home)
    opened = place.open(place.current_name())
    yield opened
    opened.close()


def find(generation, word_embedding, text, **filters):
    question = Question(text, filters=Filters(**filters) if filters else None)
    return [node.node.found for node in Retriever(generation, word_embedding).retrieve(question)]


def test_the_passage_that_speaks_to_it_comes_first(generation, word_embedding):
    found = find(generation, word_embedding, "Which new bridge opened?")
    assert found[0].passage.article_id == "bridges"
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    best = int(np.argmax(found[0].scores))
    assert found[0].passage.quote(found[0].sentences[best]) == "A new bridge opened in June."


def test_the_scores_are_what_the_docstring_says(generation, word_embedding):
    first = find(generation, word_embedding, "Which new bridge opened?")[0]
    score = float((first.cosines + WINDOW_WEIGHT * first.window).max()) + LEXICAL_WEIGHT * first.lexical
    assert first.score == pytest.approx(score, abs=1e-6)
    by_hand = first.cosines + PASSAGE_WEIGHT * first.score + OWN_WEIGHT * first.own + WINDOW_WEIGHT * first.window
    assert first.scores == pytest.approx(by_hand, abs=1e-6)
    assert first.own[1] == pytest.approx(1.0)  # "new", "bridge", "opened": all terms stand in the second sentence
    assert first.window == pytest.approx([1.0, 1.0, 1.0])  # and so in every window around it
    assert 0 < first.lexical <= 1


def test_a_question_without_a_known_word_has_no_lexical_part(generation, word_embedding):
    assert all(f.lexical == 0 and not f.own.any() for f in find(generation, word_embedding, "zzz qqq"))


def test_limits_are_kept_even_by_what_is_nearest(generation, word_embedding):
    found = find(generation, word_embedding, "Which new bridge opened?", article_ids=frozenset({"rivers"}))
    assert {f.passage.article_id for f in found} == {"rivers"}
    assert find(generation, word_embedding, "bridge", article_ids=frozenset({"nonesuch"})) == []


def test_it_is_a_llama_index_retriever(generation, word_embedding):
    nodes = Retriever(generation, word_embedding, limit=2).retrieve("bridge")
    assert len(nodes) == 2
    assert nodes[0].get_content() == nodes[0].node.found.passage.text
    assert nodes[0].metadata["article_id"] == "bridges"
