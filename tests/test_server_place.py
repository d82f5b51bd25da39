"""Generations on a real Chroma server: what a home folder promises, and what only a server can go wrong with."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from chroma_servers import chroma, environment, on, own_chroma  # noqa: F401 - fixtures

from assistant.answer import Refusal
from assistant.assistant import Assistant
from assistant.settings import Settings
from index.build import build_index
from index.chroma_server import WRITE_SECONDS
from index.corpus import read_corpus
from index.errors import HomeLocked, IndexDamaged, IndexMissing, IndexUnreachable, IndexUnusable
from index.live import LiveIndex
from index.local_place import LocalPlace
from index.place import place_of
from index.recipe import recipe
from index.server_place import CURRENT, ServerPlace
from index.settings import IndexSettings

# ruff: noqa: F811 - the fixtures are imported

TEXTS = {
    "flood": "The Flood of 1937\n\nThe river rose for three days — nobody knew why. Then it fell again.\n\nAll was lost.",
    "trains": "Trains\n\nTrains run on rails. The old station is closed on Sundays. A new one opens in June.",
    "ñandú #1": "Birds\n\nThe ñandú can't fly. It runs faster than a horse 😀 e\u0301.",
}


def write(folder, **texts):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def corpus(tmp_path):
    return write(tmp_path / "corpus", **TEXTS)


@pytest.fixture(params=["folder", "server"])
def settings(request, tmp_path) -> IndexSettings:
    """A home folder, and a database of a server."""
    if request.param == "folder":
        return IndexSettings(home=tmp_path / "home")
    return on(request.getfixturevalue("chroma"), tmp_path / "home")


@pytest.fixture
def served(chroma, tmp_path) -> IndexSettings:
    return on(chroma, tmp_path / "home")


def texts(settings) -> dict[str, str]:
    place = place_of(settings)
    with closing(place.open(place.current_name())) as generation:
        return {id: generation.article(id).text for id in generation.records}


def expected(folder) -> dict[str, str]:
    return {a.id: a.text for a in read_corpus([folder], max_chars=10_000).articles}


def test_the_settings_choose_the_place(tmp_path) -> None:
    assert isinstance(place_of(IndexSettings(home=tmp_path)), LocalPlace)
    assert isinstance(place_of(IndexSettings(home=tmp_path, chroma_url="http://127.0.0.1:8000")), ServerPlace)


def test_articles_come_back_and_changes_are_published(settings, corpus, word_embedding) -> None:
    assert build_index(settings, [corpus], embedder=word_embedding).changed
    assert texts(settings) == expected(corpus)
    assert not build_index(settings, [corpus], embedder=word_embedding).changed
    first = place_of(settings).current_name()
    write(corpus, **(TEXTS | {"trains": TEXTS["trains"] + " Nobody is late.", "new": "Rain\n\nIt rains."}))
    assert build_index(settings, [corpus], embedder=word_embedding).changed
    assert texts(settings) == expected(corpus)
    place = place_of(settings)
    assert place.names() == [first, place.current_name()]
    write(corpus, flood=TEXTS["flood"])
    build_index(settings, [corpus], embedder=word_embedding)
    assert texts(settings) == expected(corpus)
    assert first not in place.names(), "one old generation is kept"
    assert len(place.names()) == 2


def test_a_purge_leaves_no_byte_of_what_is_gone_in_the_home(settings, corpus, word_embedding) -> None:
    (corpus / "secret.txt").write_text("Xyzzyq met nobody at the harbour.")

    def held() -> list[Path]:
        return [f for f in settings.home.rglob("*") if f.is_file() and b"xyzzyq" in f.read_bytes().lower()]

    build_index(settings, [corpus], embedder=word_embedding)
    assert held()
    (corpus / "secret.txt").unlink()
    build_index(settings, [corpus], embedder=word_embedding, purge=True)
    assert not held()


def test_no_index_yet_says_so_with_the_command(settings) -> None:
    with pytest.raises(IndexMissing, match="Run: footnote index build"):
        place_of(settings).current_name()
    assert place_of(settings).names() == []


def test_the_last_generation_can_answer_again(settings, corpus, word_embedding) -> None:
    build_index(settings, [corpus], embedder=word_embedding)
    before = expected(corpus)
    build_index(settings, [write(corpus, flood=TEXTS["flood"])], embedder=word_embedding)
    place = place_of(settings)
    old, new = place.names()
    with place.writer():
        place.publish(old, keep=[new])
    assert texts(settings) == before
    assert place.names() == [old, new]


def test_a_draft_is_nobodys_to_read_and_leaves_nothing_when_discarded(settings, corpus, word_embedding) -> None:
    build_index(settings, [corpus], embedder=word_embedding)
    place = place_of(settings)
    before = place.names()
    with place.writer():
        draft = place.begin()
        assert draft.name > before[-1]
        assert place.names() == before
        draft.discard()
        draft.discard()
    assert texts(settings) == expected(corpus)
    if isinstance(place, ServerPlace):
        assert not [name for name in place.server.names() if draft.name in name]


def test_two_that_write_at_once(settings, tmp_path) -> None:
    with place_of(settings).writer():
        started = time.monotonic()
        other = settings.model_copy(update={"home": tmp_path / "other"}) if settings.chroma_url else settings
        with pytest.raises(HomeLocked, match=f"process {os.getpid()}"), place_of(other).writer():
            pass
        assert time.monotonic() - started < 1


def test_questions_are_answered_and_a_reader_takes_up_what_is_new(settings, corpus, word_embedding) -> None:
    build_index(settings, [corpus], embedder=word_embedding)
    opened = Settings.from_environment(
        home=settings.home, chroma_url=settings.chroma_url, chroma_database=settings.chroma_database
    )
    with Assistant.open(opened, embedder=word_embedding) as assistant:
        assert assistant.search("When is the old station closed?")[0].article_id == "trains"
        build_index(
            settings, [write(corpus, flood=TEXTS["flood"], rain="Rain\n\nIt rains on the station.")], embedder=word_embedding
        )
        assert {a["id"] for a in assistant.articles()} == {"flood", "rain"}
        build_index(settings, [write(corpus, flood=TEXTS["flood"])], embedder=word_embedding)
        build_index(settings, [write(corpus, mist="Mist\n\nMist rose.")], embedder=word_embedding)
        assert [r.article_id for r in assistant.search("Mist rose")] == ["mist"]


def test_one_that_still_asks_a_dropped_generation_is_told(served, corpus, word_embedding) -> None:
    build_index(served, [corpus], embedder=word_embedding)
    place = place_of(served)
    with closing(place.open(place.current_name())) as generation:
        with place.writer():
            place.drop_others([])
        with pytest.raises(IndexDamaged, match="Run: footnote index build"):
            generation.article("flood")


def test_bm25_is_made_in_every_home_and_again_when_it_is_damaged(served, corpus, word_embedding, tmp_path) -> None:
    build_index(served, [corpus], embedder=word_embedding)
    homes = [served, served.model_copy(update={"home": tmp_path / "second"})]
    found = []
    for mine in homes:
        place = place_of(mine)
        for damage in (None, b"junk"):
            if damage:
                for file in next((mine.home / "lexical").iterdir()).iterdir():
                    file.write_bytes(damage)
            with closing(place.open(place.current_name())) as generation:
                found.append(generation.bm25.scores(generation.bm25.weights("old station")).tolist())
    assert all(scores == found[0] for scores in found)
    assert max(found[0]) > 0


def test_a_home_that_can_not_be_written_can_be_asked(served, corpus, word_embedding, tmp_path) -> None:
    build_index(served, [corpus], embedder=word_embedding)
    blocked = tmp_path / "a file"
    blocked.write_text("")
    assert texts(served.model_copy(update={"home": blocked / "home"})) == expected(corpus)


@pytest.mark.parametrize("part", ["manifest", "passages", "sentences"])
@pytest.mark.parametrize("damage", ["dropped", "a row lost", "a text changed"])
def test_damage_is_told_or_mended_by_the_next_build(served, corpus, word_embedding, part, damage) -> None:
    build_index(served, [corpus], embedder=word_embedding)
    place = place_of(served)
    collection = place.server.find(f"footnote-{part}-{place.current_name()}")
    if damage == "dropped":
        place.server.drop(collection.name)
    elif damage == "a row lost":
        collection.delete(ids=collection.get(limit=1)["ids"])
    elif part == "sentences":
        return  # they hold no text
    else:
        row = collection.get(limit=1, include=["embeddings"])
        collection.update(ids=row["ids"], embeddings=row["embeddings"], documents=["another text"])
    if (part, damage) == ("passages", "a text changed"):
        assert build_index(served, [corpus], embedder=word_embedding).notices
    else:
        with pytest.raises(IndexUnusable, match="Run: footnote index build"):
            place.open(place.current_name())
        build_index(served, [corpus], embedder=word_embedding)
    assert texts(served) == expected(corpus)


def test_a_database_that_holds_other_things_is_left_as_it_is(served, corpus, word_embedding) -> None:
    server = place_of(served).server
    server.create("somebody-elses", {"kept": True})
    build_index(served, [corpus], embedder=word_embedding)
    build_index(served, [write(corpus, flood=TEXTS["flood"])], embedder=word_embedding)
    with server._asked() as client:
        assert client.get_collection("somebody-elses").metadata == {"kept": True}


READER = """
import sys
from index.live import LiveIndex
from index.place import place_of
from index.recipe import recipe
from index.settings import IndexSettings
settings = IndexSettings.from_environment()
live = LiveIndex(place_of(settings), recipe(settings, "words"))
for line in sys.stdin:
    with live.generation() as generation:
        print(generation.name, *sorted(generation.article(id).id for id in generation.records), flush=True)
"""


def test_two_processes_see_each_others_new_generation(served, corpus, word_embedding, tmp_path) -> None:
    build_index(served, [corpus], embedder=word_embedding)
    homes = [served, served.model_copy(update={"home": tmp_path / "another machine"})]
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER], env=environment(mine), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for mine in homes
    ]

    def ask() -> list[list[str]]:
        for reader in readers:
            reader.stdin.write("\n")
            reader.stdin.flush()
        return [reader.stdout.readline().split() for reader in readers]

    try:
        first = ask()
        assert first[0] == first[1]
        for mine, name in ((homes[0], "mist"), (homes[1], "rain"), (homes[0], "snow")):
            build_index(mine, [write(corpus, **{name: f"Weather\n\nThere was {name}."})], embedder=word_embedding)
            now = ask()
            assert now[0] == now[1] == [place_of(served).current_name(), name]
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()


class Pausing:
    """An embedder that does something before its nth batch."""

    def __init__(self, inner, at, act):
        self.inner, self.model_name, self.at, self.act, self.calls = inner, inner.model_name, at, act, 0

    def get_text_embedding_batch(self, batch):
        self.calls += 1
        if self.calls == self.at:
            self.act()
        return self.inner.get_text_embedding_batch(batch)


def many(folder, count, word):
    """Articles enough for several writes."""
    return write(
        folder,
        **{
            f"{word}{n}": f"About {word}\n\n" + " ".join(f"The {word} {n} has part {k} of {k * n}." for k in range(60))
            for n in range(count)
        },
    )


def test_a_server_killed_in_mid_build_loses_nothing_and_the_next_build_finishes(own_chroma, tmp_path, word_embedding) -> None:
    settings = on(own_chroma, tmp_path / "home")
    build_index(settings, [write(tmp_path / "corpus", **TEXTS)], embedder=word_embedding)
    before = texts(settings)
    live = LiveIndex(place_of(settings), recipe(settings, "words"))
    new = many(tmp_path / "corpus", 40, "engine")
    started = time.monotonic()
    with pytest.raises(IndexUnreachable, match="chroma run"):
        build_index(settings, [new], embedder=Pausing(word_embedding, 140, own_chroma.kill))
    assert time.monotonic() - started < WRITE_SECONDS / 2
    with pytest.raises(IndexUnreachable), live.generation():
        pass
    own_chroma.start()
    assert texts(settings) == before
    with live.generation() as generation:
        assert generation.article("flood").text == before["flood"], "one that was open goes on"
    assert build_index(settings, [new], embedder=word_embedding).changed
    assert texts(settings) == expected(new)
    names = place_of(settings).server.names()
    assert len([name for name in names if name.startswith("footnote-passages-")]) == 2, "what the broken build left is gone"


@pytest.mark.parametrize("at", [1, 140])
def test_a_server_restarted_in_mid_build(own_chroma, tmp_path, word_embedding, at) -> None:
    """The build goes on, or says what went wrong; either way what answers is whole."""
    settings = on(own_chroma, tmp_path / "home")
    old = write(tmp_path / "old", **TEXTS)
    build_index(settings, [old], embedder=word_embedding)
    new = many(tmp_path / "corpus", 40, "engine")

    def restart() -> None:
        own_chroma.kill()
        own_chroma.start()

    try:
        build_index(settings, [new], embedder=Pausing(word_embedding, at, restart))
        assert texts(settings) == expected(new)
    except (IndexUnusable, HomeLocked):
        assert texts(settings) == expected(old)
        build_index(settings, [new], embedder=word_embedding)
        assert texts(settings) == expected(new)


BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from conftest import WordEmbedding
from index.build import build_index
from index.settings import IndexSettings
told = lambda *words: print(*words, flush=True)
build_index(IndexSettings.from_environment(), [Path(sys.argv[1])], told, embedder=WordEmbedding())
"""


@pytest.mark.parametrize("moment", ["Embedding", "Writing", "Verifying"])
def test_a_build_killed_at_any_moment_leaves_what_answers(served, corpus, word_embedding, tmp_path, moment) -> None:
    build_index(served, [corpus], embedder=word_embedding)
    new = many(tmp_path / "new", 40, "engine")
    command = [sys.executable, "-c", BUILD, str(new), os.path.dirname(__file__)]
    child = subprocess.Popen(command, env=environment(served), text=True, stdout=subprocess.PIPE)
    for line in child.stdout:
        if line.startswith(moment):
            break
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert texts(served) in (expected(corpus), expected(new))
    build_index(served, [new], embedder=word_embedding)
    assert texts(served) == expected(new)


def test_a_server_that_is_gone_is_an_error_never_a_refusal(own_chroma, tmp_path, word_embedding) -> None:
    settings = on(own_chroma, tmp_path / "home")
    build_index(settings, [write(tmp_path / "corpus", **TEXTS)], embedder=word_embedding)
    opened = Settings.from_environment(
        home=settings.home, chroma_url=settings.chroma_url, chroma_database=settings.chroma_database
    )
    with Assistant.open(opened, embedder=word_embedding) as assistant:
        own_chroma.kill()
        started = time.monotonic()
        for ask in (assistant.ask, assistant.search, assistant.article):
            with pytest.raises(IndexUnreachable, match="CHROMA_URL"):
                assert not isinstance(ask("When is the old station closed?"), Refusal)
        assert time.monotonic() - started < 10
        own_chroma.start()
        assert assistant.search("When is the old station closed?")[0].article_id == "trains"


def test_a_server_that_pauses_is_named_in_time_and_asked_again(own_chroma, tmp_path, word_embedding) -> None:
    settings = on(own_chroma, tmp_path / "home")
    build_index(settings, [write(tmp_path / "corpus", **TEXTS)], embedder=word_embedding)
    place = place_of(settings)
    place.server._seconds = 2
    place.server.close()
    name = place.current_name()
    own_chroma._process.send_signal(signal.SIGSTOP)
    try:
        started = time.monotonic()
        with pytest.raises(IndexUnreachable, match="silent"):
            place.current_name()
        assert time.monotonic() - started < 8
    finally:
        own_chroma._process.send_signal(signal.SIGCONT)
    assert place.current_name() == name


def test_the_newest_whole_index_answers_when_the_word_on_which_is_current_is_lost(served, corpus, word_embedding) -> None:
    build_index(served, [corpus], embedder=word_embedding)
    place = place_of(served)
    name = place.current_name()
    place.server.drop(CURRENT)
    live = LiveIndex(place, recipe(served, "words"))
    with closing(live), live.generation() as generation:
        assert generation.name == name
        assert "is missing" in live.notice
    assert build_index(served, [corpus], embedder=word_embedding).changed
    assert place_of(served).current_name() != name
    assert texts(served) == expected(corpus)


def test_readers_during_swaps_never_see_half_a_name(served, corpus, word_embedding) -> None:
    build_index(served, [corpus], embedder=word_embedding)
    place = place_of(served)
    held, names = place.server.find(CURRENT), {place.current_name(), "000001-a", "000002-b"}
    seen, over = set(), threading.Event()

    def read() -> None:
        mine = place_of(served)
        while not over.is_set():
            seen.add(mine.current_name())

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(200):
        place.server.update(held, {"generation": ("000001-a", "000002-b")[n % 2]})
    over.set()
    reader.join()
    assert {"000001-a", "000002-b"} <= seen <= names
