"""What may befall a home: a full disk, one that can't be written, a clock set back, odd paths, many swaps, a purge."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from homes import current, folders, opened, swap, texts
from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant import Assistant, Settings
from index import place as place_module
from index.build import build_index
from index.errors import HomeError
from index.live import LiveIndex
from index.local_place import LocalPlace
from index.recipe import recipe
from index.settings import IndexSettings

FLOOD = "The Flood\n\nThe river Orle rose for three days in spring. Then it fell again."
TRAINS = "The night train to Varna leaves at nine. The station is old."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "flood.txt").write_text(FLOOD)
    (folder / "trains.txt").write_text(TRAINS)
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small file system")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], check=False, capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("this machine doesn't let tests mount a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_the_old_index_answers_and_a_build_that_fits_ends(
    corpus: Path, small_disk: Path, word_embedding: BaseEmbedding
) -> None:
    settings = IndexSettings(home=small_disk / "home")
    build_index(settings, [corpus], embedder=word_embedding)
    before, name = texts(settings.home), current(settings.home).name
    (corpus / "long.txt").write_text(" ".join(f"River {i} rose by {i * 7} metres." for i in range(4000)))
    with pytest.raises(HomeError, match=r"(full|No space|space left).*Run: ") as caught:
        build_index(settings, [corpus], embedder=word_embedding)
    assert "\n" not in str(caught.value)
    assert texts(settings.home) == before
    assert folders(settings.home) == {name}
    (corpus / "long.txt").write_text("A short article after all.")
    (settings.home / "vectors.sqlite3").unlink()
    assert build_index(settings, [corpus], embedder=word_embedding).changes.added == ("long",)
    assert "long" in texts(settings.home)


def test_a_home_that_can_not_be_written_answers_from_a_copy_that_goes_again(
    corpus: Path, small_disk: Path, tmp_path: Path, word_embedding: BaseEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = IndexSettings(home=small_disk / "home")
    build_index(settings, [corpus], embedder=word_embedding)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    live = LiveIndex(LocalPlace(settings.home), recipe(settings, "words"))
    with live.generation() as generation:
        vector = np.asarray(word_embedding.get_query_embedding("The station is old."), dtype=np.float32)
        assert generation.store.nearest(vector, 1)[0][0] == "trains#0"
        assert generation.article("trains").text == TRAINS
        assert os.listdir(tmp_path / "temporary")
    LocalPlace(settings.home).verify(generation.name)
    live.close()
    assert not os.listdir(tmp_path / "temporary")
    with pytest.raises(HomeError, match="can't be written"):
        build_index(settings, [corpus], embedder=word_embedding)


class Yesterday(datetime):
    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return datetime(2001, 1, 1, tzinfo=UTC)


def test_a_clock_that_is_set_back_neither_hides_nor_mixes_up_generations(
    corpus: Path, tmp_path: Path, word_embedding: BaseEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = IndexSettings(home=tmp_path / "home")
    names = []
    for n in range(3):
        if n:
            monkeypatch.setattr(place_module, "datetime", Yesterday)
        (corpus / "late.txt").write_text(f"Article {n} came late.")
        build_index(settings, [corpus], embedder=word_embedding)
        names.append(current(settings.home).name)
        assert texts(settings.home)["late"] == f"Article {n} came late."
    assert names == sorted(set(names))
    assert folders(settings.home) == set(names[1:])


def test_a_home_on_a_path_with_spaces_accents_and_signs(corpus: Path, tmp_path: Path, word_embedding: BaseEmbedding) -> None:
    settings = IndexSettings(home=tmp_path / "Año nuevo – 100% #1?" / "el índice; 'de' \"todos\" & más 日本")
    build_index(settings, [corpus], embedder=word_embedding)
    (corpus / "late.txt").write_text("An article came late.")
    assert build_index(settings, [corpus], embedder=word_embedding).changes.added == ("late",)
    assert set(texts(settings.home)) == {"flood", "trains", "late"}
    LocalPlace(settings.home).verify(current(settings.home).name)


def test_a_reader_during_fifty_swaps_fails_no_question_and_holds_no_more_than_before(
    corpus: Path, tmp_path: Path, word_embedding: BaseEmbedding
) -> None:
    settings = Settings.from_environment(home=tmp_path / "home")
    build_index(settings, [corpus], embedder=word_embedding)
    asked, failures, done = [0], [], threading.Event()

    def keep_asking(assistant: Assistant) -> None:
        while not done.is_set():
            try:
                found = assistant.search("When does the night train to Varna leave?", limit=1)
                assert found[0].text == TRAINS
                asked[0] += 1
            except BaseException as error:
                failures.append(error)
                return

    with Assistant.open(settings, embedder=word_embedding) as assistant:
        reader = threading.Thread(target=keep_asking, args=(assistant,))
        reader.start()
        held = []
        try:
            for n in range(50):
                swap(settings.home, f"{n + 100:06}")
                before = asked[0]
                while asked[0] < before + 2 and reader.is_alive():  # two of it: one generation is kept beside the current
                    done.wait(0.01)
                held.append(holdings())
        finally:
            done.set()
            reader.join(60)
    assert not failures
    assert asked[0] >= 100
    if held[0] is not None:
        assert held[-1][0] <= held[9][0] + 3, "files"
        assert held[-1][1] <= held[9][1] + 30_000_000, "bytes of memory"


def holdings() -> tuple[int, int] | None:
    """How many files this process has open, and its memory."""
    if sys.platform != "linux":
        return None
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return len(os.listdir("/proc/self/fd")), pages * os.sysconf("SC_PAGE_SIZE")


def bytes_of(home: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(home.rglob("*")) if file.is_file())


def nearest_in_files(home: Path, vector: np.ndarray) -> float:
    """The cosine of a vector with the nearest run of numbers in any of Chroma's files of vectors."""
    best = -1.0
    for file in home.rglob("data_level0.bin"):
        numbers = np.nan_to_num(np.frombuffer(file.read_bytes(), dtype=np.float32), nan=0, posinf=0, neginf=0)
        runs = np.lib.stride_tricks.sliding_window_view(np.clip(numbers, -2, 2), len(vector))
        lengths = np.maximum(np.linalg.norm(runs, axis=1), 1e-9)
        best = max(best, float(np.max(runs @ vector / lengths / np.linalg.norm(vector))))
    return best


def test_a_purge_leaves_no_byte_of_what_was_removed(corpus: Path, tmp_path: Path, word_embedding: BaseEmbedding) -> None:
    settings = IndexSettings(home=tmp_path / "home")
    secret = "Informant Zyzzogeton met Quagmirella at the abandoned lighthouse."
    (corpus / "secret.txt").write_text(f"Confidential Fumarole\n\n{secret} Nobody else came.")
    build_index(settings, [corpus], embedder=word_embedding)
    raw = np.asarray(word_embedding.get_text_embedding(secret), dtype=np.float32).tobytes()
    with opened(settings.home) as generation:
        stored = generation.store.stored(["secret#0"])["secret#0"].vectors[0]
    traces = [b"Zyzzogeton", b"zyzzog", b"Fumarole", b"secret#0", raw]
    held = bytes_of(settings.home)
    assert all(trace in held for trace in traces)
    assert nearest_in_files(settings.home, stored) > 0.9999
    (corpus / "secret.txt").unlink()
    assert build_index(settings, [corpus], embedder=word_embedding).changes.removed == ("secret",)
    assert nearest_in_files(settings.home, stored) > 0.9999
    assert raw in bytes_of(settings.home)  # a plain build keeps the last index and all vectors
    built = build_index(settings, [corpus], embedder=word_embedding, purge=True)
    assert built.changed
    held = bytes_of(settings.home)
    assert [trace for trace in traces if trace in held] == []
    assert nearest_in_files(settings.home, stored) < 0.99
    kept = np.asarray(word_embedding.get_text_embedding("The station is old."), dtype=np.float32).tobytes()
    assert kept in held
    assert folders(settings.home) == {current(settings.home).name}
    assert set(texts(settings.home)) == {"flood", "trains"}


def test_an_older_index_that_answers_is_said_beside_the_answer(footnote, seeds_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(seeds_home, tmp_path / "home"))
    swap(home, "000099-20300101T000000")
    (current(home) / "chroma" / "chroma.sqlite3").write_bytes(b"junk" * 5000)
    run = footnote("ask", "By how much has user connectivity surged in ten years?", home=home)
    assert run.returncode == 0
    assert "1,300 percent" in run.stdout
    assert run.stderr.startswith("footnote: ")
    assert "000099" in run.stderr
    assert run.stderr.rstrip().endswith("answers instead. Run: footnote index build")
