"""What tests do with a home folder: look at the index that answers there, and publish another."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.generation import Generation
from index.local_place import LocalPlace
from index.writer_lock import write_whole


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
