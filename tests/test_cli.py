"""The command line, each run a process of its own."""

import json
import time

import pytest

from index.build import build_index
from index.settings import SEEDS, IndexSettings


def one_line(run):
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.startswith("footnote: ")
    assert len(run.stderr.strip().splitlines()) == 1
    return run.stderr


def test_help_names_every_command(footnote, tmp_path):
    for arguments in ([], ["--help"]):
        shown = footnote(*arguments, home=tmp_path)
        text = shown.stdout + shown.stderr
        assert all(command in text for command in ("chat", "ask", "index", "FOOTNOTE_HOME"))
    assert "--json" in footnote("ask", "--help", home=tmp_path).stdout
    assert "build" in footnote("index", "--help", home=tmp_path).stdout


@pytest.mark.parametrize("arguments", [["bogus"], ["ask"], ["ask", "a", "b"], ["ask", "--bogus", "x"], ["index", "bogus"]])
def test_bad_usage_is_status_2(footnote, tmp_path, arguments):
    run = footnote(*arguments, home=tmp_path)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_asking_without_an_index_names_the_command_that_makes_one(footnote, tmp_path):
    for arguments in (["ask", "What?"], ["index", "status"]):
        assert one_line(footnote(*arguments, home=tmp_path)).rstrip().endswith("Run: footnote index build")


def test_ask_shows_quotes_and_where_they_stand(footnote, seeds_home):
    run = footnote("ask", "By how much has user connectivity surged in ten years?", home=seeds_home)
    assert run.returncode == 0
    assert "“User connectivity has surged by 1,300 percent over the last 10 years.” [1]" in run.stdout
    assert (
        "[1] How the Dark Web Empowered Latin American Organized Crime, InSight Crime (000_01e580d50e0178f9, char" in run.stdout
    )


def test_json_and_nothing_else_on_standard_output(footnote, seeds_home):
    started = time.perf_counter()
    run = footnote("ask", "--json", "How large will e-commerce sales be by 2021, according to Forrester?", home=seeds_home)
    assert time.perf_counter() - started < 30
    reply = json.loads(run.stdout)
    assert reply["outcome"] == "answered"
    assert "$42 billion" in reply["citations"][0]["quote"]
    assert run.stderr == ""


def test_a_refusal_is_an_answer_too(footnote, seeds_home):
    run = footnote("ask", "Write me a poem.", home=seeds_home)
    assert run.returncode == 0
    assert run.stdout.startswith("The articles don't answer this.")
    assert "not an answer" in run.stdout


@pytest.mark.parametrize("question", ["", "   ", "a" * 100_000])
def test_a_question_that_cannot_be_asked_is_a_named_error(footnote, seeds_home, question):
    assert "The question " in one_line(footnote("ask", question, home=seeds_home))


def test_build_status_and_build_again(footnote, tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text("A title\n\nThe first bridge was opened in 1932.")
    (tmp_path / "articles" / "broken.txt").write_bytes(b"\x89PNG\0\0\x01")
    run = footnote("index", "build", str(tmp_path / "articles"), home=tmp_path / "home")
    assert run.returncode == 0
    assert "Embedding" in run.stderr or "Verifying" in run.stderr
    assert "broken.txt: it is a binary file" in run.stderr
    assert "The index is built: 1 article, 1 passage, 1 sentence." in run.stderr
    again = footnote("index", "build", str(tmp_path / "articles"), home=tmp_path / "home")
    assert "Nothing to do: the index holds 1 article, 1 passage, 1 sentence already." in again.stderr
    status = json.loads(footnote("index", "status", "--json", home=tmp_path / "home").stdout)
    assert (status["articles"], status["passages"], status["sentences"], status["usable"]) == (1, 1, 1, True)
    assert "A title (1 passage)" in footnote("index", "status", home=tmp_path / "home").stdout


def test_paths_that_hold_no_article(footnote, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "it holds none" in one_line(footnote("index", "build", str(tmp_path / "empty"), home=tmp_path / "home"))
    assert "There is no file or folder" in one_line(footnote("index", "build", str(tmp_path / "none"), home=tmp_path / "home"))


def test_a_home_that_cannot_be_written(footnote, tmp_path):
    (tmp_path / "file").write_text("")
    assert "can't be written" in one_line(footnote("index", "build", home=tmp_path / "file" / "home"))


def test_an_index_made_with_another_embedder(footnote, tmp_path, word_embedding):
    build_index(IndexSettings.from_environment(home=tmp_path), [SEEDS], embedder=word_embedding)
    assert "embedder is 'words' there" in one_line(footnote("ask", "What?", home=tmp_path))
    assert "footnote index build" in footnote("index", "status", home=tmp_path).stdout


def test_settings_that_are_wrong(footnote, seeds_home):
    assert "Unknown environment variable FOOTNOTE_HOM" in one_line(footnote("ask", "x", home=seeds_home, FOOTNOTE_HOM="1"))
    assert "FOOTNOTE_PORT" in one_line(footnote("ask", "x", home=seeds_home, FOOTNOTE_PORT="many"))


def test_a_key_alone_changes_nothing(footnote, seeds_home):
    run = footnote("ask", "--json", "Which cartel opened an Instagram channel?", home=seeds_home, OPENAI_API_KEY="sk-none")
    assert json.loads(run.stdout)["reader"] == "quotes"
