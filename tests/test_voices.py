"""Copies of an article count once: in a page of results, among the quotes of an answer, and beside a citation."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.retriever import SENTENCES, Filters, Retriever
from assistant.settings import Settings
from assistant.voices import one_voice
from index.build import build_index

HARBOUR = """The harbour authority opened a new container terminal in Valparaíso on Monday. It cost 310 million dollars.
Four cranes unload the largest ships within a day. Fishermen fear that dredging will drive the hake away.

The minister of transport called the terminal a turning point for the region. Unions asked for better contracts first.
Trucks will reach it through a tunnel under the old town, which is to open in two years."""
OTHERS = {
    "bridge": "Bridges\n\nA bridge over the river was closed after an inspection. Engineers found cracks in two pillars.",
    "terminal": "Airports\n\nThe airport terminal of the capital will be enlarged. It cost too little to last, critics say.",
    "port": "Smugglers\n\nPolice found cocaine in the port of the capital. A container from the south held nine hundred kilos.",
}
COPIES = 30


def written(folder, copies):
    for name, text in OTHERS.items():
        (folder / f"{name}.txt").write_text(text)
    for n in range(copies):
        stated = f"title: Headline {n}\npublisher: Paper {n}\nurl: https://paper{n}.example/a\npublished: 2020-03-{n + 1:02}"
        front = f"---\n{stated}\n---\n"
        text = HARBOUR.replace("Fishermen", "Local fishermen") if n % 3 == 1 else HARBOUR
        (folder / f"copy{n:02}.md").write_text(
            f"{front}{text}\n" + ("\nRead our newsletter every day.\n" if n % 3 == 2 else "")
        )


@pytest.fixture(scope="module")
def copied(tmp_path_factory, word_embedding):
    folder = tmp_path_factory.mktemp("corpus")
    written(folder, COPIES)
    settings = Settings.from_environment(home=tmp_path_factory.mktemp("home"))
    build_index(settings, [folder], embedder=word_embedding)
    with Assistant.open(settings, embedder=word_embedding) as opened:
        yield opened


QUESTION = "How much did the new container terminal cost?"


def test_of_each_voice_the_one_that_comes_first_is_heard():
    ranked = ["a1", "c1", "b1", "a2", "b2", "d1", "c2"]
    voice = {"a": "a", "b": "a", "c": "c", "d": "c"}
    assert list(one_voice(ranked, lambda found: found[0], voice.__getitem__)) == ["a1", "c1", "a2", "c2"]


def test_copies_do_not_fill_a_page_of_results(copied):
    assert COPIES * 2 > SENTENCES / 2, "there are more copies of the nearest sentences than are looked up"
    found = [r.article_id for r in copied.search(QUESTION)]
    assert sum(id.startswith("copy") for id in found) == len([id for id in found if id == found[0]])
    assert set(OTHERS) <= set(found), "the other articles are found beside the copies"


def test_an_answer_cites_one_of_the_copies_and_names_the_others(copied):
    reply = copied.ask(QUESTION)
    assert isinstance(reply, Answer)
    cited = {c.article_id for c in reply.citations if c.article_id.startswith("copy")}
    assert len(cited) == 1
    first = next(c for c in reply.citations if c.article_id in cited)
    assert {a.article_id for a in first.also} == {f"copy{n:02}" for n in range(COPIES)} - cited
    other = first.also[-1]
    n = int(other.article_id[-2:])
    assert (other.publisher, other.url, other.published) == (f"Paper {n}", f"https://paper{n}.example/a", f"2020-03-{n + 1:02}")
    assert reply.to_dict()["citations"][0]["also"][-1]["url"] == other.url


def test_an_article_without_copies_has_no_other_address(copied):
    assert copied.addresses("bridge") == ()
    assert len(copied.addresses("copy07")) == COPIES - 1
    with pytest.raises(KeyError):
        copied.addresses("nobody")


@pytest.mark.parametrize(
    "limit", [{"publisher": "Paper 8"}, {"article_ids": frozenset({"copy08"})}, {"published_from": "2020-03-30"}]
)
def test_limits_that_admit_one_copy_only_give_that_one(copied, limit):
    wanted = "copy29" if "published_from" in limit else "copy08"
    assert {r.article_id for r in copied.search(QUESTION, filters=Filters(**limit))} == {wanted}
    reply = copied.ask(QUESTION, filters=Filters(**limit))
    assert {c.article_id for c in reply.citations} == {wanted}


def test_where_copies_are_level_the_oldest_speaks(tmp_path, word_embedding):
    for name, day in (("a", "2020-02-02"), ("b", "2019-01-01"), ("c", "2021-03-03")):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: Harbour\npublished: {day}\n---\n{HARBOUR}")
    settings = Settings.from_environment(home=tmp_path / "home")
    build_index(settings, [tmp_path], embedder=word_embedding)
    with Assistant.open(settings, embedder=word_embedding) as opened:
        assert {r.article_id for r in opened.search(QUESTION)} == {"b"}


def test_a_copy_that_adds_the_answer_is_the_one_that_speaks(tmp_path, word_embedding):
    (tmp_path / "first.md").write_text(f"---\ntitle: Harbour\npublished: 2020-01-01\n---\n{HARBOUR}")
    added = "\n\nThe first ship to moor there was the Esperanza from Guayaquil."
    (tmp_path / "update.md").write_text(f"---\ntitle: Harbour\npublished: 2020-01-02\n---\n{HARBOUR}{added}")
    settings = Settings.from_environment(home=tmp_path / "home")
    build_index(settings, [tmp_path], embedder=word_embedding)
    with Assistant.open(settings, embedder=word_embedding) as opened:
        with opened._live.generation() as generation:
            assert generation.voice("update") == "first"
            found = Retriever(generation, word_embedding).retrieve("What was the first ship to moor there, from Guayaquil?")
        assert {n.node.found.passage.article_id for n in found} == {"update"}
