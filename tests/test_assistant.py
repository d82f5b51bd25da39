"""The Python surface over the real seeds, with the real embedder."""

import asyncio
import contextlib
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assistant as package
from assistant import Answer, Assistant, Filters, Refusal, Settings
from assistant.errors import QuestionError
from index.build import build_index
from index.errors import FootnoteError, IndexMismatch, IndexMissing
from index.settings import SEEDS

ANSWERED = [
    ("By how much has user connectivity surged in ten years?", "1,300 percent"),
    ("How large will e-commerce sales in Latin America be by 2021, according to Forrester?", "$42 billion"),
    ("What did Del Toro Estrada sell in his store?", "walkie talkies"),
    ("Which terrorist group ships South American drugs through the Sahara?", "Boko Haram"),
    ("Which cartel opened an Instagram channel?", "Sinaloa"),
    ("When did the torture video appear that began the online drug war?", "2005"),
    ("Quem fundou o comando Los Ántrax?", "Chino Ántrax"),
    ("¿Qué recomienda la UNODC?", "four-point approach"),
]
REFUSED = [
    "Who is the president of Mexico?",
    "What is the weather in Bogotá?",
    "How many people live in El Paso?",
    "Write me a poem.",
]


def check_quotes(assistant, reply):
    for citation in reply.citations:
        assert assistant.article(citation.article_id).text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(("question", "words"), ANSWERED)
def test_the_articles_answer(assistant, question, words):
    reply = assistant.ask(question)
    assert isinstance(reply, Answer)
    assert any(words in citation.quote for citation in reply.citations)
    check_quotes(assistant, reply)
    assert [c.number for c in reply.citations] == list(range(1, len(reply.citations) + 1))
    assert (reply.reader, reply.complete, reply.rejected) == ("quotes", True, ())


@pytest.mark.parametrize("question", REFUSED)
def test_the_articles_do_not_answer(assistant, question):
    reply = assistant.ask(question)
    assert isinstance(reply, Refusal)
    assert len(reply.related) == 3


@pytest.mark.parametrize(
    "question",
    [
        "a" * 1900,
        "\0What\0 is\x07 the \x1bdark web?",
        "What is the \ud800 dark web?",
        "😀😀😀",
        "?!...",
        "ما هو الإنترنت المظلم؟",
        "\u202eWhat is the dark web?",
        "'; DROP TABLE sentences; --",
        "[1](#cite-x) <img src=x onerror=alert(1)>",
    ],
)
def test_odd_questions_get_a_reply(assistant, question):
    reply = assistant.ask(question)
    check_quotes(assistant, reply)
    assert reply.to_dict()["text"].encode("utf-8")


@pytest.mark.parametrize("question", ["😀😀😀", "?!...", "a" * 1900])
def test_a_question_that_says_nothing_is_refused(assistant, question):
    assert assistant.ask(question).outcome == "refused"


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "\0", "\ud800"])
def test_an_empty_question_is_an_error(assistant, question):
    with pytest.raises(QuestionError, match="empty"):
        assistant.ask(question)


def test_an_overlong_question_is_an_error_that_says_the_limit(assistant):
    with pytest.raises(QuestionError, match=r"100,000 characters; 2,000"):
        assistant.ask("a" * 100_000)


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=300))
def test_any_question_gets_a_reply_or_a_named_error(assistant, question):
    with contextlib.suppress(FootnoteError):
        check_quotes(assistant, assistant.ask(question))


def test_history_makes_a_follow_up_stand_alone(assistant):
    history = [("user", "Who is Chino Ántrax?"), ("assistant", "The head of the Los Ántrax commando.")]
    reply = assistant.ask("And when was he arrested?", history=history)
    assert reply.question == "And when was he arrested?"
    assert "Ántrax" in reply.standalone_question


def test_filters_limit_the_articles(assistant):
    everything = {r["id"]: r for r in assistant.articles()}
    (with_publisher,) = [id for id, r in everything.items() if r["publisher"]]
    (other,) = everything.keys() - {with_publisher}
    question = "What is said about Bitcoin?"
    for filters, expected in [
        (Filters(article_ids=frozenset({other})), {other}),
        (Filters(publisher=everything[with_publisher]["publisher"]), {with_publisher}),
        (Filters(language="en"), {other, with_publisher}),
    ]:
        assert {found.article_id for found in assistant.search(question, limit=20, filters=filters)} == expected
        reply = assistant.ask(question, filters=filters)
        assert {c.article_id for c in reply.citations} <= expected
    assert assistant.search(question, filters=Filters(published_from="1990-01-01")) == []
    assert assistant.ask(question, filters=Filters(language="xx")).outcome == "refused"


def test_search_gives_passages_best_first(assistant):
    found = assistant.search("the dark web", limit=5)
    assert len(found) == 5
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    for f in found:
        assert assistant.article(f.article_id).text[f.start : f.end] == f.text


def test_articles_and_article(assistant):
    records = assistant.articles()
    assert [r["title"] for r in records] == [
        "How the Dark Web Empowered Latin American Organized Crime",
        "Geeks for the Cartels",
    ]
    article = assistant.article(records[0]["id"])
    assert article.publisher == "InSight Crime"
    assert (article.published, article.url, article.language) == (None, None, "en")
    with pytest.raises(KeyError):
        assistant.article("nonesuch")


def test_asking_from_threads_and_from_an_event_loop(assistant):
    expected = [assistant.ask(question).text for question, _ in ANSWERED]
    replies: dict[int, str] = {}

    def run(i):
        replies[i] = assistant.ask(ANSWERED[i % 8][0]).text

    threads = [threading.Thread(target=run, args=(i,)) for i in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [replies[i] for i in range(16)] == expected * 2

    async def all_at_once():
        return await asyncio.gather(*(assistant.aask(question) for question, _ in ANSWERED))

    assert [reply.text for reply in asyncio.run(all_at_once())] == expected


def test_the_same_question_twice_differs_in_nothing_but_timings(assistant):
    first, second = (assistant.ask(ANSWERED[0][0]).to_dict() | {"timings": None} for _ in range(2))
    assert first == second


def test_the_engine_is_a_llama_index_query_engine(assistant):
    from llama_index.core.base.base_query_engine import BaseQueryEngine

    assert isinstance(assistant.query_engine, BaseQueryEngine)
    response = assistant.query_engine.query(ANSWERED[0][0])
    assert "1,300 percent" in str(response)
    assert "1,300 percent" in response.source_nodes[0].get_content()


def test_no_index_yet(tmp_path):
    with pytest.raises(IndexMissing, match="footnote index build"):
        Assistant.open(Settings.from_environment(home=tmp_path))


def test_an_index_made_with_another_embedder(tmp_path, word_embedding):
    made = Settings.from_environment(home=tmp_path)
    build_index(made, [SEEDS], embedder=word_embedding)
    with pytest.raises(IndexMismatch, match=r"embedder is 'words' there .* Run: footnote index build"):
        Assistant.open(made)
    with Assistant.open(made, embedder=word_embedding) as other:
        assert other.search("dark web")


def test_a_newly_published_index_is_taken_up(tmp_path, word_embedding):
    article = tmp_path / "one.txt"
    article.write_text("Title\n\nThe bridge was opened in spring.")
    made = Settings.from_environment(home=tmp_path / "home")
    build_index(made, [article], embedder=word_embedding)
    with Assistant.open(made, embedder=word_embedding) as opened:
        assert "spring" in opened.search("bridge")[0].text
        article.write_text("Title\n\nThe bridge was opened in autumn.")
        build_index(made, [article], embedder=word_embedding)
        assert "autumn" in opened.search("bridge")[0].text


def test_ask_shares_one_assistant(home, monkeypatch):
    from assistant import assistant as module

    monkeypatch.setenv("FOOTNOTE_HOME", str(home))
    monkeypatch.setattr(module, "_shared", None)
    assert "1,300" in package.ask(ANSWERED[0][0]).text
    shared = module._shared
    started = time.perf_counter()
    assert package.ask(ANSWERED[1][0]).outcome == "answered"
    assert time.perf_counter() - started < 5
    assert module._shared is shared
    shared.close()
