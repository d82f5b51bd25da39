"""What tests do with a home folder: look at the index that answers there, and publish another."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.build import build_index
from index.generation import Generation
from index.local_place import LocalPlace
from index.settings import IndexSettings
from index.writer_lock import write_whole


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, word_embedding: BaseEmbedding) -> Path:
    """A home with the index of one short article. Not to be written."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "flood.txt").write_text("The river rose for three days. Then it fell again.")
    build_index(IndexSettings(home=folder / "home"), [folder / "flood.txt"], embedder=word_embedding)
    return folder / "home"


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(published, tmp_path / "home"))


def current(home: Path) -> Path:
    """The folder of the generation that answers."""
    place = LocalPlace(home)
    return place.folder(place.current_name())


@contextmanager
def opened(home: Path) -> Iterator[Generation]:
    """The generation that answers, for as long as the block lasts."""
    place = LocalPlace(home)
    generation = place.open(place.current_name())
    try:
        yield generation
    finally:
        generation.close()


def texts(home: Path) -> dict[str, str]:
    """The text of every article there, by id."""
    with opened(home) as generation:
        return {id: generation.article(id).text for id in generation.records}


def folders(home: Path) -> set[str]:
    """The names of all folders of generations, of drafts too."""
    return {f.name for f in (home / "generations").iterdir()}


def swap(home: Path, name: str) -> None:
    """Publish a copy of the generation that answers."""
    place, last = LocalPlace(home), current(home)
    shutil.copytree(last, place.folder(name))
    place.publish(name, keep={last.name})


def point_to(home: Path, name: str) -> None:
    """Make `CURRENT` say a name, and change nothing else."""
    write_whole(home / "CURRENT", name + "\n")
