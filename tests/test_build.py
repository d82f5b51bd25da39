"""Building: what changed is taken up, what did not is left alone, and nothing unverified is ever published."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from homes import current, folders, texts
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import Field

from index.build import Built, build_index
from index.changes import Changes
from index.errors import CorpusError, FootnoteError, HomeError, HomeLocked, IndexDamaged
from index.generation_folder import read_manifest
from index.settings import IndexSettings
from index.store import Store, StoredPassage
from index.verifier_process import verify_apart

FLOOD = "The Flood\n\nThe river rose for three days. Then it fell again.\n"
TRAINS = "Trains run on rails. The station is old.\n"


class Untouchable(BaseEmbedding):
    """Has the name of the shared embedder, and fails when anything is embedded."""

    model_name: str = "words"

    def _get_query_embedding(self, query: str) -> list[float]:
        raise AssertionError(f"embedded: {query}")

    async def _aget_query_embedding(self, query: str) -> list[float]:
        raise AssertionError(f"embedded: {query}")

    def _get_text_embedding(self, text: str) -> list[float]:
        raise AssertionError(f"embedded: {text}")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "flood.txt").write_text(FLOOD)
    (folder / "trains.txt").write_text(TRAINS)
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, word_embedding: BaseEmbedding) -> Path:
    folder = tmp_path_factory.mktemp("published")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "flood.txt").write_text(FLOOD)
    (folder / "corpus" / "trains.txt").write_text(TRAINS)
    build_index(IndexSettings(home=folder / "home"), [folder / "corpus"], embedder=word_embedding)
    return folder / "home"


@pytest.fixture
def settings(published: Path, tmp_path: Path) -> IndexSettings:
    """Of a home in which an index of `corpus` is published."""
    return IndexSettings(home=shutil.copytree(published, tmp_path / "home"))


def test_a_build_publishes_the_articles_and_says_what_it_came_to(
    corpus: Path, tmp_path: Path, word_embedding: BaseEmbedding
) -> None:
    (corpus / "picture.txt").write_bytes(b"\x89PNG\0")
    home = tmp_path / "new" / "home"
    seen: list[tuple[str, int, int]] = []
    built = build_index(IndexSettings(home=home), [corpus], lambda *step: seen.append(step), embedder=word_embedding)
    assert (built.changed, built.articles, built.passages, built.sentences) == (True, 2, 2, 4)
    assert [skipped.path.name for skipped in built.skipped] == ["picture.txt"]
    assert texts(home) == {"flood": "The river rose for three days. Then it fell again.", "trains": TRAINS.strip()}
    steps = list(dict.fromkeys(what for what, _, _ in seen if what != "Reading"))  # which is told only when it takes long
    assert steps == ["Embedding", "Writing", "Verifying"]
    assert all(0 <= done <= total for _, done, total in seen)
    assert folders(home) == {current(home).name}


def test_a_second_build_of_the_same_articles_does_nothing_and_embeds_nothing(corpus: Path, settings: IndexSettings) -> None:
    before = current(settings.home)
    built = build_index(settings, [corpus], embedder=Untouchable())
    assert built == Built(False, articles=2, passages=2, sentences=4, skipped=(), changes=Changes(kept=("flood", "trains")))
    assert current(settings.home) == before
    assert folders(settings.home) == {before.name}


def test_a_changed_a_new_and_a_removed_article_are_taken_up_and_the_last_generation_is_kept(
    corpus: Path, settings: IndexSettings, word_embedding: BaseEmbedding
) -> None:
    first = current(settings.home).name
    (corpus / "flood.txt").write_text(FLOOD + "It took years.")
    (corpus / "birds.txt").write_text("Birds fly. Some swim.")
    (corpus / "trains.txt").unlink()
    assert build_index(settings, [corpus], embedder=word_embedding).changed
    assert set(texts(settings.home)) == {"flood", "birds"}
    assert texts(settings.home)["flood"].endswith("It took years.")
    second = current(settings.home).name
    assert folders(settings.home) == {first, second}

    (settings.home / "generations" / "half-built" / "chroma").mkdir(parents=True)
    (corpus / "birds.txt").rename(corpus / "gulls.txt")
    assert build_index(settings, [corpus], embedder=word_embedding).changed
    assert set(texts(settings.home)) == {"flood", "gulls"}
    assert folders(settings.home) == {second, current(settings.home).name}


def test_a_touched_file_with_the_same_bytes_is_no_change(corpus: Path, settings: IndexSettings) -> None:
    os.utime(corpus / "flood.txt", (1, 1))
    assert not build_index(settings, [corpus], embedder=Untouchable()).changed


def test_another_recipe_builds_again(corpus: Path, settings: IndexSettings, word_embedding: BaseEmbedding) -> None:
    other = IndexSettings(home=settings.home, passage_words=60)
    assert build_index(other, [corpus], embedder=word_embedding).changed
    assert read_manifest(current(settings.home)).recipe["passage_words"] == 60
    assert not build_index(other, [corpus], embedder=Untouchable()).changed


@pytest.mark.parametrize("text", ["Word", "!!!", "😀", "1937", "No full stop\n\nNone here\n\nNor here", "x" * 30_000])
def test_the_smallest_and_oddest_articles_can_be_indexed(tmp_path: Path, text: str, word_embedding: BaseEmbedding) -> None:
    (tmp_path / "odd.txt").write_text(text)
    settings = IndexSettings(home=tmp_path / "home")
    assert build_index(settings, [tmp_path / "odd.txt"], embedder=word_embedding).sentences >= 1
    assert "".join(texts(settings.home)["odd"].split()) in "".join(text.split())


def test_odd_names_are_indexed_and_known_again(tmp_path: Path, word_embedding: BaseEmbedding) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("a b#1", "a", "Ñandú 😀", "100%", "a\nb"):
        (folder / f"{name}.txt").write_text(f"This is the text of {len(name)} letters.")
    if sys.platform == "linux":
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("A name that isn't Unicode.")
    settings = IndexSettings(home=tmp_path / "home")
    built = build_index(settings, [folder], embedder=word_embedding)
    assert built.articles == len(texts(settings.home)) == len(list(folder.iterdir()))
    assert not build_index(settings, [folder], embedder=Untouchable()).changed


def test_the_same_sentence_a_thousand_times_passes_the_check(tmp_path: Path, word_embedding: BaseEmbedding) -> None:
    (tmp_path / "again.txt").write_text("The same sentence comes again. " * 1200)
    assert (
        build_index(IndexSettings(home=tmp_path / "home"), [tmp_path / "again.txt"], embedder=word_embedding).sentences == 1200
    )


def test_a_corpus_that_can_not_be_read_leaves_the_index(tmp_path: Path, settings: IndexSettings) -> None:
    before = texts(settings.home)
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tmp_path / "nowhere"):
        with pytest.raises(CorpusError):
            build_index(settings, [path], embedder=Untouchable())
    assert texts(settings.home) == before


def _lose_the_last(self: Store, rows: Sequence[StoredPassage], write=Store.write) -> None:
    write(self, rows[:-1])


def _lose_vectors(self: Store, rows: Sequence[StoredPassage], write=Store.write) -> None:
    write(self, [StoredPassage(row.passage, row.mean, row.vectors[:-1]) for row in rows])


def _change_a_text(self: Store, rows: Sequence[StoredPassage], write=Store.write) -> None:
    from dataclasses import replace

    write(self, [StoredPassage(replace(r.passage, text=r.passage.text.replace("e", "3", 1)), r.mean, r.vectors) for r in rows])


@pytest.mark.parametrize("damage", [_lose_the_last, _lose_vectors, _change_a_text])
def test_what_fails_its_check_is_not_published(
    corpus: Path, settings: IndexSettings, word_embedding: BaseEmbedding, monkeypatch: pytest.MonkeyPatch, damage: object
) -> None:
    before, name = texts(settings.home), current(settings.home).name
    (corpus / "birds.txt").write_text("Birds fly. Some swim.")
    with monkeypatch.context() as patched:
        patched.setattr(Store, "write", damage)
        with pytest.raises(IndexDamaged, match="did not pass its check"):
            build_index(settings, [corpus], embedder=word_embedding)
    assert current(settings.home).name == name
    assert folders(settings.home) == {name}
    assert texts(settings.home) == before


def test_an_embedder_that_fails_leaves_the_index_and_the_next_build_works(
    corpus: Path, settings: IndexSettings, word_embedding: BaseEmbedding
) -> None:
    before = texts(settings.home)
    (corpus / "birds.txt").write_text("Birds fly. Some swim.")
    with pytest.raises(AssertionError, match="embedded"):
        build_index(settings, [corpus], embedder=Untouchable())
    assert texts(settings.home) == before
    assert build_index(settings, [corpus], embedder=word_embedding).changed
    assert "birds" in texts(settings.home)
    assert len(folders(settings.home)) == 2


def _no_database(folder: Path) -> None:
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"")


def _no_lexical(folder: Path) -> None:
    shutil.rmtree(folder / "lexical")


def _bad_records(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"recipe": {}, "articles": [{}], "sentences": 1, "created": "then"}')


def _half_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_bytes((folder / "manifest.json").read_bytes()[:100])


def _bad_current(folder: Path) -> None:
    (folder.parent.parent / "CURRENT").write_bytes(b"\xff\xfe\0")


def _no_current(folder: Path) -> None:
    (folder.parent.parent / "CURRENT").unlink()


def _empty_current(folder: Path) -> None:
    (folder.parent.parent / "CURRENT").write_bytes(b"")


@pytest.mark.parametrize(
    "damage", [_no_database, _no_lexical, _bad_records, _half_manifest, _bad_current, _empty_current, _no_current]
)
def test_the_command_that_an_error_names_mends_a_damaged_index(
    corpus: Path, settings: IndexSettings, word_embedding: BaseEmbedding, damage
) -> None:
    before = texts(settings.home)
    damage(current(settings.home))
    assert build_index(settings, [corpus], embedder=word_embedding).changed
    assert texts(settings.home) == before


HOLD = """
import sys, time
from pathlib import Path
from index.local_place import LocalPlace
with LocalPlace(Path(sys.argv[1])).writer():
    print('held', flush=True)
    time.sleep(60)
"""


def test_a_home_that_another_process_writes_to_is_told_within_a_second(corpus: Path, settings: IndexSettings) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, os.fspath(settings.home)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        started = time.monotonic()
        with pytest.raises(HomeLocked):
            build_index(settings, [corpus], embedder=Untouchable())
        assert time.monotonic() - started < 1
        assert set(texts(settings.home)) == {"flood", "trains"}  # reading needs no lock
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()  # type: ignore[union-attr]
    assert not build_index(settings, [corpus], embedder=Untouchable()).changed


def test_a_home_that_can_not_be_written_is_told(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(HomeError, match="FOOTNOTE_HOME"):
        build_index(IndexSettings(home=tmp_path / "file" / "home"), [corpus], embedder=Untouchable())


FULL = """
import resource, signal, sys
from pathlib import Path
from llama_index.core import MockEmbedding
from index.build import build_index
from index.changes import Changes
from index.corpus import read_corpus
from index.errors import FootnoteError
from index.settings import IndexSettings
read_corpus([Path(sys.argv[2])], max_chars=100_000)  # what guesses languages unpacks a file of its own
embedder = MockEmbedding(embed_dim=8)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    build_index(IndexSettings(home=Path(sys.argv[1])), [Path(sys.argv[2])], embedder=embedder)
except FootnoteError as error:
    sys.exit(f"told: {error}")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_disk_that_is_full_is_told_and_leaves_the_index(corpus: Path, settings: IndexSettings) -> None:
    before = texts(settings.home)
    (corpus / "birds.txt").write_text("Birds fly. Some swim. " * 900)
    command = [sys.executable, "-c", FULL, os.fspath(settings.home), os.fspath(corpus), "220000"]  # full while Chroma writes
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert texts(settings.home) == before
    assert done.stderr.splitlines()[-1].startswith("told: "), done.stderr
    assert "Traceback" not in done.stderr


def test_a_check_that_dies_is_a_failed_check(tmp_path: Path) -> None:
    folder = tmp_path / "generation"
    folder.mkdir()
    with pytest.raises(FootnoteError, match="did not pass its check"):
        verify_apart(folder)


class Counting(BaseEmbedding):
    """The shared embedder, with a list of what it was given."""

    model_name: str = "words"
    inner: BaseEmbedding
    given: list[str] = Field(default_factory=list)

    def _get_query_embedding(self, query: str) -> list[float]:
        raise AssertionError(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        raise AssertionError(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        self.given.append(text)
        return self.inner.get_text_embedding(text)


def test_only_sentences_that_were_never_embedded_are(
    corpus: Path, settings: IndexSettings, word_embedding: BaseEmbedding
) -> None:
    counting = Counting(inner=word_embedding)
    (corpus / "flood.txt").write_text(FLOOD.replace("Then it fell again.", "Then it stood still. Trains run on rails."))
    built = build_index(settings, [corpus], embedder=counting)
    assert built.changes == Changes(kept=("trains",), changed=("flood",))
    assert counting.given == ["Then it stood still."]
    (corpus / "flood.txt").rename(corpus / "deluge.txt")
    (corpus / "trains.txt").unlink()
    built = build_index(settings, [corpus], embedder=Untouchable())
    assert built.changes == Changes(removed=("trains",), renamed=(("flood", "deluge"),))
    other = IndexSettings(home=settings.home, passage_words=60)
    assert build_index(other, [corpus], embedder=Untouchable()).changed
    counting.given.clear()
    assert build_index(other, [corpus], embedder=counting, purge=True).changed
    (corpus / "trains.txt").write_text(TRAINS)
    build_index(other, [corpus], embedder=counting)
    assert counting.given == ["The station is old."]  # of the two, the flood's article has the other


def test_vectors_that_were_removed_are_counted_and_too_many_of_them_end_in_an_index_made_afresh(
    tmp_path: Path, word_embedding: BaseEmbedding
) -> None:
    for n in range(20):
        (tmp_path / f"a{n:02}.txt").write_text(f"River {n} rose by {n} metres.")
    settings = IndexSettings(home=tmp_path / "home")
    paths = sorted(tmp_path.glob("a*.txt"))
    build_index(settings, paths, embedder=word_embedding)
    dead = []
    for left in (17, 15, 14):
        build_index(settings, paths[:left], embedder=Untouchable())
        dead.append(read_manifest(current(settings.home)).dead)
        assert len(texts(settings.home)) == left
    assert dead == [3, 5, 0]


def test_a_damaged_index_is_mended_by_a_build_that_has_nothing_else_to_do_and_says_so(
    corpus: Path, settings: IndexSettings
) -> None:
    before = texts(settings.home)
    (current(settings.home) / "chroma" / "chroma.sqlite3").write_bytes(b"junk" * 5000)
    built = build_index(settings, [corpus], embedder=Untouchable())
    assert built.changed
    assert "chroma.sqlite3" in built.notices[0]
    assert texts(settings.home) == before
