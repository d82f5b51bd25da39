"""Checking all of a generation, before it is published or when someone asks: run as a process of its own."""

import sys
from pathlib import Path

from index.errors import FootnoteError, IndexDamaged
from index.generation import Generation, content_hash

_SAMPLE = 300  # sentences that must find themselves
_MISSES = 0.02  # HNSW is approximate: about 1% of sentences are missed in a sound index


def verify(generation: Generation) -> None:
    """Check that every passage is there with its own text, and that sentences find themselves. Raises IndexDamaged."""
    for record in generation.manifest.articles:
        ids = [f"{record['id']}#{n}" for n in range(record["passages"])]
        found = generation.store.passages(ids)
        if len(found) != len(ids) or content_hash(found[i] for i in ids) != record["content"]:
            raise IndexDamaged(f"the text of {record['id']} is not what was written")
    _check_search(generation)


def _check_search(generation: Generation) -> None:
    ids = generation.passage_ids
    step = max(1, len(ids) * 5 // _SAMPLE)
    tried = missed = 0
    for id, row in generation.store.stored(ids[::step]).items():
        for vector in row.vectors[:5]:
            tried += 1
            near = generation.store.nearest(vector, 3)
            missed += not any(found == id or cosine > 0.9999 for found, cosine in near)
    if missed > max(1, tried * _MISSES):
        raise IndexDamaged(f"{missed} of {tried} sentences don't find themselves")


def main(folder: str) -> int:
    """The exit status of a check of a folder, sealed or not: 0 if it is sound, 1 with a line on stderr if not."""
    from index.local_place import open_folder, read_manifest

    try:
        generation = open_folder(Path(folder), read_manifest(Path(folder)))
        try:
            verify(generation)
        finally:
            generation.close()
    except FootnoteError as error:
        sys.stderr.write(error.message + "\n")
        return 1
    return 0
